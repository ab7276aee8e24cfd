"""The ground that a search walks on: the loss at every rate, and at every pair of rate and second setting."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent.optimizers import Optimizer
from lrlab.finder.search import train_all
from lrlab.finder.spaces import Space, Trials, rates_at, values_of_second
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress, whole

Array = NDArray[np.float64]

WORST = 1e9
"""Stands for a loss that is no number: worse than any other."""


@dataclass(frozen=True, eq=False)
class ResponseSurface:
    """Validation losses (K, R) at `rates` (R,) and `seconds` (K,), inf where a training was lost."""

    space: Space
    rates: Array
    seconds: Array
    losses: Array


@dataclass(frozen=True, eq=False)
class ResponseCurve:
    """Validation losses (R,) at `rates` (R,), ascending; as measured, however high."""

    rates: Array
    losses: Array

    def at(self, rates: ArrayLike) -> Array:
        """The loss at any rates, between those tried by straight lines over the log of the rate."""
        return np.asarray(np.interp(np.log(rates), np.log(self.rates), self.losses))


def response_surface(
    data: Data,
    model: str | Model,
    space: Space,
    *,
    columns: int = 13,
    rows: int = 7,
    steps: int = 100,
    seed: int = 0,
    progress: Progress | None = None,
) -> ResponseSurface:
    """Train at every pair of a fine grid, one stacked pass for each value of the second setting.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        space: where.
        columns: rates, at least 1, the middles of equal cells on a log scale.
        rows: values of the second setting, at least 1.
        steps: updates of each training, at least 1.
        seed: starting weights and batches.
        progress: called now and then with the updates made and to make.

    Returns:
        ResponseSurface.

    Raises:
        ValueError: for an argument outside its range.

    Source: the response surfaces of Bergstra and Bengio 2012, figure 1.

    >>> from lrlab.finder.spaces import SPACES
    >>> from lrlab.training import load
    >>> response_surface(load("wine"), "linear", SPACES["batch_size"], rows=6, steps=5).losses.shape
    (6, 13)
    """
    middles = (np.arange(whole("columns", columns, at_least=1)) + 0.5) / columns
    rates = rates_at(space.low, space.high, middles, "log")
    seconds = values_of_second(space, whole("rows", rows, at_least=1))
    trials = Trials(np.tile(rates, len(seconds)), np.repeat(seconds, len(rates)))
    found = train_all(data, model, space, trials, steps, seed=seed, progress=progress)
    return ResponseSurface(space, rates, seconds, found.losses.reshape(len(seconds), len(rates)))


def response_curve(
    data: Data,
    model: str | Model,
    optimizer: str | Optimizer = "sgd",
    *,
    low: float = 1e-6,
    high: float = 1e3,
    count: int = 181,
    batch_size: int = 32,
    steps: int = 100,
    seed: int = 0,
    progress: Progress | None = None,
) -> ResponseCurve:
    """Train at many rates in one stacked pass and keep the validation loss of each, however high.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        optimizer: a name in `OPTIMIZERS`, or a record.
        low: lowest rate, above 0.
        high: highest rate, above `low`.
        count: rates, at least 2, even on a log scale.
        batch_size: rows of one update.
        steps: updates of each training.
        seed: starting weights and batches.
        progress: called now and then with the updates made and to make.

    Returns:
        ResponseCurve, with `WORST` where a loss is no number.

    Raises:
        ValueError: for an argument outside its range.

    Source: as for `response_surface`.

    >>> from lrlab.training import load
    >>> curve = response_curve(load("wine"), "linear", count=46)
    >>> bool(curve.rates[curve.losses.argmin()] > 0.1)
    True
    """
    rates = rates_at(low, high, np.linspace(0.0, 1.0, whole("count", count, at_least=2)), "log")
    training = fit(
        data, model, optimizer, rates, batch_size, steps=steps, seed=seed, measure="ends", progress=progress
    )
    losses = training.validation_losses[:, -1]
    return ResponseCurve(rates, np.where(np.isfinite(losses), np.minimum(losses, WORST), WORST))
