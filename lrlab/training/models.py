"""The models, before they meet data: linear, and one hidden layer."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lrlab.training.losses import LOSSES

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Activation:
    """A hidden unit: `apply` bends a layer in place, `slope` is its derivative given the bent values."""

    apply: Callable[[Array], object]
    slope: Callable[[Array], Array]
    gain: float


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "tanh": Activation(lambda z: np.tanh(z, out=z), lambda h: 1.0 - h * h, gain=1.0),
        "relu": Activation(
            lambda z: np.maximum(z, 0.0, out=z),
            lambda h: np.asarray(h > 0.0, dtype=np.float64),
            gain=math.sqrt(2.0),
        ),
    }
)
"""The hidden units by name. `gain` keeps the spread of the signal: 1 for tanh (LeCun), √2 for relu (He)."""


@dataclass(frozen=True)
class Model:
    """A model before it meets data. `width` is 0 for a linear model; `loss` is "auto" or a name in `LOSSES`."""

    name: str
    title: str
    width: int
    activation: str
    loss: str
    scale: float


def _known_loss(loss: str) -> str:
    if loss != "auto" and loss not in LOSSES:
        raise ValueError(f"loss is {loss!r}; it must be auto or one of {', '.join(LOSSES)}.")
    return loss


def linear(loss: str = "auto") -> Model:
    """Return the linear model: z = W·x + b, starting at zero.

    With "auto" the data decide: least squares for a target, logistic regression (one output) for two classes,
    softmax regression (one output a class) for more.

    Args:
        loss: "auto", "softmax", "logistic" or "squares".

    Returns:
        Model.

    Raises:
        ValueError: for another loss.

    Source: Bishop 2006, chapters 3 and 4.

    >>> linear().title
    'Linear model'
    """
    return Model("linear", "Linear model", 0, "", _known_loss(loss), 0.0)


def hidden(width: int = 32, activation: str = "tanh", loss: str = "auto", scale: float = 1.0) -> Model:
    """Return a network with one hidden layer: z = V·f(W·x + b) + c.

    The weights start as independent normal numbers of mean 0 and sd scale·gain/√inputs in the hidden layer (gain 1
    for tanh, √2 for relu) and scale/√width in the output layer; the biases start at 0.

    Args:
        width: hidden units, 1 to 4096.
        activation: "tanh" or "relu".
        loss: as for `linear`.
        scale: factor on the starting weights, above 0.

    Returns:
        Model.

    Raises:
        ValueError: for a width, activation, loss or scale outside its range.

    Source: LeCun et al. 1998 (tanh), He et al. 2015 (relu).

    >>> hidden(8, "relu").name
    'hidden'
    """
    if not 1 <= width <= 4096:
        raise ValueError(f"width is {width!r}; it must lie in [1, 4096].")
    if activation not in ACTIVATIONS:
        raise ValueError(f"activation is {activation!r}; it must be one of {', '.join(ACTIVATIONS)}.")
    if not 0.0 < scale < math.inf:
        raise ValueError(f"scale is {scale!r}; it must lie in (0, inf).")
    return Model(
        "hidden", f"One hidden layer of {width} ({activation})", width, activation, _known_loss(loss), scale
    )


MODELS: Mapping[str, Model] = MappingProxyType({"linear": linear(), "hidden": hidden()})
"""The two models with their defaults, by name."""


def named(model: str | Model) -> Model:
    """Return the record of that name from the catalogue; a record is returned as it is.

    >>> named("linear").name
    'linear'
    """
    if isinstance(model, Model):
        return model
    if model not in MODELS:
        raise ValueError(f"model is {model!r}; it must be one of {', '.join(MODELS)}.")
    return MODELS[model]
