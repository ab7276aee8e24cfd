"""Gradient descent that finds the length of each step by trying, or by solving for it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.journey import Finish, Meter, Move, NoStepError

Floats = NDArray[np.float64]

MOST_TRIALS = 100
"""After so many the search gives up; with halving, a step is shorter than rounding long before."""


def backtrack(
    meter: Meter,
    here: Floats,
    value: float,
    slope: Floats,
    direction: Floats,
    *,
    first: float,
    sufficient: float,
    shrink: float,
) -> tuple[Floats, float, float]:
    """Return place, loss and size of the first step short enough for Armijo's condition.

    a = first · shrinkᵏ with the smallest k for which L(θ + a·p) ≤ L(θ) + sufficient · a · ∇Lᵀp
    """
    promised = sufficient * float(slope @ direction)
    size = first
    for _ in range(MOST_TRIALS):
        there = here + size * direction
        reached = meter.value(there)
        if reached <= value + size * promised:
            return there, reached, size
        size *= shrink
    raise NoStepError(Finish.NO_STEP)


def armijo(meter: Meter, here: Floats, *, first: float, sufficient: float, shrink: float) -> Iterator[Move]:
    """Descend along −∇L with steps shortened until each pays for its length."""
    value = meter.value(here)
    while (slope := meter.slope(here)) is not None:
        here, value, size = backtrack(
            meter, here, value, slope, -slope, first=first, sufficient=sufficient, shrink=shrink
        )
        yield meter.moved(here, size)


def exact(meter: Meter, here: Floats) -> Iterator[Move]:
    """Descend along −∇L to the lowest point of that line; on a quadratic one more gradient tells where it is."""
    while (slope := meter.slope(here)) is not None:
        bent = meter.gradient(here + slope) - slope  # H·∇L, since the gradient is linear
        rate = float(slope @ slope) / float(slope @ bent)
        here = here - rate * slope
        yield meter.moved(here, rate)
