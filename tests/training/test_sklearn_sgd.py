"""scikit-learn's SGD under our rates: what a step is there, what it ignores, and how it diverges."""

import json
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import SGDClassifier, SGDRegressor
from sklearn.neural_network import MLPClassifier

from lrlab.training import load
from lrlab.training.batches import row_numbers
from lrlab.training.sklearn_sgd import estimator_for, fit_estimator

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "sgd_classifier.json").read_text(encoding="utf-8")
)


def test_constant_rate_matches_the_stored_coefficients() -> None:
    x, y = np.array(GOLDEN["x"]), np.array(GOLDEN["y"])
    data = replace(load("moons"), x_train=x, y_train=y)
    in_order = next(s for s in range(99) if row_numbers(3, 3, s, 0).ravel().tolist() == [0, 1, 2])
    estimator = SGDClassifier(
        loss="log_loss", alpha=GOLDEN["alpha"]
    )  # learning_rate="optimal": must be overruled
    training = fit_estimator(data, estimator, GOLDEN["eta0"], 3, steps=1, seed=in_order)
    np.testing.assert_allclose(training.estimators[0].coef_[0], GOLDEN["constant"]["coef"], rtol=1e-9)
    np.testing.assert_allclose(training.estimators[0].intercept_, GOLDEN["constant"]["intercept"], rtol=1e-9)


def test_fact_26_a_chunk_of_32_rows_is_32_updates() -> None:
    data = load("digits")
    chunk = fit_estimator(data, estimator_for(data), 0.01, 32, steps=1)
    singles = fit_estimator(data, estimator_for(data), 0.01, 1, steps=32)
    # Not to the last bit: scikit-learn keeps weights as a product, and multiplies it out after every call.
    np.testing.assert_allclose(chunk.estimators[0].coef_, singles.estimators[0].coef_, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(chunk.estimators[0].intercept_, singles.estimators[0].intercept_, rtol=1e-12)
    assert chunk.updates_per_step == 32
    assert chunk.estimators[0].t_ == 33.0


def test_fact_27_the_default_schedule_ignores_the_rate_and_constant_obeys_it() -> None:
    data = load("iris")
    x, y = data.x_train[:20], data.y_train[:20]

    def coefficients(schedule: str, eta0: float) -> np.ndarray:
        estimator = SGDClassifier(
            loss="log_loss", learning_rate=schedule, eta0=eta0, random_state=0, shuffle=False
        )
        return estimator.partial_fit(x, y, classes=[0, 1, 2]).coef_

    np.testing.assert_array_equal(coefficients("optimal", 0.01), coefficients("optimal", 1.0))
    assert np.abs(coefficients("constant", 0.01) - coefficients("constant", 1.0)).max() > 0.1
    np.testing.assert_array_equal(coefficients("adaptive", 0.01), coefficients("constant", 0.01))


def test_fact_27_a_rate_set_between_calls_takes_effect_at_once() -> None:
    data = load("iris")
    rates = np.array([[0.5, 1e-9, 1e-9]])
    first = fit_estimator(data, estimator_for(data), rates[:, :1], 16, steps=1).estimators[0].coef_
    third = fit_estimator(data, estimator_for(data), rates, 16, steps=3).estimators[0].coef_
    np.testing.assert_allclose(third, first, atol=1e-5)
    assert np.abs(first).max() > 0.1


def test_fact_28_log_loss_diverges_without_nan_and_without_an_error() -> None:
    data = load("breast_cancer", standardise=False)
    # Without its penalty: where rate times penalty passes 1, scikit-learn sets the weights to 0 before every update.
    training = fit_estimator(data, SGDClassifier(loss="log_loss", alpha=0.0), 1e6, 64, steps=20)
    assert np.abs(training.estimators[0].coef_).max() > 1e9
    assert np.isfinite(training.losses).all()
    assert training.lengths[0] == 20
    assert training.train_losses[0, 0] == pytest.approx(np.log(2))
    assert training.train_losses[0, 1] > 1e6  # a loss far above its start is all there is to see


def test_fact_28_an_error_comes_only_for_weights_that_overflow_and_is_kept_as_nan() -> None:
    """Gradients are clipped at 1e12, so that even a rate of 1e12 does not get there; 1e300 does, in one update."""
    data = load("diabetes")
    training = fit_estimator(data, estimator_for(data), [0.01, 1e12, 1e300], 16, steps=30)
    np.testing.assert_array_equal(training.lengths, [30, 30, 1])
    assert training.losses[1, -1] > 1e20
    assert np.isnan(training.losses[2, 1:]).all()
    assert np.isnan(training.validation_losses[2, 1])
    assert training.validation_losses[0, 1] < training.validation_losses[0, 0]


def test_fact_29_a_rate_set_on_mlpclassifier_between_calls_is_ignored() -> None:
    data = load("iris")

    def weights(change: bool) -> np.ndarray:
        network = MLPClassifier(8, solver="sgd", learning_rate_init=1e-3, random_state=0, batch_size=16)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            network.partial_fit(data.x_train, data.y_train, classes=[0, 1, 2])
            if change:
                network.set_params(learning_rate_init=10.0)
            network.partial_fit(data.x_train, data.y_train)
        return network.coefs_[0]

    np.testing.assert_array_equal(weights(change=True), weights(change=False))


@pytest.mark.parametrize(
    ("name", "start"), [("digits", 10 * np.log(2)), ("breast_cancer", np.log(2)), ("diabetes", 0.5)]
)
def test_the_first_loss_is_that_of_zero_weights(name: str, start: float) -> None:
    data = load(name)
    training = fit_estimator(data, estimator_for(data), 0.01, len(data.x_train), steps=1)
    assert training.losses[0, 0] == pytest.approx(
        start
    )  # the target is standardised: half of its variance, 1


@pytest.mark.parametrize("name", ["digits", "moons", "diabetes"])
def test_score_is_scikit_learns_own(name: str) -> None:
    data = load(name)
    training = fit_estimator(data, estimator_for(data), 0.003, 64, steps=40)
    assert training.validation_scores[0, 1] == pytest.approx(
        training.estimators[0].score(data.x_validation, data.y_validation)
    )


def test_a_chunk_longer_than_the_data_goes_through_it_again() -> None:
    data = load("iris")  # 112 rows
    one = fit_estimator(data, estimator_for(data), 0.01, 300, steps=1)
    many = fit_estimator(data, estimator_for(data), 0.01, 30, steps=10)
    np.testing.assert_allclose(one.estimators[0].coef_, many.estimators[0].coef_, rtol=1e-12)
    assert one.estimators[0].t_ == 301.0


def test_rates_are_trained_apart() -> None:
    data = load("iris")
    both = fit_estimator(data, estimator_for(data), [0.01, 0.1], 16, steps=9)
    for r, rate in enumerate([0.01, 0.1]):
        np.testing.assert_array_equal(
            both.losses[r], fit_estimator(data, estimator_for(data), rate, 16, steps=9).losses[0]
        )


def test_the_estimator_given_is_left_as_it_was() -> None:
    data = load("iris")
    random = np.random.RandomState(3)
    estimator = SGDClassifier(loss="log_loss", random_state=random).fit(data.x_train, data.y_train)
    coefficients, state, parameters = (
        estimator.coef_.copy(),
        random.get_state()[1].copy(),
        estimator.get_params(),
    )
    world = np.random.get_state()[1].copy()  # noqa: NPY002 the global state must not move
    fit_estimator(data, estimator, 0.1, 16, steps=20)
    np.testing.assert_array_equal(estimator.coef_, coefficients)
    np.testing.assert_array_equal(random.get_state()[1], state)
    np.testing.assert_array_equal(np.random.get_state()[1], world)  # noqa: NPY002
    assert estimator.get_params() == parameters


@pytest.mark.parametrize(
    ("name", "estimator", "complaint"),
    [
        ("iris", SGDClassifier(), r"SGDClassifier\(loss='hinge'\).*SGDClassifier\(loss='log_loss'\)"),
        ("iris", SGDRegressor(), "SGDRegressor.*needs SGDClassifier"),
        ("diabetes", SGDClassifier(loss="log_loss"), "needs SGDRegressor"),
        ("diabetes", "sgd", r"str\(loss=None\)"),
    ],
)
def test_an_estimator_that_does_not_suit_is_refused(name: str, estimator: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        fit_estimator(load(name), estimator, 0.01, 16, steps=3)


def test_a_rate_of_zero_is_refused_as_scikit_learn_would() -> None:
    data = load("iris")
    with pytest.raises(ValueError, match=r"rates holds 0\.0"):
        fit_estimator(data, estimator_for(data), 0.0, 16, steps=3)


def test_progress_counts_every_step_of_every_rate() -> None:
    told: list[tuple[int, int]] = []
    data = load("iris")
    fit_estimator(
        data, estimator_for(data), [0.01, 0.1], 16, steps=3, progress=lambda done, of: told.append((done, of))
    )
    assert told == [(i, 6) for i in range(1, 7)]
