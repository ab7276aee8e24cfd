"""A schedule is judged by twenty noisy runs: their mean loss at the end against the best constant rate's."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from lrlab.grading import answers, plans, verdicts, walks
from lrlab.grading.evidence import Curve, Curves
from lrlab.grading.forms import Design, Dial, Shape
from lrlab.grading.kinds.cases import once_a_case
from lrlab.grading.kinds.kind import Complaint, Cost, Examined, Kind
from lrlab.grading.kinds.options import strangers, twice
from lrlab.grading.kinds.solving import guessed
from lrlab.grading.plans import SHAPES, ShapeName
from lrlab.grading.spec import Sheet, Span
from lrlab.grading.templates import shown as written
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Measure, Verdict
from lrlab.grading.words import STRICT, Quantity, Walk

RUNS = 20
_CONSTANTS = 61
_TRIED_RATES, _TRIED_OTHERS = 7, 4
_OUTCOMES = ("no_better", "short", "lost")


class ScheduleTask(BaseModel):
    """Choose the shape of a schedule and its numbers."""

    model_config = STRICT

    kind: Literal["schedule"]
    walk: Walk
    noise: Quantity
    """The standard deviation of the noise in each coordinate of the gradient."""
    steps: Quantity
    """How many steps the schedule has."""
    shapes: tuple[ShapeName, ...] = Field(min_length=2, max_length=8)
    """The shapes on offer."""
    slider: Span
    """The rates that may be used."""
    par: float = Field(gt=0, lt=1)
    """What passes, as a part of the mean loss that the best constant rate ends with."""


@dataclass(frozen=True)
class Planned:
    """An answer: a shape by its name, and its numbers in the order of the shape."""

    shape: str
    dials: tuple[tuple[str, float], ...]


def bounds(task: ScheduleTask, parameter: plans.Parameter) -> tuple[float, float]:
    """Between which numbers a parameter may lie."""
    return (task.slider.low, task.slider.high) if parameter.rate else (parameter.low, parameter.high)


def read(task: ScheduleTask, variant: Variant, text: str) -> Planned | answers.Refusal:
    """An answer is a shape and its numbers: `cosine rate=0.5 end=0.001`."""
    shape, _, rest = text.strip().partition(" ")
    name = answers.read_option(shape, task.shapes)
    if isinstance(name, answers.Refusal):
        return name
    asked = SHAPES[name].parameters
    said = answers.read_pairs(rest.replace(",", "."), asked, "number")
    if isinstance(said, answers.Refusal):
        return said
    dials = []
    for dial, typed in said.items():
        value = answers.read(typed)
        if isinstance(value, answers.Refusal):
            return answers.Refusal(f"{asked[dial].text}: {value.sentence}")
        low, high = bounds(task, asked[dial])
        if not low <= value <= high:
            return answers.Refusal(
                f"{asked[dial].text}: give a number from {written(low)} to {written(high)}."
            )
        dials.append((dial, value))
    return Planned(name, tuple(dials))


def write(planned: Planned) -> str:
    """The shape and its numbers."""
    return " ".join([planned.shape, *(f"{name}={answers.write(value)}" for name, value in planned.dials)])


def mean_losses(task: ScheduleTask, variant: Variant, paths: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean loss over the noisy runs, after every step, of R schedules (R, steps): (R, steps + 1)."""
    noise, steps = walks.number(task.noise, variant.numbers), paths.shape[1]
    seeds = tuple(range(RUNS)) * len(paths)
    run = walks.run(task.walk, variant.numbers, np.repeat(paths, RUNS, axis=0), steps, noise, seeds)
    with np.errstate(all="ignore"):
        mean = run.losses.reshape(len(paths), RUNS, steps + 1).mean(axis=1)
    return np.where(np.isfinite(mean), mean, np.inf)


def _path(task: ScheduleTask, variant: Variant, planned: Planned) -> NDArray[np.float64]:
    return plans.rates(planned.shape, dict(planned.dials), walks.whole(task.steps, variant.numbers))


@once_a_case
def best_constant(variant: Variant) -> tuple[float, float]:
    """The constant rate that ends with the lowest mean loss, and that loss."""
    task: ScheduleTask = variant.task
    rates = np.geomspace(task.slider.low, task.slider.high, _CONSTANTS)
    paths = np.repeat(rates[:, None], walks.whole(task.steps, variant.numbers), axis=1)
    losses = mean_losses(task, variant, paths)[:, -1]
    return float(rates[losses.argmin()]), float(losses.min())


@once_a_case
def tried(variant: Variant) -> tuple[tuple[Planned, float], ...]:
    """Every shape on offer with a grid of its numbers, and the mean loss that each ends with."""
    task: ScheduleTask = variant.task
    planned = [one for shape in task.shapes for one in _grid(task, shape)]
    paths = np.vstack([_path(task, variant, one) for one in planned])
    return tuple(zip(planned, mean_losses(task, variant, paths)[:, -1].tolist(), strict=True))


def _grid(task: ScheduleTask, shape: str) -> Iterator[Planned]:
    """A few numbers for every parameter, evenly spread over its decades, in all combinations."""
    axes = []
    for name, parameter in SHAPES[shape].parameters.items():
        count = _TRIED_RATES if parameter.rate else _TRIED_OTHERS
        axes.append([(name, value) for value in np.geomspace(*bounds(task, parameter), count).tolist()])
    return (Planned(shape, dials) for dials in product(*axes))


def judge(task: ScheduleTask, variant: Variant, planned: Planned) -> Verdict:
    """Run it twenty times, and hold the mean loss at the end against the best constant rate's."""
    return _verdict(task, variant, planned, *_ends_of(variant, planned))


@once_a_case
def _ends_of(variant: Variant, planned: Planned) -> tuple[float, float]:
    """The mean loss at the end and at the start."""
    losses = mean_losses(variant.task, variant, _path(variant.task, variant, planned)[None])[0]
    return float(losses[-1]), float(losses[0])


def _verdict(task: ScheduleTask, variant: Variant, planned: Planned, loss: float, first: float) -> Verdict:
    """What is said of a mean loss at the end, given the loss at the start."""
    constant, constant_loss = best_constant(variant)
    bar = task.par * constant_loss
    evidence = {"bar": bar, "constant_loss": constant_loss, "runs": RUNS}
    if math.isfinite(loss):
        evidence["loss"] = loss
    against = (
        f"The best constant rate, {written(constant, '.2g')}, ends at {written(constant_loss, '.3g')}; "
        f"{written(bar, '.3g')} was asked for."
    )
    if loss <= bar:
        best = min(loss, *(reached for _, reached in tried(variant)))
        measure = Measure(loss, best, math.sqrt(bar * best), "mean loss")
        return verdicts.passed("beats", f"{_ends(loss)} {against}", evidence, measure)
    outcome = "no_better" if loss < first else "lost"
    if loss < constant_loss and planned.shape != "constant":
        outcome = "short"
    dials = [value for _, value in planned.dials]
    mistake = verdicts.known(variant, numbers=dials, choices=[(planned.shape, "")], outcome=outcome)
    return verdicts.failed(variant, write(planned), mistake, outcome, f"{_ends(loss)} {against}", evidence)


def _ends(loss: float) -> str:
    if math.isinf(loss):
        return f"In at least one of {RUNS} noisy runs the loss is not finite any more at the end."
    return f"Over {RUNS} noisy runs the loss ends at {written(loss, '.3g')} on average."


def form(task: ScheduleTask, variant: Variant) -> Design:
    """A shape is chosen, and a number typed for each of its parameters."""
    return Design(
        tuple(
            Shape(
                name,
                SHAPES[name].title,
                tuple(
                    Dial(dial, parameter.text, *bounds(task, parameter))
                    for dial, parameter in SHAPES[name].parameters.items()
                ),
            )
            for name in task.shapes
        )
    )


def shown(task: ScheduleTask, variant: Variant, planned: Planned) -> Curves:
    """The mean loss of the answer beside that of the best constant rate, and the rates that made them."""
    mine = _path(task, variant, planned)
    paths = np.vstack([mine, np.full_like(mine, best_constant(variant)[0])])
    names = (f"yours: {SHAPES[planned.shape].title.lower()}", "the best constant rate")
    steps = tuple(map(float, range(len(mine) + 1)))
    losses = mean_losses(task, variant, paths)
    return Curves(
        "step",
        f"mean loss of {RUNS} runs",
        tuple(Curve(name, steps, tuple(row)) for name, row in zip(names, losses.tolist(), strict=True)),
        rates=tuple(
            Curve(name, steps[:-1], tuple(row)) for name, row in zip(names, paths.tolist(), strict=True)
        ),
    )


def solve(task: ScheduleTask, variant: Variant) -> Planned:
    """The best of the schedules tried."""
    return min(tried(variant), key=lambda pair: pair[1])[0]


@once_a_case
def _examined(drawn: Variant) -> Examined:
    task: ScheduleTask = drawn.task
    _, constant_loss = best_constant(drawn)
    every, bar = tried(drawn), task.par * constant_loss
    best, lowest = min(every, key=lambda pair: pair[1])
    luck = sum(loss <= bar for _, loss in every) / len(every)
    complaints: list[Complaint] = list(guessed(drawn, luck, "task.par"))
    if lowest > bar:
        part = f"{lowest / constant_loss:.2f} of the best constant rate's loss"
        complaints.append(("task.par", f"cannot be solved: the best schedule tried ends at {part}"))
    _, first = _ends_of(drawn, best)
    said = (_verdict(task, drawn, planned, loss, first).mistake for planned, loss in every)
    heard = frozenset(name for name in said if name)
    return Examined(tuple(complaints), heard, guess=luck, best=lowest, par=math.sqrt(bar * lowest))


def prove(task: ScheduleTask, drawn: Variant) -> Examined:
    """Find the best schedule on a grid, and try others."""
    return _examined(drawn)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """Shapes that stand twice or are not on offer."""
    yield from twice(sheet.task.shapes, "task.shapes")
    yield from strangers(sheet, sheet.task.shapes)


def _trial(task: ScheduleTask, variant: Variant) -> None:
    walks.whole(task.steps, variant.numbers)
    walks.run(task.walk, variant.numbers, 0.0, 1, walks.number(task.noise, variant.numbers))


KIND = Kind(
    task=ScheduleTask,
    read=read,
    write=write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("value", "above", "below", "option", "outcome"),
    outcomes=_OUTCOMES,
    shown=shown,
    complaints=complaints,
    steps=lambda task: [Cost("task.steps", task.steps, times=RUNS)],
    trial=_trial,
)
