"""Who comes to the clinic, and how one is drawn: subjects, and numbers from a generator of random numbers."""

import math
from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np

from lrlab.diagnosis.clinic.case import Case, Subject
from lrlab.training import hidden, linear

Random = np.random.Generator
Maker = Callable[[Random], Case]
Range = TypeVar("Range")

WINE, WINE_NET = Subject("wine", linear()), Subject("wine", hidden(16))
IRIS, IRIS_NET = Subject("iris", linear()), Subject("iris", hidden(16))
MOONS, MOONS_NET = Subject("moons", linear()), Subject("moons", hidden(16))
BREAST, BREAST_NET = Subject("breast_cancer", linear()), Subject("breast_cancer", hidden(16))
DIABETES = Subject("diabetes", linear())

SOUND: Mapping[Subject, tuple[float, float]] = {
    WINE: (0.03, 0.1),
    WINE_NET: (0.02, 0.1),
    IRIS_NET: (0.05, 0.2),
    BREAST: (0.01, 0.1),
    BREAST_NET: (0.01, 0.05),
}
"""By subject: good rates, from and to."""

BOWL = "A point in the default bowl: plain descent, a line in the log after every step."
STEEPEST = 4.5
"""The largest curvature of the default bowl: descent is stable up to a rate of 2 / 4.5."""


def log_uniform(rng: Random, low: float, high: float) -> float:
    """Return a number whose logarithm is uniform, to two digits, as people write rates."""
    return float(f"{math.exp(rng.uniform(math.log(low), math.log(high))):.2g}")


def fresh_seed(rng: Random) -> int:
    """Return a seed for a run."""
    return int(rng.integers(1 << 31))


def pick(rng: Random, table: Mapping[Subject, Range]) -> tuple[Subject, Range]:
    """Return one row of a table."""
    return list(table.items())[int(rng.integers(len(table)))]


def start_of(rng: Random) -> tuple[float, float]:
    """Return a start on the slopes of the bowl."""
    away = rng.uniform((3.5, 2.0), (5.5, 3.5)) * rng.choice([-1.0, 1.0], size=2)
    return float(away[0]), float(away[1])
