"""A rate is judged by walking with it: settled within the budget, and still settled for a while after."""

import math
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

import numpy as np
from pydantic import BaseModel, Field

from lrlab.descent.outcomes import endings, settled_at
from lrlab.grading import answers, verdicts, walks
from lrlab.grading.evidence import Walked
from lrlab.grading.forms import FORECAST, Typed
from lrlab.grading.kinds import responses
from lrlab.grading.kinds.cases import once_a_case
from lrlab.grading.kinds.doors import bests, door, name_of, try_one_step, walk
from lrlab.grading.kinds.kind import Complaint, Cost, Examined, Kind
from lrlab.grading.kinds.solving import claimed, examples, guessed, unheard
from lrlab.grading.spec import Door, Slider
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Measure, Verdict
from lrlab.grading.walks import number
from lrlab.grading.words import STRICT, Quantity, Walk

OutcomeName = Literal["converged", "overshot", "moving", "bouncing", "diverged", "stuck"]
OUTCOMES: tuple[str, ...] = get_args(OutcomeName)
"""How a walk ends, in the words of exercise files."""
_TRIED_RATES = 60


class RateTask(BaseModel):
    """Choose a rate; it is judged by walking with it."""

    model_config = STRICT

    kind: Literal["rate"]
    walk: Walk
    budget: Quantity
    """How many steps the walk has to settle."""
    tolerance: float = Field(default=0.01, gt=0, lt=1)
    """Settled means: no further from a minimum than this part of the starting distance."""
    hold: int = Field(default=10, ge=1)
    """For how many further steps it must stay there, so that flying through does not count."""
    slider: Slider
    door: Door
    predict_first: bool = False
    """Whether the student says before the run how it will end."""


def read(task: RateTask, variant: Variant, text: str) -> float | answers.Refusal:
    """A rate is a number above zero."""
    return answers.read_rate(text)


def judge(task: RateTask, variant: Variant, rate: float) -> Verdict:
    """Walk with the rate, and say what happened."""
    run = walk(task, variant, [rate])
    ending = endings(run, task.tolerance)[0]
    budget, steps = walks.whole(task.budget, variant.numbers), run.rates.shape[1]
    evidence: dict[str, float] = {
        "rate": rate,
        "budget": budget,
        "steps": steps,
        "tolerance": task.tolerance,
        "start_distance": ending.start_distance,
        "finite_states": int(run.lengths[0]),
    }
    if ending.settled_at is not None:
        evidence["settled_at"] = ending.settled_at
    if math.isfinite(ending.end_distance):
        evidence["end_distance"] = ending.end_distance
    outcome = name_of(ending)
    message = f"{ending.sentence} The budget was {_steps(budget)}, and {task.hold} more to stay there."
    if ending.settled_at is not None and ending.settled_at <= budget:
        yours, known = ending.settled_at, bests(variant)
        best, par = (known.steps, known.par) if known else (yours, yours)
        measure = Measure(yours, min(yours, best), par, "steps")
        return verdicts.passed(outcome, message, evidence, measure)
    mistake = verdicts.known(variant, numbers=[rate], outcome=outcome)
    return verdicts.failed(variant, rate, mistake, outcome, message, evidence)


def form(task: RateTask, variant: Variant) -> Typed:
    """A rate is typed; where the file asks for it, how the run will end is said before."""
    return Typed("Your rate α", runs=True, forecast=FORECAST if task.predict_first else ())


def shown(task: RateTask, variant: Variant, rate: float) -> Walked:
    """The student's own run."""
    run = walk(task, variant, [rate])
    return Walked(run, endings(run, task.tolerance), ("your rate",))


def solve(task: RateTask, variant: Variant) -> float | None:
    """The rate that needs the fewest steps."""
    known = bests(variant)
    return known.rate if known else None


@once_a_case
def _examined(drawn: Variant) -> Examined:
    found, known = door(drawn), bests(drawn)
    complaints = tuple(_complaints(drawn.task, drawn))
    if known is None:
        return Examined(complaints, decades=found.decades, guess=found.guess)
    return Examined(complaints, frozenset(), found.decades, found.guess, known.steps, known.par)


def prove(task: RateTask, drawn: Variant) -> Examined:
    """Find the door, and sweep the slider for whatever may be said to a student."""
    return _examined(drawn)


def _complaints(task: RateTask, drawn: Variant) -> Iterator[Complaint]:
    found = door(drawn)
    if not found.openings:
        yield "task.budget", "cannot be solved: no rate on the slider settles in time"
        return
    yield from claimed(task.door, found.decades)
    yield from guessed(drawn, found.guess, "task.slider")
    mistakes = drawn.exercise.sheet.mistakes
    tried = [value for mistake in mistakes for value in examples(mistake, drawn) if value > 0.0]
    slider = np.geomspace(task.slider.low, task.slider.high, _TRIED_RATES)
    rates = [task.slider.start, *tried, *slider.tolist()]
    run = walk(task, drawn, rates)
    passing = settled_at(run, task.tolerance) <= number(task.budget, drawn.numbers)
    if passing[0]:
        yield "task.slider.start", "passes untouched"
    outcomes: Sequence[str | None] = [None] * len(rates)
    if any(mistake.outcome for mistake in mistakes):
        outcomes = [name_of(ending) for ending in endings(run, task.tolerance)]
    heard = {
        known.name
        for value, outcome, passes in zip(rates, outcomes, passing, strict=True)
        if not passes and (known := verdicts.known(drawn, numbers=[value], outcome=outcome))
    }
    yield from unheard(drawn.exercise, heard)


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


KIND = Kind(
    task=RateTask,
    read=read,
    write=answers.write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("value", "above", "below", "outcome"),
    outcomes=OUTCOMES,
    every_variant=True,
    shown=shown,
    response=responses.of_settling,
    steps=lambda task: [Cost("task.budget", task.budget, task.hold)],
    trial=try_one_step,
)
