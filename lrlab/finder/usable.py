"""Which rates are as good as the best? The usable range of one optimizer, measured by training at every rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import optimizers
from lrlab.descent.optimizers import Optimizer
from lrlab.finder.range_test import checked_seeds
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress
from lrlab.training.record import Training
from lrlab.training.sklearn_sgd import EstimatorTraining

Array = NDArray[np.float64]

WITHIN = 0.1


@dataclass(frozen=True, eq=False)
class UsableRange:
    """Final validation losses at R rates over S seeds, and the stretch of rates around the best that is as good.

    `losses` (S, R) are inf where a training ended worse than it began; `means` (R,) are their means. `best`, `first`
    and `last` are indices of rates: the best one, and the ends of the stretch around it whose means stay within
    `within` of the best, as a share of it. `sentence` says so, and whether an end is only the end of what was tried.
    """

    optimizer: Optimizer
    rates: Array
    seeds: tuple[int, ...]
    losses: Array
    means: Array
    within: float
    best: int
    first: int
    last: int
    sentence: str

    @property
    def low(self) -> float:
        """The lowest usable rate."""
        return float(self.rates[self.first])

    @property
    def high(self) -> float:
        """The highest usable rate."""
        return float(self.rates[self.last])

    @property
    def best_rate(self) -> float:
        """The rate with the lowest mean loss."""
        return float(self.rates[self.best])

    @property
    def learned(self) -> bool:
        """Whether any rate ended better than it began, with every seed."""
        return bool(np.isfinite(self.means[self.best]))


def measure_usable(
    data: Data,
    model: str | Model,
    optimizer: str | Optimizer,
    rates: ArrayLike,
    batch_size: int,
    *,
    epochs: int,
    seeds: Sequence[int] = (0, 1, 2),
    within: float = WITHIN,
    progress: Progress | None = None,
    **coefficients: float,
) -> UsableRange:
    """Train at every rate and return which rates end within a tenth of the best.

    usable = the rates around argmin L̄(α) with L̄(α) ≤ (1 + within)·min L̄, L̄ the mean final validation loss

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a `Model`.
        optimizer: a name in `OPTIMIZERS`, or a record.
        rates: at least three, rising, each above 0; a geometric row shows most.
        batch_size: rows of one update, at least 1.
        epochs: passes over the data, at least 1.
        seeds: starting weights and batches; all rates of a seed are trained in one stacked pass.
        within: share of the best loss that a usable rate may lie above it, above 0.
        progress: called now and then with the updates made and to make, over all seeds.
        **coefficients: of the optimizer, by PyTorch's names.

    Returns:
        UsableRange.

    Raises:
        ValueError: for an argument outside its range.

    Source: measured.

    >>> from lrlab.training import load
    >>> usable = measure_usable(load("diabetes"), "linear", "sgd", [1e-4, 1e-3, 0.03, 10.0], 16, epochs=5)
    >>> usable.best_rate, usable.sentence
    (0.03, 'Best at 0.03; only it ends within 10 % of the best, over 3 seeds.')
    """
    row = np.asarray(rates, dtype=np.float64)
    if row.ndim != 1 or len(row) < 3 or not ((row > 0).all() and (np.diff(row) > 0).all()):
        raise ValueError(f"rates is {rates!r}; it must be three or more rates, rising from above 0.")
    if not 0.0 < within < np.inf:
        raise ValueError(f"within is {within!r}; it must lie in (0, inf).")
    seeds = checked_seeds(seeds)
    finals = []
    for number, seed in enumerate(seeds):
        settings: dict[str, Any] = {"epochs": epochs, "seed": seed, "measure": "ends", **coefficients}
        part = None if progress is None else part_of(progress, number, len(seeds))
        finals.append(kept_losses(fit(data, model, optimizer, row, batch_size, progress=part, **settings)))
    return _judged(optimizers.named(optimizer), row, seeds, np.array(finals), within)


def part_of(progress: Progress, number: int, parts: int) -> Progress:
    """Return a progress for part `number` of several parts of equal length."""
    return lambda done, to_do: progress(number * to_do + done, parts * to_do)


def kept_losses(training: Training | EstimatorTraining) -> Array:
    """Return each rate's last validation loss, (R,), with inf where it is worse than untrained, or not a number."""
    first, last = training.validation_losses[:, 0], training.validation_losses[:, -1]
    return np.where(last <= first, last, np.inf)


def _judged(
    optimizer: Optimizer, rates: Array, seeds: tuple[int, ...], losses: Array, within: float
) -> UsableRange:
    means = losses.mean(axis=0)
    best = int(means.argmin())
    good = means <= (1.0 + within) * means[best]
    good &= np.isfinite(means)
    first = last = best
    while first > 0 and good[first - 1]:
        first -= 1
    while last < len(rates) - 1 and good[last + 1]:
        last += 1
    rates = rates.copy()
    for array in (rates, losses, means):
        array.flags.writeable = False  # a measurement is remembered and shared
    return UsableRange(
        optimizer,
        rates,
        seeds,
        losses,
        means,
        within,
        best,
        first,
        last,
        _sentence(rates, means, seeds, within, best, first, last),
    )


def _sentence(
    rates: Array, means: Array, seeds: tuple[int, ...], within: float, best: int, first: int, last: int
) -> str:
    if not np.isfinite(means[best]):
        return f"At no rate from {rates[0]:.3g} to {rates[-1]:.3g} did every seed end better than untrained."
    counted = f"over {len(seeds)} {'seed' if len(seeds) == 1 else 'seeds'}"
    share = f"within {within:.0%} of the best".replace("%", " %")
    if first == last:
        told = f"Best at {rates[best]:.3g}; only it ends {share}, {counted}."
    else:
        told = (
            f"Best at {rates[best]:.3g}; every rate from {rates[first]:.3g} to {rates[last]:.3g} ends {share}, "
            f"{counted}."
        )
    open_ends = [
        word for word, is_open in (("lower", first == 0), ("higher", last == len(rates) - 1)) if is_open
    ]
    if open_ends:
        told += f" That is as far as was tried: {' and '.join(open_ends)} rates may do as well."
    return told
