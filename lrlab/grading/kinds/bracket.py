"""A bracket is two rates that both settle in time; the further apart they are, the better."""

import math
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, Field

from lrlab.descent.outcomes import Ending, endings
from lrlab.grading import answers, verdicts, walks
from lrlab.grading.evidence import Walked
from lrlab.grading.forms import Pair
from lrlab.grading.kinds import responses
from lrlab.grading.kinds.cases import once_a_case
from lrlab.grading.kinds.doors import door, try_one_step, walk
from lrlab.grading.kinds.kind import Complaint, Cost, Examined, Kind
from lrlab.grading.kinds.solving import claimed, guessed
from lrlab.grading.spec import Door, Span
from lrlab.grading.templates import shown as written
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Measure, Verdict
from lrlab.grading.words import STRICT, Quantity, Walk

Pairing = tuple[float, float]
_PAR = 0.9
_OUTCOMES = ("covers", "narrow", "low_fails", "high_fails", "both_fail")


class BracketTask(BaseModel):
    """Choose a low and a high rate that both settle in time, as far apart as possible."""

    model_config = STRICT

    kind: Literal["bracket"]
    walk: Walk
    budget: Quantity
    """How many steps each walk has to settle."""
    tolerance: float = Field(default=0.01, gt=0, lt=1)
    """Settled means: no further from a minimum than this part of the starting distance."""
    hold: int = Field(default=10, ge=1)
    """For how many further steps it must stay there."""
    cover: float = Field(default=0.5, gt=0, lt=1)
    """Which part of the door, in decades, the bracket must cover to pass."""
    slider: Span
    """Where the door is looked for."""
    door: Door


def read(task: BracketTask, variant: Variant, text: str) -> Pairing | answers.Refusal:
    """An answer is two different rates above zero, in whatever order."""
    rates = answers.read_rates(text, most=2)
    if isinstance(rates, answers.Refusal):
        return rates
    if len(rates) != 2:
        return answers.Refusal("That is one rate. Give two, a low and a high one, such as 0.05 ; 0.5.")
    if rates[0] == rates[1]:
        return answers.Refusal("Both rates are the same. A bracket has a low and a high end.")
    return min(rates), max(rates)


def write(pair: Pairing) -> str:
    """Both rates with a semicolon between."""
    return " ; ".join(answers.write(rate) for rate in pair)


def judge(task: BracketTask, variant: Variant, pair: Pairing) -> Verdict:
    """Walk with both rates."""
    budget = walks.whole(task.budget, variant.numbers)
    found = door(variant)
    ended = endings(walk(task, variant, pair), task.tolerance)
    settled = [ending.settled_at is not None and ending.settled_at <= budget for ending in ended]
    decades, widest = math.log10(pair[1] / pair[0]), found.decades
    evidence = {"low": pair[0], "high": pair[1], "budget": budget, "decades": decades}
    told = " ".join(
        f"Your {side} rate, {written(rate)}: {_said(ending)}"
        for side, rate, ending in zip(("low", "high"), pair, ended, strict=True)
    )
    if all(settled) and decades >= task.cover * widest * (1 - 1e-9):
        score = min(verdicts.FULL_SCORE, round(verdicts.FULL_SCORE * decades / widest))
        measure = Measure(decades, max(widest, decades), _PAR * widest, "decades", more=True)
        return verdicts.passed(
            "covers", f"Both settle within {budget} steps. {told}", evidence, measure, score
        )
    outcome = (
        "narrow"
        if all(settled)
        else "both_fail"
        if not any(settled)
        else "high_fails"
        if settled[0]
        else "low_fails"
    )
    least = (
        f"Both settle, but they are only {written(decades, '.2g')} decades apart. "
        if outcome == "narrow"
        else ""
    )
    mistake = verdicts.known(variant, numbers=pair, outcome=outcome)
    message = f"{least}{told} Both must settle within {budget} steps, and stay for {task.hold} more."
    return verdicts.failed(
        variant, written(pair[0]) + " and " + written(pair[1]), mistake, outcome, message, evidence
    )


def _said(ending: Ending) -> str:
    return f"{ending.sentence[0].lower()}{ending.sentence[1:]}"


def form(task: BracketTask, variant: Variant) -> Pair:
    """Two rates are typed."""
    return Pair("Your low rate", "Your high rate")


def shown(task: BracketTask, variant: Variant, pair: Pairing) -> Walked:
    """Both runs."""
    run = walk(task, variant, pair)
    return Walked(run, endings(run, task.tolerance), ("your low rate", "your high rate"))


def solve(task: BracketTask, variant: Variant) -> Pairing | None:
    """The two ends of the door, a thousandth inside."""
    openings = door(variant).openings
    return (openings[0][0] * (1 + 1e-3), openings[-1][1] * (1 - 1e-3)) if openings else None


@once_a_case
def _examined(drawn: Variant) -> Examined:
    task: BracketTask = drawn.task
    found = door(drawn)
    if not found.openings:
        return Examined((("task.budget", "cannot be solved: no rate settles in time"),))
    low, high = found.openings[0][0], found.openings[-1][1]
    tried = [(low / 3, high * 3), (low / 3, high / 1.01), (low * 1.01, high * 3), (low * 1.01, low * 1.02)]
    for mistake in drawn.exercise.sheet.mistakes:
        for bound in (mistake.value, mistake.above, mistake.below):
            if bound is not None:
                at = walks.number(bound, drawn.numbers)
                tried += [
                    (at, at * 1.01),
                    (low * 1.01, at),
                    (low * 1.01, at * 1.1),
                    (at * 0.9, high / 1.01),
                    (at, high),
                ]
    pairs = [(min(pair), max(pair)) for pair in tried if 0 < min(pair) < max(pair)]
    heard = {judge(task, drawn, pair).mistake for pair in pairs}
    luck = ((1 - task.cover) * found.decades / math.log10(task.slider.high / task.slider.low)) ** 2
    return Examined(
        tuple(_complaints(task, drawn, luck)),
        frozenset(name for name in heard if name),
        found.decades,
        luck,
        found.decades,
        _PAR * found.decades,
    )


def _complaints(task: BracketTask, drawn: Variant, luck: float) -> Iterator[Complaint]:
    found = door(drawn)
    if len(found.openings) > 1:
        yield "task.door", f"the door has {len(found.openings)} openings; a bracket needs one"
    yield from claimed(task.door, found.decades)
    yield from guessed(drawn, luck, "task.slider")


def prove(task: BracketTask, drawn: Variant) -> Examined:
    """Find the door, and take its two ends."""
    return _examined(drawn)


KIND = Kind(
    task=BracketTask,
    read=read,
    write=write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("value", "above", "below", "outcome"),
    outcomes=_OUTCOMES,
    shown=shown,
    response=responses.of_settling,
    steps=lambda task: [Cost("task.budget", task.budget, task.hold)],
    trial=try_one_step,
)
