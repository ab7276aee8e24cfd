"""A list of the students of a class, pasted or in the file that a learning platform gives out.

`sheet` makes lines of bytes, `reading` makes a roster of lines, `enrolment` puts a roster into a class. Nothing is
half done: a file with one fault changes nothing, and every fault names its line.
"""
