"""Checking a suggestion: short real trainings below it, at it and above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.optimizers import Optimizer
from lrlab.finder.range_test import check_sgd_only, checked_seeds
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress, whole
from lrlab.training.record import Training
from lrlab.training.sklearn_sgd import EstimatorTraining, fit_estimator

Array = NDArray[np.float64]

FACTORS = (0.1, 1 / 3, 1.0, 3.0, 10.0)
CLOSE = 0.1


class Finding(Enum):
    """Did the suggested rate hold?"""

    HOLDS = "holds"
    TOO_LOW = "too low"
    TOO_HIGH = "too high"
    UNCLEAR = "unclear"
    DIVERGES = "diverges"
    NOTHING_LEARNS = "nothing learns"


@dataclass(frozen=True, eq=False)
class Verification:
    """Short trainings at F rates around a suggested one, for S seeds.

    `rates` (F,) are `rate` times `factors` (F,). `validation_losses` (S, F, M) were measured after `measured_at` (M,)
    steps, NaN where a training was lost; `scores` (S, F) are the final accuracies (or R²). `regrets` (F,) is how far
    the mean final loss lies above the best one, as a share of it (or as it is, where the best is exactly 0): 0 for the
    best rate, inf where a seed was lost.
    """

    rate: float
    factors: Array
    rates: Array
    seeds: tuple[int, ...]
    measured_at: NDArray[np.int64]
    validation_losses: Array
    scores: Array
    regrets: Array
    best: int
    finding: Finding
    sentence: str


def verify(
    data: Data,
    model: str | Model | Any,
    rate: float,
    optimizer: str | Optimizer = "sgd",
    batch_size: int = 64,
    steps: int = 200,
    seeds: Sequence[int] = (0, 1, 2),
    factors: Sequence[float] = FACTORS,
    *,
    progress: Progress | None = None,
    **coefficients: float,
) -> Verification:
    """Train at a suggested rate and at rates below and above it, and say whether it holds.

    Each seed trains all rates in one stacked pass. A rate holds when its mean final validation loss is within 10 % of
    the best one. Otherwise it is too low or too high where the best rate is ahead with every seed, and the matter is
    unclear where the seeds disagree.

    Args:
        data: what to learn from.
        model: as for `range_test`.
        rate: the suggestion, above 0.
        optimizer: as for `range_test`.
        batch_size: rows of one update, at least 1.
        steps: updates of each training, at least 1; a scikit-learn estimator sees as many rows, one update for each.
        seeds: at least one, each at least 0.
        factors: what to multiply the rate by, each above 0, in ascending order, with 1 among them.
        progress: called after every seed with the seeds done and to do.
        coefficients: of the optimizer, by PyTorch's names.

    Returns:
        Verification.

    Raises:
        ValueError: for an argument outside its range.

    Source: the idea of testing a suggestion by factors, Bengio 2012, section 3.3.

    >>> from lrlab.training import load
    >>> verify(load("iris"), "linear", 0.003, batch_size=16).finding
    <Finding.TOO_LOW: 'too low'>
    """
    if not 0.0 < rate < np.inf:
        raise ValueError(f"rate is {rate}; it must lie in (0, inf).")
    multipliers = np.array(factors, dtype=np.float64)
    if 1.0 not in multipliers or not ((multipliers > 0).all() and (np.diff(multipliers) > 0).all()):
        raise ValueError(f"factors is {tuple(factors)}; they must ascend from above 0, with 1 among them.")
    seeds = checked_seeds(seeds)
    steps = whole("steps", steps, at_least=1)
    batch_size = whole("batch_size", batch_size, at_least=1)
    rates = rate * multipliers
    trainings: list[Training | EstimatorTraining] = []
    for done, seed in enumerate(seeds, start=1):
        if isinstance(model, str | Model):
            settings: dict[str, Any] = {"steps": steps, "seed": seed, **coefficients}
            trainings.append(fit(data, model, optimizer, rates, batch_size, **settings))
        else:
            check_sgd_only(optimizer, coefficients)
            # A chunk is as many updates as it has rows, so that one long chunk is the same training, and cheaper.
            trainings.append(fit_estimator(data, model, rates, steps * batch_size, steps=1, seed=seed))
        if progress is not None:
            progress(done, len(seeds))
    measured_at = trainings[0].measured_at if isinstance(model, str | Model) else np.array([0, steps])
    return _judged(rate, multipliers, seeds, trainings, measured_at)


def _judged(
    rate: float,
    factors: Array,
    seeds: tuple[int, ...],
    trainings: Sequence[Training | EstimatorTraining],
    measured_at: NDArray[np.int64],
) -> Verification:
    histories = np.stack([training.validation_losses for training in trainings])
    final = histories[..., -1]
    lost = ~(final <= histories[..., 0])  # worse than untrained, or not a number
    means = np.where(lost, np.inf, final).mean(axis=0)
    best, at = int(means.argmin()), int(np.flatnonzero(factors == 1.0)[0])
    # A loss of exactly 0 happens: on an easy set the probabilities round to 1.
    scale = means[best] or 1.0
    regrets = (means - means[best]) / scale if np.isfinite(scale) else np.full(len(means), np.inf)
    if lost[:, at].any():
        finding = Finding.DIVERGES
    elif means[best] > 0.99 * histories[..., 0].mean():
        finding = Finding.NOTHING_LEARNS
    elif regrets[at] <= CLOSE:
        finding = Finding.HOLDS
    elif not (final[:, best] < final[:, at]).all():
        finding = Finding.UNCLEAR
    else:
        finding = Finding.TOO_LOW if best > at else Finding.TOO_HIGH
    rates = rate * factors
    scores = np.stack([training.validation_scores[:, -1] for training in trainings])
    for array in (factors, rates, histories, scores, regrets):
        array.flags.writeable = False  # a verification is remembered and shared
    return Verification(
        rate=rate,
        factors=factors,
        rates=rates,
        seeds=seeds,
        measured_at=measured_at,
        validation_losses=histories,
        scores=scores,
        regrets=regrets,
        best=best,
        finding=finding,
        sentence=_SENTENCES[finding].format(
            rate=f"{rate:.3g}",
            mean=f"{means[at]:.3g}",
            against=_against(rates, means, best, at),
            lost=f"{lost[:, at].sum()} of {_counted(len(seeds), 'training')}",
            seeds=_counted(len(seeds), "seed"),
            low=f"{rates[0]:.3g}",
            high=f"{rates[-1]:.3g}",
        ),
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _against(rates: Array, means: Array, best: int, at: int) -> str:
    """How the best of the rates tried compares with the one asked about."""
    if not np.isfinite(means[best]):
        return f"so did every other rate from {rates[0]:.3g} to {rates[-1]:.3g}: test far lower ones"
    if best == at:
        return "the lowest of the rates tried"
    return f"the best of the rates tried, {rates[best]:.3g}, reaches {means[best]:.3g}"


_SENTENCES = {
    Finding.HOLDS: "{rate} holds: over {seeds} its mean validation loss is {mean}, {against}.",
    Finding.TOO_LOW: (
        "{rate} is too low: over {seeds} its mean validation loss is {mean}; {against}, and was ahead every time."
    ),
    Finding.TOO_HIGH: (
        "{rate} is too high: over {seeds} its mean validation loss is {mean}; {against}, and was ahead every time."
    ),
    Finding.UNCLEAR: (
        "{rate} is in doubt: over {seeds} its mean validation loss is {mean}; {against}, but was not ahead every time."
    ),
    Finding.DIVERGES: "{rate} diverges: {lost} ended worse than untrained; {against}.",
    Finding.NOTHING_LEARNS: (
        "Nothing was learned at any rate from {low} to {high}: allow more steps, or test higher rates."
    ),
}
