"""Every chart is a valid picture with titled axes and a text that says, in numbers, what it shows."""

import numpy as np
import pytest

from lrlab.charts.losses import losses_chart
from lrlab.charts.range_test import range_curve_chart, range_test_chart
from lrlab.charts.response import response_chart
from lrlab.charts.verification import verification_chart
from lrlab.descent import descend
from lrlab.descent.outcomes import endings
from lrlab.finder import range_test, suggestions, verify
from lrlab.training import load

RATES = (0.01, 0.1, 0.2, 0.3, 0.4, 0.43, 0.5, 1.0)


def response(**options):
    run = descend("bowl", "sgd", RATES, steps=60)
    return response_chart(run, endings(run), **options)


def _range_test_with_rules():
    test = range_test(load("iris"), "linear", batch_size=16, seeds=(0, 1))
    return range_test_chart(test, suggestions(test))


CHARTS = {
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
