"""Surfaces whose curvature is the same everywhere: on these every statement about the rate is exact."""

import numpy as np

from lrlab.descent.surface import Array, Point, Surface, finite, positive, positive_pair, times


def bowl(curvatures: Point = (1.0, 4.5)) -> Surface:
    """A quadratic bowl along the axes, (λx·x² + λy·y²)/2, with its minimum at the origin."""
    a, b = positive_pair("curvatures", curvatures)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        np.multiply(x, a, out=gx)
        np.multiply(y, b, out=gy)

    return Surface(
        name="bowl",
        title="Bowl",
        formula=rf"\tfrac12\,({times(a)}x^2 + {times(b)}y^2)",
        purpose="The plain case: one minimum, and every regime of the rate in clean numbers.",
        height=lambda x, y: 0.5 * (a * x * x + b * y * y),
        slope=slope,
        bend=lambda x, y: (a, 0.0, b),
        minima=((0.0, 0.0),),
        view=(-6.0, 6.0, -4.0, 4.0),
        start=(-5.0, 3.0),
        curvatures=(min(a, b), max(a, b)),
    )


def bowl_1d(curvature: float = 0.625) -> Surface:
    """A parabola in x alone, λx²/2; y stays where it is."""
    a = positive("curvature", curvature)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        np.multiply(x, a, out=gx)
        gy[...] = 0.0

    return Surface(
        name="bowl_1d",
        title="Bowl in one dimension",
        formula=rf"\tfrac12 \cdot {a:g}\,x^2",
        purpose="One curvature and nothing else: a step multiplies the error by 1 − αλ, and you can check it by hand.",
        height=lambda x, y: 0.5 * a * x * x,
        slope=slope,
        bend=lambda x, y: (a, 0.0, 0.0),
        minima=((0.0, 0.0),),
        view=(-6.0, 6.0, -4.0, 4.0),
        start=(-5.0, 0.0),
        dimension=1,
        curvatures=(a,),
    )


def ravine(curvatures: Point = (0.5, 25.0), angle: float = 25.0) -> Surface:
    """A long narrow quadratic valley, turned by `angle` degrees from the x axis.

    λ_along·u²/2 + λ_across·v²/2 with (u, v) the coordinates along and across the valley.
    """
    along, across = positive_pair("curvatures", curvatures)
    angle = finite("angle", angle)
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    xx = float(along * cosine**2 + across * sine**2)
    xy = float((along - across) * cosine * sine)
    yy = float(along * sine**2 + across * cosine**2)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        gx[...] = xx * x + xy * y
        gy[...] = xy * x + yy * y

    return Surface(
        name="ravine",
        title="Ravine",
        formula=rf"\tfrac12\,({times(along)}u^2 + {times(across)}v^2), \quad (u, v) = (x, y)"
        rf"\text{{ turned by }} {angle:g}^\circ",
        purpose="Steep across and flat along: the walls set the largest rate, the floor sets how long it takes.",
        height=lambda x, y: 0.5 * (xx * x * x + 2.0 * xy * x * y + yy * y * y),
        slope=slope,
        bend=lambda x, y: (xx, xy, yy),
        minima=((0.0, 0.0),),
        view=(-6.0, 6.0, -4.0, 4.0),
        start=(-4.5, -1.0),
        curvatures=(min(along, across), max(along, across)),
    )
