"""Where noise keeps plain descent: the spread it settles to around a minimum, and the loss that costs."""

from lrlab.descent.surface import finite, positive


def variance(rate: float, curvature: float, noise: float) -> float:
    """Return the variance that plain descent settles to on ½λx² when its gradient carries noise.

    Var = ασ²/(λ(2 − αλ)): each step forgets a part of the error and adds α²σ².

    Args:
        rate: α, in (0, 2/λ).
        curvature: λ, above 0.
        noise: σ, the standard deviation of the noise in the gradient, at least 0.

    Returns:
        Var, a float.

    Raises:
        ValueError: for a value out of its range; at 2/λ and beyond nothing settles.

    Source: Mandt, Hoffman and Blei 2017, section 3, before its limit of small rates.

    >>> variance(1.0, 1.0, 1.0)
    1.0
    """
    curvature, rate, noise = positive("curvature", curvature), positive("rate", rate), finite("noise", noise)
    if rate * curvature >= 2.0:
        raise ValueError(f"rate is {rate}; it must lie in (0, {2.0 / curvature:g}), or nothing settles.")
    if noise < 0.0:
        raise ValueError(f"noise is {noise}; it must be at least 0.")
    return rate * noise**2 / (curvature * (2.0 - rate * curvature))


def floor(rate: float, curvature: float, noise: float) -> float:
    """Return the mean loss that plain descent settles to on ½λx² when its gradient carries noise.

    ½λ·Var = ασ²/(2(2 − αλ)), about ασ²/4 for small rates: the curvature drops out. The mean of B gradients has
    σ²/B for its variance, so that the floor goes with α/B.

    Args:
        rate: α, in (0, 2/λ).
        curvature: λ, above 0.
        noise: σ, at least 0.

    Returns:
        The mean loss, a float.

    Raises:
        ValueError: for a value out of its range.

    Source: as for `variance`.

    >>> floor(1.0, 1.0, 1.0)
    0.5
    """
    return 0.5 * curvature * variance(rate, curvature, noise)
