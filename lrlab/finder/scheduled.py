"""Trainings under schedules, measured often enough to draw: all schedules in one pass, a look every few updates."""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from lrlab.training import Data, Model, Training, fit, resume

LOOKS = 12


def train_schedules(
    data: Data,
    model: str | Model,
    optimizer: str,
    rates: ArrayLike,
    batch_size: int,
    *,
    seed: int = 0,
    looks: int = LOOKS,
) -> Training:
    """Train once for every row of rates, and measure all rows of the data at even intervals.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        optimizer: a name in `OPTIMIZERS`.
        rates: a rate for every update, (R, steps).
        batch_size: rows of one update, at least 1.
        seed: of starting weights and batches, at least 0.
        looks: measurements after the first, in [1, steps].

    Returns:
        Training; it is the one that `fit` would have made, with other measurements.

    Raises:
        ValueError: for an argument outside its range.

    Source: as `lrlab.training.fit`.

    >>> from lrlab.training import load
    >>> train_schedules(load("iris"), "linear", "sgd", np.full((2, 20), 0.1), 16, looks=4).measured_at.tolist()
    [0, 5, 10, 15, 20]
    """
    paths = np.asarray(rates, dtype=np.float64)
    if paths.ndim != 2 or not 1 <= looks <= paths.shape[1]:
        raise ValueError(
            f"rates has shape {paths.shape} and looks is {looks!r}; rates must be (R, steps), looks in [1, steps]."
        )
    ends = np.linspace(0, paths.shape[1], looks + 1).round().astype(int)
    training = fit(
        data,
        model,
        optimizer,
        paths[:, : ends[1]],
        batch_size,
        steps=int(ends[1]),
        seed=seed,
        measure="ends",
    )
    for start, end in pairwise(ends[1:].tolist()):
        training = resume(data, training, steps=end - start, rates=paths[:, start:end], measure="ends")
    return training
