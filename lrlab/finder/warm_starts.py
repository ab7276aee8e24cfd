"""A rate that a network cannot stand at first and can stand later: who survives it, after how long a warm-up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.finder.range_test import checked_seeds
from lrlab.schedules import Schedule, constant, warmup
from lrlab.training import Data, Training, fit, hidden
from lrlab.training.arguments import Progress, whole

Array = NDArray[np.float64]

DATA = "digits"
MODEL = hidden(32, "tanh", "squares")
BATCH_SIZE, STEPS = 32, 200
RATE, RAMP = 0.8, 20
"""Found by trying: without a ramp every one of eight seeds is lost at this rate, with this ramp none is."""
LENGTHS = (0, 2, 5, 10, 15, 20, 30, 40, 60, 80)
SEEDS = tuple(range(8))


@dataclass(frozen=True, eq=False)
class WarmStarts:
    """One rate after W warm-ups of different length, with S seeds.

    `lengths` (W,) are those of the warm-ups. `survived` (S, W) says which trainings ended below the loss they began
    with. `shown` is the training of the first seed, a row for each warm-up.
    """

    rate: float
    lengths: tuple[int, ...]
    survived: NDArray[np.bool_]
    shown: Training

    @property
    def shortest(self) -> int | None:
        """The shortest warm-up from which on no training was lost; None where even the longest lost one."""
        safe = np.asarray(self.survived.all(axis=0))
        if not safe[-1]:
            return None
        first = int(np.flatnonzero(~safe)[-1]) + 1 if not safe.all() else 0
        return self.lengths[first]


def after_a_ramp(rate: float, length: int) -> Schedule:
    """Return a constant rate after a warm-up of so many steps; 0 is none.

    >>> after_a_ramp(0.8, 4)([0, 4]).round(9).tolist()
    [0.2, 0.8]
    """
    return warmup(length, constant(rate)) if length else constant(rate)


def try_warm_ups(
    data: Data,
    rate: float = RATE,
    lengths: Sequence[int] = LENGTHS,
    *,
    steps: int = STEPS,
    seeds: Sequence[int] = SEEDS,
    progress: Progress | None = None,
) -> WarmStarts:
    """Train the network at one rate after warm-ups of every length, all of them in one pass for each seed.

    Args:
        data: what to learn from.
        rate: after the warm-up, > 0.
        lengths: of the warm-ups in steps, rising, 0 for none; at least one.
        steps: of each training, at least 1.
        seeds: at least one.
        progress: called after each seed with those done and to do.

    Returns:
        WarmStarts.

    Raises:
        ValueError: for an argument outside its range.

    Source: Goyal et al. 2017; Gilmer et al. 2021, A loss curvature perspective on training instability.

    >>> from lrlab.training import load
    >>> try_warm_ups(load("iris"), 0.1, (0, 5), steps=20, seeds=[0]).survived.tolist()
    [[True, True]]
    """
    steps = whole("steps", steps, at_least=1)
    lengths = tuple(whole("lengths", length, at_least=0) for length in lengths)
    if not lengths or list(lengths) != sorted(set(lengths)):
        raise ValueError(f"lengths is {lengths!r}; it must hold one or more lengths, rising.")
    checked = checked_seeds(seeds)
    paths = np.stack([after_a_ramp(rate, length)(np.arange(steps)) for length in lengths])
    trainings = []
    for number, seed in enumerate(checked, start=1):
        trainings.append(
            fit(
                data,
                MODEL,
                "sgd",
                paths,
                BATCH_SIZE,
                steps=steps,
                seed=seed,
                measure="epochs" if number == 1 else "ends",
            )
        )
        if progress is not None:
            progress(number, len(checked))
    survived = np.array([improved(training.train_losses) for training in trainings])
    survived.flags.writeable = False
    return WarmStarts(float(rate), lengths, survived, trainings[0])


def improved(losses: ArrayLike) -> NDArray[np.bool_]:
    """Return which rows (R, M) end below where they began; a loss that is no number is no improvement.

    >>> improved([[2.0, 1.0], [2.0, 3.0], [2.0, float("nan")]]).tolist()
    [True, False, False]
    """
    rows = np.asarray(losses, dtype=np.float64)
    better: NDArray[np.bool_] = np.nan_to_num(rows[:, -1], nan=np.inf) < rows[:, 0]
    return better
