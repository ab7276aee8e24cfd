"""Which rates settle within a budget, and how wide their door is: one dense sweep, and a finer one at each edge."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lrlab.descent import Descent
from lrlab.descent.outcomes import Ending, settled_at
from lrlab.grading import walks
from lrlab.grading.kinds.cases import once_a_case
from lrlab.grading.spec import Slider, Span
from lrlab.grading.variants import Variant
from lrlab.grading.words import Walk

PER_DECADE = 100
"""Rates in a decade of the first sweep; a door narrower than their spacing could be missed."""
MOST_STATES = 4_000_000
"""A sweep keeps no more states than this at once: 64 MB of points."""
_CUTS = 128
_ROUNDS = 2


@dataclass(frozen=True)
class Door:
    """The passing rates between the ends of the slider.

    `openings` are (lowest, highest) rate of each run of passing rates. `decades` is their width, all together, and
    `guess` the probability of passing with a rate drawn log-uniformly from the slider.
    """

    openings: tuple[tuple[float, float], ...]
    decades: float
    guess: float


class Settling(Protocol):
    """A task in which a walk has to settle in time."""

    @property
    def walk(self) -> Walk:
        """Where, and by which rule."""

    @property
    def budget(self) -> float | str:
        """How many steps it has to settle."""

    @property
    def tolerance(self) -> float:
        """Settled means: no further from a minimum than this part of the starting distance."""

    @property
    def hold(self) -> int:
        """For how many further steps it must stay there."""

    @property
    def slider(self) -> Slider | Span:
        """The rates on offer."""


def walk(task: Settling, variant: Variant, rates: Sequence[float] | NDArray[np.float64]) -> Descent:
    """Walk with rates for the budget and the steps held after it."""
    steps = walks.whole(task.budget, variant.numbers) + task.hold
    return walks.run(task.walk, variant.numbers, rates, steps)


def steps_needed(
    task: Settling, variant: Variant, rates: Sequence[float] | NDArray[np.float64]
) -> NDArray[np.int64]:
    """After how many steps each walk has settled for good; more than the budget is too late. Shape (R,)."""
    return settled_at(walk(task, variant, rates), task.tolerance)


def try_one_step(task: Settling, variant: Variant) -> None:
    """Raise ValueError where the walk does not work out for a learner's numbers."""
    walks.whole(task.budget, variant.numbers)
    walks.run(task.walk, variant.numbers, 0.0, 1)


def name_of(ending: Ending) -> str:
    """The outcome as exercise files write it."""
    return ending.outcome.name.lower()


@dataclass(frozen=True)
class Bests:
    """The rate that needs the fewest steps of all, those steps, and the median of the steps that passing rates need."""

    rate: float
    steps: int
    par: float


@once_a_case
def bests(variant: Variant) -> Bests | None:
    """The best rate for one learner's task; None where none passes."""
    rates, needed, passing = _swept(variant)
    if not passing.any():
        return None
    best = int(needed.argmin())
    return Bests(float(rates[best]), int(needed[best]), float(np.median(needed[passing])))


@once_a_case
def door(variant: Variant) -> Door:
    """Find the door of one learner's task, whose kind is one in which a walk has to settle."""
    task = variant.task
    budget = walks.whole(task.budget, variant.numbers)
    low, high = task.slider.low, task.slider.high
    rates, _, passing = _swept(variant)
    changes = np.flatnonzero(passing[1:] != passing[:-1])
    edges = _edges(task, variant, budget, rates[changes], rates[changes + 1], passing[changes])
    bounds = [*([low] if passing[0] else []), *edges, *([high] if passing[-1] else [])]
    openings = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    decades = sum(math.log10(last / first) for first, last in openings)
    return Door(openings, decades, decades / math.log10(high / low))


@once_a_case
def _swept(variant: Variant) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Rates all over the slider, the steps that each needs, and which of them pass."""
    task = variant.task
    span = math.log10(task.slider.high / task.slider.low)
    steps = walks.whole(task.budget, variant.numbers) + task.hold
    count = max(50, min(round(PER_DECADE * span), MOST_STATES // steps))
    rates = np.geomspace(task.slider.low, task.slider.high, count)
    needed = steps_needed(task, variant, rates)
    return rates, needed, needed <= walks.whole(task.budget, variant.numbers)


def _edges(
    task: Settling,
    variant: Variant,
    budget: int,
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    opened: NDArray[np.bool_],
) -> list[float]:
    """Narrow down where passing begins or ends, at all edges in the same sweeps."""
    if not len(before):
        return []
    edge = np.arange(len(before))
    room = MOST_STATES // (len(before) * (budget + task.hold))
    parts = max(8, min(_CUTS, room))
    for _ in range(_ROUNDS):
        cuts = np.geomspace(before, after, parts + 1, axis=-1)
        passing = steps_needed(task, variant, cuts[:, 1:-1].ravel()) <= budget
        changed = np.column_stack(
            [passing.reshape(len(before), -1) != opened[:, None], np.ones(len(before), bool)]
        )
        first = changed.argmax(axis=1)
        before, after = cuts[edge, first], cuts[edge, first + 1]
    return [float(middle) for middle in np.sqrt(before * after)]
