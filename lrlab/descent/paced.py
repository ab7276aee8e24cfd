"""Momentum that changes from step to step, as a one-cycle asks for."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from lrlab.descent.optimizers import OPTIMIZERS, Optimizer
from lrlab.descent.rules import Array, Rate, State


def paced_momentum(momenta: ArrayLike) -> Optimizer:
    """Return the heavy ball with a momentum of its own for every step.

    v ← β_t·v + g, stride = α_t·v

    Args:
        momenta: β for each step (steps,), or for each of R runs (R, steps); every one in [0, 1).

    Returns:
        An `Optimizer` without coefficients, for R runs of at most so many steps.

    Raises:
        ValueError: for a momentum outside its range, or an array of another shape.

    Source: torch.optim.SGD, PyTorch 2.13, whose momentum OneCycleLR(cycle_momentum=True) sets before every step.

    >>> paced_momentum([0.95, 0.85]).title
    'Momentum, paced'
    """
    paths = np.atleast_2d(np.asarray(momenta, dtype=np.float64))
    if paths.ndim != 2 or paths.size == 0:
        raise ValueError(
            f"momenta has shape {np.shape(momenta)}; it must be (steps,) or (R, steps), and not empty."
        )
    if not ((paths >= 0.0) & (paths < 1.0)).all():
        wrong = paths[~((paths >= 0.0) & (paths < 1.0))][0]
        raise ValueError(f"momenta holds {float(wrong)!r}; every momentum must lie in [0, 1).")
    return replace(
        OPTIMIZERS["momentum"],
        name="paced_momentum",
        title="Momentum, paced",
        formula=r"v \leftarrow \beta_t v + g \qquad \theta \leftarrow \theta - \alpha_t v",
        source="torch.optim.SGD under OneCycleLR(cycle_momentum=True), PyTorch 2.13",
        defaults=MappingProxyType({}),
        update=_paced(paths),
    )


def _paced(paths: Array) -> Callable[..., tuple[Array, State]]:
    def update(
        gradient: Array, state: State, rate: Rate, step: int, parameters: Array
    ) -> tuple[Array, State]:
        velocity, stride = state
        beta = paths[:, step]
        # The rate says how runs lie in the parameters: a row each in a training (R, 1), a column in a descent.
        np.multiply(velocity, beta[:, None] if np.shape(rate)[-1:] == (1,) else beta, out=velocity)
        np.add(velocity, gradient, out=velocity)
        return np.multiply(velocity, rate, out=stride), state

    return update
