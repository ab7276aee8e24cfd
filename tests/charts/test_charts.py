"""Every chart is a valid picture with titled axes and a text that says, in numbers, what it shows."""

import numpy as np
import pytest

from lrlab.charts.classes import Bar, Dot, class_response_chart, histogram_chart, votes_chart
from lrlab.charts.losses import losses_chart
from lrlab.charts.range_test import range_curve_chart, range_test_chart
from lrlab.charts.response import response_chart
from lrlab.charts.verification import verification_chart
from lrlab.descent import descend
from lrlab.descent.outcomes import endings
from lrlab.finder import range_test, suggestions, verify
from lrlab.grading.evidence import ResponseCurve
from lrlab.training import load

RATES = (0.01, 0.1, 0.2, 0.3, 0.4, 0.43, 0.5, 1.0)


def response(**options):
    run = descend("bowl", "sgd", RATES, steps=60)
    return response_chart(run, endings(run), **options)


def _range_test_with_rules():
    test = range_test(load("iris"), "linear", batch_size=16, seeds=(0, 1))
    return range_test_chart(test, suggestions(test))


CURVE = ResponseCurve("steps", (0.01, 0.1, 1.0, 10.0), (np.inf, 12, 5, np.inf), 20, ((0.05, 2.0),))
DOTS = [
    Dot(0.01, np.inf, "too small"),
    Dot(0.5, 6, "passes"),
    Dot(0.501, 6, "passes"),
    Dot(900.0, np.inf, "too large"),
]
BARS = [
    Bar("0.1", "first vote", 4, True),
    Bar("0.9", "first vote", 6, False),
    Bar("0.1", "second vote", 9, True),
]

CHARTS = {
    "the class's response": lambda: class_response_chart(CURVE, DOTS),
    "votes": lambda: votes_chart(BARS),
    "histogram": lambda: histogram_chart(
        [0.1, 1.0, 10.0], [1, 0, 2, 1], across="rate", band=(0.5, 2.0), inside="the door"
    ),
    "response, hidden": lambda: response(tried=(1,), revealed=False),
    "response, revealed": lambda: response(tried=(0, 2, 6), marks={"2/L": 0.444}),
    "range test": _range_test_with_rules,
    "bare range curve": lambda: range_curve_chart([1e-3, 1e-2, 1e-1], [2.3, 1.0, 4.0]),
    "verification": lambda: verification_chart(verify(load("iris"), "linear", 0.1, steps=40)),
    "losses": lambda: losses_chart(range(4), [1.0, 0.5, 0.3, 0.2]),
    "losses that end": lambda: losses_chart(range(4), [1.0, 50.0, 3000.0, np.inf]),
}


def encodings(spec):
    """Every x and y channel in a chart, layers included."""
    found = [spec["encoding"]] if "encoding" in spec else []
    for part in spec.get("layer", []):
        found += encodings(part)
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_axes_have_titles_and_the_picture_a_text(name):
    chart = CHARTS[name]()
    spec = chart.to_dict()
    titles = {channel: set() for channel in "xy"}
    for encoding in encodings(spec):
        for channel in "xy":
            if "title" in encoding.get(channel, {}):
                titles[channel].add(encoding[channel]["title"])
    assert len(titles["x"]) == 1
    assert len(titles["y"]) == 1
    assert len(spec["description"]) > 40
    assert any(sign.isdigit() for sign in spec["description"])


@pytest.mark.parametrize("name", CHARTS)
def test_no_chart_sets_a_ground_of_its_own(name):
    spec = CHARTS[name]().to_dict()
    assert "background" not in spec
    assert "background" not in spec.get("config", {}).get("view", {})


def test_the_response_curve_tells_which_rates_arrive():
    # On the bowl with λ = 1 and 4.5, 60 steps reach 1 % for rates from about .074 to just below 2/4.5 = .444.
    text = response(tried=()).to_dict()["description"]
    assert "rates from 0.1 to 0.43 settle within 60 steps" in text


def test_a_hidden_response_curve_gives_nothing_away():
    spec = response(tried=(1,), revealed=False).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data]
    assert {row["rate"] for row in rows} == {0.1}
    assert "settle within" not in spec["description"]


def test_the_range_test_names_every_rule_and_its_rate():
    test = range_test(load("iris"), "linear", batch_size=16)
    rules = suggestions(test)
    text = range_test_chart(test, rules).to_dict()["description"]
    for rule in rules:
        assert f"{rule.title} {'no rate' if rule.rate is None else format(rule.rate, '.3g')}" in text


def test_a_loss_that_dies_is_marked_where_it_died():
    chart = losses_chart(range(5), [1.0, 4.0, 16.0, np.inf, np.nan])
    assert "stops being a number at step 3" in chart.to_dict()["description"]


def test_losses_over_many_decades_get_a_log_axis():
    assert (
        "log scale"
        in losses_chart(range(3), [1000.0, 1.0, 0.001]).to_dict()["layer"][0]["encoding"]["y"]["title"]
    )
    assert losses_chart(range(3), [3.0, 2.0, 1.0]).to_dict()["layer"][0]["encoding"]["y"]["title"] == "loss"


def rows_of(spec, *columns):
    """The rows of the one data set of a chart that has these columns."""
    (found,) = [rows for rows in spec["datasets"].values() if rows and set(columns) <= set(rows[0])]
    return found


def test_rates_that_nearly_coincide_are_one_dot_with_their_count_and_none_is_lost_off_the_slider():
    spec = class_response_chart(CURVE, DOTS).to_dict()
    heaps = {row["side"]: row for row in rows_of(spec, "side", "students")}
    assert {side: row["students"] for side, row in heaps.items()} == {
        "too small": 1, "passes": 2, "too large": 1,
    }  # fmt: skip
    assert heaps["too large"]["rate"] == pytest.approx(10.0)  # 900 is off the slider, which ends at 10
    assert heaps["too large"]["steps"] > CURVE.bar  # it never settles, and stands in the top row
    assert "0.05 to 2" in spec["description"]
    assert "1 too small, 2 passes, 1 too large" in spec["description"]


def test_a_curve_breaks_where_runs_never_settle():
    spec = class_response_chart(CURVE, []).to_dict()
    assert [row["rate"] for row in rows_of(spec, "stretch")] == [0.1, 1.0]


def test_votes_say_in_words_what_their_colour_says():
    spec = votes_chart(BARS).to_dict()
    assert [row["said"] for row in rows_of(spec, "said")] == [
        "✓ 4, first vote", "✕ 6, first vote", "✓ 9, second vote",
    ]  # fmt: skip
    assert "0.9 (not right), first vote: 6 students" in spec["description"]


def test_a_histogram_heaps_what_is_off_its_axis_at_the_ends():
    spec = CHARTS["histogram"]().to_dict()
    rows = rows_of(spec, "answers")
    assert [(row["low"], row["answers"]) for row in rows] == [
        (pytest.approx(0.01), 1), (0.1, 0), (1.0, 2), (10.0, 1),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="4 counts"):
        histogram_chart([1.0, 2.0, 4.0], [1], across="rate", band=None, inside="")
