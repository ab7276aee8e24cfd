"""The door on the response curve, as the chart's own data and description have it."""

from math import inf

from lrlab.charts.door import door_chart
from lrlab.grading.evidence import ResponseCurve

CURVE = ResponseCurve("steps", (0.01, 0.1, 1.0, 10.0), (80.0, 8.0, 4.0, inf), 20.0, ((0.05, 2.0),))


def rows(chart, **holding):
    return [
        row for data in chart.to_dict()["datasets"].values() for row in data if holding.items() <= row.items()
    ]


def test_the_door_the_bar_and_the_line():
    chart = door_chart(CURVE)
    assert [(row["low"], row["high"]) for row in rows(chart, word="door")] == [(0.05, 2.0)]
    assert [row["value"] for row in rows(chart, word="passes at 20 or less")] == [20]
    points = {row["rate"]: row["value"] for row in rows(chart) if "rate" in row}
    assert points == {0.01: 80, 0.1: 8, 1.0: 4}, "where a run never arrives there is no point"


def test_the_description_says_the_same():
    words = door_chart(CURVE).to_dict()["description"]
    assert "steps for every rate from 0.01 to 10" in words
    assert "The door is 0.05 to 2." in words
    assert "20 or less" in words
    assert "the least, 4, is at 1" in words


def test_a_task_without_a_door_says_so():
    shut = ResponseCurve("validation loss", (0.1, 1.0), (inf, inf), 0.5, ())
    assert (
        door_chart(shut).to_dict()["description"]
        == "validation loss for every rate: none arrives. No rate passes."
    )
