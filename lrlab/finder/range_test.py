"""The range test: train for a moment while the rate grows, and write down the loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import optimizers
from lrlab.descent.optimizers import Optimizer
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress, whole
from lrlab.training.sklearn_sgd import fit_estimator

Array = NDArray[np.float64]

AVERAGE = 0.9
EXPLOSION = 4.0
GRACE = 5


class Stop(Enum):
    """Why did the ramp end?"""

    EXPLODED = "exploded"
    NOT_FINITE = "not finite"
    END = "end"


@dataclass(frozen=True, eq=False)
class RangeTest:
    """The raw losses of S ramps over the same rates, one for each seed.

    `rates` (steps,) ascend. `losses` (S, steps) are as measured, NaN after the point that stopped the ramp;
    `lengths` (S,) counts the leading finite ones. `stops` says why each ramp ended, and `stop_reason` in a sentence.
    """

    rates: Array
    losses: Array
    lengths: NDArray[np.int64]
    seeds: tuple[int, ...]
    stops: tuple[Stop, ...]
    stop_reason: str


def range_test(
    data: Data,
    model: str | Model | Any,
    optimizer: str | Optimizer = "sgd",
    low: float = 1e-7,
    high: float = 10.0,
    steps: int = 100,
    batch_size: int = 64,
    seeds: Sequence[int] = (0,),
    *,
    progress: Progress | None = None,
    **coefficients: float,
) -> RangeTest:
    """Train from scratch while the rate grows geometrically, and record the raw loss before each update.

    rates[i] = low·(high/low)^(i/(steps − 1)). A ramp stops at its first loss that is not finite, or where the running
    average of the losses passes 4 times its best after five points. The average serves that rule only.

    Nothing outside is changed: not the data, not an estimator, not a random state.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, a `Model`, or a scikit-learn SGDClassifier or SGDRegressor (see `sklearn_sgd`).
        optimizer: a name in `OPTIMIZERS`, or a record; an estimator brings its own and takes "sgd" only.
        low: first rate, above 0.
        high: last rate, above `low`, finite.
        steps: rates to try, at least 2.
        batch_size: rows of one update, at least 1.
        seeds: one ramp for each: starting weights and batches; at least one, each at least 0.
        progress: called after every ramp with the ramps done and to do.
        coefficients: of the optimizer, by PyTorch's names.

    Returns:
        RangeTest.

    Raises:
        ValueError: for an argument outside its range.

    Source: Smith 2017, section 3.3; the stop rule is fastai's.

    >>> from lrlab.training import load
    >>> test = range_test(load("iris"), "linear", batch_size=16)
    >>> test.rates[[0, -1]], test.losses.shape
    (array([1.e-07, 1.e+01]), (1, 100))
    """
    rates, seeds = ramp(low, high, steps), checked_seeds(seeds)
    losses = []
    for done, seed in enumerate(seeds, start=1):
        if isinstance(model, str | Model):
            settings: dict[str, Any] = {"steps": steps, "seed": seed, "measure": "never", **coefficients}
            training = fit(data, model, optimizer, rates[None], batch_size, **settings)
            losses.append(training.losses[0])
        else:
            check_sgd_only(optimizer, coefficients)
            losses.append(
                fit_estimator(data, model, rates[None], batch_size, steps=steps, seed=seed).losses[0]
            )
        if progress is not None:
            progress(done, len(seeds))
    return record(rates, losses, seeds)


def checked_seeds(seeds: Sequence[int]) -> tuple[int, ...]:
    """Return at least one seed, each a whole number of at least 0."""
    if len(seeds) == 0:
        raise ValueError("seeds is empty; give at least one.")
    return tuple(whole("seed", seed, at_least=0) for seed in seeds)


def check_sgd_only(optimizer: str | Optimizer, coefficients: Mapping[str, float]) -> None:
    """A scikit-learn estimator brings its own update rule; refuse any other by name."""
    name = optimizers.named(optimizer).name
    if name != "sgd" or coefficients:
        asked = ", ".join([name, *coefficients])
        raise ValueError(f"optimizer is {asked}; a scikit-learn estimator takes sgd and no coefficients.")


def ramp(low: float, high: float, steps: int) -> Array:
    """Rates from low to high, both included, each the same factor above the one before; shape (steps,)."""
    if not 0.0 < low < high < np.inf:
        raise ValueError(f"low is {low} and high {high}; they must satisfy 0 < low < high < inf.")
    return np.geomspace(low, high, whole("steps", steps, at_least=2))


def record(rates: Array, losses: Sequence[ArrayLike], seeds: Sequence[int]) -> RangeTest:
    """Apply the stop rule to each ramp's raw losses (steps,), and say in a sentence how the test ended."""
    kept = np.array(losses, dtype=np.float64)
    endings = [stopping_point(ramp_losses) for ramp_losses in kept]
    for ramp_losses, (last, _) in zip(kept, endings, strict=True):
        ramp_losses[last + 1 :] = np.nan
    rates = rates.copy()
    kept.flags.writeable = rates.flags.writeable = False
    return RangeTest(
        rates=rates,
        losses=kept,
        lengths=np.array([last + (stop is not Stop.NOT_FINITE) for last, stop in endings], dtype=np.int64),
        seeds=tuple(seeds),
        stops=tuple(stop for _, stop in endings),
        stop_reason=_reason(endings, rates),
    )


def stopping_point(losses: ArrayLike) -> tuple[int, Stop]:
    """Return the index of the last point that a ramp records, and why it is the last.

    It is the first whose loss is not finite; or the first, after five others, where the bias-corrected average
    exceeds 4 times the smallest average so far; or the end.

    Args:
        losses: raw, shape (steps,).

    Returns:
        Index and `Stop`.

    Source: fastai 2.8, callback.schedule.LRFinder; NaN, which compares as false, does not stop that one.

    >>> stopping_point([1, 1, 1, 1, 1, 1, 1, 100, 1])
    (7, <Stop.EXPLODED: 'exploded'>)
    """
    losses = np.asarray(losses, dtype=np.float64)
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses) - 1
    average = corrected_average(losses[: end + (not bad.any())])
    exploded = average > EXPLOSION * np.minimum.accumulate(average)
    exploded[:GRACE] = False
    if exploded.any():
        return int(exploded.argmax()), Stop.EXPLODED
    return end, Stop.NOT_FINITE if bad.any() else Stop.END


def corrected_average(losses: ArrayLike, beta: float = AVERAGE) -> Array:
    """Return the exponential average of a curve, corrected for having started at nothing.

    m_i = β·m_{i−1} + (1 − β)·loss_i with m_{−1} = 0, divided by 1 − β^(i+1): the first value is the first loss. It lags
    behind the curve, the more the larger β is, and so do its minimum and its steepest point.

    Args:
        losses: shape (n,).
        beta: share of the past, in [0, 1).

    Returns:
        Averages, shape (n,), float64.

    Raises:
        ValueError: for a beta outside its range.

    Source: Kingma and Ba 2015, section 3 (the correction); fastai's smoothing.

    >>> corrected_average([2.0, 4.0], beta=0.5).round(4)
    array([2.    , 3.3333])
    """
    if not 0.0 <= beta < 1.0:
        raise ValueError(f"beta is {beta}; it must lie in [0, 1).")
    average, averages = 0.0, []
    for i, loss in enumerate(np.asarray(losses, dtype=np.float64).tolist(), start=1):
        average = beta * average + (1.0 - beta) * loss
        averages.append(average / (1.0 - beta**i))
    return np.array(averages)


def _reason(endings: Sequence[tuple[int, Stop]], rates: Array) -> str:
    """One sentence for all ramps: what stopped them, and at which rates."""
    parts = []
    for stop, what in _ENDINGS.items():
        reached = [rates[last] for last, ended in endings if ended is stop]
        if not reached:
            continue
        first, last = f"{min(reached):.3g}", f"{max(reached):.3g}"
        where = first if first == last else f"{first} to {last}"
        who = "the ramp" if len(endings) == 1 else f"{len(reached)} of {len(endings)} ramps"
        parts.append(f"{who} {what.format(where=where, steps=len(rates), factor=EXPLOSION)}")
    sentence = "; ".join(parts)
    return sentence[0].upper() + sentence[1:] + "."


_ENDINGS = {
    Stop.EXPLODED: "stopped at rate {where}, where the running average of the loss passed {factor:g} times its best",
    Stop.NOT_FINITE: "stopped at rate {where}, where the loss was no longer a finite number",
    Stop.END: "ran through all {steps} rates, up to {where}, and the loss did not explode",
}
