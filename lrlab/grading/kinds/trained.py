"""What `finder`, `batch` and `budget` share: a rate is judged by training with it, against the best of a grid."""

import math
from typing import Protocol

from lrlab.grading import trainings, walks
from lrlab.grading.evidence import Response
from lrlab.grading.spec import Door
from lrlab.grading.templates import shown as written
from lrlab.grading.trainings import Lesson, Setup
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Measure

MEASURE = "validation loss"


class Trained(Protocol):
    """A task whose answers are trained with."""

    @property
    def lesson(self) -> Lesson:
        """What is trained."""

    @property
    def within(self) -> float:
        """By which part a passing loss may be above the best of the grid."""

    @property
    def door(self) -> Door:
        """How many decades of the grid pass."""


def setup(task: Trained, variant: Variant) -> Setup:
    """The training that judges."""
    return trainings.setup(task.lesson, variant.numbers)


def bar(task: Trained, variant: Variant) -> float:
    """The highest loss that passes."""
    return trainings.sweep(setup(task, variant)).best * (1.0 + task.within)


def measure(task: Trained, variant: Variant, loss: float) -> Measure:
    """How good a passing loss is; par is halfway between the best and the bar on a log scale."""
    best = min(loss, trainings.sweep(setup(task, variant)).best)
    return Measure(loss, best, math.sqrt(best * bar(task, variant)), MEASURE)


def evidence(task: Trained, variant: Variant, loss: float) -> dict[str, float]:
    """The numbers that decided."""
    found = {"bar": bar(task, variant), "within": task.within}
    return {**found, "loss": loss} if math.isfinite(loss) else found


def response(task: Trained, variant: Variant, rates: tuple[float, ...]) -> Response:
    """The student's own trainings on the response curve of the grid."""
    made = setup(task, variant)
    grid = trainings.sweep(made)
    return Response(
        MEASURE,
        tuple(grid.rates.tolist()),
        tuple(grid.losses.tolist()),
        tuple((rate, trainings.loss(made, rate)) for rate in rates),
        bar(task, variant),
        (grid.best_rate, grid.best),
    )


def side(task: Trained, variant: Variant, rate: float, loss: float) -> str:
    """Why a rate does not pass, in one word: `lost`, `too_low` or `too_high`."""
    if not math.isfinite(loss):
        return "lost"
    return "too_low" if rate < trainings.sweep(setup(task, variant)).best_rate else "too_high"


def told(task: Trained, variant: Variant, rate: float, loss: float) -> str:
    """What a training with the rate reached, and what was asked for."""
    epochs, value = walks.whole(task.lesson.epochs, variant.numbers), written(rate, ".3g")
    most = written(bar(task, variant), ".3g")
    asked = f"Within {task.within:.0%} of the best rate of the grid counts: at most {most}."
    if not math.isfinite(loss):
        return f"Trained with {value}, the loss is not finite before the {epochs} epochs are over. {asked}"
    return f"Trained with {value} for {epochs} epochs, the validation loss ends at {written(loss, '.3g')}. {asked}"


def is_near(rate: float, other: float | None, factor: float) -> bool:
    """Whether two rates are the same but for a factor."""
    return other is not None and abs(math.log(rate / other)) <= math.log(factor)
