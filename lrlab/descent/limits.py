"""How large αλ may be: each optimizer's limit of stability, and the rate it allows where the curvature is known."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from lrlab.descent import optimizers
from lrlab.descent.optimizers import Optimizer
from lrlab.descent.surface import positive


def _ball(coefficients: Mapping[str, float]) -> float:
    return 2.0 * (1.0 + coefficients["momentum"])


def _adam_product(coefficients: Mapping[str, float]) -> float:
    return 2.0 * (1.0 + coefficients["beta1"]) / (1.0 - coefficients["beta1"])


def _nadam_product(coefficients: Mapping[str, float]) -> float:
    beta = coefficients["beta1"]
    first = beta * (1.0 - 0.5 * math.pow(0.96, coefficients["momentum_decay"]))
    return 2.0 * (1.0 + beta) / (1.0 + beta - 2.0 * beta * first)


_PRODUCTS: Mapping[str, Callable[[Mapping[str, float]], float]] = MappingProxyType(
    {
        "sgd": lambda coefficients: 2.0,
        "momentum": lambda coefficients: (
            _ball(coefficients) / (1.0 - coefficients["dampening"])
            if coefficients["dampening"] < 1.0
            else math.inf
        ),
        "nesterov": lambda coefficients: _ball(coefficients) / (1.0 + 2.0 * coefficients["momentum"]),
        "rmsprop": _ball,
        "adagrad": lambda coefficients: 2.0,
        "adadelta": lambda coefficients: 2.0,
        "adam": _adam_product,
        "adamw": _adam_product,
        "nadam": _nadam_product,
    }
)
LINEAR = ("sgd", "momentum", "nesterov")
"""The rules whose stride is linear in the gradients: on a quadratic all of what follows holds for them exactly."""


def largest_product(optimizer: str | Optimizer, **coefficients: float) -> float:
    """Return the value that αλ must stay below for the optimizer to be stable.

    2 for descent, 2(1 + β) for heavy ball, 2(1 + β)/(1 + 2β) for Nesterov, 2(1 + β₁)/(1 − β₁) for Adam

    Args:
        optimizer: a catalogue name or a record.
        **coefficients: the optimizer's, by PyTorch's names; its defaults for those not given. A momentum written
            as an average, (1 − β) before the gradient, is `dampening` = `momentum`.

    Returns:
        A float. For the adaptive rules λ is the curvature after the rule's own rescaling, λ/(√v̂ + ε). NAdam's
        limit widens as its β₁ warms up; this is the one it starts with.

    Raises:
        ValueError: for an optimizer that is not in the catalogue, or a bad coefficient.

    Source: Jury's condition on the rule's characteristic polynomial; Cohen et al. 2021 and 2022 (2207.14484).

    >>> round(largest_product("momentum"), 12), round(largest_product("nesterov"), 3)
    (3.8, 1.357)
    """
    rule = optimizers.named(optimizer)
    if rule.name not in _PRODUCTS:
        raise ValueError(f"no limit is known for {rule.name!r}; they are known for {', '.join(_PRODUCTS)}.")
    return _PRODUCTS[rule.name](rule.complete(coefficients))


def limit(optimizer: str | Optimizer, curvature: float, **coefficients: float) -> float:
    """Return the rate below which the optimizer is stable where the curvature is `curvature`.

    α < largest_product / λ, with λ + weight_decay for λ where the decay enters as a gradient

    Args:
        optimizer: a catalogue name or a record.
        curvature: λ, above 0; for the adaptive rules after their rescaling, λ/(√v̂ + ε).
        **coefficients: as for `largest_product`.

    Returns:
        A float, the rate.

    Raises:
        ValueError: for a curvature that is not above 0, or anything `largest_product` refuses.

    Source: facts of linear recurrences; see `largest_product`.

    >>> limit("sgd", 4.0), round(limit("adam", 1.0), 9)
    (0.5, 38.0)
    """
    curvature = positive("curvature", curvature)
    rule = optimizers.named(optimizer)
    product = largest_product(rule, **coefficients)
    settings = rule.complete(coefficients)
    if rule.name in LINEAR:
        curvature += settings["weight_decay"]
    elif rule.name == "adamw":  # its decay does not pass through the average: it adds to 1/α, not to λ
        return 1.0 / (curvature / product + 0.5 * settings["weight_decay"])
    return product / curvature
