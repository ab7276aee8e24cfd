"""The record of a surface: a loss of two coordinates with everything known about it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]
"""Coordinates: float64 everywhere in the lab, complex where a test differentiates by a complex step."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Surface:
    """A loss of two coordinates: its height, its slope, its bend, and where to look at it.

    `formula` is LaTeX; `purpose` says in one sentence what the surface is for. A surface of `dimension` 1 depends
    on x alone and y stays where it is. `minima` are all of them, the lowest first; `view` is (x_min, x_max, y_min,
    y_max). `curvatures` are the eigenvalues of the Hessian, rising, where it is the same everywhere, else None.

    `height(x, y)`, `slope(x, y, gx, gy)` (which writes the gradient into the arrays gx and gy) and `bend(x, y)` ->
    (xx, xy, yy) are the formulae on separate coordinates; `value`, `gradient` and `hessian` are the same on points.
    """

    name: str
    title: str
    formula: str
    purpose: str
    height: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array, Array, Array], None]
    bend: Callable[[Array, Array], tuple[Any, Any, Any]]
    minima: tuple[Point, ...]
    view: tuple[float, float, float, float]
    start: Point
    dimension: int = 2
    curvatures: tuple[float, ...] | None = None

    def value(self, points: ArrayLike) -> Array:
        """Return the loss at `points`, shape (…, 2) -> (…).

        >>> from lrlab.descent import SURFACES
        >>> float(SURFACES["bowl"].value((2.0, 1.0)))
        4.25
        """
        x, y = _coordinates(points)
        return np.asarray(self.height(x, y))

    def gradient(self, points: ArrayLike) -> Array:
        """Return the gradient at `points`, shape (…, 2) -> (…, 2).

        >>> from lrlab.descent import SURFACES
        >>> SURFACES["bowl"].gradient((2.0, 1.0))
        array([2. , 4.5])
        """
        x, y = _coordinates(points)
        rows = np.empty((2, *x.shape), dtype=x.dtype)
        self.slope(x, y, rows[0, ...], rows[1, ...])
        return np.moveaxis(rows, 0, -1)

    def hessian(self, points: ArrayLike) -> Array:
        """Return the Hessian at `points`, shape (…, 2) -> (…, 2, 2).

        >>> from lrlab.descent import SURFACES
        >>> SURFACES["bowl"].hessian((2.0, 1.0))
        array([[1. , 0. ],
               [0. , 4.5]])
        """
        x, y = _coordinates(points)
        matrix = np.empty((*x.shape, 2, 2), dtype=x.dtype)
        matrix[..., 0, 0], mixed, matrix[..., 1, 1] = self.bend(x, y)
        matrix[..., 0, 1] = matrix[..., 1, 0] = mixed
        return matrix


def scaled(surface: Surface, factor: float) -> Surface:
    """Return the same surface with its loss in other units.

    L ← factor·L, and with it the gradient and every curvature

    Args:
        surface: any.
        factor: above 0.

    Returns:
        A new `Surface` with the same places.

    Raises:
        ValueError: for a factor that is not finite and above 0.

    Source: the chain rule.

    >>> from lrlab.descent import SURFACES
    >>> float(scaled(SURFACES["bowl"], 1000.0).value((2.0, 1.0)))
    4250.0
    """
    factor = positive("factor", factor)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        surface.slope(x, y, gx, gy)
        gx *= factor
        gy *= factor

    def bend(x: Array, y: Array) -> tuple[Any, Any, Any]:
        xx, xy, yy = surface.bend(x, y)
        return factor * xx, factor * xy, factor * yy

    return replace(
        surface,
        formula=rf"{factor:g}\cdot\Bigl({surface.formula}\Bigr)",
        height=lambda x, y: factor * surface.height(x, y),
        slope=slope,
        bend=bend,
        curvatures=surface.curvatures and tuple(factor * curvature for curvature in surface.curvatures),
    )


def _coordinates(points: ArrayLike) -> tuple[Array, Array]:
    array = np.asarray(points)
    if array.ndim == 0 or array.shape[-1] != 2:
        raise ValueError(f"points have shape {array.shape}; the last axis must hold 2 coordinates.")
    if array.dtype.kind != "c":
        array = array.astype(np.float64, copy=False)
    return array[..., 0], array[..., 1]


def finite(name: str, value: Any) -> float:
    """Return `value` as a float, or say that the argument `name` is not a finite number."""
    size: Any = abs(value) if isinstance(value, int | float | np.integer | np.floating) else np.nan
    if not size <= sys.float_info.max:
        raise ValueError(f"{name} is {value!r}; it must be a finite number.")
    return float(value)


def positive(name: str, value: Any) -> float:
    """Return `value` as a float, or say that the argument `name` is not finite and above 0."""
    number = finite(name, value)
    if number <= 0.0:
        raise ValueError(f"{name} is {value!r}; it must be above 0.")
    return number


def positive_pair(name: str, values: Any) -> Point:
    """Return two floats, or say that the argument `name` is not two finite numbers above 0."""
    if not isinstance(values, tuple | list | np.ndarray) or len(values) != 2:
        raise ValueError(f"{name} is {values!r}; it must be two numbers.")
    return positive(name, values[0]), positive(name, values[1])


def times(number: float) -> str:
    """A coefficient as it stands before a symbol in LaTeX: nothing for 1."""
    return "" if number == 1.0 else rf"{number:g}\,"
