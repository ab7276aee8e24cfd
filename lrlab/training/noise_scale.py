"""How noisy a mini-batch gradient is: exactly from the gradient of every row, or estimated from two batch sizes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrlab.training import batches
from lrlab.training.arguments import whole
from lrlab.training.blas import one_thread
from lrlab.training.data import Data
from lrlab.training.losses import targets_for
from lrlab.training.network import Network, bind, loss_and_gradient, squared_row_gradients, with_ones
from lrlab.training.record import Training

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class GradientNoise:
    """Signal and noise of the gradient at R weight sets, each array (R,).

    `squared_gradient` is |G|², the squared length of the full gradient; `trace` is tr Σ, the variance of the gradient
    of one row, summed over its coordinates; `scale` is tr Σ/|G|², the batch size at which noise and signal are equal.
    An estimate of |G|² can come out at 0 or below; the scale is NaN there.
    """

    squared_gradient: Array
    trace: Array

    @property
    def scale(self) -> Array:
        """The gradient noise scale, in rows."""
        signal = np.where(self.squared_gradient > 0.0, self.squared_gradient, np.nan)
        return np.asarray(self.trace / signal)


def gradient_noise(data: Data, training: Training) -> GradientNoise:
    """Measure the gradient noise where a training stands now, from the gradient of every training row.

    |G|² = |mean of g_i|², tr Σ = mean of |g_i|² − |G|², over the gradients g_i of the single rows.

    Args:
        data: the data of the training.
        training: what `fit` or `resume` returned; its weights are where the gradients are taken.

    Returns:
        GradientNoise, arrays (R,); NaN where a training was lost.

    Source: McCandlish et al. 2018, equation 2.8 (the simple noise scale).

    >>> from lrlab.training import fit, load
    >>> start = fit(load("digits"), "linear", "sgd", 0.0, 16, steps=1, measure="never")
    >>> gradient_noise(load("digits"), start).scale.round(1)
    array([28.1])
    """
    network, x, targets = _bound(data, training)
    with one_thread(), np.errstate(all="ignore"):
        squares = squared_row_gradients(network, training.weights, x, targets).mean(axis=1)
        full = _squared_gradient(network, training.weights, x, targets)
    return GradientNoise(full, squares - full)


def estimated_gradient_noise(
    data: Data, training: Training, small: int = 8, large: int = 128, draws: int = 400, seed: int = 0
) -> GradientNoise:
    """Estimate the gradient noise from the lengths of gradients at two batch sizes, as one can with any model.

    E|G_B|² = |G|² + tr Σ/B, so two batch sizes give two equations:
    |G|² = (b₂|G₂|² − b₁|G₁|²)/(b₂ − b₁) and tr Σ = (|G₁|² − |G₂|²)/(1/b₁ − 1/b₂), each averaged over the draws.

    Args:
        data: the data of the training.
        training: what `fit` or `resume` returned.
        small: rows of the small batch b₁, at least 1.
        large: rows of the large batch b₂, more than `small`; more than the data has is no trouble.
        draws: pairs of batches, at least 1, every row drawn anew.
        seed: decides the rows; at least 0.

    Returns:
        GradientNoise, arrays (R,). Both numbers are unbiased; their ratio is not quite.

    Raises:
        ValueError: for a number outside its range.

    Source: McCandlish et al. 2018, appendix A.1.

    >>> from lrlab.training import fit, load
    >>> start = fit(load("digits"), "linear", "sgd", 0.0, 16, steps=1, measure="never")
    >>> estimated_gradient_noise(load("digits"), start).scale.round(1)
    array([28.8])
    """
    small = whole("small", small, at_least=1)
    large = whole("large", large, at_least=small + 1)
    draws = whole("draws", draws, at_least=1)
    network, x, targets = _bound(data, training)
    random = batches.generator(whole("seed", seed, at_least=0), 0)

    def mean_square(size: int) -> Array:
        rows = random.integers(0, len(x), (draws, size))
        squares = [_squared_gradient(network, training.weights, x[r], targets[:, r]) for r in rows]
        return np.asarray(np.mean(squares, axis=0))

    with one_thread(), np.errstate(all="ignore"):
        first, second = mean_square(small), mean_square(large)
    return GradientNoise(
        squared_gradient=(large * second - small * first) / (large - small),
        trace=(first - second) / (1 / small - 1 / large),
    )


def _bound(data: Data, training: Training) -> tuple[Network, Array, Array]:
    network = bind(training.model, data)
    return network, with_ones(data.x_train), targets_for(data.y_train, network.loss, network.classes)


def _squared_gradient(network: Network, weights: Array, x: Array, targets: Array) -> Array:
    gradient = np.empty_like(weights)
    loss_and_gradient(network, network.views(weights), x, targets, network.views(gradient))
    return np.asarray(np.sum(gradient * gradient, axis=1))
