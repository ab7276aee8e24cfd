"""What a search ranges over: the rate and a second setting, on a grid or drawn, evenly on a scale of one's choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lrlab.training.arguments import whole

Array = NDArray[np.float64]
Spacing = Literal["log", "uniform"]
SPACINGS: tuple[Spacing, ...] = ("log", "uniform")


@dataclass(frozen=True)
class Space:
    """Rates from `low` to `high` and a second setting; `optimizer` and `batch_size` are what is not searched.

    Momentum ranges from 0 to `second_high`, evenly in log(1 − β), so that .9 and .99 are as far apart as 0 and .9.
    Batch sizes are the powers of two from `second_low` to `second_high`.
    """

    name: str
    title: str
    optimizer: str
    batch_size: int
    low: float
    high: float
    second_low: float
    second_high: float


SPACES: Mapping[str, Space] = MappingProxyType(
    {
        "momentum": Space("momentum", "momentum β", "momentum", 64, 1e-4, 100.0, 0.0, 0.99),
        "batch_size": Space("batch_size", "batch size B", "sgd", 0, 1e-4, 100.0, 4, 128),
    }
)
"""The two spaces, by what is searched beside the rate."""


@dataclass(frozen=True, eq=False)
class Trials:
    """T settings to train with: `rates` (T,) and `seconds` (T,), what the space calls its second setting."""

    rates: Array
    seconds: Array


def grid(space: Space, size: int, spacing: Spacing = "log") -> Trials:
    """Return a grid of size² trials: the middles of equal cells, so that no trial is spent on an end of the range.

    Args:
        space: where to search.
        size: rates, and values of the second setting, at least 1.
        spacing: whether the rates are even on a "log" or a "uniform" scale; the second setting keeps its own.

    Returns:
        Trials, the rate changing fastest.

    Raises:
        ValueError: for a size or spacing outside its range.

    >>> grid(SPACES["momentum"], 3).rates[:3]
    array([1.e-03, 1.e-01, 1.e+01])
    """
    size = whole("size", size, at_least=1)
    middles = (np.arange(size) + 0.5) / size
    rates, seconds = rates_at(space.low, space.high, middles, spacing), _seconds_at(space, middles)
    return Trials(np.tile(rates, size), np.repeat(seconds, size))


def draw(space: Space, count: int, spacing: Spacing = "log", seed: int = 0) -> Trials:
    """Return trials drawn at random, each setting by itself.

    Args:
        space: where to search.
        count: how many, at least 1.
        spacing: whether rates are drawn evenly on a "log" or a "uniform" scale.
        seed: decides the draws; at least 0.

    Returns:
        Trials. With one seed, more trials begin with the same ones.

    Raises:
        ValueError: for a count, spacing or seed outside its range.

    Source: Bergstra and Bengio 2012, Random search for hyper-parameter optimization.

    >>> [f"{rate:.2g}" for rate in draw(SPACES["momentum"], 2).rates]
    ['0.66', '0.00018']
    """
    count, seed = whole("count", count, at_least=1), whole("seed", seed, at_least=0)
    at = np.random.default_rng(seed).random((count, 2))
    return Trials(rates_at(space.low, space.high, at[:, 0], spacing), _seconds_at(space, at[:, 1]))


def rates_at(low: float, high: float, at: Array, spacing: Spacing) -> Array:
    """Return the rates at given places of a range, 0 its low end and 1 its high one, on a log or uniform scale.

    low·(high/low)^u or low + u·(high − low).

    >>> rates_at(0.01, 1.0, np.array([0.0, 0.5, 1.0]), "log")
    array([0.01, 0.1 , 1.  ])
    """
    if spacing not in SPACINGS:
        raise ValueError(f"spacing is {spacing!r}; it must be one of {', '.join(SPACINGS)}.")
    if not 0.0 < low < high < np.inf:
        raise ValueError(f"low is {low} and high is {high}; they must satisfy 0 < low < high < inf.")
    if spacing == "log":
        return np.asarray(low * (high / low) ** np.asarray(at))
    return np.asarray(low + (high - low) * np.asarray(at))


def values_of_second(space: Space, count: int) -> Array:
    """Return the middles of `count` cells of the second setting (all its values, where it has no more).

    >>> values_of_second(SPACES["batch_size"], 6)
    array([  4.,   8.,  16.,  32.,  64., 128.])
    """
    return np.unique(_seconds_at(space, (np.arange(count) + 0.5) / count))


def _seconds_at(space: Space, at: Array) -> Array:
    if space.name == "momentum":
        return np.asarray(1.0 - (1.0 - space.second_high) ** at)
    first, last = (round(np.log2(size)) for size in (space.second_low, space.second_high))
    # A place of exactly 1 belongs to the last value, not to one beyond it.
    return np.asarray(2.0 ** np.minimum(first + np.floor(at * (last - first + 1)), last))
