"""Spend a number of trials; the best of them is judged by its regret against the best of a fine grid."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from lrlab.grading import answers, trainings, verdicts
from lrlab.grading.evidence import Response
from lrlab.grading.forms import Trials
from lrlab.grading.kinds import responses, trained
from lrlab.grading.kinds.cases import once_a_case
from lrlab.grading.kinds.kind import Complaint, Examined, Kind
from lrlab.grading.kinds.solving import claimed, guessed
from lrlab.grading.spec import Door, Sheet
from lrlab.grading.templates import shown as written
from lrlab.grading.trainings import MOST_RUNS, Lesson
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.words import STRICT

Spent = tuple[float, ...]
_OUTCOMES = ("crowded", "plain_scale", "all_low", "all_high", "missed")


class BudgetTask(BaseModel):
    """Find a good rate with few trials."""

    model_config = STRICT

    kind: Literal["budget"]
    lesson: Lesson
    """What one trial trains; the ends of its grid are the rates that may be tried."""
    trials: int = Field(ge=2, le=MOST_RUNS)
    """How many trials there are."""
    within: float = Field(default=0.05, gt=0, le=1)
    """The regret that passes: by which part the best trial may be above the best of the grid."""
    door: Door


def read(task: BudgetTask, variant: Variant, text: str) -> Spent | answers.Refusal:
    """An answer is up to so many rates: `0.01 ; 0.1 ; 1`."""
    rates = answers.read_rates(text, most=task.trials)
    if isinstance(rates, answers.Refusal):
        return rates
    low, high = task.lesson.grid.low, task.lesson.grid.high
    for rate in rates:
        if not low <= rate <= high:
            bounds = f"from {written(low)} to {written(high)}"
            return answers.Refusal(f"{written(rate)} is outside what may be tried, which is {bounds}.")
    return rates


def write(rates: Spent) -> str:
    """The rates with semicolons between."""
    return " ; ".join(answers.write(rate) for rate in rates)


def probe(task: BudgetTask, variant: Variant, rate: float) -> float:
    """What one trial gives: the validation loss, infinite where the training broke down."""
    return trainings.loss(trained.setup(task, variant), rate)


def judge(task: BudgetTask, variant: Variant, rates: Spent) -> Verdict:
    """Train with every rate; the best of them counts."""
    losses = [probe(task, variant, rate) for rate in rates]
    place = int(np.argmin(losses))
    loss, grid = losses[place], trainings.sweep(trained.setup(task, variant))
    evidence = {"trials": len(rates), **trained.evidence(task, variant, loss)}
    if math.isfinite(loss):
        evidence["regret"] = loss / grid.best - 1.0
    told = f"Your best of {len(rates)} trials: {trained.told(task, variant, rates[place], loss)}"
    if loss <= trained.bar(task, variant):
        return verdicts.passed("found", told, evidence, trained.measure(task, variant, loss))
    outcome = _what(rates, grid.best_rate)
    mistake = verdicts.known(variant, numbers=rates, outcome=outcome)
    return verdicts.failed(variant, written(rates[place]), mistake, outcome, told, evidence)


def _what(rates: Sequence[float], best: float) -> str:
    """What is wrong with a set of trials, in one word."""
    ordered = np.sort(rates)
    gaps = np.diff(ordered)
    if len(rates) >= 3 and ordered[-1] / ordered[0] > 2 and gaps.max() <= 1.25 * gaps.min():
        return "plain_scale"
    if ordered[-1] / ordered[0] < 10:
        return "crowded"
    return "all_low" if ordered[-1] < best else "all_high" if ordered[0] > best else "missed"


def form(task: BudgetTask, variant: Variant) -> Trials:
    """Rates are tried one after another."""
    return Trials(task.trials, task.lesson.grid.low, task.lesson.grid.high, trained.MEASURE)


def shown(task: BudgetTask, variant: Variant, rates: Spent) -> Response:
    """The trials among the trainings of the grid."""
    return trained.response(task, variant, rates)


def search(task: BudgetTask, variant: Variant) -> Spent:
    """How a practised student spends the trials: half of them over all decades, the rest around the best so far."""
    low, high = task.lesson.grid.low, task.lesson.grid.high
    first = max(2, task.trials // 2 + 1)
    tried = np.geomspace(low, high, first + 2)[1:-1].tolist()
    gap = tried[1] / tried[0]
    for _ in range(task.trials - first):
        gap = math.sqrt(gap)
        best = min(tried, key=lambda rate: probe(task, variant, rate))
        sides = [rate for rate in (best / gap, best * gap) if low <= rate <= high]
        tried.append(max(sides, key=lambda rate: min(abs(math.log(rate / other)) for other in tried)))
    return tuple(tried)


def solve(task: BudgetTask, variant: Variant) -> Spent:
    """The best rate of the grid, at the first try."""
    return (trainings.sweep(trained.setup(task, variant)).best_rate,)


@once_a_case
def _examined(drawn: Variant) -> Examined:
    task: BudgetTask = drawn.task
    grid, bar = trainings.sweep(trained.setup(task, drawn)), trained.bar(task, drawn)
    luck = 1.0 - (1.0 - grid.passing(bar)) ** task.trials
    complaints: list[Complaint] = list(claimed(task.door, grid.decades(bar)))
    complaints += guessed(drawn, luck, "task.trials")
    low, high = task.lesson.grid.low, task.lesson.grid.high
    tried = [
        tuple(np.linspace(low, high, task.trials + 2)[1:-1]),
        tuple(np.geomspace(low, low * 5, task.trials)),
        tuple(np.geomspace(high / 5, high, task.trials)),
        tuple(np.geomspace(low, grid.best_rate / 2, task.trials)),
        tuple(np.geomspace(grid.best_rate * 2, high, task.trials)) if grid.best_rate * 2 < high else (high,),
        (low, high),
    ]
    heard = frozenset(name for rates in tried if (name := judge(task, drawn, rates).mistake))
    par = min(probe(task, drawn, rate) for rate in search(task, drawn))
    return Examined(tuple(complaints), heard, grid.decades(bar), luck, grid.best, par)


def prove(task: BudgetTask, drawn: Variant) -> Examined:
    """Try the best rate of the grid, and several ways of wasting the trials."""
    return _examined(drawn)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """What a model cannot see of the lesson."""
    yield from trainings.complaints(sheet, sheet.task.lesson)


KIND = Kind(
    task=BudgetTask,
    read=read,
    write=write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("value", "above", "below", "outcome"),
    outcomes=_OUTCOMES,
    shown=shown,
    response=responses.of_training,
    complaints=complaints,
)
