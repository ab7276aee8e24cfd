"""A surface as a picture: contour lines and relief from above, or the curve of the loss in one dimension."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import contourpy
import numpy as np
from numpy.typing import NDArray

from lrlab.descent.surface import Surface

LEVELS = 16
VERTICES = 720
RELIEF = 36
CURVE = 257

_GRID = 201
_PLACES = np.iinfo(np.uint16).max

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Terrain:
    """The view from above, in whole numbers that fill the view's width and height.

    `lines` are contour lines, each (n, 2) uint16 of (x, y) with 65,535 at the far edge. `relief` (36, 36) uint8 is
    the height between the lowest and the highest contour, row 0 at the bottom, on the scale of the contours.
    """

    lines: tuple[NDArray[np.uint16], ...]
    relief: NDArray[np.uint8]


def levels(losses: Array, lowest: float) -> Array:
    """Heights of the contour lines of a sampled surface, spaced so that the picture reads.

    Half of the picture lies below the middle line: level k of n is lowest + range·(k/n)^p. Flat ground with dents
    gives p = 1, evenly spaced; a bowl about 2, evenly spaced rings; where the walls dwarf the floor (p > 4) the
    levels are evenly spaced in the logarithm instead.
    """
    above = losses[np.isfinite(losses)] - lowest
    highest, middle = float(above.max()), float(np.median(above))
    if highest <= 0.0:
        return np.empty(0)
    fractions = np.arange(1, LEVELS + 1) / (LEVELS + 1)
    power = max(1.0, np.log(middle / highest) / np.log(0.5)) if middle > 0.0 else np.inf
    if power <= 4.0:
        return lowest + highest * fractions**power
    floor = max(float(np.quantile(above, 0.02)), highest * 1e-9)
    return np.asarray(lowest + np.geomspace(floor, highest, LEVELS + 2)[1:-1])


@lru_cache(maxsize=64)
def terrain(surface: Surface) -> Terrain:
    """Contour lines and relief of a surface over its view; drawn once and shared, so nobody writes to them."""
    x_min, x_max, y_min, y_max = surface.view
    x, y = np.linspace(x_min, x_max, _GRID), np.linspace(y_min, y_max, _GRID)
    losses = surface.value(np.stack(np.meshgrid(x, y), axis=-1))
    lowest = min(float(losses.min()), floor(surface))
    heights = levels(losses, lowest)
    across = np.linspace(0.0, _PLACES, _GRID)
    drawer = contourpy.contour_generator(across, across, losses, line_type=contourpy.LineType.Separate)
    raw = [np.asarray(line) for height in heights for line in drawer.lines(height)]
    coarse = np.linspace(0, _GRID - 1, RELIEF).round().astype(int)
    bounds = np.concatenate(([lowest], heights, [losses.max()]))
    relief = np.interp(losses[np.ix_(coarse, coarse)], bounds, np.linspace(0.0, 255.0, bounds.size))
    return Terrain(_thinned(raw), relief.round().astype(np.uint8))


def curve(surface: Surface) -> NDArray[np.float32]:
    """The loss of a surface of one dimension at 257 evenly spaced places across its view."""
    x_min, x_max, _, _ = surface.view
    x = np.linspace(x_min, x_max, CURVE)
    return np.asarray(
        surface.value(np.stack([x, np.full(CURVE, surface.start[1])], axis=-1)), dtype=np.float32
    )


def floor(surface: Surface) -> float:
    """The lowest loss that the surface is known to have."""
    return float(np.min(surface.value(np.array(surface.minima))))


def _thinned(lines: list[Array]) -> tuple[NDArray[np.uint16], ...]:
    """The same lines with the fewest corners that nobody misses: as fine as the room for corners allows."""
    tolerance = _PLACES / 2000
    while True:
        kept = [line[_corners(line, tolerance)] for line in lines]
        if sum(len(line) for line in kept) <= VERTICES:
            return tuple(line.round().astype(np.uint16) for line in kept)
        tolerance *= 1.5


def _corners(line: Array, tolerance: float) -> NDArray[Any]:
    """The corners to keep so that no dropped one lies farther than `tolerance` from the line (Douglas, Peucker)."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        along = line[last] - line[first]
        between = line[first + 1 : last] - line[first]
        length = float(along @ along)
        share = np.clip(between @ along / length, 0.0, 1.0) if length else np.zeros(len(between))
        distances = np.hypot(*(between - share[:, None] * along).T)
        farthest = int(np.argmax(distances))
        if distances[farthest] > tolerance:
            middle = first + 1 + farthest
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return np.flatnonzero(keep)
