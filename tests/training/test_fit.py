"""Training: optima known from elsewhere, stacked against single, divergence, budgets, batches, going on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression, LogisticRegression

from lrlab.training import fit, hidden, linear, load, resume
from lrlab.training.network import bind

OPTIMIZERS = ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"]
FULL = 10**6


@pytest.mark.parametrize("name", ["wine", "breast_cancer"])
def test_the_optimum_of_a_linear_classifier_is_scikit_learns(name: str) -> None:
    """With L2 decay w on all weights, the optimum is LogisticRegression's with C = 1/(N·w) and a penalised bias."""
    data, decay = load(name), 0.1
    training = fit(data, linear(), "sgd", 1.0, FULL, steps=1500, measure="never", weight_decay=decay)
    x = np.column_stack([data.x_train, np.ones(len(data.x_train))])
    reference = LogisticRegression(C=1 / (len(x) * decay), fit_intercept=False, tol=1e-10, max_iter=10_000)
    reference.fit(x, data.y_train)
    (weights,) = bind(linear(), data).views(training.weights)
    np.testing.assert_allclose(weights[0], reference.coef_, atol=1e-6)


def test_the_optimum_of_least_squares_is_lstsqs() -> None:
    data = load("diabetes")
    training = fit(data, linear(), "momentum", 0.3, FULL, steps=3000, measure="ends")
    a = np.column_stack([data.x_train, np.ones(len(data.x_train))])
    best, residual, *_ = np.linalg.lstsq(a, data.y_train, rcond=None)
    reference = LinearRegression().fit(data.x_train, data.y_train)
    np.testing.assert_allclose(training.weights[0], best, atol=1e-6)
    assert training.train_losses[0, -1] == pytest.approx(residual[0] / (2 * len(a)), rel=1e-9)
    assert training.validation_scores[0, -1] == pytest.approx(
        reference.score(data.x_validation, data.y_validation)
    )


@pytest.mark.parametrize("model", ["linear", "hidden"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_stacked_sweep_equals_single_fits(optimizer: str, model: str) -> None:
    """To 1e-12 and not bit for bit: BLAS may take another kernel for one matrix than for five."""
    data, rates = load("iris"), np.geomspace(1e-3, 0.3, 5)
    stacked = fit(data, model, optimizer, rates, 16, epochs=6, seed=3)
    for r, rate in enumerate(rates):
        single = fit(data, model, optimizer, rate, 16, epochs=6, seed=3)
        for field in ("losses", "train_losses", "validation_losses", "validation_scores", "weights"):
            np.testing.assert_allclose(
                getattr(stacked, field)[r], getattr(single, field)[0], rtol=1e-12, atol=1e-12, err_msg=field
            )


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_learns(optimizer: str) -> None:
    rate = 0.5 if optimizer == "sgd" else 0.05
    training = fit(load("digits"), "hidden", optimizer, rate, 64, epochs=5)
    assert training.validation_losses[0, 0] > 2.0
    assert training.validation_losses[0, -1] < 0.3
    assert training.validation_scores[0, -1] > 0.9


def test_the_first_loss_is_before_any_update() -> None:
    training = fit(load("digits"), linear(), "sgd", [1e-3, 1.0], 64, epochs=1)
    np.testing.assert_allclose(training.losses[:, 0], np.log(10))  # zero weights: every digit equally likely
    np.testing.assert_allclose(training.train_losses[:, 0], np.log(10))


def test_one_update_by_hand() -> None:
    data = load("iris")
    training = fit(data, linear(), "sgd", 0.7, FULL, steps=1)
    a = np.column_stack([data.x_train, np.ones(len(data.x_train))])
    slope = (np.full((len(a), 3), 1 / 3) - np.eye(3)[data.y_train]) / len(a)  # p − y at zero weights
    np.testing.assert_allclose(training.weights[0], -0.7 * (slope.T @ a).ravel(), rtol=1e-12, atol=1e-15)


def test_the_same_seed_gives_the_same_training_and_another_seed_another() -> None:
    first, again, other = (fit(load("moons"), "hidden", "sgd", 0.1, 32, epochs=2, seed=s) for s in (5, 5, 6))
    np.testing.assert_array_equal(first.losses, again.losses)
    assert (first.losses[:, 0] != other.losses[:, 0]).all()


def test_a_rate_does_not_change_which_rows_are_seen() -> None:
    training = fit(load("iris"), linear(), "sgd", [0.0, 0.0, 0.5], 16, epochs=2)
    np.testing.assert_array_equal(training.losses[0], training.losses[1])
    np.testing.assert_allclose(training.losses[0], np.log(3))


def test_a_schedule_is_a_row_of_rates() -> None:
    data, path = load("iris"), np.linspace(0.5, 0.0, 14)
    by_hand = fit(data, linear(), "momentum", path[:1], 16, steps=1)
    for rate in path[1:]:
        by_hand = resume(data, by_hand, steps=1, rates=rate)
    scheduled = fit(data, linear(), "momentum", path[None], 16, steps=14)
    np.testing.assert_array_equal(scheduled.rates[0], path)
    np.testing.assert_allclose(scheduled.weights, by_hand.weights, rtol=1e-12)


def test_a_lost_row_is_nan_after_it_and_disturbs_nobody() -> None:
    data = load("diabetes")
    training = fit(data, linear(), "sgd", [0.01, 5.0, 0.02], 16, epochs=20)
    alone = fit(data, linear(), "sgd", [0.01, 0.02], 16, epochs=20)
    np.testing.assert_allclose(training.losses[[0, 2]], alone.losses, rtol=1e-12)
    np.testing.assert_allclose(training.validation_losses[[0, 2]], alone.validation_losses, rtol=1e-12)
    length = training.lengths[1]
    assert 0 < length < training.losses.shape[1]
    assert training.losses[1, length - 1] > 1e100  # kept as computed, never clipped
    assert not np.isfinite(training.losses[1, length])
    assert np.isnan(training.losses[1, length + 1 :]).all()
    for field in ("train_losses", "validation_losses", "validation_scores"):
        assert np.isnan(getattr(training, field)[1, training.measured_at > length]).all()
    assert np.isnan(training.weights[1]).all()
    assert (training.lengths[[0, 2]] == training.losses.shape[1]).all()


def test_an_epoch_is_whole_batches() -> None:
    training = fit(load("wine"), linear(), "sgd", 0.1, 16, epochs=2)  # 133 rows: 8 batches, 5 rows left over
    assert training.losses.shape == (1, 16)
    assert training.epochs == 2
    np.testing.assert_array_equal(training.measured_at, [0, 8, 16])


@pytest.mark.parametrize(
    ("measure", "measured_at"),
    [("epochs", [0, 7, 14, 16]), ("ends", [0, 16]), ("never", [])],
)
def test_when_all_rows_are_measured(measure: str, measured_at: list[int]) -> None:
    training = fit(load("iris"), linear(), "sgd", [0.1, 0.2], 16, steps=16, measure=measure)  # type: ignore[arg-type]
    np.testing.assert_array_equal(training.measured_at, measured_at)
    assert training.validation_losses.shape == training.train_losses.shape == (2, len(measured_at))
    assert training.epochs == 2


def test_a_batch_of_all_rows_is_plain_descent() -> None:
    """The loss of each full batch is the training loss measured there."""
    training = fit(load("iris"), linear(), "sgd", 0.1, FULL, epochs=5)
    np.testing.assert_allclose(training.losses[0], training.train_losses[0, :-1], rtol=1e-12)
    assert training.batch_size == 112


@settings(max_examples=20, deadline=None)
@given(first=st.integers(1, 30), then=st.integers(1, 30), optimizer=st.sampled_from([*OPTIMIZERS, "nadam"]))
def test_going_on_equals_never_having_stopped(first: int, then: int, optimizer: str) -> None:
    data, rates = load("iris"), [0.003, 0.03]
    whole = fit(data, "hidden", optimizer, rates, 16, steps=first + then, measure="never")
    parts = resume(data, fit(data, "hidden", optimizer, rates, 16, steps=first), steps=then, measure="never")
    np.testing.assert_array_equal(parts.losses, whole.losses)
    np.testing.assert_array_equal(parts.weights, whole.weights)
    assert parts.place == whole.place


def test_some_rows_go_on_and_the_earlier_record_stays_as_it_was() -> None:
    data = load("iris")
    first = fit(data, "hidden", "adam", [0.001, 0.01, 0.1], 16, epochs=2)
    weights, state = first.weights.copy(), [np.copy(part) for part in first.state]
    second = resume(data, first, epochs=2, rows=[2, 0])
    whole = fit(data, "hidden", "adam", [0.1, 0.001], 16, epochs=4)
    np.testing.assert_allclose(second.validation_losses, whole.validation_losses, rtol=1e-10)
    np.testing.assert_array_equal(second.measured_at, whole.measured_at)
    np.testing.assert_array_equal(first.weights, weights)
    for now, before in zip(first.state, state, strict=True):
        np.testing.assert_array_equal(now, before)


def test_a_new_batch_size_starts_a_fresh_epoch() -> None:
    data = load("iris")
    first = fit(data, linear(), "sgd", 0.1, 16, steps=10)  # in the second epoch
    second = resume(data, first, epochs=3, batch_size=56)
    assert second.losses.shape == (1, 10 + 3 * 2)
    assert second.epochs == 5
    assert second.batch_size == 56


def test_finishing_an_epoch_under_way_counts_as_one() -> None:
    data = load("iris")
    assert resume(data, fit(data, linear(), "sgd", 0.1, 16, steps=10), epochs=1).losses.shape == (1, 14)


def test_progress_is_told_and_can_end_the_training() -> None:
    told: list[tuple[int, int]] = []
    fit(load("iris"), linear(), "sgd", 0.1, 16, steps=250, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (250, 250)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert 50 <= len(told) <= 130

    def cancel(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(load("iris"), linear(), "sgd", 0.1, 16, steps=250, progress=cancel)


def test_results_are_read_only() -> None:
    training = fit(load("iris"), linear(), "sgd", 0.1, 16, steps=3)
    for array in (training.losses, training.rates, training.weights, training.validation_losses):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 0.0


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"steps": None}, "epochs is None and steps is None; give exactly one"),
        ({"epochs": 2}, "epochs is 2 and steps is 5; give exactly one"),
        ({"steps": 0}, "steps is 0; it must be a whole number of at least 1"),
        ({"steps": None, "epochs": 0}, "epochs is 0"),
        ({"steps": 2.5}, "steps is 2.5"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"rates": [-0.1]}, "from -0.1"),
        ({"rates": [np.nan]}, "nan"),
        ({"rates": []}, r"shape \(0,\)"),
        ({"rates": np.ones((2, 3))}, r"shape \(2, 3\).*\(R, 5\)"),
        ({"model": "transformer"}, "'transformer'.*linear, hidden"),
        ({"optimizer": "lion"}, "'lion'"),
        ({"sampling": "sorted"}, "'sorted'.*shuffled, independent"),
        ({"measure": "always"}, "'always'"),
        ({"momentum": 0.9}, "sgd has no coefficient 'momentum'"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(changes: dict[str, object], complaint: str) -> None:
    arguments = {
        "model": "linear",
        "optimizer": "sgd",
        "rates": [0.1],
        "batch_size": 16,
        "steps": 5,
    } | changes
    with pytest.raises(ValueError, match=complaint):
        fit(load("iris"), **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"rows": [3]}, r"rows is \[3\].*from 0 to 1"),
        ({"rows": []}, r"rows is \[\]"),
        ({"rates": [0.1, 0.2, 0.3]}, "rates has 3 rows; 2 trainings go on"),
        ({"batch_size": 0}, "batch_size is 0"),
    ],
)
def test_a_bad_continuation_is_named_with_its_value(changes: dict[str, object], complaint: str) -> None:
    training = fit(load("iris"), hidden(4), "sgd", [0.1, 0.2], 16, steps=5)
    with pytest.raises(ValueError, match=complaint):
        resume(load("iris"), training, steps=5, **changes)  # type: ignore[arg-type]


def test_going_on_with_other_data_is_refused() -> None:
    training = fit(load("iris"), "linear", "sgd", 0.1, 16, steps=5)
    with pytest.raises(ValueError, match="Wine needs 42 weights; this training has 15"):
        resume(load("wine"), training, steps=5)
