"""One response curve for a whole class: everyone's rates, moved to the numbers of one task."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lrlab.grading.evidence import ResponseCurve
from lrlab.grading.kinds.doors import Door, door, steps_needed
from lrlab.grading.kinds.responses import of_settling
from lrlab.grading.variants import Variant
from lrlab.grading.walks import whole


def class_curve(task: Variant) -> ResponseCurve:
    """The response curve of a task of the kind "rate", over the rates on its slider."""
    return of_settling(task.task, task)


def carried(own: Variant, onto: Variant, rate: float) -> float:
    """The rate that lies to the door of `onto` as `rate` lies to the door of `own`.

    Below a door the factor to its lower end is kept, above it the factor to its upper end, and inside it the part of
    its width in decades; so a rate that passes stays one that passes, whatever numbers its student had.
    """
    here, there = _ends(door(own)), _ends(door(onto))
    if here is None or there is None:
        return rate
    (low, high), (to_low, to_high) = here, there
    if rate < low:
        return to_low * rate / low
    if rate > high:
        return to_high * rate / high
    part = math.log(rate / low) / math.log(high / low) if high > low else 0.5
    return float(to_low * (to_high / to_low) ** part)


def heights(task: Variant, rates: Sequence[float]) -> NDArray[np.float64]:
    """How many steps the task needs with each rate, infinite where it never settles: its dot's height. Shape (R,)."""
    needed = steps_needed(task.task, task, np.asarray(rates, dtype=float))
    return np.where(needed <= whole(task.task.budget, task.numbers) + task.task.hold, needed, np.inf)


def _ends(found: Door) -> tuple[float, float] | None:
    return (found.openings[0][0], found.openings[-1][1]) if found.openings else None
