"""The diagnosis on runs whose cause is known: closed-form descents, and curves drawn by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.diagnosis import SIGNS, Action, Symptom, diagnose


def parabola(step, steps, noise=0.0, seed=0):
    """Losses of ½x² from x = 5 under x ← x − αλ(x + noise): the error is multiplied by 1 − αλ each step."""
    rng = np.random.default_rng(seed)
    x, losses = 5.0, []
    for _ in range(steps + 1):
        losses.append(0.5 * x * x)
        x -= step * (x + noise * rng.normal())
    return losses


@pytest.mark.parametrize(
    ("step", "steps", "symptom"),
    [
        (0.001, 20, Symptom.CREEPING),
        (0.001, 100, Symptom.CREEPING),
        (0.001, 1000, Symptom.CREEPING),
        (0.1, 100, Symptom.HEALTHY),
        (0.9, 30, Symptom.HEALTHY),
        (1.5, 30, Symptom.HEALTHY),  # it overshoots at every step, but the loss of a parabola cannot show it
        (2.0, 100, Symptom.PLATEAU),  # two points of equal height: the loss is flat
        (2.1, 20, Symptom.DIVERGING),
        (2.1, 145, Symptom.DIVERGING),
        (2.1, 3000, Symptom.DIVERGING),
    ],
)
def test_parabola_without_noise(step, steps, symptom):
    assert diagnose(parabola(step, steps)).symptom is symptom


@pytest.mark.parametrize(
    ("step", "steps", "noise", "symptoms"),
    [
        (0.001, 100, 0.5, {Symptom.CREEPING}),
        (0.001, 500, 1.0, {Symptom.CREEPING}),
        (0.1, 100, 0.1, {Symptom.HEALTHY}),
        (0.9, 100, 0.5, {Symptom.NOISE_FLOOR}),
        (1.5, 100, 0.5, {Symptom.NOISE_FLOOR}),
        (1.9, 300, 1.2, {Symptom.BOUNCING}),
        (2.1, 100, 0.1, {Symptom.DIVERGING}),
        (2.1, 100, 1.0, {Symptom.DIVERGING}),
    ],
)
def test_parabola_with_noise(step, steps, noise, symptoms):
    named = [diagnose(parabola(step, steps, noise, seed)).symptom for seed in range(20)]
    assert sum(symptom in symptoms for symptom in named) >= 18


def test_a_noisy_walk_at_the_limit_makes_no_progress_and_is_never_called_healthy():
    named = {diagnose(parabola(2.0, 300, 1.0, seed)).symptom for seed in range(20)}
    assert Symptom.BOUNCING in named
    assert not named & {Symptom.HEALTHY, Symptom.CREEPING, Symptom.NOISE_FLOOR, Symptom.PLATEAU}


T = np.arange(200)
NOISE = np.random.default_rng(3).normal(size=200)

CURVES = {
    "the creep of the course page": ([0.5001, 0.5000, 0.4999], Symptom.CREEPING),
    "the log of a rate too large": ([0.5, 0.3, 0.8, 0.2, 1.5], Symptom.BOUNCING),
    "three points, rising": ([1.0, 1.5, 2.25], Symptom.DIVERGING),
    "three points, falling": ([1.0, 0.5, 0.3], Symptom.HEALTHY),
    "six points, swinging less and less": ([4.0, 1.0, 2.4, 0.8, 1.2, 0.75], Symptom.OSCILLATING),
    "exponential to a floor": (0.2 + 2.0 * np.exp(-T / 25), Symptom.HEALTHY),
    "the same below zero": (-5.0 + 2.0 * np.exp(-T / 25), Symptom.HEALTHY),
    "damped swings": (0.1 + np.exp(-T / 40) * (1 + 0.8 * np.cos(T / 3)), Symptom.OSCILLATING),
    "damped swings below zero": (-9 + np.exp(-T / 40) * (1 + 0.8 * np.cos(T / 3)), Symptom.OSCILLATING),
    "an overshoot at the start": (
        np.concatenate([[2.3, 6.0, 9.0, 7.0, 4.0], 2.0 * np.exp(-T / 20)]),
        Symptom.OSCILLATING,
    ),
    "no progress, great swings": (2.0 + 1.2 * np.sin(2.2 * T) + 0.1 * NOISE, Symptom.BOUNCING),
    "growth": (0.3 * 1.05**T, Symptom.DIVERGING),
    "growth below zero": (-3 + 0.001 * 1.05**T, Symptom.DIVERGING),
    "down and then up without end": (5 * 0.9**T + 1e-9 * 1.2**T, Symptom.DIVERGING),
    "jitter about a level": (0.3 + 2.0 * np.exp(-T / 8) + 0.08 * NOISE, Symptom.NOISE_FLOOR),
    "fall, flat, fall": (
        np.exp(-T / 8) + 1 / (1 + np.exp((T - 140) / 5)) + 0.1,
        Symptom.PLATEAU,
    ),
    "flat, then a fall": (2.0 / (1 + np.exp((T - 150) / 8)) + 0.01, Symptom.PLATEAU),
    "stopped high up": (1.0 + 0.1 * np.exp(-T / 15), Symptom.PLATEAU),
    "the level jumps": (
        0.2 + np.exp(-T / 20) + 0.01 * NOISE + 0.6 * (T >= 120),
        Symptom.SUDDEN_CHANGE,
    ),
    "constant": ([0.7] * 50, Symptom.PLATEAU),
    "all zero": ([0.0] * 50, Symptom.PLATEAU),
}


@pytest.mark.parametrize("name", CURVES)
def test_curves_drawn_by_hand(name):
    losses, symptom = CURVES[name]
    assert diagnose(losses).symptom is symptom


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("scale", [1e-280, 1e-6, 1e6, 1e280])
def test_the_unit_of_the_loss_does_not_matter(name, scale):
    losses, symptom = CURVES[name]
    assert diagnose(np.asarray(losses) * scale).symptom is symptom


@pytest.mark.parametrize(
    ("name", "at"), [("the level jumps", 120), ("down and then up without end", 79), ("fall, flat, fall", 60)]
)
def test_it_says_when(name, at):
    assert abs(diagnose(CURVES[name][0]).at - at) <= 20


@pytest.mark.parametrize(
    ("losses", "symptom", "numbers"),
    [
        (parabola(2.1, 20), Symptom.DIVERGING, ["12.5", "566", "1.21 times"]),
        (parabola(0.001, 100), Symptom.CREEPING, ["from 12.5 to 10.28 (17.72%)", "100 steps"]),
        ([0.7] * 50, Symptom.PLATEAU, ["0.7", "50 points"]),
        ([3.0, 2.0, 1.5, math.nan], Symptom.DIED, ["NaN", "step 3"]),
    ],
)
def test_the_evidence_carries_the_numbers(losses, symptom, numbers):
    diagnosis = diagnose(losses)
    assert diagnosis.symptom is symptom
    assert all(number in diagnosis.evidence for number in numbers)


# Non-finite losses


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("at", [0, 1, 2, 30, 59])
def test_any_loss_that_is_no_number_means_died(bad, at):
    losses = parabola(0.1, 59)
    losses[at] = bad
    diagnosis = diagnose(losses)
    assert (diagnosis.symptom, diagnosis.at) == (Symptom.DIED, at)


def test_a_run_that_diverged_first_died_of_its_rate():
    losses = parabola(2.1, 100)
    losses[60:] = [math.nan] * 41
    diagnosis = diagnose(losses)
    assert diagnosis.before is Symptom.DIVERGING
    assert "diverging before it died" in diagnosis.advice


def test_a_run_that_died_out_of_health_is_to_be_looked_at():
    losses = parabola(0.1, 100)
    losses[60:] = [math.inf] * 41
    diagnosis = diagnose(losses)
    assert diagnosis.before is Symptom.HEALTHY
    assert "look at the data" in diagnosis.advice


# Rates


def test_a_jump_of_the_rate_is_named_with_both_rates():
    rng = np.random.default_rng(5)
    x, losses = 5.0 * np.ones(6), []
    rates = np.where(T < 90, 0.1, 1.8)
    for rate in rates:
        losses.append(0.5 * float(x @ x))
        x = x - rate * (x + 0.5 * rng.normal(size=6))
    diagnosis = diagnose(losses, rates)
    assert (diagnosis.symptom, diagnosis.at, diagnosis.action) == (Symptom.SUDDEN_CHANGE, 90, Action.LOOK)
    assert "from 0.1 to 1.8" in diagnosis.evidence


def test_a_jump_of_the_rate_that_changes_nothing_is_no_symptom():
    losses = 0.2 + 2.0 * np.exp(-T / 25)
    assert diagnose(losses, np.where(T < 100, 0.1, 0.05)).symptom is Symptom.HEALTHY


@pytest.mark.parametrize("rates", [0.05, [0.05], [0.05] * 100, [0.05] * 101])
def test_one_rate_puts_a_number_on_the_advice(rates):
    assert diagnose(parabola(0.001, 100), rates).advice.endswith("From 0.05 that is 0.5.")


@pytest.mark.parametrize("rates", [np.ones(99), np.ones((2, 101)), ["a"] * 101])
def test_rates_of_another_shape_are_refused(rates):
    with pytest.raises(ValueError, match="rates"):
        diagnose(parabola(0.1, 100), rates)


@pytest.mark.parametrize("losses", [[[1.0, 2.0]], "abc", [1.0, "x"], [None, object()], 3.0])
def test_losses_must_be_one_row_of_numbers(losses):
    with pytest.raises(ValueError, match="losses"):
        diagnose(losses)


# Not sure


@pytest.mark.parametrize("losses", [[], [1.0], [1.0, 0.5]])
def test_fewer_than_three_points_are_no_curve(losses):
    diagnosis = diagnose(losses)
    assert diagnosis.symptom is Symptom.NOT_SURE
    assert "at least 3" in diagnosis.evidence


@pytest.mark.parametrize(
    ("losses", "suspects"),
    [
        (parabola(0.01, 100), {Symptom.CREEPING, Symptom.HEALTHY}),
        (1.0 + np.exp(-T / 15), {Symptom.PLATEAU, Symptom.HEALTHY}),
        (0.5 + 0.6 * np.exp(-T / 8) + 0.13 * NOISE, {Symptom.BOUNCING, Symptom.NOISE_FLOOR}),
        ([1.0, 1.05, 1.1], {Symptom.DIVERGING}),
        ([1.0, 0.9, 1.1, 1.0], set()),
    ],
)
def test_a_borderline_curve_is_not_guessed(losses, suspects):
    diagnosis = diagnose(losses)
    assert diagnosis.symptom is Symptom.NOT_SURE
    assert set(diagnosis.suspects) == suspects
    assert all(SIGNS[symptom].title.lower() in diagnosis.evidence for symptom in suspects)


# Any curve at all


ANY = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=60)


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_every_row_of_floats_gets_a_sentence(losses):
    diagnosis = diagnose(losses)
    assert diagnosis.evidence.endswith(".")
    assert diagnosis.advice.endswith(".")
    assert "nan" not in diagnosis.evidence.replace("NaN", "")
    assert (diagnosis.symptom is Symptom.DIED) == any(not math.isfinite(loss) for loss in losses)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40), st.integers(-30, 30))
@settings(max_examples=100, deadline=None)
def test_doubling_the_unit_never_changes_the_symptom(losses, doublings):
    losses = np.round(losses, 6)
    assert diagnose(losses * 2.0**doublings).symptom is diagnose(losses).symptom


@pytest.mark.parametrize("n", [3, 8, 31, 32, 100, 1000, 100_000])
def test_any_length(n):
    t = np.arange(n) / n
    assert diagnose(0.1 + 3.0 * np.exp(-6.0 * t)).symptom is Symptom.HEALTHY
    assert diagnose(1e-3 * np.exp(9.0 * t)).symptom is Symptom.DIVERGING


def test_every_symptom_has_its_words():
    assert set(SIGNS) == set(Symptom)
    for sign in SIGNS.values():
        assert sign.looks.endswith(".")
        assert sign.advice.endswith(".")


# A cut of the rate


def exponential_with_a_cut(at, factor, steps=80, rate=0.05, noise=0.0, floor=0.1):
    """Losses floor + e^(−Σ rates), the rate divided by `factor` from step `at` on."""
    rates = np.where(np.arange(steps) < at, rate, rate / factor)
    fallen = np.concatenate([[0.0], np.cumsum(rates)[:-1]])
    return floor + np.exp(-fallen) + noise * np.random.default_rng(1).normal(size=steps), rates


@pytest.mark.parametrize("noise", [0.0, 0.004])
@pytest.mark.parametrize("at", [12, 20, 30])
def test_a_rate_cut_in_the_middle_of_a_fall_is_named(at, noise):
    losses, rates = exponential_with_a_cut(at, 100, noise=noise)
    diagnosis = diagnose(losses, rates)
    assert (diagnosis.symptom, diagnosis.at) == (Symptom.SUDDEN_CHANGE, at)
    assert "from 0.05 to 0.0005, in the middle of a fall" in diagnosis.evidence


@pytest.mark.parametrize(
    ("at", "factor", "rate"),
    [
        (70, 100, 0.12),  # it had settled long before
        (30, 2, 0.05),  # half the pace is what half the rate makes
    ],
)
def test_a_cut_that_costs_little_is_no_symptom(at, factor, rate):
    losses, rates = exponential_with_a_cut(at, factor, rate=rate)
    assert diagnose(losses, rates).symptom is not Symptom.SUDDEN_CHANGE
