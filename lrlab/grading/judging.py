"""From what was typed to a verdict, whatever the kind of the exercise.

An answer is always a text in the end: `read` makes a value of it or says why it is none, and `write` gives a value's
canonical text. `form` says which widgets to show, `shown` what picture replays an answer.
"""

from typing import Any

from lrlab.grading.answers import Refusal
from lrlab.grading.evidence import Evidence
from lrlab.grading.forms import Form
from lrlab.grading.kinds import budget
from lrlab.grading.kinds.kind import Kind
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Verdict

Answer = Any
"""What `read` makes of a text: a number, a name, or several of them, as the kind of the exercise has it."""


def kind_of(variant: Variant) -> Kind:
    """The kind of an exercise."""
    return KINDS[variant.exercise.kind]


def read(variant: Variant, text: str) -> Answer | Refusal:
    """Make an answer of what was typed or chosen, or say why it is none; that costs no attempt."""
    return kind_of(variant).read(variant.task, variant, text)


def write(variant: Variant, answer: Answer) -> str:
    """The canonical text of an answer, which `read` takes back; a text is left as it is."""
    return answer if isinstance(answer, str) else kind_of(variant).write(answer)


def judge(variant: Variant, answer: Answer) -> Verdict:
    """Judge an answer, as `read` made it or still as text; raises ValueError for one that `read` refuses."""
    return kind_of(variant).judge(variant.task, variant, _reading(variant, answer))


def form(variant: Variant) -> Form:
    """What a student is given to answer with."""
    return kind_of(variant).form(variant.task, variant)


def shown(variant: Variant, answer: Answer) -> Evidence | None:
    """What the verdict speaks of: a run for the player, or curves; None where there is nothing to see."""
    return kind_of(variant).shown(variant.task, variant, _reading(variant, answer))


def probe(variant: Variant, rate: float) -> float:
    """What one trial of a `budget` exercise gives, before the answer is handed in: infinite where it broke down."""
    return budget.probe(variant.task, variant, rate)


def _reading(variant: Variant, answer: Answer) -> Answer:
    reading = read(variant, write(variant, answer))
    if isinstance(reading, Refusal):
        raise ValueError(reading.sentence)
    return reading
