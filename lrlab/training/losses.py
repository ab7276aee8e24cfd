"""From a model's outputs to one number to make small, and the slope of that number.

Outputs and targets are stored with the rows last: outputs (R, K, N), targets (K, N), for R weight sets, K outputs and N
rows. Sums over K then run along whole rows of memory, which is a third faster than the other way round.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Loss:
    """One way to score outputs: `value_and_slope(outputs, targets)` returns the mean losses (R,), and turns the
    outputs into the slopes of those means, in place.
    """

    name: str
    title: str
    formula: str
    value_and_slope: Callable[[Array, Array], Array]


def targets_for(y: NDArray[Any], loss: Loss, classes: int) -> Array:
    """Class numbers as rows of 0 and 1, (classes, N), or (1, N) for logistic loss; target values as (1, N)."""
    if classes == 0 or loss.name == "logistic":
        return np.asarray(y[None, :], dtype=np.float64)
    return np.asarray(np.arange(classes)[:, None] == y, dtype=np.float64)


def score(outputs: Array, targets: Array, classes: int) -> Array:
    """What people read: the share of rows classified right, or R² for a target; shape (R,)."""
    if classes == 0:
        unexplained = np.sum((outputs - targets) ** 2, axis=(1, 2))
        return np.asarray(1.0 - unexplained / np.sum((targets - targets.mean()) ** 2))
    if targets.shape[0] == 1:
        return np.asarray(np.mean((outputs[:, 0] > 0) == (targets[0] > 0.5), axis=1))
    return np.asarray(np.mean(outputs.argmax(axis=1) == targets.argmax(axis=0), axis=1))


def _softmax(outputs: Array, targets: Array) -> Array:
    rows = outputs.shape[-1]
    # Shifting by the largest output changes nothing in exact arithmetic and keeps exp from overflowing.
    np.subtract(outputs, np.maximum.reduce(outputs, axis=1, keepdims=True), out=outputs)
    chosen = outputs.reshape(len(outputs), -1) @ targets.ravel()
    np.exp(outputs, out=outputs)
    totals = np.add.reduce(outputs, axis=1, keepdims=True)
    np.divide(outputs, totals * rows, out=outputs)
    np.subtract(outputs, targets / rows, out=outputs)
    logs = np.log(totals).reshape(len(outputs), rows)
    return np.asarray((np.add.reduce(logs, axis=1) - chosen) / rows)


def _logistic(outputs: Array, targets: Array) -> Array:
    rows = outputs.shape[-1]
    soft = np.logaddexp(0.0, outputs)  # ln(1 + exp z), so that exp(z − soft) is the probability of class 1
    # Subtracted row by row: two huge sums would leave their rounding instead of a loss.
    values = np.add.reduce(soft - targets * outputs, axis=(1, 2)) / rows
    np.subtract(outputs, soft, out=outputs)
    np.exp(outputs, out=outputs)
    np.subtract(outputs, targets, out=outputs)
    np.divide(outputs, rows, out=outputs)
    return np.asarray(values)


def _squares(outputs: Array, targets: Array) -> Array:
    rows = outputs.shape[-1]
    np.subtract(outputs, targets, out=outputs)
    values = np.add.reduce(outputs * outputs, axis=(1, 2)) / (2 * rows)
    np.divide(outputs, rows, out=outputs)
    return np.asarray(values)


LOSSES: Mapping[str, Loss] = MappingProxyType(
    {
        "softmax": Loss(
            "softmax",
            "Cross-entropy of a softmax",
            r"-\tfrac1N \sum_i \ln p_{i,y_i}, \quad p_i = \mathrm{softmax}(z_i)",
            _softmax,
        ),
        "logistic": Loss(
            "logistic",
            "Cross-entropy of two classes",
            r"\tfrac1N \sum_i \ln(1 + e^{z_i}) - y_i z_i",
            _logistic,
        ),
        "squares": Loss(
            "squares",
            "Half the mean squared error",
            r"\tfrac1{2N} \sum_i \lVert z_i - y_i \rVert^2",
            _squares,
        ),
    }
)
