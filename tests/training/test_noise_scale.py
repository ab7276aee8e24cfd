"""Gradient noise: against the gradient of every row taken alone, against its own estimate, and fact 17."""

from dataclasses import replace

import numpy as np
import pytest

from lrlab.training import Data, fit, hidden, linear, load
from lrlab.training.losses import targets_for
from lrlab.training.network import bind, loss_and_gradient, with_ones
from lrlab.training.noise_scale import estimated_gradient_noise, gradient_noise

FULL = 10**6


def all_digits() -> Data:
    """Every row of the digits on one scale: what the fact was computed on."""
    raw = load("digits", standardise=False)
    x = np.vstack([raw.x_train, raw.x_validation])
    y = np.concatenate([raw.y_train, raw.y_validation])
    spread = np.where(np.ptp(x, axis=0) > 0, x.std(axis=0), 1.0)
    return replace(raw, x_train=(x - x.mean(axis=0)) / spread, y_train=y)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("iris", linear()),
        ("breast_cancer", linear()),
        ("diabetes", linear()),
        ("iris", hidden(5, "tanh")),
        ("moons", hidden(4, "relu", "squares")),
    ],
    ids=["softmax", "logistic", "squares", "hidden tanh", "hidden relu, squares"],
)
def test_it_is_the_spread_of_the_gradients_of_single_rows(name, model) -> None:
    data = load(name)
    training = fit(data, model, "sgd", [0.01, 0.3], 16, steps=20)
    network = bind(model, data)
    x, targets = with_ones(data.x_train), targets_for(data.y_train, network.loss, network.classes)
    rows = np.empty((len(x), *training.weights.shape))
    for i, gradient in enumerate(rows):
        loss_and_gradient(
            network,
            network.views(training.weights),
            x[i : i + 1],
            targets[:, i : i + 1],
            network.views(gradient),
        )
    noise = gradient_noise(data, training)
    np.testing.assert_allclose(noise.squared_gradient, (rows.mean(axis=0) ** 2).sum(axis=-1))
    np.testing.assert_allclose(noise.trace, rows.var(axis=0).sum(axis=-1))
    np.testing.assert_allclose(noise.scale, noise.trace / noise.squared_gradient)


def test_fact_17_the_noise_scale_grows_as_the_loss_falls() -> None:
    """Softmax on all digits, full-batch descent at 0.1: at the start, and after 10, 100 and 1000 updates."""
    data = all_digits()
    start = fit(data, linear(), "sgd", 0.0, FULL, steps=1, measure="ends")
    trainings = [
        fit(data, linear(), "sgd", 0.1, FULL, steps=steps, measure="ends") for steps in (10, 100, 1000)
    ]
    scales = [gradient_noise(data, training).scale[0] for training in (start, *trainings)]
    assert scales[0] == pytest.approx(28.68, abs=0.005)
    np.testing.assert_allclose(scales, [28.7, 45, 345, 3404], rtol=0.07)
    losses = [training.train_losses[0, -1] for training in (start, *trainings)]
    assert (np.diff(losses) < 0).all()


def test_fact_17_two_batch_sizes_are_enough_to_estimate_it() -> None:
    data = all_digits()
    start = fit(data, linear(), "sgd", 0.0, FULL, steps=1, measure="never")
    estimates = [estimated_gradient_noise(data, start, draws=1500, seed=seed).scale[0] for seed in range(5)]
    np.testing.assert_allclose(estimates, 28.68, rtol=0.15)
    assert np.mean(estimates) == pytest.approx(28.94, rel=0.05)


def test_the_two_parts_of_the_estimate_are_right_on_average() -> None:
    data = load("moons")
    training = fit(data, hidden(4), "sgd", [0.05, 0.5], 16, steps=30)
    exact = gradient_noise(data, training)
    estimate = estimated_gradient_noise(data, training, small=2, large=64, draws=4000)
    np.testing.assert_allclose(estimate.squared_gradient, exact.squared_gradient, rtol=0.15)
    np.testing.assert_allclose(estimate.trace, exact.trace, rtol=0.1)


def test_a_training_that_was_lost_has_no_noise_scale() -> None:
    data = load("diabetes")
    training = fit(data, linear(), "sgd", [0.01, 1e6], 16, steps=200)
    assert training.lengths[1] < 200
    scale = gradient_noise(data, training).scale
    assert np.isfinite(scale[0])
    assert np.isnan(scale[1])


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"small": 0}, "small is 0"),
        ({"small": 8, "large": 8}, "large is 8; it must be a whole number of at least 9"),
        ({"draws": 0}, "draws is 0"),
        ({"seed": -1}, "seed is -1"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(settings, complaint) -> None:
    data = load("iris")
    start = fit(data, "linear", "sgd", 0.0, 16, steps=1, measure="never")
    with pytest.raises(ValueError, match=complaint):
        estimated_gradient_noise(data, start, **settings)
