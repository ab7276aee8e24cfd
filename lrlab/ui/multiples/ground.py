"""The ground of a small picture: what of a surface it shows, and few enough lines to show it with.

A place is told in halves of the picture: −1 to 1 from edge to edge of its window.
"""

from dataclasses import dataclass

import contourpy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent.surface import Surface
from lrlab.ui.multiples.thinning import bends, kept
from lrlab.ui.player import terrain

RELIEF = 20

_GRID = 81
_EVERY = 2
"""The player's heights, every second of them: a small picture has room for half the lines."""
_STRAIGHT = 2.5
_CURVE_EVERY = 8

Array = NDArray[np.float64]
Window = tuple[float, float, float, float]


@dataclass(frozen=True)
class Ground:
    """`lines` (n, 2) each, 255 at the far edges; `relief` (20, 20), row 0 at the bottom; `minima` as places."""

    lines: tuple[NDArray[np.uint8], ...]
    relief: NDArray[np.uint8]
    minima: tuple[tuple[float, float], ...]


def window(surface: Surface) -> Window:
    """What the picture shows: the view, or in one dimension its width and the heights that the loss has there."""
    if surface.dimension == 2:
        return surface.view
    losses = terrain.curve(surface)
    low, high = terrain.floor(surface), float(losses.max())
    room = 0.08 * (high - low)
    x_min, x_max, _, _ = surface.view
    return x_min, x_max, low - room, high + room


def placed(points: ArrayLike, shown: Window) -> Array:
    """Points (…, 2) as places in a window."""
    left, right, low, high = shown
    middle, half = np.array([left + right, low + high]) / 2, np.array([right - left, high - low]) / 2
    return np.asarray((np.asarray(points, dtype=np.float64) - middle) / half)


def ground(surface: Surface) -> Ground:
    """Contour lines and relief of a surface, or in one dimension its curve and no relief."""
    minima = np.array(surface.minima, dtype=np.float64)
    if surface.dimension == 1:
        minima[:, 1] = surface.value(minima)
        drawn: tuple[list[Array], Array] = [_curve(surface)], np.zeros((RELIEF, RELIEF))
    else:
        drawn = _contours(surface)
    lines, relief = drawn
    x_y = placed(minima, window(surface)).round(3).tolist()
    return Ground(tuple(map(_thinned, lines)), relief.round().astype(np.uint8), tuple((x, y) for x, y in x_y))


def _curve(surface: Surface) -> Array:
    losses = terrain.curve(surface)[::_CURVE_EVERY]
    x_min, x_max, _, _ = surface.view
    x = np.linspace(x_min, x_max, len(losses))
    return 127.5 * (placed(np.stack([x, losses], axis=-1), window(surface)) + 1.0)


def _contours(surface: Surface) -> tuple[list[Array], Array]:
    x_min, x_max, y_min, y_max = surface.view
    x, y = np.linspace(x_min, x_max, _GRID), np.linspace(y_min, y_max, _GRID)
    losses = surface.value(np.stack(np.meshgrid(x, y), axis=-1))
    lowest = min(float(losses.min()), terrain.floor(surface))
    heights = terrain.levels(losses, lowest)[::_EVERY]
    across = np.linspace(0.0, 255.0, _GRID)
    drawer = contourpy.contour_generator(across, across, losses, line_type=contourpy.LineType.Separate)
    lines = [np.asarray(line) for height in heights for line in drawer.lines(height)]
    coarse = np.linspace(0, _GRID - 1, RELIEF).round().astype(int)
    bounds = np.concatenate(([lowest], heights, [losses.max()]))
    return lines, np.interp(losses[np.ix_(coarse, coarse)], bounds, np.linspace(0.0, 255.0, bounds.size))


def _thinned(line: Array) -> NDArray[np.uint8]:
    corners: NDArray[np.uint8] = (
        line[kept(bends(line[None]), len(line), _STRAIGHT)[0]].round().astype(np.uint8)
    )
    return corners
