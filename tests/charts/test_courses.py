"""The courses of a run: what is drawn, on which axes, and the text that stands for the picture."""

import numpy as np
import pytest

from lrlab.charts.courses import Line, losses_over_chart, rates_over_chart, wants_log

FALLING = Line("training loss", [0, 1, 2, 3], [4.0, 2.0, 1.0, 0.5])
LOST = Line("training loss", [0, 1, 2, 3], [1.0, 2.0, np.nan, np.inf])


def axes(chart):
    drawn = chart.to_dict()
    first = drawn.get("layer", [drawn])[0]
    return first["encoding"]["x"], first["encoding"]["y"]


@pytest.mark.parametrize(
    ("values", "log"),
    [
        ([4.0, 2.0, 1.0], False),
        ([1e6, 1.0, 1.0, 1.0], True),
        ([999.0, 1.0, 1.0], False),
        ([1e6, 1.0, 1.0, 0.0], False),
        ([np.nan, np.inf], False),
        ([], False),
    ],
)
def test_a_logarithm_is_for_curves_that_a_plain_axis_would_hide(values, log):
    assert wants_log(values) is log


@pytest.mark.parametrize(
    ("asked", "scale", "title"),
    [(None, "linear", "loss"), (True, "log", "loss (log scale)"), (False, "linear", "loss")],
)
def test_the_axes_are_named_and_scaled_as_asked(asked, scale, title):
    across, up = axes(losses_over_chart([FALLING], "epoch", log=asked))
    assert across["title"] == "epoch"
    assert across["scale"]["domain"] == [0.0, 3.0]
    assert (up["scale"]["type"], up["title"]) == (scale, title)


def test_the_text_tells_the_way_the_extremes_and_where_the_loss_was_lost():
    assert losses_over_chart([FALLING], "epoch").to_dict()["description"] == (
        "Training loss over epoch: 4 at 0, 2 at 1, 1 at 2, 0.5 at 3; lowest 0.5 at 3, highest 4 at 0."
    )
    assert losses_over_chart([LOST], "step").to_dict()["description"] == (
        "Training loss over step: 1 at 0, 2 at 1; lowest 1 at 0, highest 2 at 1. It is no number from step 2 on."
    )
    nothing = Line("loss", [0], [np.nan])
    assert (
        losses_over_chart([nothing, FALLING], "step")
        .to_dict()["description"]
        .startswith("Loss: no finite value. Training loss over step: 4 at 0")
    )


def test_a_rule_stands_where_the_first_line_was_lost_and_what_is_no_number_is_not_drawn():
    drawn = losses_over_chart([LOST], "step").to_dict()
    kinds = [layer["mark"]["type"] for layer in drawn["layer"]]
    assert kinds == ["line", "rule", "text"]
    rows = {layer["mark"]["type"]: drawn["datasets"][layer["data"]["name"]] for layer in drawn["layer"]}
    assert [row["loss"] for row in rows["line"]] == [1.0, 2.0]
    assert [row["at"] for row in rows["rule"]] == [2.0]
    assert losses_over_chart([LOST], "step", lost=False).to_dict()["layer"][1:] == []


def test_what_a_logarithm_cannot_show_is_left_out():
    drawn = losses_over_chart([Line("loss", [0, 1, 2], [1.0, 0.0, 0.1])], "step", log=True).to_dict()
    (rows,) = drawn["datasets"].values()
    assert [row["at"] for row in rows] == [0.0, 2.0]


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ([0.1, 0.1, 0.1], "Rate: 0.1 throughout."),
        ([0.1, 0.1, 0.01], "Rate: 0.1 at first, changed to 0.01 at epoch 2."),
    ],
)
def test_rates_are_told_by_their_changes(rates, said):
    assert rates_over_chart([Line("rate", [0, 1, 2], rates)], "epoch").to_dict()["description"] == said


def test_a_rate_that_moves_all_the_time_is_told_by_its_ends():
    falling = np.geomspace(1.0, 1e-3, 31)
    chart = rates_over_chart([Line("rate", np.arange(31), falling)], "step").to_dict()
    assert chart["description"] == "Rate: from 1 to 0.001 in 30 changes, between 0.001 and 1."
    assert axes(rates_over_chart([Line("rate", np.arange(31), falling)], "step"))[1]["scale"]["type"] == "log"
