"""The rate as a function of the step.

Conventions. A schedule is made once and called with a step: `cosine(0.1, 0.0, 100)(25)`. Step 0 is the first update
and the value is the rate which that update uses. An int array gives a float64 array of the same shape. Past its end
a schedule holds its last value. No schedule spends its first update at rate 0 unless asked to, and none is negative.
"""

from lrlab.schedules.cycles import cosine_restarts, triangular
from lrlab.schedules.join import join, one_cycle, warmup, warmup_stable_decay
from lrlab.schedules.schedule import Schedule
from lrlab.schedules.shapes import (
    constant,
    cosine,
    exponential,
    inverse_sqrt,
    inverse_time,
    linear,
    milestones,
    polynomial,
    step_decay,
)

__all__ = [
    "Schedule",
    "constant",
    "cosine",
    "cosine_restarts",
    "exponential",
    "inverse_sqrt",
    "inverse_time",
    "join",
    "linear",
    "milestones",
    "one_cycle",
    "polynomial",
    "step_decay",
    "triangular",
    "warmup",
    "warmup_stable_decay",
]
