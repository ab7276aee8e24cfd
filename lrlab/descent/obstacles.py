"""Surfaces with something in the way: flat ground, a pass, a second well, ripples."""

from typing import Any

import numpy as np

from lrlab.descent.surface import Array, Point, Surface, positive, positive_pair, times


def plateau(depth: float = 4.0, width: float = 1.5) -> Surface:
    """Make a single round dent in flat ground, with its bottom at the origin.

    L = depth·(1 − exp(−(x² + y²)/(2·width²))); the curvature at the bottom is depth/width²

    Args:
        depth: the loss far away, above 0.
        width: how far the dent reaches, above 0.

    Returns:
        A `Surface`.

    Raises:
        ValueError: for a number that is not finite and above 0.

    Source: a Gaussian turned over.

    >>> float(plateau().value((30.0, 0.0)))
    4.0
    """
    depth = positive("depth", depth)
    width = positive("width", width)
    inverse = 1.0 / width**2

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        steepness = depth * inverse * np.exp(-0.5 * inverse * (x * x + y * y))
        np.multiply(steepness, x, out=gx)
        np.multiply(steepness, y, out=gy)

    def bend(x: Array, y: Array) -> tuple[Array, Array, Array]:
        steepness = depth * inverse * np.exp(-0.5 * inverse * (x * x + y * y))
        return (
            steepness * (1.0 - inverse * x * x),
            -steepness * inverse * x * y,
            steepness * (1.0 - inverse * y * y),
        )

    return Surface(
        name="plateau",
        title="Plateau",
        formula=rf"{times(depth)}\Bigl(1 - e^{{-(x^2 + y^2)/(2 \cdot {width:g}^2)}}\Bigr)",
        purpose="Flat ground around a dent: the gradient is small too, and small times small is nothing.",
        height=lambda x, y: -depth * np.expm1(-0.5 * inverse * (x * x + y * y)),
        slope=slope,
        bend=bend,
        minima=((0.0, 0.0),),
        view=(-4.0 * width, 4.0 * width, -8.0 / 3.0 * width, 8.0 / 3.0 * width),
        start=(-8.0 / 3.0 * width, width),
        curvatures=None,
    )


def saddle(curvatures: Point = (1.0, 1.0)) -> Surface:
    """Make a pass between two valleys, at the origin, with minima at (0, 1) and (0, −1).

    L = a·x²/2 + b·(y² − 1)²/4; curvatures a and −b on the pass, a and 2b at the minima

    Args:
        curvatures: (a, b), above 0.

    Returns:
        A `Surface`.

    Raises:
        ValueError: for anything but two finite numbers above 0.

    Source: a double well across, a parabola along.

    >>> saddle().hessian((0.0, 0.0)).tolist()
    [[1.0, 0.0], [0.0, -1.0]]
    """
    a, b = positive_pair("curvatures", curvatures)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        np.multiply(x, a, out=gx)
        np.multiply(b * y, y * y - 1.0, out=gy)

    return Surface(
        name="saddle",
        title="Saddle",
        formula=rf"\tfrac12\,{times(a)}x^2 + \tfrac14\,{times(b)}(y^2 - 1)^2",
        purpose="A pass where the gradient vanishes and nothing is reached: runs slow down, linger, and then leave.",
        height=lambda x, y: 0.5 * a * x * x + 0.25 * b * (y * y - 1.0) ** 2,
        slope=slope,
        bend=lambda x, y: (a, 0.0, b * (3.0 * y * y - 1.0)),
        minima=((0.0, 1.0), (0.0, -1.0)),
        view=(-3.0, 3.0, -2.0, 2.0),
        start=(-2.5, 0.01),
    )


def two_wells(sharp: float = 51.1, flat: float = 2.14, distance: float = 4.0) -> Surface:
    """Make a wide bowl with a narrow hole in its side: two minima of loss 0, one flat and one sharp.

    L = q·(1 − exp(−r²/(2w²))), q = flat/2 · (distance from the wide bowl's bottom)², r the distance from the
    hole's bottom, w² = q there / sharp; at both bottoms the Hessian is the curvature times the identity

    Args:
        sharp: the curvature at the hole's bottom, (−distance/2, 0); at least 10 times flat.
        flat: the curvature at the bowl's bottom, (distance/2, 0), above 0.
        distance: between the two, above 0.

    Returns:
        A `Surface`.

    Raises:
        ValueError: for a number out of its range.

    Source: made for the lab. The slope of the hole's wall is bounded, so too high a rate bounces in it before it
    leaves, as in the minima of networks.

    >>> [round(float(two_wells().hessian(minimum)[0, 0]), 6) for minimum in two_wells().minima]
    [51.1, 2.14]
    """
    sharp = positive("sharp", sharp)
    flat = positive("flat", flat)
    distance = positive("distance", distance)
    if sharp < 10.0 * flat:
        raise ValueError(f"sharp is {sharp:g} and flat {flat:g}; sharp must be at least 10 times flat.")
    half = 0.5 * distance
    inverse = sharp / (0.5 * flat * distance**2)

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        left, right = x + half, x - half
        bowl_height = 0.5 * flat * (right * right + y * y)
        hole = np.exp(-0.5 * inverse * (left * left + y * y))
        pull = bowl_height * hole * inverse
        rest = flat * (1.0 - hole)
        gx[...] = rest * right + pull * left
        gy[...] = (rest + pull) * y

    def height(x: Array, y: Array) -> Array:
        left, right = x + half, x - half
        hole = -np.expm1(-0.5 * inverse * (left * left + y * y))
        return np.asarray(0.5 * flat * (right * right + y * y) * hole)

    def bend(x: Array, y: Array) -> tuple[Array, Array, Array]:
        left, right = x + half, x - half
        bowl_height = 0.5 * flat * (right * right + y * y)
        hole = np.exp(-0.5 * inverse * (left * left + y * y))
        pull = bowl_height * hole * inverse
        rest = flat * (1.0 - hole)
        cross = flat * hole * inverse  # from the product rule: gradients of bowl and hole, times each other
        return (
            rest + pull * (1.0 - inverse * left * left) + 2.0 * cross * right * left,
            cross * (right + left) * y - pull * inverse * left * y,
            rest + pull * (1.0 - inverse * y * y) + 2.0 * cross * y * y,
        )

    return Surface(
        name="two_wells",
        title="Two wells",
        formula=rf"\tfrac12 \cdot {flat:g}\,\bigl((x - {half:g})^2 + y^2\bigr)"
        rf"\Bigl(1 - e^{{-{inverse:.3g}\,((x + {half:g})^2 + y^2)/2}}\Bigr)",
        purpose="A sharp minimum beside a flat one: the rate decides which of the two can hold you.",
        height=height,
        slope=slope,
        bend=bend,
        minima=((-half, 0.0), (half, 0.0)),
        view=(-1.25 * distance, 1.25 * distance, -5.0 / 6.0 * distance, 5.0 / 6.0 * distance),
        start=(-0.6 * distance, 0.06 * distance),
    )


def ripples(curvature: float = 0.5, height: float = 0.5, spacing: float = 2.0) -> Surface:
    """Make a bowl under ripples, with a trough near every crossing of two ripples that is not too far out.

    L = Σ over u in (x, y) of curvature·u²/2 + height·(1 − cos(2πu/spacing))

    Args:
        curvature: the bowl's, above 0 and large enough for at most ten troughs a side.
        height: half the height of a ripple, above 0.
        spacing: from ripple to ripple, above 0.

    Returns:
        A `Surface` with all its local minima, the lowest first.

    Raises:
        ValueError: for a number out of its range.

    Source: Rastrigin 1974, with the ripples' height and spacing set free.

    >>> len(ripples().minima)
    9
    """
    amplitude = positive("height", height)
    curvature = positive("curvature", curvature)
    spacing = positive("spacing", spacing)
    wave = 2.0 * np.pi / spacing

    def slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
        gx[...] = curvature * x + amplitude * wave * np.sin(wave * x)
        gy[...] = curvature * y + amplitude * wave * np.sin(wave * y)

    def bend(x: Array, y: Array) -> tuple[Any, Any, Any]:
        return (
            curvature + amplitude * wave**2 * np.cos(wave * x),
            0.0,
            curvature + amplitude * wave**2 * np.cos(wave * y),
        )

    valleys = _valleys(curvature, amplitude, wave)
    reach = 3.0 * spacing
    return Surface(
        name="ripples",
        title="Ripples",
        formula=rf"\sum_{{u \in \{{x, y\}}}} \tfrac12 \cdot {curvature:g}\,u^2"
        rf" + {times(amplitude)}\bigl(1 - \cos(2\pi u/{spacing:g})\bigr)",
        purpose="A bowl under small waves: small rates settle in the nearest trough, larger ones step over it.",
        height=lambda x, y: (
            0.5 * curvature * (x * x + y * y) + amplitude * (2.0 - np.cos(wave * x) - np.cos(wave * y))
        ),
        slope=slope,
        bend=bend,
        minima=tuple(sorted(((x, y) for x in valleys for y in valleys), key=lambda point: np.hypot(*point))),
        view=(-reach, reach, -reach, reach),
        start=(-2.6 * spacing, 2.2 * spacing),
    )


def _valleys(curvature: float, amplitude: float, wave: float) -> list[float]:
    """Find the local minima of ½·curvature·u² + amplitude·(1 − cos(wave·u)), by bisection."""

    def rise(u: float) -> float:
        return float(curvature * u + amplitude * wave * np.sin(wave * u))

    # Beyond |u| = amplitude·wave/curvature the bowl is steeper than any ripple. Within it the n-th valley lies
    # where the slope rises through zero between its two turning points around n wavelengths, if it does.
    if amplitude * wave**2 <= curvature:
        return [0.0]
    wavelength = 2.0 * np.pi / wave
    furthest = amplitude * wave / curvature / wavelength
    if furthest > 10.0:
        raise ValueError(
            f"curvature is {curvature:g} under ripples of height {amplitude:g}, more than ten valleys on each "
            f"side; it must be at least {amplitude * wave / (10.0 * wavelength):.3g}."
        )
    turn = float(np.arccos(-curvature / (amplitude * wave**2)) / wave)
    valleys = [0.0]
    for n in range(1, int(furthest) + 2):
        low, high = n * wavelength - turn, n * wavelength + turn
        if rise(low) >= 0.0:
            break
        for _ in range(60):  # halves the bracket to below one unit in the last place
            middle = 0.5 * (low + high)
            low, high = (middle, high) if rise(middle) < 0.0 else (low, middle)
        valleys += [high, -high]
    return valleys
