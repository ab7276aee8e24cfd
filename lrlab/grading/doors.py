"""The door of a `rate` task: which rates pass, found by one dense sweep and a finer one at each edge."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrlab.grading import walks
from lrlab.grading.judges import rate
from lrlab.grading.spec import RateTask
from lrlab.grading.variants import Variant

PER_DECADE = 100
"""Rates in a decade of the first sweep; a door narrower than their spacing could be missed."""
_CUTS = 128
_ROUNDS = 2


@dataclass(frozen=True)
class Door:
    """The passing rates between the ends of the slider.

    `openings` are (lowest, highest) rate of each run of passing rates. `decades` is their width, all together;
    `guess` the probability of passing with a rate drawn log-uniformly from the slider. `best_steps` is the fewest
    steps any rate needs, None where none passes.
    """

    openings: tuple[tuple[float, float], ...]
    decades: float
    guess: float
    best_steps: int | None


def door(task: RateTask, variant: Variant) -> Door:
    """Find the door of one learner's task."""
    budget = walks.whole(task.budget, variant.numbers)
    low, high = task.slider.low, task.slider.high
    span = math.log10(high / low)
    rates = np.geomspace(low, high, max(50, round(PER_DECADE * span)))
    needed = rate.steps_needed(task, variant, rates)
    passing = needed <= budget
    changes = np.flatnonzero(passing[1:] != passing[:-1])
    edges = _edges(task, variant, budget, rates[changes], rates[changes + 1], passing[changes])
    bounds = [*([low] if passing[0] else []), *edges, *([high] if passing[-1] else [])]
    openings = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    decades = sum(math.log10(last / first) for first, last in openings)
    best = int(needed.min()) if passing.any() else None
    return Door(openings, decades, decades / span, best)


def _edges(
    task: RateTask,
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
    for _ in range(_ROUNDS):
        cuts = np.geomspace(before, after, _CUTS + 1, axis=-1)
        passing = rate.steps_needed(task, variant, cuts[:, 1:-1].ravel()) <= budget
        changed = np.column_stack(
            [passing.reshape(len(before), -1) != opened[:, None], np.ones(len(before), bool)]
        )
        first = changed.argmax(axis=1)
        before, after = cuts[edge, first], cuts[edge, first + 1]
    return [float(middle) for middle in np.sqrt(before * after)]
