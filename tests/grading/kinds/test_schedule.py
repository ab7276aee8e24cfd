"""A schedule against the best constant rate, over twenty noisy runs that are simulated here once more."""

import numpy as np
import pytest

from lrlab.grading import Refusal, form, judge, read, shown, stars, variant, write
from lrlab.grading.kinds import schedule
from lrlab.grading.load import Unreadable
from lrlab.grading.proof import prove


@pytest.fixture(scope="module")
def task(begun):
    return variant(begun("schedule"), 0, {"noise": 1.0})


def mean_loss(rates):
    """Twenty runs on (.5x² + 2y²)/2 from (4, 2) with noise 1, written down independently of the engine."""
    losses = []
    for seed in range(20):
        kicks = np.random.default_rng(seed).standard_normal((len(rates), 2))
        point = np.array([4.0, 2.0])
        for rate, kick in zip(rates, kicks, strict=True):
            point = point - rate * (np.array([0.5, 2.0]) * point + kick)
        losses.append((0.5 * point[0] ** 2 + 2.0 * point[1] ** 2) / 2)
    return float(np.mean(losses))


def test_the_loss_is_the_mean_of_twenty_noisy_runs(task):
    steps = np.arange(150)
    for text, rates in [
        ("constant rate=0.1", np.full(150, 0.1)),
        ("exponential rate=0.4 decay=0.97", 0.4 * 0.97**steps),
        ("cosine rate=0.5 end=0.01", 0.01 + 0.49 * (1 + np.cos(np.pi * steps / 150)) / 2),
    ]:
        assert judge(task, text).evidence["loss"] == pytest.approx(mean_loss(rates), rel=1e-9)


def test_the_bar_is_the_best_constant_rate_of_a_grid(task):
    best = min(mean_loss(np.full(150, rate)) for rate in np.geomspace(0.001, 2, 61) if rate < 0.5)
    assert judge(task, "constant rate=0.1").evidence["bar"] == pytest.approx(0.6 * best, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "outcome", "mistake"),
    [
        ("exponential rate=0.4 decay=0.97", "beats", None),
        ("constant rate=0.05", "no_better", "constant"),
        ("exponential rate=0.1 decay=0.5", "no_better", "no-better"),
        ("cosine rate=1.9 end=1.8", "lost", None),  # 2·1.9 is far above the limit of 2
    ],
)
def test_what_comes_of_a_schedule(task, text, outcome, mistake):
    verdict = judge(task, text)
    assert (verdict.outcome, verdict.mistake, verdict.passed) == (outcome, mistake, outcome == "beats")


def test_a_schedule_that_is_nearly_enough_is_told_so(task):
    verdict = judge(task, "exponential rate=0.4 decay=0.985")
    assert verdict.evidence["bar"] < verdict.evidence["loss"] < verdict.evidence["constant_loss"]
    assert (verdict.outcome, verdict.mistake) == ("short", "not-enough")


def test_after_a_pass_the_best_of_those_tried_is_said(task):
    best = schedule.solve(task.task, task)
    verdict = judge(task, best)
    assert stars(verdict) == 3
    assert verdict.best == verdict.yours
    assert read(task, write(task, best)) == best


def test_the_picture_has_both_losses_and_both_rates(task):
    picture = shown(task, "exponential rate=0.4 decay=0.97")
    assert picture.curves[0].values[0] == pytest.approx((0.5 * 16 + 2 * 4) / 2)
    assert picture.rates[0].values[:2] == pytest.approx((0.4, 0.388))
    assert len(set(picture.rates[1].values)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing was chosen. Choose one of: constant, exponential, cosine"),
        ("linear rate=1 end=0", "none of the answers on offer"),
        ("cosine rate=0.5", "Nothing is chosen for number end"),
        ("cosine rate=0.5 end=3", "rate at the end: give a number from 0.001 to 2"),
        ("cosine rate=fast end=1", "rate at the start: That is not a number"),
        ("cosine rate=0.5 end=0.1 power=2", "I cannot read 'power=2'"),
        ("exponential rate=0.5 decay=1.5", "factor at every step: give a number from 0.5 to 1"),
        ("constant rate=" + "1" * 900, "too long"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(task, text, words):
    reading = read(task, text)
    assert isinstance(reading, Refusal)
    assert words in reading.sentence


def test_the_form_makes_the_text(task):
    asked = form(task)
    cosine = next(shape for shape in asked.shapes if shape.name == "cosine")
    assert [(dial.name, dial.low, dial.high) for dial in cosine.dials] == [
        ("rate", 0.001, 2),
        ("end", 0.001, 2),
    ]
    reading = read(task, asked.text("cosine", {"rate": "0,5", "end": "1e-2"}))
    assert reading == schedule.Planned("cosine", (("rate", 0.5), ("end", 0.01)))
    assert isinstance(read(task, asked.text(None, {})), Refusal)


def test_a_par_that_nothing_reaches_is_a_fault(begun):
    faults = [str(fault) for fault in prove(begun("schedule", ("par = 0.6", "par = 0.001")), 1).faults]
    assert any("task.par: cannot be solved: the best schedule tried ends at" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            '"exponential", "cosine"',
            '"exponental", "cosine"',
            "task.shapes.1: unknown shape 'exponental'",
        ),
        ('"exponential", "cosine"', '"cosine", "cosine"', "task.shapes: 'cosine' is the name of 2 options"),
        ("steps = 150", "steps = 501", "task.steps: can be 501 steps in each of 20 runs; at most 10000"),
        ("par = 0.6", "par = 1.5", "task.par"),
        ('option = "constant"', 'option = "linear"', "mistakes.0.option: unknown option 'linear'"),
    ],
)
def test_a_task_that_does_not_fit_is_named(begun, old, new, words):
    with pytest.raises(Unreadable) as caught:
        begun("schedule", (old, new))
    assert words in str(caught.value)
