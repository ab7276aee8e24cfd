"""How the tables came to be, one step a file; run at start-up.

After a change to `tables.py`, `python -m lrlab.classroom.migrations "what changes"` writes the next step as a draft.
"""
