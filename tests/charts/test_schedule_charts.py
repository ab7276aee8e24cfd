"""Charts of schedules: titled axes, a text with numbers, few rows, and the marks where they belong."""

import numpy as np
import pytest

from lrlab.charts.schedules import difference_chart, kept_steps, rates_chart
from lrlab.charts.schedules_training import paces_chart, survivors_chart, training_chart, warm_starts_chart
from lrlab.charts.schedules_walks import ends_chart, restart_chart, spent_chart
from lrlab.finder.restarts import restart
from lrlab.finder.scheduled import train_schedules
from lrlab.finder.spending import spend
from lrlab.finder.warm_starts import try_warm_ups
from lrlab.schedules import constant, cosine, step_decay
from lrlab.schedules.variants import DIFFERENCES
from lrlab.training import load

PAIR = {"Cosine": cosine(0.1, 0.0, 100), "Steps": step_decay(0.1, 30, 0.1)}


@pytest.fixture(scope="module")
def charts():
    iris = load("iris")
    warm = try_warm_ups(iris, 0.1, (0, 5), steps=20, seeds=[0])
    wells = restart("sharp", (0.02, 0.1, 3.0), noise=1.0, draws=5)
    rates = np.stack([schedule(np.arange(40)) for schedule in PAIR.values()])
    return {
        "rates": rates_chart(PAIR, 100),
        "rates, log": rates_chart(PAIR, 100, log=True),
        "spent": spent_chart(spend(list(PAIR.values()), 100, seeds=3), list(PAIR)),
        "training": training_chart(train_schedules(iris, "linear", "sgd", rates, 16, looks=4), 1),
        "warm starts": warm_starts_chart(warm, (0, 5)),
        "survivors": survivors_chart(warm, 5),
        "paces": paces_chart({"learning rate": rates[0]}, ("momentum β", rates[1])),
        "restart": restart_chart(wells, 2),
        "ends": ends_chart(wells, 1),
        **{name: difference_chart(difference) for name, difference in DIFFERENCES.items()},
    }


def encodings(spec):
    found = [spec["encoding"]] if "encoding" in spec else []
    for part in spec.get("layer", []):
        found += encodings(part)
    return found


def test_axes_are_titled_and_every_picture_has_a_text_with_numbers_and_few_rows(charts) -> None:
    for name, chart in charts.items():
        spec = chart.to_dict()
        titles = {each["x"]["title"] for each in encodings(spec) if "title" in each.get("x", {})}
        assert len(titles) == 1, name
        assert any("title" in each.get("y", {}) for each in encodings(spec)), name
        assert any(sign.isdigit() for sign in spec["description"]), name
        assert sum(len(rows) for rows in spec["datasets"].values()) < 2000, name


def test_both_sides_of_every_jump_are_drawn_in_a_long_run() -> None:
    rates = step_decay(0.1, every=77, factor=0.1)(np.arange(5000))
    kept = set(kept_steps(rates).tolist())
    assert {76, 77, 153, 154} <= kept
    assert len(kept) < 500


def test_a_log_axis_leaves_a_rate_of_zero_out() -> None:
    rows = [
        row
        for rows in rates_chart({"a": cosine(0.1, 0.0, 10), "b": constant(0.1)}, 20, log=True)
        .to_dict()["datasets"]
        .values()
        for row in rows
    ]
    assert min(row["rate"] for row in rows) > 0.0


@pytest.mark.parametrize(("name", "step"), [("cosine", 101), ("boundary", 30), ("plateau", 4)])
def test_fact_19_the_place_where_they_part_is_marked(name, step) -> None:
    spec = difference_chart(DIFFERENCES[name]).to_dict()
    words = [row["word"] for rows in spec["datasets"].values() for row in rows if "word" in row]
    assert any(word.startswith("apart from") and f" {step} " in f"{word} " for word in words)
