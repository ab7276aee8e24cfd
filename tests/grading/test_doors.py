"""Which rates pass: doors against closed forms."""

import math

import pytest

from lrlab.grading import variant
from lrlab.grading.kinds.doors import bests, door

BOWL = 'surface = "bowl"\nshape = {{ curvatures = [{low}, {high}] }}\nstart = {start}'
LINE = 'surface = "bowl_1d"\nshape = { curvature = "curvature" }\nstart = [4, 0]'


@pytest.fixture(scope="module")
def found(made):
    """The door of a bowl with two curvatures, a start and a budget."""

    def find(low, high, start, budget, slider="low = 0.001, high = 100"):
        exercise = made(
            "rate",
            (LINE, BOWL.format(low=low, high=high, start=start)),
            ("budget = 10", f"budget = {budget}"),
            ("low = 0.001, high = 100", slider),
        )
        return door(variant(exercise, 0))

    return find


def test_fact_37_a_condition_of_10_cannot_be_solved_in_20_steps(found):
    nothing = found(0.1, 1.0, [1, 1], 20)
    assert nothing.openings == ()
    assert (nothing.decades, nothing.guess) == (0.0, 0.0)


def test_fact_37_in_50_steps_the_door_is_from_880_to_1912(found):
    # |1 − .1α|⁵⁰ ≤ .01 along the flat axis, |1 − α|⁵⁰ ≤ .01 along the steep one
    (flat,) = found(0.1, 1.0, [1, 0], 50).openings
    (steep,) = found(0.1, 1.0, [0, 1], 50).openings
    assert flat[0] == pytest.approx(10 * (1 - 0.01 ** (1 / 50)), rel=1e-6)
    assert steep[1] == pytest.approx(1 + 0.01 ** (1 / 50), rel=1e-6)
    assert (round(flat[0], 3), round(steep[1], 3)) == (0.880, 1.912)
    assert math.log10(steep[1] / flat[0]) == pytest.approx(0.337, abs=1e-3)


def test_fact_37_a_round_bowl_in_10_steps_opens_from_369_to_1631(found):
    result = found(1.0, 1.0, [3, 4], 10)
    ((low, high),) = result.openings
    assert (round(low, 3), round(high, 3)) == (0.369, 1.631)
    assert result.decades == pytest.approx(0.645, abs=1e-3)
    assert result.guess == pytest.approx(0.645 / 5, abs=1e-3)


def test_a_door_that_the_slider_cuts_ends_at_the_slider(found):
    ((low, high),) = found(1.0, 1.0, [3, 4], 10, slider="low = 0.001, high = 1").openings
    assert (round(low, 3), high) == (0.369, 1.0)


def test_a_narrow_door_is_found(found):
    # One step to 1 %: rates within 1 % of 1/λ.
    ((low, high),) = found(1.0, 1.0, [3, 4], 1).openings
    assert (low, high) == (pytest.approx(0.99, abs=1e-5), pytest.approx(1.01, abs=1e-5))


def test_a_door_may_have_more_than_one_opening(made):
    # On two curvatures, one step serves the one or the other when half of the way may be left.
    exercise = made(
        "rate",
        (LINE, 'surface = "two_wells"'),
        ("budget = 10\ntolerance = 0.01", "budget = 40\ntolerance = 0.05"),
    )
    result = door(variant(exercise, 0))
    assert len(result.openings) > 1
    assert result.decades == pytest.approx(sum(math.log10(high / low) for low, high in result.openings))


def test_the_best_rate_is_near_one_over_the_curvature_and_none_where_none_passes(made):
    task = variant(made("rate"), 0, {"curvature": 0.5})
    # |1 − αλ|² ≤ .01 within 10 % of 1/λ; the sweep need not hold a rate within 1 %, for which one step is enough.
    assert bests(task).rate == pytest.approx(2.0, rel=0.1)
    assert bests(task).steps in (1, 2)
    assert bests(variant(made("rate", ("tolerance = 0.01", "tolerance = 1e-300")), 0)) is None
