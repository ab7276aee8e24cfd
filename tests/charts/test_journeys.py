"""The pictures of methods that choose their own step: titled axes, honest edges, and a text with the numbers."""

import numpy as np
import pytest

from lrlab.charts.journeys import CEILING, FLOOR, journeys_chart, strides_chart
from lrlab.descent.arrivals import account
from lrlab.descent.automatic import travel


def raced(surface, *methods, steps=40):
    journeys = [travel(surface, method, steps=steps) for method in methods]
    return journeys, [account(journey) for journey in journeys]


CHARTS = {
    "steps": lambda: journeys_chart(*raced("rosenbrock", "newton", "bfgs", "fixed"), most=40),
    "evaluations": lambda: journeys_chart(
        *raced("rosenbrock", "newton", "bfgs"), across="evaluations", most=100
    ),
    "nobody arrives": lambda: journeys_chart(*raced("saddle", "newton"), most=40),
    "somebody is lost": lambda: journeys_chart(*raced("rosenbrock", "bb1", steps=200), most=200),
    "strides on a quadratic": lambda: strides_chart(raced("bowl", "exact", "bb1", "polyak")[0], most=40),
    "strides elsewhere": lambda: strides_chart(raced("beale", "bfgs", "newton")[0], most=40),
}


def encodings(spec):
    found = [spec["encoding"]] if "encoding" in spec else []
    for part in spec.get("layer", []):
        found += encodings(part)
    return found


def rows(spec):
    return [row for data in spec["datasets"].values() for row in data]


@pytest.mark.parametrize("name", CHARTS)
def test_axes_have_titles_and_the_picture_a_text(name):
    spec = CHARTS[name]().to_dict()
    for channel in "xy":
        titles = {each[channel]["title"] for each in encodings(spec) if "title" in each.get(channel, {})}
        assert len(titles) == 1
    assert len(spec["description"]) > 40
    assert any(sign.isdigit() for sign in spec["description"])
    assert "background" not in spec


def test_arrivals_are_told_and_marked_in_steps_and_in_evaluations():
    # Newton: five steps of one gradient and one Hessian each, 15 evaluations. BFGS: SciPy's 28th step, after 35 calls.
    journeys, accounts = raced("rosenbrock", "newton", "bfgs")
    by_steps = journeys_chart(journeys, accounts, most=40).to_dict()
    assert "Newton arrives at 5; BFGS arrives at 28" in by_steps["description"]
    by_price = journeys_chart(journeys, accounts, across="evaluations", most=100).to_dict()
    assert "Newton arrives at 15; BFGS arrives at 70" in by_price["description"]
    marked = {row["method"]: row["at"] for row in rows(by_price) if "word" in row}
    assert marked == {"Newton": 15, "BFGS": 70}


def test_what_does_not_fit_is_drawn_on_the_edge_and_keeps_its_value():
    journeys, accounts = raced("bowl", "newton", "fixed")
    low = [
        row for row in rows(journeys_chart(journeys, accounts, most=40).to_dict()) if row.get("loss") == 0.0
    ]
    assert [row["height"] for row in low] == [FLOOR]
    journeys, accounts = raced("rosenbrock", "bb1", steps=30)
    drawn = [row for row in rows(journeys_chart(journeys, accounts, most=30).to_dict()) if "loss" in row]
    highest = max(drawn, key=lambda row: row["loss"])
    assert highest["loss"] > CEILING * 24.2
    assert highest["height"] == pytest.approx(CEILING * 24.2)


def test_nothing_beyond_the_budget_is_drawn():
    journeys, accounts = raced("rosenbrock", "armijo", steps=40)
    spec = journeys_chart(journeys, accounts, across="evaluations", most=40).to_dict()
    assert max(row["at"] for row in rows(spec)) <= 40
    assert journeys[0].evaluations[-1] > 300


def test_strides_on_a_quadratic_stand_beside_its_limits():
    # The bowl's curvatures are 1 and 4.5; the exact line search stays between their inverses.
    spec = strides_chart(raced("bowl", "exact")[0], most=40).to_dict()
    marks = {row["mark"]: row["rate"] for row in rows(spec) if "mark" in row}
    assert marks == pytest.approx({"1/L": 1 / 4.5, "2/L": 2 / 4.5, "1/μ": 1.0})
    drawn = [row["rate"] for row in rows(spec) if "step" in row]
    assert 1 / 4.5 - 1e-9 <= min(drawn) <= max(drawn) <= 1.0 + 1e-9
    assert "1/L = 0.222, 2/L = 0.444, 1/μ = 1" in spec["description"]


def test_hue_dash_and_shape_change_together():
    spec = CHARTS["steps"]().to_dict()
    for channel, count in (("color", 3), ("strokeDash", 3), ("shape", 3)):
        scales = [each[channel]["scale"]["range"] for each in encodings(spec) if channel in each]
        assert all(len({str(look) for look in scale}) == count for scale in scales)
    assert np.ndim(scales[0]) == 1
