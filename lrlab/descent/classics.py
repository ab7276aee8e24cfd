"""Test functions from the literature on optimization."""

import numpy as np

from lrlab.descent.surface import Array, Surface, finite, positive, times


def rosenbrock(a: float = 1.0, b: float = 100.0) -> Surface:
    """Make Rosenbrock's curved valley, with its minimum at (a, a²).

    L = (a − x)² + b·(y − x²)²

    Args:
        a: where the minimum lies, any.
        b: how steep the valley's walls are, above 0.

    Returns:
        A `Surface`.

    Raises:
        ValueError: for a number out of its range.

    Source: Rosenbrock 1960, with a = 1 and b = 100 from (−1.2, 1).

    >>> rosenbrock().minima
    ((1.0, 1.0),)
    """
    a = finite("a", a)
    b = positive("b", b)
    # As 0-d arrays: NumPy would convert a Python float on every call, which is half the price of a small product.
    two, shift, steep = np.array(2.0), np.array(a), np.array(2.0 * b)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        np.multiply(x, x, out=gy)
        np.subtract(y, gy, out=gy)
        np.multiply(gy, steep, out=gy)  # 2b(y − x²)
        np.multiply(x, gy, out=gx)
        np.subtract(x, gx, out=gx)
        np.subtract(gx, shift, out=gx)
        np.multiply(gx, two, out=gx)  # 2(x − a − x·gy)

    return Surface(
        name="rosenbrock",
        title="Rosenbrock's valley",
        formula=rf"({a:g} - x)^2 + {times(b)}(y - x^2)^2",
        purpose="A steep curved valley with a nearly flat floor: easy to enter, slow to follow.",
        height=lambda x, y: (a - x) ** 2 + b * (y - x * x) ** 2,
        slope=slope,
        bend=lambda x, y: (2.0 - 4.0 * b * (y - 3.0 * x * x), -4.0 * b * x, 2.0 * b),
        minima=((a, a * a),),
        view=(-2.0, 2.0, -1.0, 3.0),
        start=(-1.2, 1.0),
    )


def himmelblau(scale: float = 1.0) -> Surface:
    """Make Himmelblau's four minima, all of loss 0.

    L = scale·((x² + y − 11)² + (x + y² − 7)²)

    Args:
        scale: of the loss, above 0; every limit on the rate is divided by it.

    Returns:
        A `Surface`.

    Raises:
        ValueError: for a scale that is not finite and above 0.

    Source: Himmelblau 1972.

    >>> float(himmelblau().value((3.0, 2.0)))
    0.0
    """
    scale = positive("scale", scale)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        first, second = x * x + y - 11.0, x + y * y - 7.0
        gx[...] = scale * (4.0 * x * first + 2.0 * second)
        gy[...] = scale * (2.0 * first + 4.0 * y * second)

    def bend(x: Array, y: Array) -> tuple[Array, Array, Array]:
        return (
            scale * (12.0 * x * x + 4.0 * y - 42.0),
            scale * 4.0 * (x + y),
            scale * (12.0 * y * y + 4.0 * x - 26.0),
        )

    return Surface(
        name="himmelblau",
        title="Himmelblau's four valleys",
        formula=rf"{times(scale)}\bigl((x^2 + y - 11)^2 + (x + y^2 - 7)^2\bigr)",
        purpose="Four minima equally good: the rate and the start decide between them, and can fly past all four.",
        height=lambda x, y: scale * ((x * x + y - 11.0) ** 2 + (x + y * y - 7.0) ** 2),
        slope=slope,
        bend=bend,
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        view=(-6.0, 6.0, -6.0, 6.0),
        start=(0.0, 0.0),
    )


def beale(scale: float = 1.0) -> Surface:
    """Make Beale's flat floor between steep corners, with its minimum at (3, ½).

    L = scale·Σ_i (c_i − x + x·yⁱ)², c = 1.5, 2.25, 2.625

    Args:
        scale: of the loss, above 0; every limit on the rate is divided by it.

    Returns:
        A `Surface`.

    Raises:
        ValueError: for a scale that is not finite and above 0.

    Source: Beale 1958.

    >>> float(beale().value((3.0, 0.5)))
    0.0
    """
    scale = positive("scale", scale)
    targets = (1.5, 2.25, 2.625)

    def height(x: Array, y: Array) -> Array:
        return np.asarray(scale * sum((c - x + x * y**i) ** 2 for i, c in enumerate(targets, 1)))

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        gx[...] = 0.0
        gy[...] = 0.0
        for i, c in enumerate(targets, 1):
            residual = 2.0 * scale * (c - x + x * y**i)
            gx += residual * (y**i - 1.0)
            gy += residual * i * x * y ** (i - 1)

    def bend(x: Array, y: Array) -> tuple[Array, Array, Array]:
        xx, xy, yy = np.zeros_like(x), np.zeros_like(x), np.zeros_like(x)
        for i, c in enumerate(targets, 1):
            residual = c - x + x * y**i
            along, across = y**i - 1.0, i * x * y ** (i - 1)
            xx = xx + along * along
            xy = xy + along * across + residual * i * y ** (i - 1)
            yy = yy + across * across + (residual * i * (i - 1) * x * y ** (i - 2) if i > 1 else 0.0)
        return 2.0 * scale * xx, 2.0 * scale * xy, 2.0 * scale * yy

    return Surface(
        name="beale",
        title="Beale's corners",
        formula=rf"{times(scale)}\bigl((1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2\bigr)",
        purpose="A flat floor between steep corners: the rate that crosses the floor explodes in the corners.",
        height=height,
        slope=slope,
        bend=bend,
        minima=((3.0, 0.5),),
        view=(-4.5, 4.5, -4.5, 4.5),
        start=(1.0, 1.5),
    )
