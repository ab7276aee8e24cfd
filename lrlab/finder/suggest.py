"""Reading a range test: each rule's suggestion, side by side, because they disagree."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.finder import fastai
from lrlab.finder.range_test import RangeTest

Array = NDArray[np.float64]

WIDTH = 0.03
FEWEST = 8
CLIMBED = 0.05
CEILING = 2.0


@dataclass(frozen=True)
class Suggestion:
    """What one rule says about a curve: a rate, or None where it has nothing to go on, and why in a sentence.

    `low` and `high` are the rule's lowest and highest answer over the seeds taken one by one; None where it has none.
    """

    rule: str
    title: str
    rate: float | None
    low: float | None
    high: float | None
    sentence: str


@dataclass(frozen=True, eq=False)
class Curve:
    """The smoothed part of a range test that rules read: n points, and the landmarks they share.

    `lowest` is the index of the minimum, `bottomed` whether that is more than the end of a fall; `fall` is how far the
    loss fell to it, `fell` whether that is more than noise; `climb` is the index where the loss starts to climb, None
    where it never does.
    """

    rates: Array
    losses: Array
    lowest: int
    bottomed: bool
    fall: float
    fell: bool
    climb: int | None


def suggestions(range_test: RangeTest) -> tuple[Suggestion, ...]:
    """Return what each rule makes of a range test, read from the mean of its seeds without lag.

    The mean curve is cut where the first ramp stopped, and smoothed with a centred Gaussian of 3 % of the ramp, which
    moves neither the minimum nor the steepest point.

    Args:
        range_test: what `range_test` returned.

    Returns:
        One `Suggestion` per rule in `RULES`, in that order.

    Source: the rules' own; fastai 2.8 for the valley.

    >>> from lrlab.finder import range_test
    >>> from lrlab.training import load
    >>> [s.rule for s in suggestions(range_test(load("wine"), "linear", batch_size=16))]
    ['climb', 'steepest', 'minimum', 'minimum_tenth', 'valley']
    """
    steps = len(range_test.rates)
    whole = read(range_test.rates, range_test.losses[:, : range_test.lengths.min()].mean(axis=0), steps)
    singles = [
        read(range_test.rates, losses[:length], steps)
        for losses, length in zip(range_test.losses, range_test.lengths, strict=True)
    ]
    return tuple(_suggestion(name, rule, whole, singles) for name, rule in RULES.items())


def smooth(losses: ArrayLike, sigma: float) -> Array:
    """Return a curve smoothed by a centred Gaussian, which looks both ways and therefore does not lag.

    s_i = Σ_j w_{i−j}·loss_j / Σ_j w_{i−j}, w_k = exp(−k²/2σ²), over the points there are.

    Args:
        losses: shape (n,), finite.
        sigma: width in points, above 0.

    Returns:
        Smoothed losses, shape (n,), float64.

    Raises:
        ValueError: for a sigma outside its range.

    Source: Nadaraya 1964, Watson 1964 (kernel regression).

    >>> smooth([0.0, 1.0, 0.0], sigma=0.5).round(3)
    array([0.119, 0.787, 0.119])
    """
    if not 0.0 < sigma < math.inf:
        raise ValueError(f"sigma is {sigma}; it must lie in (0, inf).")
    losses = np.asarray(losses, dtype=np.float64)
    points = np.arange(len(losses))
    weights = np.exp(-((points[:, None] - points) ** 2) / (2.0 * sigma**2))
    return np.asarray(weights @ losses / weights.sum(axis=1))


def capped(losses: Array) -> Array:
    """Return a raw curve, at least `FEWEST` points, without what lies far above its start.

    A loss up there says "exploded" and no more; left as it is, it would reach back through a smoothing window.

    >>> capped(np.array([2.0, 2.0, 1.5, 1.0, 1.0, 1.0, 1.0, 1.0, 900.0]))[-1]
    np.float64(4.0)
    """
    return np.asarray(np.minimum(losses, CEILING * losses[:FEWEST].max()))


def read(rates: Array, losses: Array, steps: int) -> Curve | None:
    """Smooth a finite raw curve that is the beginning of a ramp of `steps` rates; None where it is too short."""
    if len(losses) < FEWEST:
        return None
    visible = capped(losses)
    smoothed = smooth(visible, WIDTH * steps)
    lowest = int(smoothed.argmin())
    fall = float(smoothed[: lowest + 1].max() - smoothed[lowest])
    noise = 1.4826 * float(np.median(np.abs(visible - smoothed)[: lowest + 1]))
    fell = fall > max(2.0 * noise, 0.01 * abs(float(smoothed[0])))
    climbing = np.flatnonzero(smoothed[lowest:] > smoothed[lowest] + CLIMBED * fall)
    climb = lowest + int(climbing[0]) if len(climbing) else None
    if climb is None and len(losses) < steps:
        climb = len(losses) - 1  # it exploded within one step, before the window could see a climb
    bottomed = climb is not None or lowest + WIDTH * steps < len(losses) - 1
    return Curve(rates[: len(losses)], smoothed, lowest, bottomed, fall, fell, climb)


Rule = Callable[[Curve], tuple[float | None, str]]


def _climb(curve: Curve) -> tuple[float | None, str]:
    if curve.climb is None:
        return None, f"The loss never climbs up to {curve.rates[-1]:.3g}: test higher rates."
    top = curve.rates[curve.climb]
    return top / 10.0, f"The loss starts to climb at about {top:.3g}; this is a tenth of that."


def _steepest(curve: Curve) -> tuple[float | None, str]:
    slopes = np.gradient(curve.losses, np.log10(curve.rates))[: curve.lowest + 1]
    rate = curve.rates[slopes.argmin()]
    return rate, f"Here the loss falls fastest, by {-slopes.min():.3g} for a tenfold rate."


def _minimum(curve: Curve) -> tuple[float | None, str]:
    if not curve.bottomed:
        return None, f"The loss has no minimum up to {curve.rates[-1]:.3g}: test higher rates."
    rate = curve.rates[curve.lowest]
    return rate, f"The loss is lowest here, at {curve.losses[curve.lowest]:.3g}; a higher rate does worse."


def _minimum_tenth(curve: Curve) -> tuple[float | None, str]:
    rate, sentence = _minimum(curve)
    if rate is None:
        return None, sentence
    return rate / 10.0, f"The loss is lowest at {rate:.3g}; this is a tenth of that."


def _valley(curve: Curve) -> tuple[float | None, str]:
    found = fastai.suggestion("valley", curve.rates, curve.losses)
    if found is None:
        return None, "Too few points are left after fastai's trimming of both ends."
    return found, "fastai's choice: about halfway down the longest fall."


RULES: Mapping[str, tuple[str, Rule]] = MappingProxyType(
    {
        "climb": ("Ten below the climb", _climb),
        "steepest": ("Steepest fall", _steepest),
        "minimum": ("Minimum", _minimum),
        "minimum_tenth": ("Minimum / 10", _minimum_tenth),
        "valley": ("Valley (fastai)", _valley),
    }
)
"""The rules by name: a title, and a function from a curve to a rate and a sentence."""


def _suggestion(
    name: str, titled: tuple[str, Rule], whole: Curve | None, singles: list[Curve | None]
) -> Suggestion:
    title, rule = titled
    rate, sentence = _ask(rule, whole)
    rates = [found for found, _ in (_ask(rule, curve) for curve in singles) if found is not None]
    return Suggestion(name, title, rate, min(rates, default=None), max(rates, default=None), sentence)


def _ask(rule: Rule, curve: Curve | None) -> tuple[float | None, str]:
    if curve is None:
        return None, f"The test ended before {FEWEST} points: start it at a lower rate."
    if not curve.fell:
        return None, f"The loss never falls below its noise up to {curve.rates[-1]:.3g}: nothing was learned."
    rate, sentence = rule(curve)
    return None if rate is None else float(rate), sentence
