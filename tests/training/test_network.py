"""Gradients against differences, for every model, activation, loss and kind of data; and the starting weights."""

import numpy as np
import pytest

from lrlab.training import Model, hidden, linear, load
from lrlab.training.data import Data, prepare
from lrlab.training.losses import LOSSES, targets_for
from lrlab.training.network import bind, evaluate, loss_and_gradient, starting_weights, with_ones

RANDOM = np.random.default_rng(7)
X = RANDOM.normal(size=(24, 3))
DATA = {
    "target": prepare("target", X, RANDOM.normal(size=24)),
    "two classes": prepare("two", X, np.arange(24) % 2, classes=("a", "b")),
    "four classes": prepare("four", X, np.arange(24) % 4, classes=("a", "b", "c", "d")),
}
LOSSES_OF = {
    "target": ("squares",),
    "two classes": ("logistic", "softmax", "squares"),
    "four classes": ("softmax", "squares"),
}
MODELS = {
    "linear": linear,
    "tanh": lambda loss: hidden(5, "tanh", loss),
    "relu": lambda loss: hidden(5, "relu", loss),
}
CASES = [(kind, loss, model) for kind, losses in LOSSES_OF.items() for loss in losses for model in MODELS]


def mean_loss(data: Data, model: Model, weights: np.ndarray) -> float:
    """The loss written once more, row by row, with none of the code under test but the order of the weights."""
    x = data.x_train
    widths = [x.shape[1], model.width] if model.width else [x.shape[1]]
    outputs = {"logistic": 1}.get(model.loss, max(len(data.classes), 1))
    total, layers = 0, []
    for inputs, units in zip(widths, [*widths[1:], outputs], strict=True):
        layers.append(weights[total : total + units * (inputs + 1)].reshape(units, inputs + 1))
        total += units * (inputs + 1)
    assert total == len(weights)
    losses = []
    for row, label in zip(x, data.y_train, strict=True):
        z = row
        for depth, layer in enumerate(layers):
            z = layer[:, :-1] @ z + layer[:, -1]
            if depth + 1 < len(layers):
                z = np.tanh(z) if model.activation == "tanh" else np.where(z > 0, z, 0.0)
        if model.loss == "logistic":
            losses.append(np.log1p(np.exp(-z[0])) if label else np.log1p(np.exp(z[0])))
        elif model.loss == "softmax":
            losses.append(-np.log(np.exp(z[label]) / np.exp(z).sum()))
        else:
            wanted = np.eye(outputs)[label] if data.classes else np.array([label])
            losses.append(0.5 * ((z - wanted) ** 2).sum())
    return float(np.mean(losses))


@pytest.mark.parametrize(("kind", "loss", "model"), CASES)
def test_loss_and_gradient_agree_with_central_differences(kind: str, loss: str, model: str) -> None:
    data, record = DATA[kind], MODELS[model](loss)
    network = bind(record, data)
    weights = np.random.default_rng(3).normal(size=(2, network.parameters))
    gradient = np.full_like(weights, np.nan)
    targets = targets_for(data.y_train, network.loss, network.classes)
    losses = loss_and_gradient(
        network, network.views(weights), with_ones(data.x_train), targets, network.views(gradient)
    )
    for r in range(2):
        assert losses[r] == pytest.approx(mean_loss(data, record, weights[r]), rel=1e-12)
        for i, step in enumerate(1e-5 * np.eye(network.parameters)):
            up, down = (mean_loss(data, record, weights[r] + sign * step) for sign in (1, -1))
            assert gradient[r, i] == pytest.approx((up - down) / 2e-5, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("kind", "loss", "model"), CASES)
def test_evaluate_gives_the_same_loss_as_training_and_a_score(kind: str, loss: str, model: str) -> None:
    data, record = DATA[kind], MODELS[model](loss)
    network = bind(record, data)
    weights = np.random.default_rng(4).normal(size=(3, network.parameters))
    targets = targets_for(data.y_train, network.loss, network.classes)
    losses, scores = evaluate(network, weights, with_ones(data.x_train), targets)
    np.testing.assert_allclose(losses, [mean_loss(data, record, row) for row in weights], rtol=1e-12)
    assert scores.shape == (3,)
    if data.classes:
        assert ((scores >= 0) & (scores <= 1)).all()
        np.testing.assert_allclose(scores * len(targets[0]) % 1, 0, atol=1e-9)  # whole rows


@pytest.mark.parametrize(
    ("name", "outputs", "loss"),
    [("digits", 10, "softmax"), ("breast_cancer", 1, "logistic"), ("diabetes", 1, "squares")],
)
def test_auto_lets_the_data_choose_the_loss(name: str, outputs: int, loss: str) -> None:
    network = bind(linear(), load(name))
    assert (network.outputs, network.loss) == (outputs, LOSSES[loss])


@pytest.mark.parametrize(
    ("name", "loss"), [("digits", "logistic"), ("diabetes", "softmax"), ("diabetes", "logistic")]
)
def test_a_loss_that_does_not_suit_the_data_is_refused(name: str, loss: str) -> None:
    with pytest.raises(ValueError, match=rf"'{loss}'.*can be learned with"):
        bind(linear(loss), load(name))


def test_a_linear_model_starts_at_zero() -> None:
    network = bind(linear(), load("iris"))
    np.testing.assert_array_equal(starting_weights(network, np.random.default_rng(0)), np.zeros(15))


@pytest.mark.parametrize(("activation", "gain"), [("tanh", 1.0), ("relu", 2.0**0.5)])
def test_a_hidden_layer_starts_with_the_spread_it_states(activation: str, gain: float) -> None:
    network = bind(hidden(2000, activation, scale=0.3), load("digits"))
    first, last = network.views(starting_weights(network, np.random.default_rng(0))[None])
    assert first[..., :-1].std() == pytest.approx(0.3 * gain / 8, rel=0.02)  # 64 pixels
    assert last[..., :-1].std() == pytest.approx(0.3 / 2000**0.5, rel=0.02)
    np.testing.assert_array_equal(first[..., -1], 0.0)
    np.testing.assert_array_equal(last[..., -1], 0.0)


@pytest.mark.parametrize("z", [800.0, -800.0, 1e300])
@pytest.mark.parametrize("loss", ["softmax", "logistic"])
def test_huge_outputs_do_not_overflow(loss: str, z: float) -> None:
    outputs = np.zeros((1, 2 if loss == "softmax" else 1, 3))
    outputs[:, -1] = z
    targets = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])[-outputs.shape[1] :]
    value = LOSSES[loss].value_and_slope(outputs, targets)
    # One row of class 0, two of class 1: what is wrong costs |z| each, what is right costs nothing.
    assert value[0] == pytest.approx((1 if z > 0 else 2) * abs(z) / 3)
    assert np.isfinite(outputs).all()


def test_a_lost_logistic_training_never_shows_a_negative_loss() -> None:
    z = np.array([[[3.1e23, -2.7e22, 5.5e23, 1.3e21]]])
    assert LOSSES["logistic"].value_and_slope(z.copy(), np.array([[1.0, 0.0, 1.0, 1.0]]))[0] == 0.0


@pytest.mark.parametrize(
    ("build", "complaint"),
    [
        (lambda: hidden(0), r"width is 0; it must lie in \[1, 4096\]"),
        (lambda: hidden(8, "sigmoid"), "'sigmoid'.*tanh, relu"),
        (lambda: hidden(8, scale=-1.0), r"scale is -1.0"),
        (lambda: linear("hinge"), "'hinge'.*softmax, logistic, squares"),
    ],
)
def test_a_model_out_of_range_is_refused(build: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        build()  # type: ignore[operator]
