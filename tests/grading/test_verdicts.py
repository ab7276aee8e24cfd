"""What a verdict says of a pass: the best possible, how far off, and the stars for it."""

import pytest

from lrlab.grading import judge, stars, variant
from lrlab.grading.verdicts import Measure, failed, passed


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure(41, 11, 20, "steps"), 1),
        (Measure(20, 11, 20, "steps"), 2),
        (Measure(12, 11, 20, "steps"), 2),
        (Measure(11, 11, 20, "steps"), 3),
        (Measure(0.4, 1.0, 0.8, "decades", more=True), 1),
        (Measure(0.8, 1.0, 0.8, "decades", more=True), 2),
        (Measure(0.96, 1.0, 0.8, "decades", more=True), 3),
    ],
)
def test_stars_for_par(measure, expected):
    verdict = passed("right", "Yes.", {}, measure)
    assert stars(verdict) == expected
    assert (verdict.yours, verdict.best) == (measure.yours, measure.best)


def test_where_nothing_is_measured_there_are_no_stars_to_win(made):
    drawn = variant(made("number"), 0, {"curvature": 4.0})
    assert stars(judge(drawn, "0.5")) is None
    assert stars(judge(drawn, "0.25")) == 0
    assert stars(failed(drawn, "x", None, "wrong", "No.", {})) == 0


def test_after_a_pass_the_best_possible_is_said(made):
    # curvature 1: |1 − .4|^t ≤ .01 from step 10 on; at 1/λ one step is enough
    drawn = variant(made("rate"), 0, {"curvature": 1.0})
    verdict = judge(drawn, "0.4")
    assert verdict.message.endswith("Steps: yours 10, the best possible 1.")
    assert (verdict.yours, verdict.best, stars(verdict)) == (10, 1, 1)
    assert verdict.evidence["best"] == 1
    perfect = judge(drawn, "1")
    assert perfect.message.endswith("Steps: yours 1, the best possible 1.")
    assert stars(perfect) == 3


def test_after_a_failure_the_best_possible_is_kept_back(made):
    verdict = judge(variant(made("rate"), 0, {"curvature": 1.0}), "0.1")
    assert verdict.measure is None
    assert "best" not in verdict.evidence
    assert "best possible" not in verdict.message
