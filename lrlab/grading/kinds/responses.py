"""The response to every rate, with the door on it: what a teacher looks at to see how hard a task is."""

import numpy as np

from lrlab.grading import trainings, walks
from lrlab.grading.evidence import ResponseCurve
from lrlab.grading.kinds import doors, trained
from lrlab.grading.variants import Variant

_PER_DECADE = 40


def of_settling(task: doors.Settling, variant: Variant) -> ResponseCurve:
    """The steps that every rate of the slider needs to settle."""
    low, high = task.slider.low, task.slider.high
    found, known = doors.door(variant), doors.bests(variant)
    # A narrow door lies between the rates of an even grid, so its ends and its best rate are added.
    of_door = [end for opening in found.openings for end in opening] + [
        (known.rate if known else None) or low
    ]
    rates = np.unique(
        [*np.geomspace(low, high, max(20, round(_PER_DECADE * np.log10(high / low)))), *of_door]
    )
    budget = walks.whole(task.budget, variant.numbers)
    needed = doors.steps_needed(task, variant, rates)
    values = np.where(needed <= budget + task.hold, needed, np.inf)
    return ResponseCurve("steps", tuple(rates.tolist()), tuple(values.tolist()), budget, found.openings)


def of_training(task: trained.Trained, variant: Variant) -> ResponseCurve:
    """The loss that every rate of the grid ends with."""
    sweep, bar = trainings.sweep(trained.setup(task, variant)), trained.bar(task, variant)
    passing = np.concatenate([[False], sweep.losses <= bar, [False]])
    edges = np.flatnonzero(passing[1:] != passing[:-1])
    rates = sweep.rates.tolist()
    openings = tuple(
        (rates[first], rates[last - 1]) for first, last in zip(edges[::2], edges[1::2], strict=True)
    )
    return ResponseCurve(trained.MEASURE, tuple(rates), tuple(sweep.losses.tolist()), bar, openings)
