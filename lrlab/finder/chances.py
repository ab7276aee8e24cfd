"""What to expect of a search before it is made: by counting, and by making it thousands of times on a known curve."""

import numpy as np

from lrlab.finder.response import ResponseCurve
from lrlab.finder.spaces import Spacing, rates_at
from lrlab.training.arguments import whole
from lrlab.training.batches import generator


def random_beats_grid(
    curve: ResponseCurve, *, size: int = 3, decades: float = 4.0, repeats: int = 4000, seed: int = 0
) -> float:
    """Return how often size² random rates find a lower loss than the grid's `size` different ones.

    The range spans `decades` and lies anywhere with the best rate in it: nobody knew beforehand where that is. A
    size × size grid over the rate and a setting that does not matter tries only `size` rates, each `size` times.

    Args:
        curve: the loss at every rate.
        size: of the grid, at least 1.
        decades: the width of the range; no wider than the curve.
        repeats: searches made, at least 1.
        seed: decides ranges and draws; at least 0.

    Returns:
        The share of searches, 0 to 1, in which random is strictly lower.

    Raises:
        ValueError: for an argument outside its range.

    Source: Bergstra and Bengio 2012, figure 1; fair to the grid in that its rates are the middles of equal cells.

    >>> valley = ResponseCurve(np.array([1e-4, 1e-2, 1.0]), np.array([1.0, 0.0, 1.0]))
    >>> 0.6 < random_beats_grid(valley, decades=2.0) < 0.8
    True
    """
    size, repeats = whole("size", size, at_least=1), whole("repeats", repeats, at_least=1)
    ends = np.log10(curve.rates[[0, -1]])
    if not 0.0 < decades <= ends[1] - ends[0]:
        raise ValueError(
            f"decades is {decades}; the curve spans {ends[1] - ends[0]:.3g}, so it must lie in (0, that]."
        )
    random = generator(whole("seed", seed, at_least=0), 0)
    best = np.log10(curve.rates[curve.losses.argmin()])
    starts = np.clip(random.uniform(best - decades, best, repeats), ends[0], ends[1] - decades)[:, None]
    on_grid = curve.at(10.0 ** (starts + decades * (np.arange(size) + 0.5) / size))
    drawn = curve.at(10.0 ** (starts + decades * random.random((repeats, size * size))))
    return float(np.mean(drawn.min(axis=1) < on_grid.min(axis=1)))


def median_of_best(
    curve: ResponseCurve,
    low: float,
    high: float,
    trials: int,
    spacing: Spacing,
    *,
    repeats: int = 4000,
    seed: int = 0,
) -> float:
    """Return the loss that a random search of so many trials finds, in the median over many searches.

    Args:
        curve: the loss at every rate.
        low: lowest rate drawn, at least the curve's lowest.
        high: highest rate drawn, at most the curve's highest.
        trials: draws of one search, at least 1.
        spacing: whether rates are drawn evenly on a "log" or a "uniform" scale.
        repeats: searches made, at least 1.
        seed: decides the draws; at least 0.

    Returns:
        The median of the lowest losses.

    Raises:
        ValueError: for an argument outside its range.

    Source: Bengio 2012, section 3.3: rates are drawn in the log domain.

    >>> valley = ResponseCurve(np.array([1e-4, 1e-2, 1.0]), np.array([1.0, 0.0, 1.0]))
    >>> median_of_best(valley, 1e-4, 1.0, 9, "log") < median_of_best(valley, 1e-4, 1.0, 9, "uniform")
    True
    """
    if not curve.rates[0] * (1 - 1e-9) <= low < high <= curve.rates[-1] * (1 + 1e-9):
        raise ValueError(
            f"low is {low} and high is {high}; the curve runs from {curve.rates[0]:g} to {curve.rates[-1]:g}."
        )
    trials, repeats = whole("trials", trials, at_least=1), whole("repeats", repeats, at_least=1)
    at = generator(whole("seed", seed, at_least=0), 0).random((repeats, trials))
    return float(np.median(curve.at(rates_at(low, high, at, spacing)).min(axis=1)))


def chance_of_a_hit(share: float, trials: int) -> float:
    """Return the probability that at least one of some random trials lands in a given share of the space.

    1 − (1 − p)ⁿ.

    Args:
        share: p, in [0, 1].
        trials: n, at least 0.

    Returns:
        A probability.

    Raises:
        ValueError: for a number outside its range.

    Source: Bergstra and Bengio 2012, section 2, footnote.

    >>> round(chance_of_a_hit(0.05, 60), 3)
    0.954
    """
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"share is {share}; it must lie in [0, 1].")
    return float(1.0 - (1.0 - share) ** whole("trials", trials, at_least=0))
