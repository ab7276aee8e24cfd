"""Carry a rate to another batch size; it is judged by training with it there."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field

from lrlab.finder.scaling import scaled
from lrlab.grading import answers, exhibits, trainings, verdicts, walks
from lrlab.grading.evidence import Response
from lrlab.grading.forms import Typed
from lrlab.grading.kinds import responses, trained
from lrlab.grading.kinds.cases import once_a_case
from lrlab.grading.kinds.kind import Complaint, Examined, Kind
from lrlab.grading.kinds.solving import claimed, guessed
from lrlab.grading.spec import Door, Sheet
from lrlab.grading.trainings import Lesson, Sweep
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT, Quantity

_OUTCOMES = ("kept", "linear", "square_root", "lost", "too_low", "too_high")
_SAME = 1.15


class BatchTask(BaseModel):
    """Carry the best rate of one batch size to another."""

    model_config = STRICT

    kind: Literal["batch"]
    lesson: Lesson
    """The training with the new batch size, which judges."""
    known_batch_size: Quantity
    """The batch size for which the response of the same grid is shown."""
    within: float = Field(default=0.1, gt=0, le=1)
    """By which part the validation loss may be above the best of the grid."""
    door: Door


def _known(task: BatchTask, numbers: Numbers) -> Sweep:
    return trainings.sweep(trainings.setup(task.lesson, numbers, task.known_batch_size))


def exhibit(task: BatchTask, numbers: Numbers, offered: tuple[Offer, ...]) -> exhibits.Shown:
    """What every rate of the grid reaches with the batch size that is known."""
    known = _known(task, numbers)
    return exhibits.of_response(known.rates.tolist(), known.losses.tolist())


def read(task: BatchTask, variant: Variant, text: str) -> float | answers.Refusal:
    """A rate is a number above zero."""
    return answers.read_rate(text)


def judge(task: BatchTask, variant: Variant, rate: float) -> Verdict:
    """Train with the rate at the new batch size."""
    loss = trainings.loss(trained.setup(task, variant), rate)
    evidence = {"rate": rate, **trained.evidence(task, variant, loss)}
    message = trained.told(task, variant, rate, loss)
    if loss <= trained.bar(task, variant):
        return verdicts.passed("passes", message, evidence, trained.measure(task, variant, loss))
    proposals = _proposals(task, variant)
    near = (name for name, proposed in proposals.items() if trained.is_near(rate, proposed, _SAME))
    outcome = next(near, trained.side(task, variant, rate, loss))
    mistake = verdicts.known(variant, numbers=[rate], outcome=outcome)
    return verdicts.failed(variant, rate, mistake, outcome, message, evidence)


def _proposals(task: BatchTask, variant: Variant) -> dict[str, float]:
    """What is often done with the best rate of the batch size that is known."""
    best = _known(task, variant.numbers).best_rate
    numbers = variant.numbers
    old, new = walks.number(task.known_batch_size, numbers), walks.number(task.lesson.batch_size, numbers)
    by_rule = {rule: scaled(rule, best, old, new) for rule in ("linear", "square_root")}
    return {"kept": best, **by_rule}


def form(task: BatchTask, variant: Variant) -> Typed:
    """A rate is typed."""
    return Typed("Your rate α", runs=True)


def shown(task: BatchTask, variant: Variant, rate: float) -> Response:
    """The training among those of the grid, at the new batch size."""
    return trained.response(task, variant, (rate,))


def solve(task: BatchTask, variant: Variant) -> float:
    """The best rate of the grid."""
    return trainings.sweep(trained.setup(task, variant)).best_rate


@once_a_case
def _examined(drawn: Variant) -> Examined:
    task: BatchTask = drawn.task
    grid, bar = trainings.sweep(trained.setup(task, drawn)), trained.bar(task, drawn)
    complaints: list[Complaint] = list(claimed(task.door, grid.decades(bar)))
    complaints += guessed(drawn, grid.passing(bar), "task.lesson.grid")
    tried = [
        *_proposals(task, drawn).values(),
        *grid.rates[:: max(1, len(grid.rates) // 8)].tolist(),
        grid.rates[-1] * 10,
    ]
    heard = frozenset(name for rate in tried if (name := judge(task, drawn, float(rate)).mistake))
    par = trained.measure(task, drawn, grid.best).par
    return Examined(tuple(complaints), heard, grid.decades(bar), grid.passing(bar), grid.best, par)


def prove(task: BatchTask, drawn: Variant) -> Examined:
    """Train with the best rate of the grid, with what the rules propose, and with others."""
    return _examined(drawn)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """What a model cannot see of both trainings."""
    lesson: Lesson = sheet.task.lesson
    yield from trainings.complaints(sheet, lesson)
    known = lesson.model_copy(update={"batch_size": sheet.task.known_batch_size})
    for field, reason in trainings.complaints(sheet, known):
        if field.endswith(("batch_size", "epochs")):
            yield "task.known_batch_size", reason


def _trial(task: BatchTask, variant: Variant) -> None:
    if walks.number(task.known_batch_size, variant.numbers) == walks.number(
        task.lesson.batch_size, variant.numbers
    ):
        raise ValueError("known_batch_size is the batch size of the lesson; nothing is to be carried")


KIND = Kind(
    task=BatchTask,
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
    trial=_trial,
)
