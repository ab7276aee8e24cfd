"""Surfaces whose curvature is the same everywhere: on these every statement about the rate is exact."""

import numpy as np

from lrlab.descent.surface import Array, Point, Surface, finite, positive, positive_pair, times


def bowl(curvatures: Point = (1.0, 4.5)) -> Surface:
    """Make a quadratic bowl along the axes, with its minimum at the origin.

    L = (λx·x² + λy·y²)/2

    Args:
        curvatures: (λx, λy), above 0.

    Returns:
        A `Surface` with constant curvatures.

    Raises:
        ValueError: for anything but two finite numbers above 0.

    Source: the textbook's own; Google's and Distill's articles draw it too.

    >>> bowl((1.0, 9.0)).curvatures
    (1.0, 9.0)
    """
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
    """Make a parabola in x alone; y stays where it is.

    L = λx²/2

    Args:
        curvature: λ, above 0.

    Returns:
        A `Surface` of dimension 1.

    Raises:
        ValueError: for anything but a finite number above 0.

    Source: Google's exercise on the learning rate, whose numbers are those of λ = .625.

    >>> float(bowl_1d().value((4.0, 7.0)))
    5.0
    """
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
    """Make a long narrow quadratic valley, turned away from the axes.

    L = (λ_along·u² + λ_across·v²)/2, (u, v) the coordinates along and across the valley

    Args:
        curvatures: (λ_along, λ_across), above 0.
        angle: degrees from the x axis to the valley, any.

    Returns:
        A `Surface` with constant curvatures.

    Raises:
        ValueError: for a curvature that is not above 0, or an angle that is not finite.

    Source: the quadratic form of a rotated diagonal.

    >>> ravine().curvatures
    (0.5, 25.0)
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
