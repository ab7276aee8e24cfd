"""The best rate for each batch size, found by training at many, and how it grows with the batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent.optimizers import Optimizer
from lrlab.finder.range_test import checked_seeds
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress, part_of, rate_paths, steps_of, whole
from lrlab.training.batches import Place

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BatchSweep:
    """Trainings at R rates for each of B batch sizes and S seeds, all with the same budget.

    `losses` (S, B, R) are final training losses, inf where a training was lost (no number, or worse than untrained).
    `updates` (B,) counts the updates of one training. `best` (B,) is the rate with the lowest mean over the seeds,
    placed between the rates tried; `lowest` and `highest` (B,) are the extremes of what single seeds would have said.
    """

    optimizer: str
    batch_sizes: tuple[int, ...]
    rates: Array
    updates: tuple[int, ...]
    seeds: tuple[int, ...]
    losses: Array
    best: Array
    lowest: Array
    highest: Array


def best_rates(
    data: Data,
    model: str | Model,
    optimizer: str | Optimizer,
    batch_sizes: Sequence[int],
    rates: ArrayLike,
    *,
    epochs: int | None = None,
    steps: int | None = None,
    seeds: Sequence[int] = (0,),
    progress: Progress | None = None,
    **coefficients: float,
) -> BatchSweep:
    """Train at every rate for every batch size, and find the rate that ends with the lowest training loss.

    The training loss is asked because the question is how far a budget carries; what the validation loss prefers is
    another one. Between the rates tried, the best is the lowest point of the parabola through the lowest mean and
    its two neighbours, in log loss over log rate.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        optimizer: a name in `OPTIMIZERS`, or a record.
        batch_sizes: B of them, ascending, each at least 1 and at most the rows there are.
        rates: at least three, ascending, above 0.
        epochs: the budget as passes over the data: a larger batch then makes fewer updates; give this or `steps`.
        steps: the budget as updates: a larger batch then sees more rows.
        seeds: at least one, each at least 0.
        progress: called now and then with the updates made and to make.
        coefficients: of the optimizer, by PyTorch's names.

    Returns:
        BatchSweep.

    Raises:
        ValueError: for an argument outside its range.

    Source: the experiment of Shallue et al. 2019, small.

    >>> from lrlab.training import load
    >>> sweep = best_rates(load("wine"), "hidden", "sgd", [4, 16], [0.1, 0.3, 1.0, 3.0, 10.0], epochs=3)
    >>> sweep.losses.shape, sweep.updates
    ((1, 2, 5), (99, 24))
    """
    tried = rate_paths(rates, 1)[:, 0]
    if len(tried) < 3 or not ((tried > 0).all() and (np.diff(tried) > 0).all()):
        raise ValueError(f"rates is {tried.tolist()}; give at least three, ascending from above 0.")
    sizes = tuple(whole("batch_size", size, at_least=1) for size in batch_sizes)
    rows = len(data.x_train)
    if not sizes or list(sizes) != sorted(set(sizes)) or sizes[-1] > rows:
        raise ValueError(f"batch_sizes is {sizes}; they must ascend, and {data.title} has {rows} rows.")
    seeds = checked_seeds(seeds)
    updates = tuple(steps_of(rows, size, Place(), epochs, steps) for size in sizes)
    losses = np.empty((len(seeds), len(sizes), len(tried)))
    name = ""
    made = 0
    for s, seed in enumerate(seeds):
        for b, size in enumerate(sizes):
            settings: dict[str, Any] = {"steps": updates[b], "seed": seed, "measure": "ends", **coefficients}
            part = part_of(progress, made, sum(updates) * len(seeds))
            training = fit(data, model, optimizer, tried, size, progress=part, **settings)
            first, last = training.train_losses.T
            losses[s, b] = np.where(last <= first, last, np.inf)
            name, made = training.optimizer.name, made + updates[b]
    alone = np.array([[_lowest(tried, row) for row in seed] for seed in losses])
    return BatchSweep(
        optimizer=name,
        batch_sizes=sizes,
        rates=tried,
        updates=updates,
        seeds=seeds,
        losses=losses,
        best=np.array([_lowest(tried, row) for row in losses.mean(axis=0)]),
        lowest=alone.min(axis=0),
        highest=alone.max(axis=0),
    )


def growth(sweep: BatchSweep, low: int, high: int) -> float:
    """Return the exponent with which the best rate grows: the slope of log best rate over log batch size.

    best ∝ Bˢ by least squares over the batch sizes from `low` to `high`: 1 is the linear rule, ½ the square root.

    Args:
        sweep: what `best_rates` returned.
        low: the smallest batch size that counts.
        high: the largest.

    Returns:
        s, a float.

    Raises:
        ValueError: where fewer than two of the batch sizes lie between them.

    Source: Shallue et al. 2019, section 4.4, asks the same of larger trainings.

    >>> from lrlab.training import load
    >>> sweep = best_rates(load("wine"), "hidden", "sgd", [4, 16], [0.1, 0.3, 1.0, 3.0, 10.0], epochs=3)
    >>> round(growth(sweep, 4, 16), 2)
    0.95
    """
    sizes = np.array(sweep.batch_sizes)
    asked = (sizes >= low) & (sizes <= high)
    if asked.sum() < 2:
        raise ValueError(
            f"low is {low} and high is {high}; two of {sweep.batch_sizes} must lie between them."
        )
    return float(np.polyfit(np.log(sizes[asked]), np.log(sweep.best[asked]), 1)[0])


def _lowest(rates: Array, losses: Array) -> float:
    """Where the loss is lowest, between the rates where both neighbours are finite; NaN where all were lost."""
    at = int(losses.argmin())
    if not np.isfinite(losses[at]):
        return np.nan
    around = slice(at - 1, at + 2)
    # A loss of exactly 0, or a lost neighbour, has no logarithm to draw a parabola through.
    if not 0 < at < len(rates) - 1 or not ((losses[around] > 0) & np.isfinite(losses[around])).all():
        return float(rates[at])
    bend, slope, _ = np.polyfit(np.log(rates[around] / rates[at]), np.log(losses[around]), 2)
    return float(rates[at] * np.exp(-slope / (2.0 * bend))) if bend > 0 else float(rates[at])
