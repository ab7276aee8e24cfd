"""The record of a judgement, and the known mistakes that speak before anything else does."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from lrlab.grading.spec import Mistake, Tolerance
from lrlab.grading.templates import fill, shown
from lrlab.grading.variants import Variant
from lrlab.grading.walks import number

FULL_SCORE = 1000
NEARBY = Tolerance(relative=0.01)
"""How close a rate is to the value of a known mistake."""
_AS_GOOD = 1.05


@dataclass(frozen=True)
class Measure:
    """How good a passing answer is: its own number, the best possible one, and par, which a practised student makes.

    `unit` is what is counted ("steps"); `more` says that more of it is better.
    """

    yours: float
    best: float
    par: float
    unit: str
    more: bool = False

    def sentence(self) -> str:
        """Both numbers in one sentence."""
        yours, best = (
            shown(value, ".3g") if value < 1000 else shown(value) for value in (self.yours, self.best)
        )
        return f"{self.unit.capitalize()}: yours {yours}, the best possible {best}."


@dataclass(frozen=True)
class Verdict:
    """What came of an answer.

    `score` is in thousandths. `outcome` is one word: right or wrong, too low or too high, or how the walk ended.
    `mistake` is the name of the known mistake that was recognised, `misconception` the belief behind it. `evidence`
    holds the plain numbers that decided. `measure` says how good a passing answer is, where that can be said.
    """

    passed: bool
    score: int
    outcome: str
    message: str
    mistake: str | None = None
    misconception: str | None = None
    evidence: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    measure: Measure | None = None

    @property
    def yours(self) -> float | None:
        """What the answer made, where that is measured."""
        return self.measure.yours if self.measure else None

    @property
    def best(self) -> float | None:
        """What the best possible answer makes, where that is measured."""
        return self.measure.best if self.measure else None


def stars(verdict: Verdict) -> int | None:
    """One for a pass, two for par, three for the best possible (to 5 %); None where nothing is measured."""
    if verdict.measure is None:
        return None if verdict.passed else 0
    if not verdict.passed:
        return 0
    measure = verdict.measure
    if measure.more:
        return 1 + (measure.yours >= measure.par) + (measure.yours * _AS_GOOD >= measure.best)
    return 1 + (measure.yours <= measure.par) + (measure.yours <= measure.best * _AS_GOOD)


def passed(
    outcome: str,
    message: str,
    evidence: Mapping[str, float],
    measure: Measure | None = None,
    score: int = FULL_SCORE,
) -> Verdict:
    """The verdict on a right answer; with a measure, how far off the best possible it is."""
    numbers = dict(evidence)
    if measure is not None:
        message = f"{message} {measure.sentence()}"
        numbers |= {"yours": measure.yours, "best": measure.best, "par": measure.par}
    return Verdict(True, score, outcome, message, evidence=MappingProxyType(numbers), measure=measure)


def failed(
    variant: Variant,
    answer: float | str,
    mistake: Mistake | None,
    outcome: str,
    message: str,
    evidence: Mapping[str, float],
    score: int = 0,
) -> Verdict:
    """The verdict on a wrong answer: what is known of the mistake, then what happened."""
    if mistake is not None:
        known = fill(mistake.message, {**variant.numbers, "answer": answer}).strip()
        message = f"{known} {message}".strip()
    return Verdict(
        False,
        score,
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


def known(
    variant: Variant,
    *,
    numbers: Sequence[float] = (),
    choices: Sequence[tuple[str, str]] = (),
    outcome: str | None = None,
    tolerance: Tolerance = NEARBY,
) -> Mistake | None:
    """The first known mistake whose conditions all hold.

    Conditions on a number hold for one of the `numbers` in the answer, those on options for one of the `choices`
    (the option chosen, the one that is right), and `outcome` is what came of it.
    """

    def some(holds: Callable[[float, float], bool], bound: float | str | None) -> bool:
        return bound is None or any(holds(given, number(bound, variant.numbers)) for given in numbers)

    for mistake in variant.exercise.sheet.mistakes:
        option, truth = mistake.option, mistake.truth
        conditions = (
            some(lambda given, value: is_near(given, value, tolerance), mistake.value),
            some(operator.gt, mistake.above),
            some(operator.lt, mistake.below),
            (option is None and truth is None)
            or any(option in (None, chosen) and truth in (None, right) for chosen, right in choices),
            mistake.outcome in (None, outcome),
        )
        if all(conditions):
            return mistake
    return None
