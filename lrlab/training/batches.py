"""Mini-batches: which rows each update sees, the same for every rate and for every way of getting there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sampling = Literal["shuffled", "independent"]
SAMPLINGS: tuple[Sampling, ...] = ("shuffled", "independent")


@dataclass(frozen=True)
class Place:
    """Where in the data the next update takes its rows: `batch` of `epoch`, both from 0."""

    epoch: int = 0
    batch: int = 0


def generator(seed: int, stream: int) -> np.random.Generator:
    """The random numbers of one purpose: stream 0 draws starting weights, stream e + 1 shuffles epoch e."""
    return np.random.default_rng((seed, stream))


def per_epoch(rows: int, batch_size: int) -> int:
    """How many whole batches an epoch has: the rows left over sit this epoch out, and are others in the next."""
    return max(rows // batch_size, 1)


def row_numbers(
    rows: int, batch_size: int, seed: int, epoch: int, sampling: Sampling = "shuffled"
) -> NDArray[np.int64]:
    """The rows of every batch of an epoch, (batches, batch_size), decided by seed and epoch alone.

    "shuffled" uses a row at most once an epoch. "independent" draws every row of every batch anew, so that batches
    know nothing of each other: that is the noise that the formulae for a noise floor speak of. Shuffled batches are
    quieter, because over an epoch their errors cancel.
    """
    shape = (per_epoch(rows, batch_size), batch_size)
    random = generator(seed, epoch + 1)
    if sampling == "independent":
        return random.integers(0, rows, shape)
    return random.permutation(rows)[: shape[0] * shape[1]].reshape(shape)


def stream(
    x: Array, targets: Array, batch_size: int, seed: int, start: Place, sampling: Sampling
) -> Iterator[tuple[Array, Array, Place]]:
    """Hand out mini-batches for ever: rows (B, D + 1), targets (K, B), and the place of the one after.

    An epoch is gathered at once, because that costs less than gathering each batch. Shuffling the full batch would
    change nothing but the rounding, so its rows stay as they stand.
    """
    place = start
    if batch_size >= len(x) and sampling == "shuffled":
        while True:
            place = Place(place.epoch + 1)
            yield x, targets, place
    by_row = np.ascontiguousarray(targets.T)
    while True:
        order = row_numbers(len(x), batch_size, seed, place.epoch, sampling)
        gathered = x.take(order, axis=0)
        labels = np.ascontiguousarray(by_row.take(order, axis=0).swapaxes(1, 2))
        for batch in range(place.batch, len(order)):
            place = Place(place.epoch, batch + 1) if batch + 1 < len(order) else Place(place.epoch + 1)
            yield gathered[batch], labels[batch], place
