"""PyTorch's update rules as other libraries write them, where the form differs and not only a number.

A rule here takes the coefficients it needs and no more: it is there to be compared with the one in `rules.py`.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from lrlab.descent import rules
from lrlab.descent.optimizers import OPTIMIZERS, Optimizer
from lrlab.descent.rules import Array, Rate, State


def momentum_rate_inside(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    momentum: float,
) -> tuple[Array, State]:
    """Heavy ball with the rate in the velocity: v ← β·v + α·g, stride = v. Source: keras.optimizers.SGD."""
    velocity, stride = state
    np.multiply(velocity, momentum, out=velocity)
    np.multiply(gradient, rate, out=stride)
    np.add(velocity, stride, out=velocity)
    return velocity, state


def nesterov_rate_inside(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    momentum: float,
) -> tuple[Array, State]:
    """Nesterov with the rate in the velocity: v ← β·v + α·g, stride = β·v + α·g. Source: keras.optimizers.SGD."""
    velocity, stride = state
    np.multiply(velocity, momentum, out=velocity)
    np.multiply(gradient, rate, out=stride)
    np.add(velocity, stride, out=velocity)
    return np.add(stride, momentum * velocity, out=stride), state


def rmsprop_eps_inside(
    gradient: Array, state: State, rate: Rate, step: int, parameters: Array, *, alpha: float, eps: float
) -> tuple[Array, State]:
    """RMSprop with ε under the root: s ← ρ·s + (1 − ρ)·g², stride = α·g/√(s + ε). Source: keras, optax."""
    square, stride = state
    np.multiply(square, alpha, out=square)
    np.multiply(gradient, gradient, out=stride)
    np.multiply(stride, 1.0 - alpha, out=stride)
    np.add(square, stride, out=square)
    np.sqrt(square + eps, out=stride)
    np.divide(gradient, stride, out=stride)
    return np.multiply(stride, rate, out=stride), state


def adagrad_eps_inside(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    initial_accumulator_value: float,
    eps: float,
) -> tuple[Array, State]:
    """Adagrad with ε under the root: s ← s + g², stride = α·g/√(s + ε). Source: keras, optax."""
    total, stride = state
    np.multiply(gradient, gradient, out=stride)
    np.add(total, stride, out=total)
    np.sqrt(total + eps, out=stride)
    np.divide(gradient, stride, out=stride)
    return np.multiply(stride, rate, out=stride), state


def adam_eps_before(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    beta1: float,
    beta2: float,
    eps: float,
) -> tuple[Array, State]:
    """Adam in its paper's short form: stride = α·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε). Source: keras, sklearn's MLP."""
    stride, state = adam_uncorrected(
        gradient, state, rate, step, parameters, beta1=beta1, beta2=beta2, eps=eps
    )
    correction = math.sqrt(1.0 - beta2 ** (step + 1)) / (1.0 - beta1 ** (step + 1))
    return np.multiply(stride, correction, out=stride), state


def adam_uncorrected(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    beta1: float,
    beta2: float,
    eps: float,
) -> tuple[Array, State]:
    """Adam whose averages are not corrected for starting at 0: stride = α·m/(√v + ε)."""
    mean, square, stride = state
    np.multiply(mean, beta1, out=mean)
    np.add(mean, (1.0 - beta1) * gradient, out=mean)
    np.multiply(square, beta2, out=square)
    np.add(square, (1.0 - beta2) * gradient * gradient, out=square)
    np.sqrt(square, out=stride)
    np.add(stride, eps, out=stride)
    np.divide(mean, stride, out=stride)
    return np.multiply(stride, rate, out=stride), state


def _variant(
    of: str, name: str, formula: str, source: str, defaults: Mapping[str, float], **changes: Any
) -> Optimizer:
    """A rule of the catalogue in another library's form."""
    return replace(
        OPTIMIZERS[of],
        name=name,
        formula=formula,
        source=source,
        defaults=MappingProxyType(dict(defaults)),
        **changes,
    )


MOMENTUM_INSIDE = _variant(
    "momentum",
    "momentum_rate_inside",
    r"v \leftarrow \beta v + \alpha g \qquad \theta \leftarrow \theta - v",
    "keras.optimizers.SGD(momentum=…), Keras 3.15; MLPClassifier, scikit-learn 1.9",
    {"momentum": 0.9},
    update=momentum_rate_inside,
)
NESTEROV_INSIDE = _variant(
    "nesterov",
    "nesterov_rate_inside",
    r"v \leftarrow \beta v + \alpha g \qquad \theta \leftarrow \theta - (\beta v + \alpha g)",
    "keras.optimizers.SGD(nesterov=True), Keras 3.15; MLPClassifier, scikit-learn 1.9",
    {"momentum": 0.9},
    update=nesterov_rate_inside,
)
RMSPROP_INSIDE = _variant(
    "rmsprop",
    "rmsprop_eps_inside",
    r"s \leftarrow \rho s + (1-\rho) g^2 \qquad \theta \leftarrow \theta - \alpha\, g/\sqrt{s + \epsilon}",
    "keras.optimizers.RMSprop, Keras 3.15; optax.rmsprop, optax 0.2.8",
    {"alpha": 0.9, "eps": 1e-7},
    init=rules.zeros(2),
    update=rmsprop_eps_inside,
)
ADAGRAD_INSIDE = _variant(
    "adagrad",
    "adagrad_eps_inside",
    r"s \leftarrow s + g^2 \qquad \theta \leftarrow \theta - \alpha\, g/\sqrt{s + \epsilon}",
    "keras.optimizers.Adagrad, Keras 3.15; optax.adagrad, optax 0.2.8",
    {"initial_accumulator_value": 0.1, "eps": 1e-7},
    update=adagrad_eps_inside,
)
ADAM_EPS_BEFORE = _variant(
    "adam",
    "adam_eps_before",
    r"\theta \leftarrow \theta - \alpha\,\frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t}\; m/(\sqrt v + \epsilon)",
    "keras.optimizers.Adam, Keras 3.15; MLPClassifier, scikit-learn 1.9; Kingma and Ba 2015, before section 2.1",
    {"beta1": 0.9, "beta2": 0.999, "eps": 1e-7},
    init=rules.zeros(3),
    update=adam_eps_before,
)
ADAM_UNCORRECTED = _variant(
    "adam",
    "adam_uncorrected",
    r"\theta \leftarrow \theta - \alpha\, m/(\sqrt v + \epsilon)",
    "Dupont 2018, Interactive visualization of optimization algorithms in deep learning",
    {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    init=rules.zeros(3),
    update=adam_uncorrected,
)
