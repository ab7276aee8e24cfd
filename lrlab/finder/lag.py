"""What smoothing does to the answer: the exponential average of a range test beside a curve that does not lag."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrlab.finder.range_test import RangeTest, corrected_average
from lrlab.finder.suggest import FEWEST, WIDTH, capped, smooth

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Smoothed:
    """A curve smoothed in one way, and where that puts its minimum and its steepest fall, as indices."""

    losses: Array
    lowest: int
    steepest: int


@dataclass(frozen=True, eq=False)
class Lag:
    """The mean curve of a range test, n points at `rates` (n,), as measured and smoothed in B + 1 ways.

    `raw` (n,) is the mean over the seeds, with what lies far above its start cut off. `centred` looks both ways.
    `averages` are exponential, one for each of `betas`.
    """

    rates: Array
    raw: Array
    centred: Smoothed
    betas: tuple[float, ...]
    averages: tuple[Smoothed, ...]

    def moved(self, which: int) -> tuple[float, float]:
        """By how many decades average number `which` moves the minimum, and the steepest fall."""
        decades, average = np.log10(self.rates), self.averages[which]
        return (
            float(decades[average.lowest] - decades[self.centred.lowest]),
            float(decades[average.steepest] - decades[self.centred.steepest]),
        )


def lag(range_test: RangeTest, betas: Sequence[float]) -> Lag | None:
    """Smooth the mean curve of a range test without lag and by exponential averages, and find the landmarks of each.

    m_i = β·m_{i−1} + (1 − β)·loss_i looks back only, so that everything in it comes later, at a larger rate.

    Args:
        range_test: what `range_test` returned.
        betas: share of the past in each average, at least one, each in [0, 1).

    Returns:
        Lag; None where the test ended before there was a curve.

    Raises:
        ValueError: for a beta outside its range.

    Source: fastai 2.8 averages with β = 0.98; the centred curve is that of `suggestions`.

    >>> from lrlab.finder import range_test
    >>> from lrlab.training import load
    >>> late = lag(range_test(load("digits"), "linear"), [0.5, 0.98])
    >>> late.moved(1)[0] > late.moved(0)[0]
    True
    """
    steps = len(range_test.rates)
    mean = range_test.losses[:, : range_test.lengths.min()].mean(axis=0)
    if len(mean) < FEWEST:
        return None
    rates, raw = range_test.rates[: len(mean)], capped(mean)
    return Lag(
        rates=rates,
        raw=raw,
        centred=_landmarks(smooth(raw, WIDTH * steps), rates),
        betas=tuple(float(beta) for beta in betas),
        averages=tuple(_landmarks(corrected_average(raw, beta), rates) for beta in betas),
    )


def _landmarks(losses: Array, rates: Array) -> Smoothed:
    lowest = int(losses.argmin())
    slopes = np.gradient(losses, np.log10(rates))[: lowest + 1]
    return Smoothed(losses, lowest, int(slopes.argmin()))
