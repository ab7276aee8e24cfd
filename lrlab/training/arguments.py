"""The arguments that every training takes, checked: how many, how long, at which rates."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.training.batches import Place, per_epoch

Progress = Callable[[int, int], None]


def whole(name: str, value: object, at_least: int) -> int:
    """Return a whole number that is large enough, as an int; anything else is a ValueError that names it."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < at_least:
        raise ValueError(f"{name} is {value!r}; it must be a whole number of at least {at_least}.")
    return int(value)


def steps_of(rows: int, batch_size: int, place: Place, epochs: int | None, steps: int | None) -> int:
    """Return the updates to make from `place` on, from exactly one of the two budgets."""
    if steps is None and epochs is not None:
        return whole("epochs", epochs, at_least=1) * per_epoch(rows, batch_size) - place.batch
    if steps is not None and epochs is None:
        return whole("steps", steps, at_least=1)
    raise ValueError(f"epochs is {epochs} and steps is {steps}; give exactly one of them.")


def rate_paths(rates: ArrayLike, steps: int) -> NDArray[np.float64]:
    """Return the rate of every update of every row, (R, steps), from one rate, R of them, or R paths."""
    paths = np.asarray(rates, dtype=np.float64)
    paths = np.atleast_1d(paths)[:, None] if paths.ndim < 2 else paths
    if paths.ndim != 2 or len(paths) == 0 or paths.shape[1] not in (1, steps):
        raise ValueError(f"rates has shape {np.shape(rates)}; it must be a number, (R,) or (R, {steps}).")
    if not (np.isfinite(paths) & (paths >= 0)).all():
        raise ValueError(
            f"rates runs from {paths.min()} to {paths.max()}; each must be finite and at least 0."
        )
    return np.array(np.broadcast_to(paths, (len(paths), steps)))


def part_of(progress: Progress | None, before: int, in_all: int) -> Progress | None:
    """The progress of one training as its part of several: `before` updates were made of `in_all` to make."""
    if progress is None:
        return None
    return lambda made, _: progress(before + made, in_all)
