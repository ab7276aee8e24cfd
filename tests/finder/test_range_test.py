"""The range test: its ramp, its stop rule, its sentence, and that it leaves no trace."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import SGDClassifier

from lrlab.finder import range_test
from lrlab.finder.range_test import Stop, corrected_average, record, stopping_point
from lrlab.training import fit, hidden, linear, load
from lrlab.training.curvature import largest_stable_rate
from lrlab.training.sklearn_sgd import estimator_for, fit_estimator

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "finder_curve.json").read_text(encoding="utf-8"))
INDEX = np.arange(100)
RATES = 1e-7 * (10 / 1e-7) ** (INDEX / 99)
DECADES = np.log10(RATES)
LOSSES = 2.3 - 1.8 / (1 + np.exp(-3 * (DECADES + 2.5))) + np.exp(4 * (DECADES - 0.2))


def test_the_ramp_is_geometric_and_includes_both_ends() -> None:
    test = range_test(load("iris"), "linear", batch_size=16)
    np.testing.assert_allclose(test.rates, RATES, rtol=1e-12)
    assert (test.rates[0], test.rates[-1]) == (1e-7, 10.0)


def test_the_losses_are_raw_and_those_of_a_training_with_these_rates() -> None:
    data = load("digits")
    test = range_test(data, "hidden", "momentum", seeds=(0, 4), momentum=0.8)
    for row, seed in enumerate((0, 4)):
        training = fit(data, "hidden", "momentum", test.rates[None], 64, steps=100, seed=seed, momentum=0.8)
        kept = test.lengths[row]
        assert kept > 80
        np.testing.assert_array_equal(test.losses[row, :kept], training.losses[0, :kept])
        assert np.isnan(test.losses[row, kept:]).all()


def test_fact_21_the_golden_curve_is_what_the_notes_say() -> None:
    np.testing.assert_allclose(
        LOSSES[[int(i) for i in GOLDEN["losses"]]], list(GOLDEN["losses"].values()), rtol=1e-9
    )
    assert LOSSES.argmin() == GOLDEN["minimum"]["index"]
    above = np.minimum.accumulate(LOSSES) * 4 < LOSSES
    assert above.argmax() == GOLDEN["first_above_four_times_the_best"]["index"]
    assert RATES[above.argmax()] == pytest.approx(GOLDEN["first_above_four_times_the_best"]["rate"])


@pytest.mark.parametrize("beta", ["0.98", "0.9"])
def test_fact_22_an_exponential_average_lags(beta: str) -> None:
    golden, shift = GOLDEN["averages"][beta], GOLDEN["shift_in_decades"][beta]
    average = corrected_average(LOSSES, float(beta))
    np.testing.assert_allclose(average[[0, 50, 99]], [golden["0"], golden["50"], golden["99"]], rtol=1e-9)
    assert average.argmin() == golden["minimum_index"]
    steepest = np.gradient(average, DECADES).argmin()
    assert RATES[average.argmin()] == pytest.approx(golden["minimum"], rel=1e-3)
    assert RATES[steepest] == pytest.approx(golden["steepest"], rel=1e-3)
    assert DECADES[average.argmin()] - DECADES[75] == pytest.approx(shift["minimum"], abs=0.005)
    assert DECADES[steepest] - DECADES[56] == pytest.approx(shift["steepest"], abs=0.005)


def test_fact_25_the_first_average_is_the_first_loss() -> None:
    assert corrected_average([3.7, 1.0], 0.98)[0] == pytest.approx(3.7)


@given(st.floats(-1e6, 1e6), st.integers(1, 50), st.floats(0, 0.999))
def test_the_average_of_a_constant_is_that_constant(level: float, count: int, beta: float) -> None:
    np.testing.assert_allclose(corrected_average([level] * count, beta), level, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_fact_25_a_loss_that_is_no_number_stops_the_test(bad: float) -> None:
    losses = LOSSES.copy()
    losses[40:] = bad
    assert stopping_point(losses) == (40, Stop.NOT_FINITE)
    test = record(RATES, [losses], (0,))
    assert test.lengths[0] == 40
    np.testing.assert_array_equal(test.losses[0, :40], losses[:40])
    np.testing.assert_array_equal(test.losses[0, 40], bad)  # kept as computed
    assert np.isnan(test.losses[0, 41:]).all()


@pytest.mark.parametrize(
    ("losses", "index", "stop"),
    [
        ([1.0] * 10, 9, Stop.END),
        ([1.0] * 7 + [100.0] * 3, 7, Stop.EXPLODED),
        # The average weighs a new point with .1/(1 − .9⁸) = .176 at index 7: 3.8 there, 5.9 at the next.
        ([1.0] * 7 + [17.0] * 3, 8, Stop.EXPLODED),
        ([1.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0], 5, Stop.EXPLODED),  # five points of grace
        ([8.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0], 7, Stop.END),  # falling is no explosion
        ([np.nan, 1.0, 1.0], 0, Stop.NOT_FINITE),
        ([1.0, 2.0], 1, Stop.END),
    ],
)
def test_where_a_ramp_stops(losses: list[float], index: int, stop: Stop) -> None:
    assert stopping_point(losses) == (index, stop)


def test_the_average_decides_the_stop_and_not_a_single_noisy_point() -> None:
    losses = np.ones(60)
    losses[30] = 5.0  # above 4 times the best, for one batch only
    assert stopping_point(losses) == (59, Stop.END)


@pytest.mark.parametrize(
    ("curves", "sentence"),
    [
        ([np.ones(100)], "The ramp ran through all 100 rates, up to 10, and the loss did not explode."),
        (
            [np.where(INDEX < 70, 1.0, 1e9)],
            "The ramp stopped at rate 0.0453, where the running average of the loss passed 4 times its best.",
        ),
        (
            [np.where(INDEX < 70, 1.0, np.nan), np.ones(100), np.where(INDEX < 80, 1.0, np.nan)],
            "2 of 3 ramps stopped at rate 0.0453 to 0.292, where the loss was no longer a finite number; "
            "1 of 3 ramps ran through all 100 rates, up to 10, and the loss did not explode.",
        ),
    ],
)
def test_the_reason_is_a_sentence(curves: list[np.ndarray], sentence: str) -> None:
    test = record(RATES, curves, tuple(range(len(curves))))
    assert test.stop_reason == sentence


def test_fact_25_training_after_the_finder_equals_training_without_it() -> None:
    data = load("digits")

    def everything() -> list[np.ndarray]:
        training = fit(data, "hidden", "adam", [0.001, 0.01], 64, epochs=2, seed=1)
        return [training.losses, training.weights, training.validation_losses, *training.state[:2]]

    world = np.random.get_state()[1].copy()  # noqa: NPY002 the global state must not move
    without = everything()
    range_test(data, "hidden", "adam", seeds=(1, 2))
    for after, before in zip(everything(), without, strict=True):
        np.testing.assert_array_equal(after, before)
    np.testing.assert_array_equal(np.random.get_state()[1], world)  # noqa: NPY002


def test_fact_25_an_estimator_trains_after_the_finder_as_without_it() -> None:
    data = load("iris")

    def trained(with_finder: bool) -> tuple[np.ndarray, np.ndarray]:
        random = np.random.RandomState(5)
        estimator = SGDClassifier(loss="log_loss", random_state=random)
        estimator.partial_fit(data.x_train, data.y_train, classes=[0, 1, 2])
        if with_finder:
            range_test(data, estimator, steps=20, batch_size=16, seeds=(0, 1))
        estimator.partial_fit(data.x_train, data.y_train)  # shuffles, so it draws from its random state
        return estimator.coef_, random.get_state()[1]

    for after, before in zip(trained(with_finder=True), trained(with_finder=False), strict=True):
        np.testing.assert_array_equal(after, before)


def test_an_estimator_is_tested_on_the_same_ramp() -> None:
    data = load("diabetes")
    test = range_test(data, estimator_for(data), high=1.0, batch_size=16)
    training = fit_estimator(data, estimator_for(data), test.rates[None], 16, steps=100)
    np.testing.assert_array_equal(test.losses[0, : test.lengths[0]], training.losses[0, : test.lengths[0]])
    assert test.stops == (Stop.EXPLODED,)


@pytest.mark.parametrize("name", ["diabetes", "iris", "wine"])
def test_fact_24_on_quadratics_the_blow_up_comes_late_and_the_steepest_point_wanders(name: str) -> None:
    data = load(name)
    limit = largest_stable_rate(data.x_train, "squares")
    blow_ups, steepest = [], []
    for steps in (100, 300, 1000):
        test = range_test(data, linear("squares"), batch_size=10**6, steps=steps)
        assert test.stops == (Stop.EXPLODED,)
        blow_ups.append(test.rates[test.lengths[0] - 1] / limit)
        losses = test.losses[0, : test.lengths[0]]
        lowest = losses.argmin()
        steepest.append(
            test.rates[np.gradient(losses, np.log10(test.rates[: len(losses)]))[:lowest].argmin()]
        )
    assert 1.2 < min(blow_ups) < max(blow_ups) < 14
    assert blow_ups == sorted(blow_ups, reverse=True)
    assert 7 < steepest[0] / steepest[-1] < 14


def test_progress_counts_ramps() -> None:
    told: list[tuple[int, int]] = []
    range_test(
        load("iris"), "linear", steps=10, seeds=(0, 1), progress=lambda done, of: told.append((done, of))
    )
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"low": 0.0}, "low is 0.0 and high 10.0"),
        ({"low": 1.0, "high": 0.1}, "low is 1.0 and high 0.1"),
        ({"high": np.inf}, "high inf"),
        ({"steps": 1}, "steps is 1; it must be a whole number of at least 2"),
        ({"seeds": ()}, "seeds is empty"),
        ({"seeds": (-1,)}, "seed is -1"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"model": "deep"}, "'deep'"),
        ({"model": SGDClassifier(loss="log_loss"), "optimizer": "adam"}, "optimizer is adam; a scikit-learn"),
        ({"model": SGDClassifier(loss="log_loss"), "weight_decay": 0.1}, "optimizer is sgd, weight_decay"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        range_test(load("iris"), **({"model": hidden(4)} | changes))  # type: ignore[arg-type]


def test_a_beta_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"beta is 1.0; it must lie in \[0, 1\)"):
        corrected_average([1.0], 1.0)
