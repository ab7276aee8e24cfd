"""The closed list of formulae against closed forms, and the reference range test against its golden values."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from lrlab.grading import range_curve
from lrlab.grading.formulas import FORMULAS
from tests.grading.test_log_formulas import CASES as LOG_CASES
from tests.grading.test_schedule_formulas import CASES as SCHEDULE_CASES
from tests.grading.test_trial_formulas import CASES as TRIAL_CASES

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "finder_curve.json").read_text())

CASES = [
    ("gradient", {"position": 3, "curvature": 2}, 6),
    ("stride", {"position": -3, "rate": 0.1, "curvature": 2}, 0.6),
    ("position_after_steps", {"start": 4, "rate": 0.5, "curvature": 1, "steps": 3}, 0.5),
    ("position_after_steps", {"start": 4, "rate": 3, "curvature": 1, "steps": 1}, -8),
    ("position_after_uphill_step", {"start": 4, "rate": 0.5, "curvature": 1}, 6),
    ("error_factor", {"rate": 2.5, "curvature": 1}, 1.5),
    ("error_after_steps", {"rate": 1.5, "curvature": 1, "steps": 3}, 0.125),
    ("rate_from_product", {"product": 1.5, "curvature": 3}, 0.5),
    ("inverse_curvature", {"curvature": 4}, 0.25),
    ("largest_stable_rate", {"curvature": 4}, 0.5),
    ("heavy_ball_limit", {"curvature": 1, "momentum": 0.9}, 3.8),
    ("nesterov_limit", {"curvature": 1, "momentum": 0.9}, 3.8 / 2.8),
    ("best_rate", {"flattest": 1, "steepest": 3}, 0.5),
    ("steps_to_shrink", {"factor": 0.01, "rate": 0.5, "curvature": 1}, 7),
    ("steps_to_grow", {"factor": 8, "rate": 3, "curvature": 1}, 3),
    ("steps_if_all_alike", {"rate": 0.1, "curvature": 2}, 5),
    ("scaled", {"value": 3, "factor": -2}, -6),
    ("ratio", {"value": 3, "to": 2}, 1.5),
    ("shifted", {"value": 3, "by": -2}, 1),
    ("dent_curvature", {"depth": 4, "width": 2}, 1),
    ("between_one_and_two", {"product": 0.9}, "below 1"),
    ("between_one_and_two", {"product": 1.9}, "between 1 and 2"),
    ("between_one_and_two", {"product": 2.0 + 1e-15}, "at 2"),
    ("between_one_and_two", {"product": 2.1}, "above 2"),
    ("arrival", {"rate": 0.5, "curvature": 1, "steps": 7}, "converged"),
    ("arrival", {"rate": 0.5, "curvature": 1, "steps": 6}, "crawling"),
    ("fastest_of_five", {"flattest": 1, "steepest": 4, "a": 0.1, "b": 0.25, "c": 0.4, "d": 0.49, "e": 0.6}, "c"),
    # 2/√(9·4): above 2/9, below 2/4
    ("rate_for_all_but_one", {"a": 9, "b": 1, "c": 4}, 1 / 3),
    ("sharpest_of_three", {"bowl": 4, "ravine": 25, "trough": 8}, "ravine"),
    ("decades_between", {"low": 0.01, "high": 10}, 3),
    # the golden curve's minimum, and where an average with .9 or .98 puts it: facts 21 and 22
    ("curve_minimum", {"shift": 0}, GOLDEN["minimum"]["rate"]),
    ("curve_steepest", {"shift": 0}, GOLDEN["steepest"]["rate"]),
    ("averaged_curve_minimum", {"shift": 0, "beta": 0.98}, 1.292),
    ("averaged_curve_minimum", {"shift": 0, "beta": 0.9}, 0.5094),
    ("rmsprop_first_step", {"rate": 0.002, "decay": 0.99}, 0.02),
    ("rmsprop_first_step", {"rate": 0.001, "decay": 0.9}, 0.001 * math.sqrt(10)),
    ("rmsprop_rate_for_first_step", {"step": 0.02, "decay": 0.99}, 0.002),
    # plain: 4·.9²; heavy ball: 3.6 − .1·(3.6 + .9·4); Adam's first step is its rate, .1·4
    ("raced_position", {"order": 1, "place": 1, "start": 4, "product": 0.1, "step": 2}, 3.24),
    ("raced_position", {"order": 2, "place": 1, "start": 4, "product": 0.1, "step": 2}, 2.88),
    ("raced_position", {"order": 3, "place": 1, "start": 4, "product": 0.1, "step": 1}, 3.6),
    ("raced_order", {"order": 1}, "plain-ball-adam"),
    ("raced_order", {"order": 2}, "ball-adam-plain"),
    ("raced_order", {"order": 3}, "adam-plain-ball"),
    # Armijo on ½λx² asks for a ≤ 2(1 − c)/λ: 0.39996 for λ = 5, 0.49995 for λ = 4, 1.9998 for λ = 1.
    ("backtracked_rate", {"curvature": 5, "first": 1, "sufficient": 1e-4, "shrink": 0.5}, 0.25),
    ("backtracked_rate", {"curvature": 4, "first": 1, "sufficient": 1e-4, "shrink": 0.5}, 0.25),
    ("backtracked_rate", {"curvature": 1, "first": 1, "sufficient": 1e-4, "shrink": 0.5}, 1),
    ("backtracked_rate", {"curvature": 5, "first": 0.3, "sufficient": 1e-4, "shrink": 0.5}, 0.3),
    # ten steps, each a gradient, two refused trials and an accepted one; one value at the start
    ("backtracking_bill", {"steps": 10, "shortenings": 2}, 41),
    # Newton's step on (y² − 1)²/4 is −(y³ − y)/(3y² − 1); at y = 1/√5 = 0.447 it leads to −y
    ("newton_position", {"position": 0.5}, -1),
    ("newton_position", {"position": 0.3}, 0.3 - 0.273 / 0.73),
    ("newton_on_a_pass", {"position": 0.44}, "pass"),
    ("newton_on_a_pass", {"position": 0.45}, "across"),
    ("newton_on_a_pass", {"position": 0.7}, "own"),
    ("newton_on_a_pass", {"position": -1.5}, "own"),
    ("slope_between_valleys", {"position": 0.5}, -0.375),
    ("curvature_between_valleys", {"position": 0.5}, -0.25),
    # 5·(1 + d) > 2·35 first at d = 14; 6·(1 + d) > 2·39 first at d = 13, since 6·13 is 78
    ("coordinates_to_be_dearer", {"newton_steps": 5, "calls": 35}, 14),
    ("coordinates_to_be_dearer", {"newton_steps": 6, "calls": 39}, 13),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_a_formula_gives_what_it_says(name, arguments, expected):
    assert set(FORMULAS[name].arguments) == set(arguments)
    result = FORMULAS[name].compute(**arguments)
    assert result == expected if isinstance(expected, str) else result == pytest.approx(expected, rel=1e-3)
    assert FORMULAS[name].gives_word == isinstance(result, str)


def test_fact_01_at_2_1_it_takes_145_steps_to_grow_a_millionfold():
    assert FORMULAS["steps_to_grow"].compute(factor=1e6, rate=2.1, curvature=1) == 145


def test_every_formula_has_a_sentence_and_a_case():
    tried = {name for name, _, _ in [*CASES, *LOG_CASES, *SCHEDULE_CASES, *TRIAL_CASES]} | {
        "curve_climb",
        "curve_ten_below",
    }
    assert tried == set(FORMULAS)
    assert all(formula.sentence.endswith(".") and formula.arguments for formula in FORMULAS.values())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("steps_to_shrink", {"factor": 0.01, "rate": 3, "curvature": 1}),
        ("steps_to_grow", {"factor": 10, "rate": 1, "curvature": 1}),
        ("largest_stable_rate", {"curvature": 0}),
    ],
)
def test_a_question_without_an_answer_is_refused(name, arguments):
    with pytest.raises(ValueError, match=r"\S"):
        FORMULAS[name].compute(**arguments)


def test_fact_21_the_reference_range_test_is_the_golden_curve():
    test = range_curve.range_test(0.0)
    kept = test.lengths[0]
    for index, loss in GOLDEN["losses"].items():
        if int(index) < kept:
            assert test.losses[0, int(index)] == pytest.approx(loss, rel=1e-9)
    assert kept > GOLDEN["first_above_four_times_the_best"]["index"]
    assert test.rates[GOLDEN["minimum"]["index"]] == pytest.approx(GOLDEN["minimum"]["rate"], rel=1e-9)


@pytest.mark.parametrize("shift", [-1.2, -0.4, 0.0, 0.3])
def test_the_whole_curve_moves_by_the_shift(shift):
    moved, still = range_curve.range_test(shift), range_curve.range_test(0.0)
    lowest = still.rates[np.nanargmin(still.losses[0])] * 10**shift
    assert moved.rates[np.nanargmin(moved.losses[0])] == pytest.approx(lowest, rel=0.2)


@pytest.mark.parametrize("shift", [-1.2, -0.8, -0.4, 0.0, 0.3])
def test_the_climb_lies_beyond_the_minimum_and_a_tenth_of_it_on_the_falling_side(shift):
    values = {
        name: FORMULAS[f"curve_{name}"].compute(shift=shift)
        for name in ("steepest", "ten_below", "minimum", "climb")
    }
    assert list(values) == sorted(values, key=values.__getitem__)
    assert values["climb"] == pytest.approx(10 * values["ten_below"])


def test_fact_22_an_average_of_98_moves_the_minimum_by_about_a_decade():
    lag = math.log10(range_curve.averaged_minimum(0.0, 0.98) / GOLDEN["minimum"]["rate"])
    assert lag == pytest.approx(1.05, abs=0.01)
    lag = math.log10(range_curve.averaged_minimum(0.0, 0.9) / GOLDEN["minimum"]["rate"])
    assert lag == pytest.approx(0.65, abs=0.01)
