"""Everyone's rates on one curve: a rate keeps its place to the door, whatever numbers its student had."""

import math
from pathlib import Path

import pytest

from lrlab.grading import load_track, variant
from lrlab.grading.class_curve import carried, class_curve, heights

ONE_STEP = "first-step/home-in-one-step"


@pytest.fixture(scope="module")
def bowls():
    """One step to the bottom of ½·λx²: the door is |1 − αλ| ≤ 0.02, so from 0.98/λ to 1.02/λ, for λ of 2 and 0.5."""
    exercise = load_track(Path(__file__).parents[2] / "exercises").exercises[ONE_STEP]
    return [variant(exercise, 1, {"curvature": curvature, "start": 4.0}) for curvature in (2.0, 0.5)]


def test_the_door_and_the_steps_are_those_of_the_closed_form(bowls):
    curve = class_curve(bowls[0])
    ((low, high),) = curve.openings
    assert (low, high) == (pytest.approx(0.49, rel=1e-3), pytest.approx(0.51, rel=1e-3))
    assert curve.bar == 1
    assert min(curve.values) == 1  # the door is narrower than the grid, and still on the curve
    # With α = 0.3 a step leaves |1 − 0.6| = 0.4 of the way: 0.4⁴ = 0.026 is too far, 0.4⁵ = 0.010 is near.
    assert heights(bowls[0], [0.5, 0.3, 2.0]).tolist() == [1, 5, math.inf]


@pytest.mark.parametrize(
    ("rate", "there"),
    [(0.049, 0.196), (0.49, 1.96), (0.5, 2.0), (0.51, 2.04), (5.1, 20.4)],
)
def test_a_rate_keeps_its_factor_to_the_door(bowls, rate, there):
    steep, gentle = bowls
    assert carried(steep, gentle, rate) == pytest.approx(there, rel=2e-3)
    assert carried(gentle, steep, there) == pytest.approx(rate, rel=2e-3)
