"""Read a range test and choose a rate; it is judged by training with it."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field

from lrlab.finder import suggestions
from lrlab.grading import answers, exhibits, trainings, verdicts
from lrlab.grading.evidence import Response
from lrlab.grading.forms import Typed
from lrlab.grading.kinds import responses, trained
from lrlab.grading.kinds.cases import once_a_case
from lrlab.grading.kinds.kind import Complaint, Examined, Kind
from lrlab.grading.kinds.solving import claimed, guessed
from lrlab.grading.spec import Door, Sheet
from lrlab.grading.trainings import Lesson
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT

_OUTCOMES = ("at_minimum", "lost", "too_low", "too_high")
_SAME = 1.6


class FinderTask(BaseModel):
    """Choose a rate from a range test."""

    model_config = STRICT

    kind: Literal["finder"]
    lesson: Lesson
    test_steps: int = Field(default=100, ge=20, le=500)
    """How many rates the range test tries."""
    within: float = Field(default=0.1, gt=0, le=1)
    """By which part the validation loss may be above the best of the grid."""
    door: Door


def exhibit(task: FinderTask, numbers: Numbers, offered: tuple[Offer, ...]) -> exhibits.Shown:
    """The curve of the range test."""
    return exhibits.of_range_test(trainings.ramp(trainings.setup(task.lesson, numbers), task.test_steps))


def read(task: FinderTask, variant: Variant, text: str) -> float | answers.Refusal:
    """A rate is a number above zero."""
    return answers.read_rate(text)


def judge(task: FinderTask, variant: Variant, rate: float) -> Verdict:
    """Train with the rate."""
    loss = trainings.loss(trained.setup(task, variant), rate)
    evidence = {"rate": rate, **trained.evidence(task, variant, loss)}
    message = trained.told(task, variant, rate, loss)
    if loss <= trained.bar(task, variant):
        return verdicts.passed("passes", message, evidence, trained.measure(task, variant, loss))
    outcome = trained.side(task, variant, rate, loss)
    if outcome != "too_low" and trained.is_near(rate, _lowest_point(task, variant), _SAME):
        outcome = "at_minimum"
    mistake = verdicts.known(variant, numbers=[rate], outcome=outcome)
    return verdicts.failed(variant, rate, mistake, outcome, message, evidence)


def _lowest_point(task: FinderTask, variant: Variant) -> float | None:
    """The rate at the lowest point of the range test."""
    test = trainings.ramp(trained.setup(task, variant), task.test_steps)
    return next(suggestion.rate for suggestion in suggestions(test) if suggestion.rule == "minimum")


def form(task: FinderTask, variant: Variant) -> Typed:
    """A rate is typed."""
    return Typed("Your rate α", runs=True)


def shown(task: FinderTask, variant: Variant, rate: float) -> Response:
    """The training among those of the grid."""
    return trained.response(task, variant, (rate,))


def solve(task: FinderTask, variant: Variant) -> float:
    """The best rate of the grid."""
    return trainings.sweep(trained.setup(task, variant)).best_rate


@once_a_case
def _examined(drawn: Variant) -> Examined:
    task: FinderTask = drawn.task
    made = trained.setup(task, drawn)
    grid, bar = trainings.sweep(made), trained.bar(task, drawn)
    complaints: list[Complaint] = list(claimed(task.door, grid.decades(bar)))
    complaints += guessed(drawn, grid.passing(bar), "task.lesson.grid")
    tried = [float(rate) for rate in grid.rates[:: max(1, len(grid.rates) // 10)]]
    lowest = _lowest_point(task, drawn)
    verdicts_heard = [
        judge(task, drawn, rate) for rate in [*tried, *([lowest] if lowest else []), grid.rates[-1] * 10]
    ]
    heard = frozenset(verdict.mistake for verdict in verdicts_heard if verdict.mistake)
    par = trained.measure(task, drawn, grid.best).par
    return Examined(tuple(complaints), heard, grid.decades(bar), grid.passing(bar), grid.best, par)


def prove(task: FinderTask, drawn: Variant) -> Examined:
    """Train with the best rate of the grid and with others, the lowest point of the range test among them."""
    return _examined(drawn)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """What a model cannot see of the lesson."""
    yield from trainings.complaints(sheet, sheet.task.lesson)


KIND = Kind(
    task=FinderTask,
    read=read,
    write=answers.write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("value", "above", "below", "outcome"),
    outcomes=_OUTCOMES,
    shown=shown,
    response=responses.of_training,
    exhibit=exhibit,
    complaints=complaints,
)
