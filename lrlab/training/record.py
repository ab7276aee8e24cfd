"""What a training leaves behind: its curves, and what it takes to go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.optimizers import Optimizer
from lrlab.training.batches import Place, Sampling
from lrlab.training.models import Model

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Training:
    """R trainings that saw the same batches from the same starting weights, one for each rate.

    `rates` (R, steps) and `losses` (R, steps): update t used `rates[:, t]`, and `losses[:, t]` is the loss of its
    mini-batch just before. `measured_at` (M,) counts the updates made when the whole training and validation rows
    were measured; `train_losses`, `validation_losses` and `validation_scores` (accuracy, or R²) are (R, M).
    `epochs` counts whole passes. `lengths` (R,) counts the leading finite losses of a row; past its first
    non-finite loss a row is NaN everywhere. These arrays are read-only.

    The rest is what `resume` needs: `weights` (R, P), the optimizer's `state`, and `place`, the next batch.
    """

    model: Model
    optimizer: Optimizer
    coefficients: Mapping[str, float]
    batch_size: int
    seed: int
    sampling: Sampling
    rates: Array
    losses: Array
    measured_at: NDArray[np.int64]
    train_losses: Array
    validation_losses: Array
    validation_scores: Array
    lengths: NDArray[np.int64]
    weights: Array
    state: tuple[Any, ...]
    place: Place

    @property
    def epochs(self) -> int:
        """How many whole epochs were trained."""
        return self.place.epoch


class Look(NamedTuple):
    """One measurement of all rows, after `step` updates; each array (R,)."""

    step: int
    train_losses: Array
    validation_losses: Array
    validation_scores: Array


def extended(
    before: Training,
    rates: Array,
    losses: Array,
    looks: Sequence[Look],
    weights: Array,
    state: tuple[Any, ...],
    place: Place,
) -> Training:
    """The record of a training and its continuation; each row is NaN from after its first non-finite loss."""
    losses = np.concatenate([before.losses, losses], axis=1)
    finite = np.isfinite(losses)
    lengths = np.where(finite.all(axis=1), losses.shape[1], finite.argmin(axis=1))
    losses[np.arange(losses.shape[1]) > lengths[:, None]] = np.nan
    measured_at = np.concatenate(
        [before.measured_at, np.array([look.step for look in looks], dtype=np.int64)]
    )
    gone = measured_at > lengths[:, None]

    def history(earlier: Array, later: Sequence[Array]) -> Array:
        return np.where(
            gone, np.nan, np.concatenate([earlier, *(column[:, None] for column in later)], axis=1)
        )

    validation_losses = history(before.validation_losses, [look.validation_losses for look in looks])
    scores = history(before.validation_scores, [look.validation_scores for look in looks])
    weights[lengths < losses.shape[1]] = np.nan
    finished = replace(
        before,
        rates=np.concatenate([before.rates, rates], axis=1),
        losses=losses,
        measured_at=measured_at,
        train_losses=history(before.train_losses, [look.train_losses for look in looks]),
        validation_losses=validation_losses,
        validation_scores=np.where(np.isfinite(validation_losses), scores, np.nan),
        lengths=lengths,
        weights=weights,
        state=state,
        place=place,
    )
    for array in (value for value in vars(finished).values() if isinstance(value, np.ndarray)):
        array.flags.writeable = False
    return finished


def chosen(training: Training, rows: NDArray[np.int64]) -> Training:
    """The same training with some of its rows, on arrays of its own."""
    count = len(training.weights)
    if len(rows) == 0 or rows.min() < 0 or rows.max() >= count:
        raise ValueError(f"rows is {rows.tolist()}; it must name at least one row from 0 to {count - 1}.")
    return replace(
        training,
        rates=training.rates[rows],
        losses=training.losses[rows],
        train_losses=training.train_losses[rows],
        validation_losses=training.validation_losses[rows],
        validation_scores=training.validation_scores[rows],
        lengths=training.lengths[rows],
        weights=training.weights[rows],
        # The rules write into their arrays, so a continuation needs its own; picking rows makes them.
        state=tuple(part[rows] if isinstance(part, np.ndarray) else part for part in training.state),
    )
