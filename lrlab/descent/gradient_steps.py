"""Gradient descent whose rate is given, or read off what the run has seen so far: no trying, no Hessian."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.journey import Meter, Move

Floats = NDArray[np.float64]


def fixed(meter: Meter, here: Floats, *, rate: float) -> Iterator[Move]:
    """Descend along −∇L with the rate you give: the plain rule, for comparison."""
    while (slope := meter.slope(here)) is not None:
        here = here - rate * slope
        yield meter.moved(here, rate)


def polyak(meter: Meter, here: Floats) -> Iterator[Move]:
    """Descend along −∇L as far as the lowest loss would lie if the slope stayed as it is."""
    surface = meter.surface
    lowest = float(surface.value(surface.minima[0]))
    while (slope := meter.slope(here)) is not None:
        rate = (meter.value(here) - lowest) / float(slope @ slope)
        here = here - rate * slope
        yield meter.moved(here, rate)


def barzilai_borwein_long(meter: Meter, here: Floats, *, rate: float) -> Iterator[Move]:
    """Descend along −∇L with sᵀs/sᵀy, the inverse of the curvature met by the last step s; y is the change of ∇L."""
    before: tuple[Floats, Floats] | None = None
    while (slope := meter.slope(here)) is not None:
        if before is not None:
            step, change = here - before[0], slope - before[1]
            rate = float(np.divide(step @ step, step @ change))
        before = here, slope
        here = here - rate * slope
        yield meter.moved(here, rate)


def barzilai_borwein_short(meter: Meter, here: Floats, *, rate: float) -> Iterator[Move]:
    """Descend along −∇L with sᵀy/yᵀy, the other inverse of that curvature, which is never the longer one."""
    before: tuple[Floats, Floats] | None = None
    while (slope := meter.slope(here)) is not None:
        if before is not None:
            step, change = here - before[0], slope - before[1]
            rate = float(np.divide(step @ change, change @ change))
        before = here, slope
        here = here - rate * slope
        yield meter.moved(here, rate)
