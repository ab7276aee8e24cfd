"""Newton's method: the curvature, all of it, says how far and in which direction."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.journey import Finish, Meter, Move, NoStepError
from lrlab.descent.line_search import backtrack

Floats = NDArray[np.float64]


def newton(meter: Meter, here: Floats) -> Iterator[Move]:
    """Go where the slope of the local parabola vanishes, be that a minimum of it, a maximum or a pass."""
    while (slope := meter.slope(here)) is not None:
        direction = _direction(meter.hessian(here), slope)
        if direction is None:
            raise NoStepError(Finish.SINGULAR)
        here = here + direction
        yield meter.moved(here, 1.0)


def damped(meter: Meter, here: Floats, *, first: float, sufficient: float, shrink: float) -> Iterator[Move]:
    """Go Newton's way with steps shortened by Armijo's condition, and down the gradient where Newton's way is up."""
    value = meter.value(here)
    while (slope := meter.slope(here)) is not None:
        direction = _direction(meter.hessian(here), slope)
        if direction is None or not float(slope @ direction) < 0.0:
            direction = -slope
        here, value, size = backtrack(
            meter, here, value, slope, direction, first=first, sufficient=sufficient, shrink=shrink
        )
        yield meter.moved(here, size)


def _direction(hessian: Floats, slope: Floats) -> Floats | None:
    """The solution p of H·p = −∇L; None where H has no inverse."""
    try:
        return np.asarray(np.linalg.solve(hessian, -slope))
    except np.linalg.LinAlgError:
        return None
