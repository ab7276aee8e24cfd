"""The race of fact 33, walked a second time by loops that share nothing with the engine."""

import numpy as np
import pytest

from lrlab.descent.bias_correction import RUNNERS, TWO_DENTS, standings, success


def by_hand(corrected, steps, side=51):
    """Adam on the two dents as the article writes it, its gradient by hand, all starts at once."""
    across = np.linspace(-2.0, 2.0, side)
    x, y = (axis.ravel() for axis in np.meshgrid(across, across))
    m = np.zeros((2, x.size))
    v = np.zeros((2, x.size))
    for t in range(1, steps + 1):
        left = 3 * np.exp(-((x + 1) ** 2 + y**2) / 0.2)
        right = 2 * np.exp(-((x - 1) ** 2 + y**2) / 0.2)
        g = np.array(
            [2 * x + 10 * (x + 1) * left + 10 * (x - 1) * right, 2 * y + 10 * y * left + 10 * y * right]
        )
        m = 0.7 * m + 0.3 * g
        v = 0.999 * v + 0.001 * g * g
        mean, square = (m / (1 - 0.7**t), v / (1 - 0.999**t)) if corrected else (m, v)
        stride = 0.01 * mean / (np.sqrt(square) + 1e-6)
        x, y = x - stride[0], y - stride[1]
    return float((np.hypot(x + 0.9363, y) <= 0.25).mean())


def test_fact_33_without_correction_the_first_step_is_nine_and_a_half_rates():
    from lrlab.descent import descend

    uncorrected, corrected = RUNNERS[:2]
    bare = 0.3 / 0.001**0.5  # (1 − β₁)/√(1 − β₂)
    assert bare == pytest.approx(9.5, abs=0.05)
    for runner, times in ((uncorrected, bare), (corrected, 1.0)):
        run = descend(TWO_DENTS, runner.rule, 0.01, start=(0.5, 1.5), steps=1, **runner.coefficients)
        np.testing.assert_allclose(np.abs(run.points[0, 1] - run.points[0, 0]), 0.01 * times, rtol=1e-4)


@pytest.mark.parametrize("runner", RUNNERS[:2], ids=lambda runner: runner.title)
def test_fact_33_success_is_what_a_loop_by_hand_counts(runner):
    assert success(runner, steps=100)[-1] == pytest.approx(
        by_hand(runner.title == "Adam, corrected", 100), abs=1e-3
    )


def test_fact_33_correction_takes_success_from_66_8_to_about_30_percent_of_starts_at_equal_steps():
    """66.8 comes out to the digit; 31.0 stands against a claim of 30.2, whose idea of "there" is not stated."""
    uncorrected, corrected = (success(runner, steps=500) for runner in RUNNERS[:2])
    assert uncorrected[100] == pytest.approx(0.668, abs=0.0005)
    assert corrected[100] == pytest.approx(0.302, abs=0.01)
    # What the claim leaves out: given the steps it needs, the corrected rule finds the minimum as often.
    assert uncorrected[500] == pytest.approx(0.669, abs=0.0005)
    assert corrected[500] == pytest.approx(0.650, abs=0.0005)


def test_fact_33_under_one_contract_the_order_changes():
    rows = {row.title: row for row in standings()}
    published = max(rows.values(), key=lambda row: row.published)
    tuned = max(rows.values(), key=lambda row: row.tuned)
    assert published.title == "Adam, not corrected"
    assert tuned.title == "Momentum"
    assert rows["Adam, corrected"].tuned > rows["Adam, not corrected"].tuned
    assert rows["Adam, not corrected"].best_rate == pytest.approx(rows["Adam, not corrected"].rate)


def test_the_surface_slopes_and_bends_as_its_height_says():
    """Central differences at random places."""
    points = np.random.default_rng(0).uniform(-2.0, 2.0, size=(50, 2))
    h = 1e-5
    for axis in range(2):
        step = h * np.eye(2)[axis]
        slope = (TWO_DENTS.value(points + step) - TWO_DENTS.value(points - step)) / (2 * h)
        np.testing.assert_allclose(TWO_DENTS.gradient(points)[:, axis], slope, atol=1e-7)
        bend = (TWO_DENTS.gradient(points + step) - TWO_DENTS.gradient(points - step)) / (2 * h)
        np.testing.assert_allclose(TWO_DENTS.hessian(points)[:, axis], bend, atol=1e-6)


def test_its_minima_are_where_it_is_flat_and_the_deep_one_comes_first():
    minima = np.array(TWO_DENTS.minima)
    np.testing.assert_allclose(TWO_DENTS.gradient(minima), 0.0, atol=1e-12)
    deep, shallow = TWO_DENTS.value(minima)
    assert deep < shallow


def test_a_grid_has_at_least_two_starts_a_side():
    with pytest.raises(ValueError, match="side is 1; it must be at least 2"):
        success(RUNNERS[0], side=1)
