"""Charts of batches and noise: what is drawn is what was measured, and the text says it in numbers."""

from dataclasses import replace

import numpy as np
import pytest

from lrlab.charts.batch_sizes import best_rates_chart, losses_by_rate_chart, rules_chart
from lrlab.charts.noise import equal_noise_chart, floors_chart, growth_chart, path_chart
from lrlab.finder.batch_sizes import best_rates
from lrlab.finder.growing import decay_or_grow
from lrlab.finder.scaling import try_rules
from lrlab.training import load
from lrlab.training.noise_floor import noise_floors

RATES = [0.01, 0.1, 1.0]


def sweep(optimizer="sgd", seeds=(0,)):
    return best_rates(load("wine"), "linear", optimizer, [4, 16, 64], RATES, epochs=2, seeds=seeds)


@pytest.fixture(scope="module")
def floors():
    return noise_floors(load("diabetes"), [0.01, 0.04], [4, 16])


CHARTS = {
    "best rates": lambda _: best_rates_chart([sweep(), sweep("adam")]),
    "best rates, seeds": lambda _: best_rates_chart([sweep(seeds=(0, 1))]),
    "losses by rate": lambda _: losses_by_rate_chart(sweep()),
    "rules": lambda _: rules_chart(try_rules(load("wine"), "linear", "sgd", 0.1, 8, 32, seeds=(0,))),
    "floors": lambda found: floors_chart(found, (0, 1)),
    "equal noise": lambda found: equal_noise_chart(found, (1, 0)),
    "path": lambda found: path_chart(found, (0, 0)),
    "growth": lambda _: growth_chart(decay_or_grow(load("wine"), "linear", 0.1, 4, factor=2)),
}


def encodings(spec):
    found = [spec["encoding"]] if "encoding" in spec else []
    for part in spec.get("layer", []):
        found += encodings(part)
    return found


def rows_of(spec, *columns):
    """The rows of the data sets that have all of these columns."""
    return [row for rows in spec["datasets"].values() for row in rows if rows and set(columns) <= set(row)]


@pytest.mark.parametrize("name", CHARTS)
def test_axes_have_one_title_each_and_the_picture_a_text_with_numbers(name, floors) -> None:
    spec = CHARTS[name](floors).to_dict()
    for channel in "xy":
        titles = {e[channel]["title"] for e in encodings(spec) if "title" in e.get(channel, {})}
        assert len(titles) == 1
    assert any(sign.isdigit() for sign in spec["description"])
    assert len(spec["description"]) > 40
    assert "background" not in spec


def test_guides_have_slopes_a_half_and_one_and_begin_at_the_smallest_batch() -> None:
    found = sweep()
    rows = rows_of(best_rates_chart([found]).to_dict(), "guide", "batch", "rate")
    for guide, slope in (("slope ½, square root", 0.5), ("slope 1, linear", 1.0)):
        line = sorted((row["batch"], row["rate"]) for row in rows if row["guide"] == guide)
        assert line[0] == (4, pytest.approx(found.best[0]))
        assert line[-1][1] == pytest.approx(found.best[0] * 16**slope)


def test_the_best_rates_are_the_dots_and_stand_in_the_text() -> None:
    found = sweep()
    spec = best_rates_chart([found]).to_dict()
    dots = {row["batch"]: row["rate"] for row in rows_of(spec, "updates")}
    assert dots == dict(zip(found.batch_sizes, found.best, strict=True))
    for size, best in zip(found.batch_sizes, found.best, strict=True):
        assert f"{size}: {best:.3g}" in spec["description"]


def test_a_batch_size_whose_trainings_were_all_lost_has_no_dot() -> None:
    found = sweep()
    gone = replace(found, best=np.array([np.nan, *found.best[1:]]))
    assert {row["batch"] for row in rows_of(best_rates_chart([gone]).to_dict(), "updates")} == {16, 64}


def test_bars_only_with_several_seeds() -> None:
    assert len(best_rates_chart([sweep(seeds=(0, 1))]).layer) == len(best_rates_chart([sweep()]).layer) + 1


def test_the_rules_chart_names_every_run_with_its_rate() -> None:
    tried = try_rules(load("wine"), "linear", "sgd", 0.1, 8, 32, seeds=(0,))
    spec = rules_chart(tried).to_dict()
    assert {row["run"] for row in rows_of(spec, "run", "epoch")} == {
        "batch 8, rate 0.1: before",
        "batch 32, rate 0.1: same rate",
        "batch 32, rate 0.2: square-root rule",
        "batch 32, rate 0.4: linear rule",
    }
    assert tried.sentence in spec["description"]


def test_lost_trainings_leave_a_rules_chart_that_still_draws() -> None:
    tried = try_rules(load("diabetes"), "linear", "sgd", 1e5, 4, 16, seeds=(0,))
    rows = rows_of(rules_chart(tried).to_dict(), "run", "epoch")
    assert 0 in {row["epoch"] for row in rows}
    assert tried.epochs[-1] not in {row["epoch"] for row in rows}


def test_lines_of_equal_noise_keep_rate_over_batch(floors) -> None:
    rows = rows_of(equal_noise_chart(floors, (0, 0)).to_dict(), "rate", "size")
    for row in (row for row in rows if "batch" not in row):
        assert row["rate"] / row["size"] == pytest.approx(float(row["ratio"]), rel=0.01)


def test_the_computed_line_is_a_quarter_of_the_trace(floors) -> None:
    line = [
        row for row in rows_of(floors_chart(floors, (0, 0)).to_dict(), "ratio", "floor") if "batch" not in row
    ]
    for row in line:
        assert row["floor"] == pytest.approx(row["ratio"] * floors.trace / 4)


def test_a_lost_floor_is_left_out() -> None:
    found = noise_floors(load("diabetes"), [0.01, 3.0], [16])
    spec = floors_chart(found, (0, 0)).to_dict()
    assert {row["rate"] for row in rows_of(spec, "batch", "floor")} == {0.01}
    assert "is lost" in path_chart(found, (0, 1)).to_dict()["description"]
