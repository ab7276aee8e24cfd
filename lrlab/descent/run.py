"""descend(…): a whole sweep of rates down a surface in one pass over arrays."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import optimizers, surfaces
from lrlab.descent.optimizers import Optimizer
from lrlab.descent.surface import Surface

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Descent:
    """R runs of one optimizer on one surface; the arrays are read-only.

    `rates` (R, steps): the rate of every update. `points` (R, steps + 1, 2) and `losses` (R, steps + 1): every
    state as computed. `lengths` (R,): how many leading states are finite. The state after them, if there is one,
    is the first whose loss or coordinate overflowed; everything later is NaN. `seed` is one for all runs, or one for
    each.
    """

    surface: Surface
    optimizer: str
    coefficients: Mapping[str, float]
    rates: Floats
    points: Floats
    losses: Floats
    lengths: NDArray[np.int64]
    noise: float
    seed: int | tuple[int, ...]


def descend(
    surface: str | Surface,
    optimizer: str | Optimizer,
    rates: ArrayLike,
    start: ArrayLike | None = None,
    steps: int = 100,
    noise: float = 0.0,
    seed: int | Sequence[int] = 0,
    **coefficients: float,
) -> Descent:
    """Walk down `surface` with `optimizer`, all rates in one pass.

    θ_{t+1} = θ_t − stride(g_t, …, α_t) with g_t = ∇L(θ_t) + noise · ξ_t, ξ_t standard normal

    Args:
        surface: a catalogue name or a record.
        optimizer: a catalogue name or a record.
        rates: one rate, R rates, or the rates (R, steps) of R schedules; finite and at least 0.
        start: (x, y), or one such pair for each of R runs, or x alone on a surface of one dimension; the
            surface's own where it is None. One rate with R starts, or one start with R rates, makes R runs.
        steps: the number of updates, at least 1.
        noise: the standard deviation of Gaussian noise in each coordinate of the gradient, at least 0. Runs of one
            seed get the same draws, so that they differ by their rates alone.
        seed: where the draws begin, at least 0: one for all runs, or one for each of R runs.
        **coefficients: the optimizer's, by PyTorch's names; its defaults for those not given.

    Returns:
        A `Descent`: points (R, steps + 1, 2), losses (R, steps + 1), float64.

    Raises:
        ValueError: for an unknown name or coefficient, or a value outside its range.

    Source: the update rules are PyTorch's; see `optimizers.OPTIMIZERS[…].source`.

    >>> run = descend("bowl_1d", "sgd", [0.8, 1.6, 4.0], start=4.0, steps=2)
    >>> run.points[:, :, 0].tolist()
    [[4.0, 2.0, 1.0], [4.0, 0.0, 0.0], [4.0, -6.0, 9.0]]
    """
    surface, optimizer = surfaces.named(surface), optimizers.named(optimizer)
    settings = optimizer.complete(coefficients)
    steps = _whole("steps", steps, at_least=1)
    seeds = _checked_seeds(seed)
    if not (isinstance(noise, int | float | np.number) and np.isfinite(noise) and noise >= 0.0):
        raise ValueError(f"noise is {noise!r}; it must be finite and at least 0.")
    per_step, starts = _paired(_checked_rates(rates, steps), _checked_start(surface, start), len(seeds))

    # Overflow is how a run ends that was too fast: an outcome to report, not a fault to warn of.
    with np.errstate(all="ignore"):
        path = _walk(surface, optimizer, settings, per_step, starts, float(noise), seeds)
        losses = _heights(surface, path)
    lengths = _blanked(path, losses)
    if not lengths.all():
        raise ValueError(f"start is {start!r}; the loss there is too large for a number.")
    for array in (path, losses, lengths):
        array.flags.writeable = False
    return Descent(
        surface=surface,
        optimizer=optimizer.name,
        coefficients=MappingProxyType(settings),
        rates=per_step.T,
        points=path.transpose(2, 0, 1),
        losses=losses.T,
        lengths=lengths,
        noise=float(noise),
        seed=seeds[0] if len(seeds) == 1 else seeds,
    )


def _walk(
    surface: Surface,
    optimizer: Optimizer,
    settings: Mapping[str, float],
    rates: Floats,
    starts: Floats,
    noise: float,
    seeds: tuple[int, ...],
) -> Floats:
    """Take every step. Inside, coordinates come first, (steps + 1, 2, R), so that each is one row in memory."""
    steps, count = rates.shape
    path = np.empty((steps + 1, 2, count))
    path[...] = starts
    moving = path[:, : surface.dimension]
    gradient = np.empty((2, count))
    gx, gy = gradient
    used = gradient[: surface.dimension]
    kicks = noise * _draws(steps, seeds) if noise else None
    state = optimizer.init(moving[0], **settings)
    # NumPy's price is per call and broadcasting costs extra: a rate that stays is laid out once.
    stays = bool((rates == rates[0]).all())
    rate = np.ascontiguousarray(np.broadcast_to(rates[0], used.shape))
    slope, update = surface.slope, optimizer.update
    for step, ((x, y), here, there) in enumerate(zip(path[:-1], moving[:-1], moving[1:], strict=True)):
        slope(x, y, gx, gy)
        if kicks is not None:
            np.add(gradient, kicks[step], out=gradient)
        stride, state = update(used, state, rate if stays else rates[step], step, here, **settings)
        np.subtract(here, stride, out=there)
    return path


def _draws(steps: int, seeds: tuple[int, ...]) -> Floats:
    """Draw the noise of every step, (steps, 2, 1) for one seed and (steps, 2, R) for R; equal seeds, equal draws."""
    each = {seed: np.random.default_rng(seed).standard_normal((steps, 2, 1)) for seed in dict.fromkeys(seeds)}
    return each[seeds[0]] if len(seeds) == 1 else np.concatenate([each[seed] for seed in seeds], axis=2)


def _heights(surface: Surface, path: Floats) -> Floats:
    """Compute the loss of every state, in blocks that stay in the processor's cache."""
    states, _, count = path.shape
    losses = np.empty((states, count))
    rows = max(1, 8192 // count)
    for first in range(0, states, rows):
        block = path[first : first + rows]
        x, y = np.ascontiguousarray(block[:, 0]), np.ascontiguousarray(block[:, 1])
        losses[first : first + rows] = surface.height(x, y)
    return losses


def _blanked(path: Floats, losses: Floats) -> NDArray[np.int64]:
    """Put NaN after the first non-finite state of each run, in place; return how many states come before it."""
    states, count = losses.shape
    lengths = np.full(count, states, dtype=np.int64)
    # A coordinate that is lost stays lost, so its last state tells; a loss can overflow and come back.
    ill = ~(np.isfinite(path[-1]).all(axis=0) & np.isfinite(losses).all(axis=0))
    if ill.any():
        finite = np.isfinite(losses[:, ill]) & np.isfinite(path[:, :, ill]).all(axis=1)
        lengths[ill] = finite.argmin(axis=0)
        later = np.arange(states)[:, None] > lengths
        losses[later] = np.nan
        path.transpose(0, 2, 1)[later] = np.nan
    return lengths


def _checked_rates(rates: ArrayLike, steps: int) -> Floats:
    """Return the rates as (steps, R), without copying a rate that stays."""
    try:
        array = np.asarray(rates, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"rates is {rates!r}; it must be a number or an array of numbers.") from None
    if array.ndim > 2 or array.size == 0 or (array.ndim == 2 and array.shape[1] != steps):
        raise ValueError(
            f"rates has shape {array.shape}; it must be one rate, (R,) or (R, steps) with steps = {steps}."
        )
    wrong = array[~(np.isfinite(array) & (array >= 0.0))]
    if wrong.size:
        raise ValueError(f"rates holds {float(wrong.flat[0])!r}; every rate must be finite and at least 0.")
    if array.ndim == 2:
        return np.ascontiguousarray(array.T)
    return np.broadcast_to(array.reshape(1, -1), (steps, array.size))


def _checked_start(surface: Surface, start: ArrayLike | None) -> Floats:
    """Return where the runs begin as (2, R) or (2, 1)."""
    try:
        array = np.asarray(surface.start if start is None else start, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        array = np.empty(0)
    if surface.dimension == 1 and array.size == 1:
        array = np.array([float(array.reshape(())), surface.start[1]])
    if array.ndim not in (1, 2) or array.shape[-1] != 2 or array.size == 0 or not np.isfinite(array).all():
        raise ValueError(f"start is {start!r}; it must be (x, y) or an array of such pairs, all finite.")
    return np.atleast_2d(array).T


def _checked_seeds(seed: int | Sequence[int]) -> tuple[int, ...]:
    """Return the seed for all runs, or those of each."""
    seeds = (seed,) if isinstance(seed, int | np.integer) or not np.iterable(seed) else tuple(seed)
    if not seeds:
        raise ValueError("seed is empty; it must hold one for all runs, or one for each.")
    return tuple(_whole("seed", one, at_least=0) for one in seeds)


def _paired(rates: Floats, starts: Floats, seeds: int) -> tuple[Floats, Floats]:
    """Give every run its rate and its start; rates, starts and seeds may each be one for all."""
    counts = (rates.shape[1], starts.shape[1], seeds)
    runs = max(counts)
    if any(count not in (1, runs) for count in counts):
        told = "" if seeds == 1 else f" and {seeds} seeds"
        raise ValueError(
            f"there are {rates.shape[1]} rates and {starts.shape[1]} starts{told}; give one of either."
        )
    return np.broadcast_to(rates, (rates.shape[0], runs)), np.broadcast_to(starts, (2, runs))


def _whole(name: str, value: Any, at_least: int) -> int:
    """Return `value` as an int, or say that the argument `name` is not a whole number in range."""
    try:
        number = operator.index(value)
    except TypeError:
        number = at_least - 1
    if number < at_least:
        raise ValueError(f"{name} is {value!r}; it must be a whole number of at least {at_least}.")
    return number
