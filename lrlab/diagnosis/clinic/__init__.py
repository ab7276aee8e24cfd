"""The clinic: mystery curves from real runs, made ill on purpose, with what to answer, the truth and the cure.

A patient is made by training or descending here and now, so that its cause is known and its cure can be run on the
same batches. `naming` asks the diagnosis for the cause, without looking at the truth.
"""

from lrlab.diagnosis.clinic.case import Course
from lrlab.diagnosis.clinic.causes import ACTIONS, EVIDENCE, QUESTIONS, REASONS, Cause, Reason
from lrlab.diagnosis.clinic.mysteries import PATIENTS, Marks, Mystery, mark, mystery
from lrlab.diagnosis.clinic.naming import cause_of

__all__ = [
    "ACTIONS",
    "EVIDENCE",
    "PATIENTS",
    "QUESTIONS",
    "REASONS",
    "Cause",
    "Course",
    "Marks",
    "Mystery",
    "Reason",
    "cause_of",
    "mark",
    "mystery",
]
