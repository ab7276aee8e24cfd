"""How steeply a linear model's loss can curve on given features, and the largest rate that is safe for it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.training.blas import one_thread

CURVATURE_PER_ROW: Mapping[str, float] = MappingProxyType({"squares": 1.0, "logistic": 0.25, "softmax": 0.5})
"""The largest second derivative of one row's loss in its outputs: exact for squares, a bound for the other two."""


def largest_curvature(x: ArrayLike, loss: str) -> float:
    """Return L, the largest curvature that the full-batch loss of a linear model has anywhere.

    L = c · λmax(AᵀA/N) with A the features and a column of ones for the bias, and c = 1 for squares (½ the mean
    squared error: L is exact and the same everywhere), ¼ for logistic loss (reached where every probability is ½)
    and ½ for softmax.

    Args:
        x: features, shape (N, D), finite.
        loss: "squares", "logistic" or "softmax".

    Returns:
        L, a float.

    Raises:
        ValueError: for another loss, or features that are not a finite table.

    Source: Böhning 1992 (softmax bound); Nesterov 2004 for what L means.

    >>> round(largest_curvature([[3.0], [-3.0]], "squares"), 9)
    9.0
    """
    return CURVATURE_PER_ROW[_known(loss)] * float(_eigenvalues(x)[-1])


def largest_stable_rate(x: ArrayLike, loss: str) -> float:
    """Return 2/L: below it, full-batch gradient descent on a linear model never diverges.

    On squares it is a cliff: above it descent diverges. On the other two it is a guarantee and not a cliff: a
    larger rate may well arrive, after a rise or two.

    Args:
        x: features, shape (N, D), finite.
        loss: "squares", "logistic" or "softmax". With several classes, "logistic" is the rate for one class against
            the rest.

    Returns:
        2/L, a float.

    Raises:
        ValueError: for another loss, or features that are not a finite table.

    Source: Nesterov 2004, theorem 2.1.14.

    >>> round(largest_stable_rate([[3.0], [-3.0]], "squares"), 9)
    0.222222222
    """
    return 2.0 / largest_curvature(x, loss)


def condition_number(x: ArrayLike) -> float:
    """Return how much steeper the steepest direction of a linear model's loss is than the shallowest.

    κ = λmax/λmin of AᵀA/N with A the features and a column of ones; inf where a direction is flat (a constant
    feature, or more features than rows).

    Args:
        x: features, shape (N, D), finite.

    Returns:
        κ ≥ 1, a float.

    Raises:
        ValueError: for features that are not a finite table.

    Source: Nocedal and Wright 2006, section 3.3.

    >>> round(condition_number([[3.0], [-3.0]]), 9)
    9.0
    """
    values = _eigenvalues(x)
    negligible = values[-1] * len(values) * np.finfo(np.float64).eps
    return float(values[-1] / values[0]) if values[0] > negligible else np.inf


def _known(loss: str) -> str:
    if loss not in CURVATURE_PER_ROW:
        raise ValueError(f"loss is {loss!r}; it must be one of {', '.join(CURVATURE_PER_ROW)}.")
    return loss


def _eigenvalues(x: ArrayLike) -> NDArray[Any]:
    """Eigenvalues of AᵀA/N, ascending, by the singular values of A (AᵀA itself would square the rounding)."""
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2 or len(x) == 0 or not np.isfinite(x).all():
        raise ValueError(f"x has shape {x.shape}; it must be (N, D) with at least one row, all finite.")
    a = np.column_stack([x, np.ones(len(x))])
    with one_thread():
        singular = np.linalg.svd(a, compute_uv=False)[::-1]
    missing = np.zeros(a.shape[1] - len(singular))
    return np.concatenate([missing, singular**2 / len(a)])
