"""One judge a kind: is it an answer, and is it right?

`read(variant, text)` makes an answer of what was typed, or a `Refusal` that costs nothing. `judge(variant, answer)`
is pure: the same variant and answer give the same verdict, today and when somebody asks why.
"""
