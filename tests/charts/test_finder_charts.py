"""The finder's charts: what is drawn is what was measured, and the text says it in numbers."""

import numpy as np
import pytest

from lrlab.charts.lag import lag_chart
from lrlab.charts.linear_ramp import linear_ramp_chart
from lrlab.charts.regrets import regrets_chart
from lrlab.finder import Suggestion
from lrlab.finder.lag import lag
from lrlab.finder.linear_ramp import linear_ramp
from lrlab.finder.range_test import record
from lrlab.finder.regrets import regrets
from lrlab.training import load

RATES = 1e-7 * (10 / 1e-7) ** (np.arange(100) / 99)
DECADES = np.log10(RATES)
LOSSES = 2.3 - 1.8 / (1 + np.exp(-3 * (DECADES + 2.5))) + np.exp(4 * (DECADES - 0.2))
BETAS = (0.02, 0.5, 0.98)


def late():
    return lag(record(RATES, [LOSSES], (0,)), BETAS)


def asked(rate):
    return Suggestion("one", "One rule", rate, rate, rate, "")


CHARTS = {
    "lag": lambda: lag_chart(late(), 1e-7, 10.0, 0.5),
    "regrets": lambda: regrets_chart(regrets(load("wine"), "linear", [asked(0.05)], [0.01, 0.1], steps=20)),
    "linear ramp": lambda: linear_ramp_chart(
        linear_ramp(load("wine"), "linear", high=0.5, batch_size=16), "accuracy"
    ),
}


def encodings(spec):
    found = [spec["encoding"]] if "encoding" in spec else []
    for part in spec.get("layer", []):
        found += encodings(part)
    return found


def rows_of(spec, *columns):
    return [row for rows in spec["datasets"].values() for row in rows if rows and set(columns) <= set(row)]


@pytest.mark.parametrize("name", CHARTS)
def test_axes_have_one_title_each_and_the_picture_a_text_with_numbers(name):
    spec = CHARTS[name]().to_dict()
    for channel in "xy":
        titles = {e[channel]["title"] for e in encodings(spec) if "title" in e.get(channel, {})}
        assert len(titles) == 1
    assert any(sign.isdigit() for sign in spec["description"])
    assert len(spec["description"]) > 40
    assert "background" not in spec


def test_the_slider_lives_in_the_picture_and_has_a_row_for_each_of_its_stops():
    spec = lag_chart(late(), 1e-7, 10.0, 0.5).to_dict()
    (memory,) = spec["params"]
    assert memory["name"] == "memory"
    assert memory["value"] == 0.5
    bind = memory["bind"]
    assert (bind["input"], bind["min"], bind["max"], bind["step"]) == ("range", 0.02, 0.98, 0.48)
    assert "Memory" in bind["name"]
    assert {row["memory"] for row in rows_of(spec, "memory", "told")} == set(BETAS)
    marks = [row for row in rows_of(spec, "memory", "mark") if row["memory"] == 0.98]
    minimum = next(row["rate"] for row in marks if row["mark"] == "minimum")
    assert np.log10(minimum) - DECADES[75] == pytest.approx(1.05, abs=0.01)


def test_the_words_beside_the_slider_say_how_far_each_average_moved():
    told = {row["memory"]: row["told"] for row in rows_of(CHARTS["lag"]().to_dict(), "memory", "told")}
    assert told[0.02].startswith("β = 0.02\nminimum stays")
    # 13 and 8 steps of 8/99 decades
    assert told[0.98] == (
        "β = 0.98\nminimum later by 1.05 decades (× 11)\nsteepest fall later by 0.65 decades (× 4.4)"
    )


def test_a_rule_whose_training_was_lost_is_drawn_above_all_others():
    found = regrets(load("diabetes"), "linear", [asked(0.01), asked(30.0)], [0.02, 0.05])
    marks = sorted(rows_of(regrets_chart(found).to_dict(), "rule", "told"), key=lambda row: row["rate"])
    assert marks[1]["loss"] > max(found.means)
    assert marks[1]["told"] == "At least one training ended worse than it began."


def test_rules_without_a_rate_and_losses_of_nothing_still_draw():
    lost = regrets(load("diabetes"), "linear", [asked(None)], [50.0], steps=50)
    assert "lost at every rate" in regrets_chart(lost).to_dict()["description"]
    tiny = regrets(load("iris"), "linear", [asked(30.0)], [0.001, 10.0], "momentum", batch_size=16)
    scale = next(e["y"]["scale"] for e in encodings(regrets_chart(tiny).to_dict()) if "scale" in e["y"])
    assert 0 < scale["domain"][0] < scale["domain"][1]


def test_the_ramp_begins_at_nothing_and_marks_its_bounds():
    ramp = linear_ramp(load("wine"), "linear", high=0.5, batch_size=16, seeds=(0, 1))
    spec = linear_ramp_chart(ramp, "accuracy").to_dict()
    assert {row["rate"] for row in rows_of(spec, "rate", "word")} == {ramp.low, ramp.high}
    mean = [row for row in rows_of(spec, "rate", "score") if "seed" not in row]
    assert mean[0] == {"rate": 0.0, "score": pytest.approx(ramp.at_start.mean())}
    assert len(mean) == len(ramp.rates) + 1


def test_a_ramp_without_bounds_still_draws():
    ramp = linear_ramp(load("diabetes"), "linear", high=30.0)
    assert "never rises" in linear_ramp_chart(ramp, "R²").to_dict()["description"]
