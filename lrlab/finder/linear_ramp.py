"""The range test as it was first described: a rate that grows by equal steps, and the accuracy after each stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.optimizers import Optimizer
from lrlab.finder.range_test import checked_seeds
from lrlab.finder.suggest import smooth
from lrlab.training import Data, Model, Training, fit, resume
from lrlab.training.arguments import Progress, part_of, whole

Array = NDArray[np.float64]

WIDTH = 0.03
LEARNED, BEGUN, KEPT = 0.05, 0.1, 0.95
"""A score that rises by less is no rise; the rise has begun with this share of it, and is over below that one."""


@dataclass(frozen=True, eq=False)
class LinearRamp:
    """S trainings during which the rate grew by equal steps, looked at L times.

    `rates` (L,) are the rates reached at each look, ascending. `scores` (S, L) are the validation accuracies there (or
    R²), NaN once a training was lost; `at_start` (S,) those before the first update. `smoothed` (n,) is their mean
    without lag, up to the first look at which a training was lost. `low` and `high` bound the rates to use: where the
    score has begun to rise, and the last rate before it falls off; None where there is nothing to read.
    """

    rates: Array
    scores: Array
    at_start: Array
    smoothed: Array
    seeds: tuple[int, ...]
    low: float | None
    high: float | None
    sentence: str


def linear_ramp(
    data: Data,
    model: str | Model,
    optimizer: str | Optimizer = "sgd",
    high: float = 1.0,
    *,
    steps: int = 400,
    looks: int = 40,
    batch_size: int = 64,
    seeds: Sequence[int] = (0,),
    progress: Progress | None = None,
    **coefficients: float,
) -> LinearRamp:
    """Train while the rate grows from nearly nothing to `high` in equal steps, and measure the score on the way.

    rates[i] = high·(i + 1)/steps. Two rates are read off: `low`, where the smoothed score has made a tenth of its
    rise, and `high`, the last rate beyond the maximum with more than 95 % of the rise left.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a `Model`.
        optimizer: a name in `OPTIMIZERS`, or a record.
        high: the last rate, above 0, finite.
        steps: updates, at least as many as `looks`; those that do not divide evenly are left out.
        looks: how often to measure, at least 8.
        batch_size: rows of one update, at least 1.
        seeds: one training for each; at least one, each at least 0.
        progress: called now and then with the updates made and to make.
        **coefficients: of the optimizer, by PyTorch's names.

    Returns:
        LinearRamp.

    Raises:
        ValueError: for an argument outside its range.

    Source: Smith 2017, Cyclical learning rates for training neural networks, section 3.3.

    >>> from lrlab.training import load
    >>> ramp = linear_ramp(load("wine"), "linear", high=2.0, steps=80, looks=20, batch_size=16)
    >>> ramp.scores.shape, ramp.rates[[0, -1]]
    ((1, 20), array([0.1, 2. ]))
    """
    if not 0.0 < high < np.inf:
        raise ValueError(f"high is {high}; it must lie in (0, inf).")
    looks = whole("looks", looks, at_least=8)
    stretch = whole("steps", steps, at_least=looks) // looks
    seeds = checked_seeds(seeds)
    paths = high * np.arange(1, looks * stretch + 1) / (looks * stretch)
    trainings = []
    for number, seed in enumerate(seeds):
        part = part_of(progress, number * len(paths), len(seeds) * len(paths))
        settings: dict[str, Any] = {"seed": seed, **coefficients}
        trainings.append(_ramped(data, model, optimizer, paths, stretch, batch_size, part, settings))
    scores = np.array([training.validation_scores[0] for training in trainings])
    rates = paths[stretch - 1 :: stretch]
    return _read(rates, scores[:, 1:], scores[:, 0], seeds, "accuracy" if data.task == "classes" else "R²")


def _ramped(
    data: Data,
    model: str | Model,
    optimizer: str | Optimizer,
    paths: Array,
    stretch: int,
    batch_size: int,
    progress: Progress | None,
    settings: dict[str, Any],
) -> Training:
    """One training in stretches, measured after each of them."""
    training: Training | None = None
    for first in range(0, len(paths), stretch):
        piece = paths[None, first : first + stretch]
        if training is None:
            training = fit(
                data, model, optimizer, piece, batch_size, steps=stretch, measure="ends", **settings
            )
        else:
            training = resume(data, training, steps=stretch, rates=piece, measure="ends")
        if progress is not None:
            progress(first + stretch, len(paths))
    assert training is not None  # noqa: S101 there is at least one stretch
    return training


def _read(rates: Array, scores: Array, at_start: Array, seeds: tuple[int, ...], called: str) -> LinearRamp:
    lost = ~np.isfinite(scores).all(axis=0)
    kept = int(lost.argmax()) if lost.any() else len(rates)
    start, last = float(at_start.mean()), rates[-1]
    # R² knows no bottom; far below the start it says "lost" and no more.
    mean = np.maximum(scores[:, :kept].mean(axis=0), start - 1.0)
    smoothed = smooth(mean, WIDTH * len(rates)) if kept else mean
    low: float | None = None
    high: float | None = None
    top = int(smoothed.argmax()) if kept else 0
    rise = float(smoothed[top]) - start if kept else 0.0
    if rise < LEARNED:
        sentence = f"The {called} never rises up to {last:.3g}: try another end for the ramp."
    else:
        begun = int((smoothed >= start + BEGUN * rise).argmax())
        fallen = smoothed[top:] < start + KEPT * rise
        low, high = (
            float(rates[begun]),
            float(rates[top + int(fallen.argmax()) - 1 if fallen.any() else kept - 1]),
        )
        early = " already, at the first look: an even axis has no room for small rates" if begun == 0 else ""
        end = (
            f"and holds up to {high:.3g}; beyond, it falls"
            if fallen.any() or kept < len(rates)
            else f"and holds up to the end, {last:.3g}: ramp further to see it fall"
        )
        sentence = f"The {called} has begun to rise at {low:.3g}{early}, {end}."
    for array in (rates, scores, at_start, smoothed):
        array.flags.writeable = False
    return LinearRamp(rates, scores, at_start, smoothed, seeds, low, high, sentence)
