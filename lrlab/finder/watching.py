"""Reduce-on-plateau on a real training: the rate of an epoch depends on what the epochs before it brought."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrlab.schedules.plateau import Plateau
from lrlab.training import Data, Model, Training, fit, resume
from lrlab.training.arguments import Progress, whole

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Watched:
    """P trainings, each watched by a plateau: `rates` (P, epochs) is what every epoch used."""

    rates: Array
    training: Training

    @property
    def losses(self) -> Array:
        """Validation loss at the end of every epoch, (P, epochs)."""
        return self.training.validation_losses[:, 1:]

    def cuts(self, row: int) -> list[int]:
        """The epochs, counted from 1, after which the rate of a training was cut."""
        return [int(epoch) + 1 for epoch in np.flatnonzero(np.diff(self.rates[row]) < 0.0)]


def watch(
    data: Data,
    model: str | Model,
    optimizer: str,
    plateaus: tuple[Plateau, ...],
    batch_size: int,
    *,
    epochs: int,
    seed: int = 0,
    progress: Progress | None = None,
) -> Watched:
    """Train once for each plateau, on the same batches, and let it see the validation loss after every epoch.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        optimizer: a name in `OPTIMIZERS`.
        plateaus: before their first epoch; at least one.
        batch_size: rows of one update, at least 1.
        epochs: passes over the data, at least 1.
        seed: of starting weights and batches, at least 0.
        progress: called after each epoch with those done and to do.

    Returns:
        Watched.

    Raises:
        ValueError: for an argument outside its range.

    Source: as `lrlab.schedules.plateau`.

    >>> from lrlab.schedules.plateau import reduce_on_plateau
    >>> from lrlab.training import load
    >>> watch(load("iris"), "linear", "sgd", (reduce_on_plateau(0.1),), 16, epochs=3).rates.tolist()
    [[0.1, 0.1, 0.1]]
    """
    if not plateaus:
        raise ValueError("plateaus is empty; it must hold at least one.")
    epochs = whole("epochs", epochs, at_least=1)
    states, rates = list(plateaus), np.empty((len(plateaus), epochs))
    rates[:, 0] = [state.rate for state in states]
    training = fit(data, model, optimizer, rates[:, 0], batch_size, epochs=1, seed=seed)
    for epoch in range(epochs):
        if epoch > 0:
            rates[:, epoch] = [state.rate for state in states]
            training = resume(data, training, epochs=1, rates=rates[:, epoch])
        seen = training.validation_losses[:, -1].tolist()
        states = [state.after(loss) for state, loss in zip(states, seen, strict=True)]
        if progress is not None:
            progress(epoch + 1, epochs)
    rates.flags.writeable = False
    return Watched(rates, training)
