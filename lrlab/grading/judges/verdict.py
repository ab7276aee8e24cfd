"""The record of a judgement, and the known mistakes that speak before anything else does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lrlab.grading.spec import Mistake, Tolerance
from lrlab.grading.templates import fill
from lrlab.grading.variants import Variant
from lrlab.grading.walks import number

FULL_SCORE = 1000
NEARBY = Tolerance(relative=0.01)
"""How close a rate is to the value of a known mistake."""


@dataclass(frozen=True)
class Verdict:
    """What came of an answer.

    `score` is in thousandths. `outcome` is one word: right or wrong, too low or too high, or how the walk ended.
    `mistake` is the name of the known mistake that was recognised, `misconception` the belief behind it. `evidence`
    holds the plain numbers that decided.
    """

    passed: bool
    score: int
    outcome: str
    message: str
    mistake: str | None = None
    misconception: str | None = None
    evidence: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def passed(outcome: str, message: str, evidence: Mapping[str, float]) -> Verdict:
    """The verdict on a right answer."""
    return Verdict(True, FULL_SCORE, outcome, message, evidence=MappingProxyType(dict(evidence)))


def failed(
    variant: Variant,
    answer: float | str,
    mistake: Mistake | None,
    outcome: str,
    message: str,
    evidence: Mapping[str, float],
) -> Verdict:
    """The verdict on a wrong answer: what is known of the mistake, then what happened."""
    if mistake is not None:
        known = fill(mistake.message, {**variant.numbers, "answer": answer}).strip()
        message = f"{known} {message}".strip()
    return Verdict(
        False,
        0,
        outcome,
        message,
        mistake.name if mistake else None,
        mistake.misconception if mistake else None,
        MappingProxyType(dict(evidence)),
    )


def is_near(answer: float, right: float, tolerance: Tolerance) -> bool:
    """Whether an answer is the right number, as nearly as the tolerance asks; rounding is on the student's side."""
    if tolerance.absolute is not None:
        return abs(answer - right) <= tolerance.absolute * (1 + 1e-9)
    if tolerance.relative is not None:
        return abs(answer - right) <= tolerance.relative * abs(right) * (1 + 1e-9)
    factor = (tolerance.factor or 1.0) * (1 + 1e-9)
    return right > 0.0 and right / factor <= answer <= right * factor


def known_number(
    variant: Variant, answer: float, outcome: str | None, tolerance: Tolerance
) -> Mistake | None:
    """The first known mistake whose conditions all hold for a number."""
    for mistake in variant.exercise.sheet.mistakes:
        conditions = (
            mistake.value is None or is_near(answer, number(mistake.value, variant.numbers), tolerance),
            mistake.above is None or answer > number(mistake.above, variant.numbers),
            mistake.below is None or answer < number(mistake.below, variant.numbers),
            mistake.outcome is None or mistake.outcome == outcome,
        )
        if all(conditions):
            return mistake
    return None


def known_option(variant: Variant, chosen: str, truth: str) -> Mistake | None:
    """The first known mistake for an option that was chosen where another was right."""
    for mistake in variant.exercise.sheet.mistakes:
        if mistake.option in (None, chosen) and mistake.truth in (None, truth):
            return mistake
    return None
