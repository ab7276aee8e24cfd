"""What methods that choose their own step do on the ground of an exercise; rows of `formulas.FORMULAS`."""

from math import floor

from lrlab.descent.automatic import travel
from lrlab.descent.quadratics import bowl_1d
from lrlab.descent.surfaces import SURFACES


def backtracked_rate(curvature: float, first: float, sufficient: float, shrink: float) -> float:
    """The rate at which backtracking stops on ½λx²: the first one for which Armijo's condition holds."""
    settings = {"first": first, "sufficient": sufficient, "shrink": shrink}
    return float(travel(bowl_1d(curvature), "armijo", 1.0, steps=1, **settings).rates[0])


def backtracking_bill(steps: float, shortenings: float) -> float:
    """Evaluations of a run whose every step is shortened so often: s·(1 + trials) + 1 for the start's value."""
    return round(steps) * (round(shortenings) + 2.0) + 1.0


def newton_on_a_pass(position: float) -> str:
    """Where Newton's step leads on (y² − 1)²/4: to the `pass` at 0, `across` it, or into its `own` valley."""
    here, there = travel("saddle", "newton", (0.0, position), steps=1).points[:, 1]
    if abs(there) < abs(here) < 1.0:
        return "pass"
    return "own" if there * here > 0.0 else "across"


def newton_position(position: float) -> float:
    """Where Newton's step leads on (y² − 1)²/4, as a coordinate."""
    return float(travel("saddle", "newton", (0.0, position), steps=1).points[1, 1])


def slope_between_valleys(position: float) -> float:
    """The slope of (y² − 1)²/4: y³ − y."""
    return float(SURFACES["saddle"].gradient((0.0, position))[1])


def curvature_between_valleys(position: float) -> float:
    """The curvature of (y² − 1)²/4: 3y² − 1."""
    return float(SURFACES["saddle"].hessian((0.0, position))[1, 1])


def coordinates_to_be_dearer(newton_steps: float, calls: float) -> float:
    """From how many coordinates on Newton's steps cost more than so many calls for a value and a gradient.

    A Newton step costs a gradient and a Hessian, and a Hessian one gradient per coordinate: s(1 + d) > 2c.
    """
    return float(floor(2.0 * calls / newton_steps - 1.0) + 1)
