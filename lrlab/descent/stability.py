"""What curvature says about the rate: limits, best rates, factors, and how many steps they take.

λ is a curvature, an eigenvalue of the Hessian; on a quadratic the statements are exact, elsewhere they are local.
Plain descent multiplies the error along each eigenvector by 1 − αλ a step.
"""

import cmath
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import optimizers
from lrlab.descent.limits import LINEAR, largest_product, limit
from lrlab.descent.optimizers import Optimizer
from lrlab.descent.surface import Surface, finite, positive

__all__ = [
    "LINEAR", "HeavyBall", "best_heavy_ball", "best_rate", "factor", "growth", "guaranteed_decrease",
    "largest_product", "limit", "sharpness", "steps_to",
]  # fmt: skip

MOST_STEPS = 1_000_000
"""How far `steps_to` looks where there is no closed form."""


def factor(rate: float, curvature: float) -> float:
    """Return what one step of plain descent multiplies the error by.

    1 − αλ: between 0 and 1 the error shrinks from one side; below 0 the step overshoots; at −1 it bounces for
    ever; beyond −1 it grows.

    Args:
        rate: α, any finite number.
        curvature: λ, any finite number.

    Returns:
        A float, with its sign.

    Raises:
        ValueError: for a number that is not finite.

    Source: θ − αλθ.

    >>> round(factor(0.3, 4.5), 12)
    -0.35
    """
    return 1.0 - finite("rate", rate) * finite("curvature", curvature)


def growth(optimizer: str | Optimizer, rate: float, curvature: float, **coefficients: float) -> float:
    """Return what one step multiplies the error by in the long run, as a size.

    The largest root, in absolute value, of z² − tz + d, where for heavy ball (a = αλ(1 − dampening))
    t = 1 + β − a and d = β; for Nesterov t = (1 + β)(1 − a) and d = β(1 − a); for descent z = 1 − a.

    Args:
        optimizer: sgd, momentum or nesterov.
        rate: α, at least 0.
        curvature: λ, any sign.
        **coefficients: the optimizer's, by PyTorch's names.

    Returns:
        A float, at least 0; below 1 is stable.

    Raises:
        ValueError: for a rule that is not linear, or a bad coefficient.

    Source: the eigenvalues of the rule's one-step matrix; Goh 2017, "Why momentum really works".

    >>> round(growth("momentum", 0.5, 1.0, momentum=0.81), 12)
    0.9
    """
    _, trace, determinant = _recurrence(optimizer, rate, curvature, coefficients)
    half_gap = cmath.sqrt(trace * trace / 4.0 - determinant)
    return max(abs(trace / 2.0 + half_gap), abs(trace / 2.0 - half_gap))


def _recurrence(
    optimizer: str | Optimizer, rate: float, curvature: float, coefficients: Mapping[str, float]
) -> tuple[float, float, float]:
    """Return (e₁, t, d) of the error started at rest from e₀ = 1: e_{n+1} = t·e_n − d·e_{n−1}."""
    rule = optimizers.named(optimizer)
    if rule.name not in LINEAR:
        raise ValueError(
            f"optimizer is {rule.name!r}; only {', '.join(LINEAR)} have one factor for every step."
        )
    settings = rule.complete(coefficients)
    product = finite("rate", rate) * (finite("curvature", curvature) + settings["weight_decay"])
    if rule.name == "sgd":
        return 1.0 - product, 1.0 - product, 0.0
    beta = settings["momentum"]
    if rule.name == "momentum":  # the first gradient is taken whole, whatever the dampening
        return 1.0 - product, 1.0 + beta - product * (1.0 - settings["dampening"]), beta
    return 1.0 - product * (1.0 + beta), (1.0 + beta) * (1.0 - product), beta * (1.0 - product)


def best_rate(curvatures: Sequence[float]) -> float:
    """Return the best fixed rate of plain descent for these curvatures.

    α = 2/(λ_max + λ_min), with the factor (κ − 1)/(κ + 1) in both extreme directions, κ = λ_max/λ_min

    Args:
        curvatures: any number of curvatures, all above 0; only the extremes matter.

    Returns:
        A float, the rate.

    Raises:
        ValueError: for a curvature that is not above 0, or none at all.

    Source: Polyak 1963; Goh 2017.

    >>> best_rate((1.0, 3.0))
    0.5
    """
    low, high = _extremes(curvatures)
    return 2.0 / (low + high)


@dataclass(frozen=True)
class HeavyBall:
    """The best heavy ball for a range of curvatures, and what a step multiplies the error by in the long run."""

    rate: float
    momentum: float
    factor: float


def best_heavy_ball(curvatures: Sequence[float]) -> HeavyBall:
    """Return the heavy ball that is fastest on these curvatures.

    α = (2/(√λ_min + √λ_max))², β = ((√κ − 1)/(√κ + 1))², and every direction shrinks by √β a step.

    Args:
        curvatures: any number of curvatures, all above 0; only the extremes matter.

    Returns:
        A `HeavyBall`.

    Raises:
        ValueError: for a curvature that is not above 0.

    Source: Polyak 1964. (The figure 2√β in one well-known article is a slip: the roots have modulus √β.)

    >>> best_heavy_ball((1.0, 9.0))
    HeavyBall(rate=0.25, momentum=0.25, factor=0.5)
    """
    low, high = (math.sqrt(curvature) for curvature in _extremes(curvatures))
    shrink = (high - low) / (high + low)
    return HeavyBall(rate=(2.0 / (low + high)) ** 2, momentum=shrink**2, factor=shrink)


def steps_to(
    optimizer: str | Optimizer,
    rate: float,
    curvatures: Sequence[float],
    tolerance: float,
    **coefficients: float,
) -> int | None:
    """Return after how many steps on a quadratic the error in every direction stays within `tolerance` of its start.

    For descent the smallest n with max |1 − αλ|ⁿ ≤ tolerance; with momentum the recurrence is followed from rest.

    Args:
        optimizer: sgd, momentum or nesterov.
        rate: α, at least 0.
        curvatures: the eigenvalues of the Hessian, all above 0.
        tolerance: a fraction of the starting error, in (0, 1).
        **coefficients: the optimizer's, by PyTorch's names.

    Returns:
        An int, or None where the error does not shrink (with momentum: or not within a million steps).

    Raises:
        ValueError: for a value out of its range, or a rule that is not linear.

    Source: the recurrences themselves.

    >>> steps_to("sgd", 0.5, (1.0,), 0.01)
    7
    """
    if not 0.0 < finite("tolerance", tolerance) < 1.0:
        raise ValueError(f"tolerance is {tolerance!r}; it must lie in (0, 1).")
    needed = 1
    for curvature in curvatures:
        shrink = growth(optimizer, rate, positive("curvatures", curvature), **coefficients)
        if shrink >= 1.0:
            return None
        steps = _steps_in(shrink, tolerance, *_recurrence(optimizer, rate, curvature, coefficients))
        if steps is None:
            return None
        needed = max(needed, steps)
    return needed


def _steps_in(shrink: float, tolerance: float, error: float, trace: float, determinant: float) -> int | None:
    """Return the first step from which e_{n+1} = trace·e_n − determinant·e_{n−1} stays within the tolerance."""
    if trace == error and determinant == 0.0:  # no memory: e_n = eⁿ
        if shrink <= tolerance:
            return 1
        steps = round(math.log(tolerance) / math.log(shrink))
        return steps if shrink**steps <= tolerance else steps + 1
    before, last_outside, bound = 1.0, 0, abs(error) + shrink
    for step in range(1, MOST_STEPS):
        if abs(error) > tolerance:
            last_outside = step
        # |e_n| ≤ n·ρⁿ⁻¹·(|e₁| + ρ), which falls once n > 1/ln(1/ρ): from there on nothing comes back out.
        if step * shrink ** (step - 1) * bound <= tolerance and step * -math.log(shrink or 1e-300) > 1.0:
            return last_outside + 1
        before, error = error, trace * error - determinant * before
    return None


def guaranteed_decrease(rate: float, curvature: float, gradient_norm: float) -> float:
    """Return by how much one step of plain descent lowers the loss at least.

    L(θ) − L(θ − αg) ≥ ½α(2 − αL)‖g‖², positive for α < 2/L and largest at α = 1/L

    Args:
        rate: α, at least 0.
        curvature: L, a bound on the curvature along the step.
        gradient_norm: ‖g‖.

    Returns:
        A float; below 0 nothing is guaranteed.

    Raises:
        ValueError: for a number that is not finite.

    Source: the descent lemma; Nesterov 2004, 1.2.3.

    >>> guaranteed_decrease(0.5, 2.0, 2.0)
    1.0
    """
    rate, curvature = finite("rate", rate), finite("curvature", curvature)
    return 0.5 * rate * (2.0 - rate * curvature) * finite("gradient_norm", gradient_norm) ** 2


def sharpness(surface: Surface, points: ArrayLike) -> NDArray[np.float64]:
    """Return the largest eigenvalue of the Hessian.

    (xx + yy)/2 + √((xx − yy)²/4 + xy²)

    Args:
        surface: any.
        points: shape (…, 2).

    Returns:
        float64 (…).

    Raises:
        ValueError: for points of another shape.

    Source: the closed form of a symmetric 2×2 matrix.

    >>> from lrlab.descent import SURFACES
    >>> float(sharpness(SURFACES["bowl"], (1.0, 1.0)))
    4.5
    """
    hessian = surface.hessian(points)
    xx, xy, yy = hessian[..., 0, 0], hessian[..., 0, 1], hessian[..., 1, 1]
    if surface.dimension == 1:
        return np.asarray(xx)
    return np.asarray(0.5 * (xx + yy) + np.hypot(0.5 * (xx - yy), xy))


def _extremes(curvatures: Sequence[float]) -> tuple[float, float]:
    checked = [positive("curvatures", curvature) for curvature in curvatures]
    if not checked:
        raise ValueError("curvatures is empty; it must hold at least one number.")
    return min(checked), max(checked)
