"""The loss that a constant rate cannot get below: least squares started at its minimum, and how far noise lifts it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.training.arguments import Progress, part_of, rate_paths, whole
from lrlab.training.data import Data
from lrlab.training.fit import fit, resume
from lrlab.training.network import with_ones
from lrlab.training.noise_scale import gradient_noise

Array = NDArray[np.float64]

STEPS = 3000
ROWS = 12_000
TRANSIENT = 1 / 3


@dataclass(frozen=True, eq=False)
class NoiseFloors:
    """How far above the minimum the loss settles, for B batch sizes and R rates.

    `floors` (B, R) are means of the excess loss after the transient, NaN where a training was lost; `predicted`
    (B, R) is α·tr Σ/(4B) with the `trace` tr Σ of the gradients of single rows at the minimum. `updates` and `excess`
    hold, for each batch size, the updates (M,) at which the excess loss (R, M) was measured.
    """

    rates: Array
    batch_sizes: tuple[int, ...]
    trace: float
    floors: Array
    predicted: Array
    updates: tuple[NDArray[np.int64], ...]
    excess: tuple[Array, ...]


def noise_floors(
    data: Data,
    rates: ArrayLike,
    batch_sizes: Sequence[int],
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> NoiseFloors:
    """Start least squares at its minimum, train on at constant rates, and measure where the loss settles.

    From the minimum there is nowhere to go but up, so that what is seen is noise alone: E[L] − L* → α·tr Σ/(4B) for
    small α. The rows of every batch are drawn anew, as the formula wants it (shuffled epochs are quieter). Each
    training makes 3000 updates, or sees 12,000 rows where that is more; the first third is left out of the mean.

    Args:
        data: a set with a target.
        rates: R constant rates (R,), each finite and at least 0.
        batch_sizes: B of them, each at least 1.
        seed: decides the rows; at least 0.
        progress: called now and then with the updates made and to make.

    Returns:
        NoiseFloors.

    Raises:
        ValueError: for data with classes, or an argument outside its range.

    Source: Mandt, Hoffman and Blei 2017; Smith and Le 2018 for the ratio α/B.

    >>> from lrlab.training import load
    >>> found = noise_floors(load("diabetes"), [0.01, 0.02], [4, 16])
    >>> found.floors.shape, bool(found.floors[0, 0] > found.floors[1, 0])
    ((2, 2), True)
    """
    if data.task != "target":
        raise ValueError(
            f"data is {data.title}, with classes; a noise floor is measured on a set with a target."
        )
    columns = rate_paths(rates, 1)[:, 0]
    sizes = tuple(min(whole("batch_size", size, at_least=1), len(data.x_train)) for size in batch_sizes)
    if not sizes:
        raise ValueError("batch_sizes is empty; give at least one.")
    best, least = _minimum(data)
    lengths = [max(STEPS, ROWS // size) for size in sizes]
    updates, excess, trace = [], [], 0.0
    for k, (size, steps) in enumerate(zip(sizes, lengths, strict=True)):
        # One update at rate 0 makes a training to put the minimum into.
        still = np.zeros(len(columns))
        start = fit(
            data, "linear", "sgd", still, size, steps=1, seed=seed, sampling="independent", measure="never"
        )
        start = replace(start, weights=np.tile(best, (len(columns), 1)))
        trace = float(gradient_noise(data, start).trace[0])
        before = sum(lengths[:k])
        training = resume(
            data, start, steps=steps, rates=columns, progress=part_of(progress, before, sum(lengths))
        )
        updates.append(training.measured_at - 1)
        excess.append(training.train_losses - least)
    with np.errstate(all="ignore"):
        floors = np.stack([path[:, round(path.shape[1] * TRANSIENT) :].mean(axis=1) for path in excess])
    return NoiseFloors(
        rates=columns,
        batch_sizes=sizes,
        trace=trace,
        floors=floors,
        predicted=columns * trace / (4.0 * np.array(sizes)[:, None]),
        updates=tuple(updates),
        excess=tuple(excess),
    )


def _minimum(data: Data) -> tuple[Array, float]:
    """The weights (P,) of least squares, and its loss there."""
    x = with_ones(data.x_train)
    weights, *_ = np.linalg.lstsq(x, data.y_train, rcond=None)
    return weights, float(np.mean((x @ weights - data.y_train) ** 2) / 2.0)
