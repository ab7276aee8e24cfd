"""How to spend a number of noisy steps: many schedules on one parabola, each with many draws, in one pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lrlab.descent import descend
from lrlab.descent.quadratics import bowl_1d
from lrlab.schedules import Schedule, constant, cosine, exponential, inverse_time, step_decay

Array = NDArray[np.float64]

START = 5.0
SEEDS = 200

WAYS: Mapping[str, Schedule] = MappingProxyType(
    {
        "constant, 0.5": constant(0.5),
        "constant, 0.1": constant(0.1),
        "constant, 0.02": constant(0.02),
        "cosine, 0.5 to 0": cosine(0.5, 0.0, 200),
        "steps, 0.5, 0.05, 0.005": step_decay(0.5, every=67, factor=0.1),
        "exponential, 0.5 · 0.98^t": exponential(0.5, 0.98),
        "1/(t + 1)": inverse_time(1.0, 1.0),
    }
)
"""Seven ways to spend 200 steps."""


@dataclass(frozen=True, eq=False)
class Spent:
    """What became of S schedules: `rates` (S, steps), and `losses` (S, steps + 1), the mean over all draws."""

    rates: Array
    losses: Array
    seeds: int

    @property
    def ends(self) -> Array:
        """The mean loss after the last step, (S,)."""
        return self.losses[:, -1]


def spend(
    schedules: Sequence[Schedule], steps: int, noise: float = 1.0, seeds: int = SEEDS, first: int = 0
) -> Spent:
    """Walk down ½x² from 5 with every schedule, and average the loss over draws of the gradient's noise.

    x_{t+1} = x_t − α_t·(x_t + noise·ξ_t); every schedule meets the same draws

    Args:
        schedules: at least one.
        steps: of each run, ≥ 1.
        noise: standard deviation of the gradient's noise, ≥ 0; without it one draw is all there is.
        seeds: draws, ≥ 1.
        first: the seed of the first draw, ≥ 0; the others follow it.

    Returns:
        Spent, with read-only arrays.

    Raises:
        ValueError: for no schedule, or an argument outside its range.

    Source: the model problem of Robbins and Monro 1951.

    >>> spend([constant(0.5), constant(1.0)], steps=2, noise=0.0).losses.tolist()
    [[12.5, 3.125, 0.78125], [12.5, 0.0, 0.0]]
    """
    if not schedules:
        raise ValueError("schedules is empty; it must hold at least one.")
    draws = seeds if noise else 1
    rates = np.stack([schedule(np.arange(steps)) for schedule in schedules])
    run = descend(
        bowl_1d(1.0),
        "sgd",
        np.repeat(rates, draws, axis=0),
        start=START,
        steps=steps,
        noise=noise,
        seed=np.tile(first + np.arange(draws), len(schedules)).tolist(),
    )
    losses = run.losses.reshape(len(schedules), draws, steps + 1).mean(axis=1)
    for array in (rates, losses):
        array.flags.writeable = False
    return Spent(rates, losses, draws)


def best_possible(steps: int, noise: float = 1.0) -> float:
    """Return the mean loss of the schedule 1/(t + 1) after some steps: the statistician's optimum, ½σ²/n.

    After n such steps x is the mean of n draws of the noise, and no unbiased estimate from n draws has less variance.

    Args:
        steps: n, ≥ 1.
        noise: σ, ≥ 0.

    Returns:
        The mean loss, a float.

    Raises:
        ValueError: for an argument outside its range.

    Source: Cramér 1946; Polyak and Juditsky 1992.

    >>> best_possible(200)
    0.0025
    """
    if not (isinstance(steps, int) and steps >= 1 and noise >= 0.0):
        raise ValueError(f"steps is {steps!r} and noise {noise!r}; they must be at least 1 and at least 0.")
    return 0.5 * noise**2 / steps
