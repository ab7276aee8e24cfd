"""BFGS and L-BFGS, which build up the curvature from the gradients they meet; both are SciPy's."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from lrlab.descent.journey import Finish, Meter, Move, NoStepError

Floats = NDArray[np.float64]


def _scipy(name: str, meter: Meter, here: Floats) -> Iterator[Move]:
    """Run SciPy's method and report its iterations; SciPy keeps the sizes of its steps to itself."""
    moves: list[Move] = []
    result = minimize(
        meter.value,
        here,
        jac=meter.gradient,
        method=name,
        callback=lambda xk: moves.append(meter.moved(xk.copy(), np.nan)),
        options={"gtol": meter.tolerance, "maxiter": meter.steps},
    )
    yield from moves
    if not np.isfinite(result.fun):
        raise NoStepError(Finish.LOST)
    if result.status == 0 and float(np.abs(result.jac).max()) > meter.tolerance:
        raise NoStepError(Finish.FLAT)
    if result.status > 1:
        raise NoStepError(Finish.NO_STEP)


bfgs = partial(_scipy, "BFGS")
lbfgs = partial(_scipy, "L-BFGS-B")
