"""A model bound to data: its outputs and exact gradients for many weight sets at once.

All weights lie in one row of P numbers, so that R weight sets are one array (R, P) and an optimizer moves them in
one call. Inside, a layer is (outputs, inputs + 1): the last column is the bias, and the inputs carry a 1.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrlab.training.data import Data
from lrlab.training.losses import LOSSES, Loss, score
from lrlab.training.models import ACTIVATIONS, Model

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """A model bound to data: `inputs` counts the features and the 1; `classes` is 0 for a target."""

    model: Model
    inputs: int
    outputs: int
    classes: int
    loss: Loss

    @property
    def layers(self) -> tuple[tuple[int, int], ...]:
        """The shape (outputs, inputs + 1) of each layer, first to last."""
        if not self.model.width:
            return ((self.outputs, self.inputs),)
        return ((self.model.width, self.inputs), (self.outputs, self.model.width + 1))

    @property
    def parameters(self) -> int:
        """P, how many numbers there are to learn."""
        return sum(rows * columns for rows, columns in self.layers)

    def views(self, weights: Array) -> list[Array]:
        """The layers (R, outputs, inputs + 1) that lie in `weights` (R, P), sharing its memory."""
        found, first = [], 0
        for rows, columns in self.layers:
            found.append(weights[:, first : first + rows * columns].reshape(len(weights), rows, columns))
            first += rows * columns
        return found


def bind(model: Model, data: Data) -> Network:
    """Fit a model's shape to data: choose the loss where it is "auto", and count inputs and outputs.

    Raises:
        ValueError: for a loss that does not suit the data.

    >>> from lrlab.training.data import load
    >>> from lrlab.training.models import linear
    >>> bind(linear(), load("wine")).layers
    ((3, 14),)
    """
    classes = len(data.classes)
    fitting = _fitting_losses(classes)
    name = fitting[0] if model.loss == "auto" else model.loss
    if name not in fitting:
        raise ValueError(f"loss is {name!r}; {data.title} can be learned with {', '.join(fitting)}.")
    outputs = 1 if name == "logistic" else max(classes, 1)
    return Network(model, data.x_train.shape[1] + 1, outputs, classes, LOSSES[name])


def starting_weights(network: Network, generator: np.random.Generator) -> Array:
    """Return the weights (P,) that training starts from: zeros, or for a hidden layer as `hidden` says."""
    model = network.model
    weights = np.zeros((1, network.parameters))
    if model.width:
        first, last = network.views(weights)
        gain = ACTIVATIONS[model.activation].gain
        first[..., :-1] = generator.normal(
            0.0, model.scale * gain / math.sqrt(network.inputs - 1), first[..., 1:].shape
        )
        last[..., :-1] = generator.normal(0.0, model.scale / math.sqrt(model.width), last[..., 1:].shape)
    return weights.reshape(-1)


def with_ones(x: Array) -> Array:
    """Return the features with the column of ones that the biases multiply, (N, D + 1)."""
    return np.concatenate([x, np.ones((len(x), 1))], axis=1)


def evaluate(network: Network, weights: Array, x: Array, targets: Array) -> tuple[Array, Array]:
    """Return the mean losses and the scores (accuracy or R²) of R weight sets on rows x (N, D + 1), each (R,)."""
    z = _forward(network, network.views(weights), x)[-1]
    scores = score(z, targets, network.classes)
    return network.loss.value_and_slope(z, targets), scores


def loss_and_gradient(
    network: Network, layers: list[Array], x: Array, targets: Array, gradients: list[Array]
) -> Array:
    """Return the mean loss on these rows of R weight sets, and write its exact gradient into `gradients`.

    Args:
        network: what `bind` returned.
        layers: the `network.views` of the weights (R, P).
        x: rows with their 1, (N, D + 1).
        targets: (K, N), as `targets_for` makes them.
        gradients: the `network.views` of an array (R, P), overwritten.

    Returns:
        Losses, shape (R,), float64.

    Source: back-propagation by hand; checked against differences in the tests.
    """
    *bent, slopes = _forward(network, layers, x)
    losses = network.loss.value_and_slope(slopes, targets)
    if not bent:
        np.matmul(slopes, x, out=gradients[0])
        return losses
    (h,) = bent
    np.matmul(slopes, h.swapaxes(1, 2), out=gradients[1])
    back = layers[1][..., :-1].swapaxes(1, 2) @ slopes
    back *= ACTIVATIONS[network.model.activation].slope(h[:, :-1])
    np.matmul(back, x, out=gradients[0])
    return losses


def squared_row_gradients(network: Network, weights: Array, x: Array, targets: Array) -> Array:
    """Return the squared length of the gradient of every single row, for R weight sets.

    On one row the gradient of a layer is the outer product of its slopes and its inputs, and the squared length of
    that is |slopes|² · |inputs|².

    Args:
        network: what `bind` returned.
        weights: shape (R, P).
        x: rows with their 1, (N, D + 1).
        targets: (K, N), as `targets_for` makes them.

    Returns:
        Squared lengths, shape (R, N), float64.

    Source: Goodfellow 2015, Efficient per-example gradient computations.
    """
    layers = network.views(weights)
    *bent, slopes = _forward(network, layers, x)
    network.loss.value_and_slope(slopes, targets)
    slopes *= len(x)  # they were the slopes of the mean
    inputs = np.sum(x * x, axis=1)
    if not bent:
        return np.asarray(np.sum(slopes * slopes, axis=1) * inputs)
    (h,) = bent
    back = layers[1][..., :-1].swapaxes(1, 2) @ slopes
    back *= ACTIVATIONS[network.model.activation].slope(h[:, :-1])
    last = np.sum(slopes * slopes, axis=1) * np.sum(h * h, axis=1)
    return np.asarray(last + np.sum(back * back, axis=1) * inputs)


def _forward(network: Network, layers: list[Array], x: Array) -> list[Array]:
    """The hidden layer with its row of ones (R, H + 1, N), if there is one, then the outputs (R, K, N)."""
    if len(layers) == 1:
        return [layers[0] @ x.T]
    h = np.empty((len(layers[0]), network.model.width + 1, len(x)))
    h[:, -1] = 1.0
    np.matmul(layers[0], x.T, out=h[:, :-1])
    ACTIVATIONS[network.model.activation].apply(h[:, :-1])
    return [h, layers[1] @ h]


def _fitting_losses(classes: int) -> tuple[str, ...]:
    """The losses that suit a number of classes (0 for a target), the usual one first."""
    if classes == 0:
        return ("squares",)
    return ("logistic", "softmax", "squares") if classes == 2 else ("softmax", "squares")
