"""The teacher's desk: a door, and behind it the classes of one teacher, a tab for each thing to do with them.

A tab is a module with `show(store, who, classroom)`; `desk.TABS` lists them. What changes or reads a class goes
through `lrlab.classroom`, which asks again who is acting; `deeds` turns what it refuses into sentences.
"""
