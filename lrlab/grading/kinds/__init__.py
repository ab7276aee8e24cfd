"""The kinds of exercises: each in one file, and all of them in one closed `registry`.

A kind's file holds the model of its task, what is an answer (`read` makes one of what was typed, or a `Refusal` that
costs nothing), the judge (pure: the same variant and answer give the same verdict, today and when somebody asks why),
the form and the picture for the screen, and the proof with its solver. To add a kind, write its file and name it in
the registry.
"""
