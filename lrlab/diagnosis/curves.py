"""What can be measured on a loss curve, whatever its length and its scale.

A curve is divided by its largest absolute value first, so that every number here is a share of something; levels are
medians of blocks, so that a single odd point moves none of them.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BLOCKS = 20
"""Into how many blocks a curve is cut to see its shape."""

TAIL_BLOCKS = 8
"""Into how many blocks a stretch is cut to see whether it falls."""


@dataclass(frozen=True)
class Curve:
    """A finite loss curve of n ≥ 3 points and its measures; losses are shares of `scale`.

    `start` is where it began and `level` the median of its last third; `progress` is the way between them. `swing` is
    the width of the middle 90 % of the last third about its own course, and never more than all its rises together, so
    that a smooth bend is no swing. `trend` is the fall of the last third in standard errors and `late_fall` its
    size, both negative for a rise. `second_half` is the part of the whole fall that the second half of the steps
    made: ½ for a straight line, 0 for a curve that has settled, more than ½ for one that gathers speed.
    """

    losses: Array
    scale: float
    start: float
    end: float
    level: float
    swing: float
    trend: float
    late_fall: float
    second_half: float
    blocks: Array

    @property
    def n(self) -> int:
        """How many points the curve has."""
        return len(self.losses)

    @property
    def has_floor(self) -> bool:
        """Whether no loss is below zero, so that a level can be compared with zero."""
        return bool(self.losses.min() >= 0.0)

    @property
    def progress(self) -> float:
        """The way from the start down to the level of the last third; negative where it went up."""
        return self.start - self.level

    @property
    def range(self) -> float:
        """The way from the lowest point to the highest."""
        return float(self.losses.max() - self.losses.min())

    @property
    def gained(self) -> float:
        """The progress as a share of the start; NaN where losses reach below zero or start at it."""
        return self.progress / self.start if self.has_floor and self.start > 0.0 else math.nan

    @property
    def swing_of_progress(self) -> float:
        """The late swing as a share of the progress; inf where none was made."""
        return self.swing / self.progress if self.progress > 1e-12 else math.inf

    @property
    def swing_of_level(self) -> float:
        """The late swing as a share of the late level; NaN where losses reach below zero."""
        if not self.has_floor:
            return math.nan
        return self.swing / self.level if self.level > 0.0 else math.inf if self.swing else 0.0


def measure(losses: Array) -> Curve:
    """Return the measures of a curve of at least three finite losses."""
    scale = float(np.abs(losses).max()) or 1.0
    y = losses / scale
    n = len(y)
    opening = max(1, min(5, n // 20))
    start = max(float(y[0]), float(np.median(y[:opening])))
    width = max(1, n // 16)
    end = float(np.median(y[-width:]))
    tail = y[-max(min(n, 4), n // 3) :]
    middle = float(np.median(y[max(0, n // 2 - width // 2) : n // 2 + width // 2 + 1]))
    return Curve(
        losses=y,
        scale=scale,
        start=start,
        end=end,
        level=float(np.median(tail)),
        swing=min(_width(tail - _course(tail)), float(np.diff(tail).clip(0.0).sum())),
        trend=fall_in_errors(tail),
        late_fall=_fall(medians(tail, TAIL_BLOCKS)),
        second_half=(middle - end) / (start - end) if start - end > 1e-12 else 0.0,
        blocks=medians(y, BLOCKS),
    )


def medians(values: Array, count: int) -> Array:
    """Return the medians of at most `count` blocks of equal length, in order."""
    return np.array([np.median(block) for block in np.array_split(values, min(count, len(values)))])


def view(values: Array) -> Array:
    """Return the curve as ratios where it can be (its logarithm), else as it is."""
    return np.log(values) if values.min() > 0.0 else values


def _fall(blocks: Array) -> float:
    """Return how far a straight line through the blocks falls, from the first to the last."""
    t = np.arange(len(blocks)) - (len(blocks) - 1) / 2.0
    return -float(t @ blocks / (t @ t)) * (len(blocks) - 1)


def _course(values: Array) -> Array:
    """Return where a stretch is heading at each point: through its blocks, or straight where it is short."""
    n = len(values)
    if n < 4 * TAIL_BLOCKS:
        straight: Array = values.mean() - _fall(values) * (np.arange(n) / (n - 1) - 0.5)
        return straight
    centres = [float(np.mean(block)) for block in np.array_split(np.arange(n), TAIL_BLOCKS)]
    course: Array = np.interp(np.arange(n), centres, medians(values, TAIL_BLOCKS))
    return course


def _width(residual: Array) -> float:
    if len(residual) < 20:
        return float(residual.max() - residual.min())
    low, high = np.percentile(residual, [5, 95])
    return float(high - low)


def fall_in_errors(values: Array) -> float:
    """Return how surely a stretch falls: the slope through its blocks in standard errors, positive for a fall."""
    blocks = medians(values, TAIL_BLOCKS if len(values) >= 2 * TAIL_BLOCKS else len(values))
    t = np.arange(len(blocks)) - (len(blocks) - 1) / 2.0
    slope = -_fall(blocks) / (len(blocks) - 1)
    residual = blocks - blocks.mean() - slope * t
    error = math.sqrt(float(residual @ residual) / max(len(blocks) - 2, 1) / float(t @ t))
    if error > 1e-15:
        return -slope / error
    return math.copysign(math.inf, -slope) if abs(slope) > 1e-15 else 0.0
