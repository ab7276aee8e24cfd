"""What an answer led to, drawn and told from the same numbers; nothing is given away before it is earned."""

import math

import pytest

from lrlab.charts.answers import (
    curves_chart,
    response_points_chart,
    run_chart,
    trained_chart,
    tries_chart,
)
from lrlab.grading.evidence import Curve, Curves, Response

STEPS = tuple(map(float, range(1000)))
SHRINKING = Curve("A", STEPS, tuple(8.0 * 0.99**step for step in range(1000)))
EXPLODING = Curve("B", STEPS[:4], (8.0, 80.0, 1e200, math.inf))
GRID = Response("validation loss", (0.01, 0.1, 1.0), (0.5, 0.2, math.inf), ((0.03, 0.4),), 0.22, (0.1, 0.2))


def rows(chart):
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def domain(chart):
    found = chart.to_dict()
    layers = found.get("layer", [found])
    return layers[0]["encoding"]["y"]["scale"]["domain"]


def test_a_run_that_explodes_does_not_press_the_others_flat():
    low, high = domain(curves_chart(Curves("step", "loss", (SHRINKING, EXPLODING))))
    assert (low, high) == (pytest.approx(8.0 * 0.99**999), 8000.0)
    low, high = domain(curves_chart(Curves("step", "loss", (SHRINKING, EXPLODING), log=False)))
    assert -2.0 < low <= 0.0
    assert 32.0 <= high < 35.0


def test_long_lines_are_thinned_and_keep_their_ends():
    places = {row["place"] for row in rows(curves_chart(Curves("step", "loss", (SHRINKING,))))}
    assert len(places) <= 400
    assert {0.0, 999.0} <= places


def test_curves_are_told_as_they_are_drawn():
    text = curves_chart(Curves("step", "loss", (SHRINKING, EXPLODING))).to_dict()["description"]
    assert text.startswith("Loss over step: A goes from 8 to 0.000349, lowest 0.000349")
    assert "B goes from 8 to 1e+200, and is no number after 2, lowest 8" in text


def test_one_of_several_runs_has_the_axes_of_all():
    both = (SHRINKING, EXPLODING)
    assert domain(run_chart(SHRINKING, both, upward="loss")) == domain(
        run_chart(EXPLODING, both, upward="loss")
    )
    assert run_chart(SHRINKING, both, upward="loss").to_dict()["description"].startswith("Run A goes from 8")


def test_what_the_grid_found_is_shown_only_when_it_was_earned():
    hidden, revealed = trained_chart(GRID, revealed=False), trained_chart(GRID)
    assert {row["rate"] for row in rows(hidden) if "rate" in row} == {0.03}
    assert {row["rate"] for row in rows(revealed) if "rate" in row} == {0.01, 0.03, 0.1}
    told = hidden.to_dict()["description"]
    assert "0.03 led to 0.4" in told
    assert "Up to 0.22 passes" in told
    assert "0.2." not in told
    assert "the best is 0.1 with 0.2" in revealed.to_dict()["description"]


def test_a_trial_that_broke_down_is_told_and_not_drawn():
    chart = tries_chart([(0.1, 0.5), (10.0, math.inf)], 0.001, 100.0, measure="validation loss")
    assert {row["rate"] for row in rows(chart)} == {0.1}
    assert "0.1 led to 0.5; 10 led to a breakdown" in chart.to_dict()["description"]


def test_a_response_to_be_read_names_its_lowest_point_in_words():
    text = response_points_chart((0.01, 0.1, 1.0), (0.5, 0.2, 0.9)).to_dict()["description"]
    assert text == (
        "Loss reached against the learning rate, 3 trainings from 0.01 to 1: the lowest is 0.2 at 0.1."
    )
