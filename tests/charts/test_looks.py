"""Legends that fit on a phone: 300 pixels, 30 for a sign and 6.8 for a letter."""

import pytest

from lrlab.charts.looks import looks, side_by_side, strokes


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["SGD", "Adam"], 2),  # 51 + 58 pixels
        (["B = 1", "B = 4", "B = 16", "B = 64"], 4),  # 64 + 64 + 71 + 71
        (["one hundred", "two hundred", "three", "four"], 3),  # 105 + 105 + 64, and in one row 57 more
        (["yours: Cosine annealing", "Constant"], 2),  # 187 + 85
        (["Plain descent", "Heavy ball", "Nesterov", "Momentum as an average (Adam)"], 1),  # 119 + 228
        (["a name that is so long that it fills the whole of the row by itself"], 1),
    ],
)
def test_entries_stand_side_by_side_where_a_phone_has_room(names, columns):
    assert side_by_side(names) == columns
    colour, dash, shape = looks("name", names, "names")
    assert colour.to_dict()["legend"]["columns"] == shape.to_dict()["legend"]["columns"] == columns
    assert dash.to_dict()["legend"] is None


def test_lines_without_signs_are_told_by_one_legend_of_hue_and_dash():
    colour, dash = (each.to_dict() for each in strokes("name", ["SGD", "Adam"], "optimizer"))
    assert colour["legend"] == dash["legend"], "Vega draws equal legends as one"
    assert colour["title"] == dash["title"] == "optimizer"
    assert colour["legend"]["columns"] == 2
    for each in (colour, dash):
        assert each["scale"]["domain"] == ["SGD", "Adam"]
        assert len(each["scale"]["range"]) == 2
