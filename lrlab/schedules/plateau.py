"""Reduce on plateau: the one schedule that needs to see the loss."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.schedules.parameters import at_most_one, not_negative, number, whole


@dataclass(frozen=True)
class Plateau:
    """Where reduce-on-plateau stands after some epochs: the rate of the next epoch, and what it is waiting for.

    `waited` counts epochs without a new best; `resting` the epochs of rest that are left after a cut.
    """

    rate: float
    factor: float
    patience: int
    cooldown: int
    threshold: float
    lowest: float
    convention: str
    best: float = math.inf
    waited: int = 0
    resting: int = 0

    def after(self, loss: float) -> "Plateau":
        """Return where it stands after an epoch that ended with this loss; NaN is no improvement."""
        return CONVENTIONS[self.convention](self, float(loss))

    def cut(self) -> "Plateau":
        """Return it with the rate multiplied by the factor, waiting anew, at rest for the cooldown."""
        rate = max(self.rate * self.factor, self.lowest)
        return replace(self, rate=rate, waited=0, resting=self.cooldown)


def _pytorch(state: Plateau, loss: float) -> Plateau:
    """Better means by a share of the best; a cut comes after patience + 1 bad epochs; rest stops the waiting."""
    if loss < state.best * (1.0 - state.threshold):
        state = replace(state, best=loss, waited=0)
    else:
        state = replace(state, waited=state.waited + 1)
    if state.resting:
        state = replace(state, resting=state.resting - 1, waited=0)
    return state.cut() if state.waited > state.patience else state


def _keras(state: Plateau, loss: float) -> Plateau:
    """Better means by an amount; a cut comes after patience bad epochs; the last epoch of rest already counts."""
    if state.resting:
        state = replace(state, resting=state.resting - 1, waited=0)
    if loss < state.best - state.threshold:
        return replace(state, best=loss, waited=0)
    if state.resting:
        return state
    state = replace(state, waited=state.waited + 1)
    return state.cut() if state.waited >= state.patience else state


CONVENTIONS: Mapping[str, Callable[[Plateau, float], Plateau]] = MappingProxyType(
    {"pytorch": _pytorch, "keras": _keras}
)
"""The two definitions in use, by library: torch.optim.lr_scheduler and keras.callbacks, both ReduceLROnPlateau."""


def reduce_on_plateau(
    rate: float,
    factor: float = 0.1,
    patience: int = 10,
    cooldown: int = 0,
    threshold: float = 1e-4,
    lowest: float = 0.0,
    convention: str = "pytorch",
) -> Plateau:
    """Return reduce-on-plateau before its first epoch.

    α ← max(lowest, factor·α) when the loss has not improved for `patience` epochs (and one more in PyTorch's
    convention); an improvement is a loss below best·(1 − threshold) in PyTorch, below best − threshold in Keras.

    Args:
        rate: of the first epoch, > 0.
        factor: in (0, 1].
        patience: epochs without improvement, ≥ 0 (in Keras's convention 0 acts as 1).
        cooldown: epochs of rest after a cut, ≥ 0.
        threshold: ≥ 0; a share of the best loss (PyTorch) or an amount (Keras).
        lowest: the rate never falls below it, ≥ 0.
        convention: "pytorch" or "keras".

    Returns:
        A Plateau; `rate` is that of the coming epoch and `after(loss)` the next state.

    Raises:
        ValueError: for a parameter outside its range.

    Source: torch.optim.lr_scheduler.ReduceLROnPlateau, PyTorch 2.13 (mode "min", eps 0); Keras 3.15,
    keras.callbacks.ReduceLROnPlateau.

    >>> state = reduce_on_plateau(0.1, factor=0.5, patience=1)
    >>> for loss in (1.0, 1.0, 1.0):
    ...     state = state.after(loss)
    >>> state.rate
    0.05
    """
    if convention not in CONVENTIONS:
        raise ValueError(f"convention is {convention!r}; it must be one of {', '.join(CONVENTIONS)}.")
    return Plateau(
        rate=number("rate", rate),
        factor=at_most_one("factor", factor),
        patience=whole("patience", patience, low=0),
        cooldown=whole("cooldown", cooldown, low=0),
        threshold=not_negative("threshold", threshold),
        lowest=not_negative("lowest", lowest),
        convention=convention,
    )


def follow(plateau: Plateau, losses: ArrayLike) -> NDArray[np.float64]:
    """Return the rate that each epoch uses when the epochs end with these losses.

    Args:
        plateau: as `reduce_on_plateau` made it, or any later state.
        losses: one loss an epoch, (n,).

    Returns:
        float64 (n + 1,): rates[t] is used by epoch t; the last is that of the epoch to come.

    Raises:
        ValueError: for losses that are not one row of numbers.

    Source: as `reduce_on_plateau`.

    >>> follow(reduce_on_plateau(0.1, factor=0.5, patience=1), [1.0, 1.0, 1.0, 1.0]).tolist()
    [0.1, 0.1, 0.1, 0.05, 0.05]
    """
    row = np.asarray(losses, dtype=np.float64)
    if row.ndim != 1:
        raise ValueError(f"losses has shape {row.shape}; it must be one row of numbers, (n,).")
    rates = [plateau.rate]
    for loss in row.tolist():
        plateau = plateau.after(loss)
        rates.append(plateau.rate)
    return np.array(rates)
