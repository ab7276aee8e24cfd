"""What the exercises say of methods that choose their own step, for every number they may draw."""

import pytest

from lrlab.grading.formulas import FORMULAS


@pytest.mark.parametrize("curvature", [3, 5, 6, 7, 9, 11, 13, 20, 30, 50, 90])
def test_backtracking_crosses_the_minimum_and_never_halves_too_often(curvature):
    rate = FORMULAS["backtracked_rate"].compute(curvature=curvature, first=1, sufficient=1e-4, shrink=0.5)
    assert 1.0 < curvature * rate < 2.0


@pytest.mark.parametrize("position", [0.1, 0.2, 0.3, 0.4, 0.48, 0.5, 0.52])
def test_newton_goes_uphill_or_far_where_the_ground_curves_down(position):
    there = FORMULAS["newton_position"].compute(position=position)
    word = FORMULAS["newton_on_a_pass"].compute(position=position)
    assert FORMULAS["curvature_between_valleys"].compute(position=position) < 0.0
    assert (abs(there) < position) == (word == "pass")
    assert there < 0.0
