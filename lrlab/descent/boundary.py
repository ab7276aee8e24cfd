"""Where a rule stops being stable, found by walking: no formula is asked."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.limits import largest_product
from lrlab.descent.optimizers import Optimizer
from lrlab.descent.quadratics import bowl_1d
from lrlab.descent.run import descend
from lrlab.descent.surface import positive

STEPS = 600
LOWEST, HIGHEST = 0.1, 1000.0
RATES = 48
MOMENTA = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95)


def boundary(optimizer: str | Optimizer, curvature: float = 1.0, **coefficients: float) -> float:
    """Return the rate up to which a walk on a parabola of this curvature stays bounded, as measured.

    A rate is stable where the largest |x| of the last quarter of 600 steps is no larger than that of the second. Rates
    are walked in one pass, a bracket of neighbours is walked again, and the middle of the last bracket is the answer.

    Args:
        optimizer: sgd, momentum or nesterov, whose strides are linear in the gradients.
        curvature: λ, above 0.
        **coefficients: the optimizer's, by PyTorch's names.

    Returns:
        A float; αλ is searched from .1 to 1000, and is off by less than 1 in 1000.

    Raises:
        ValueError: for a curvature that is not above 0, a bad coefficient, or where no rate is the last stable one.

    Source: measured; `stability.limit` has the formula.

    >>> round(boundary("sgd"), 2)
    2.0
    """
    curvature = positive("curvature", curvature)
    settings: dict[str, Any] = coefficients
    low, high = LOWEST / curvature, HIGHEST / curvature
    while high / low > 1.001:
        rates = np.geomspace(low, high, RATES)
        run = descend(bowl_1d(curvature), optimizer, rates, start=1.0, steps=STEPS, **settings)
        first = int(_grows(np.abs(run.points[:, :, 0])).argmax())
        if first == 0:
            raise ValueError(
                f"optimizer is {optimizer!r}; no rate from {low:.3g} to {high:.3g} is its last stable one."
            )
        low, high = float(rates[first - 1]), float(rates[first])
    return math.sqrt(low * high)


def _grows(sizes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each row of |x| (R, steps + 1) grows from its second quarter to its last; what is lost has grown."""
    second, last = sizes[:, STEPS // 4 : STEPS // 2].max(axis=1), sizes[:, 3 * STEPS // 4 :].max(axis=1)
    return np.asarray(~(last <= second * (1.0 + 1e-9)))


@dataclass(frozen=True)
class Rule:
    """A way to write momentum: `coefficients(β)` are those of the catalogue's `optimizer`."""

    title: str
    optimizer: str
    coefficients: Callable[[float], dict[str, float]]


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "plain": Rule("Plain descent", "sgd", lambda beta: {}),
        "heavy_ball": Rule("Heavy ball", "momentum", lambda beta: {"momentum": beta}),
        "nesterov": Rule("Nesterov", "nesterov", lambda beta: {"momentum": beta}),
        "average": Rule(
            "Momentum as an average (Adam)",
            "momentum",
            lambda beta: {"momentum": beta, "dampening": beta},
        ),
    }
)
"""Four conventions with one name; the last is the numerator of Adam, whose limit holds after Adam's own rescaling."""


@dataclass(frozen=True)
class Limit:
    """The largest stable αλ of one rule at one momentum: by the formula, and as walked."""

    rule: str
    momentum: float
    formula: float
    walked: float


def limits(
    momenta: Sequence[float] = MOMENTA, progress: Callable[[int, int], None] | None = None
) -> tuple[Limit, ...]:
    """Walk to the limit of every rule in `RULES` at every momentum.

    Args:
        momenta: each in [0, 1).
        progress: called after each walk with those done and to do.

    Returns:
        One `Limit` for each rule and momentum, rule by rule.

    Raises:
        ValueError: for a momentum outside its range.

    Source: `boundary` for what is walked, `limits.largest_product` for the formula.

    >>> [(limit.rule, limit.formula) for limit in limits([0.5])][:2]
    [('plain', 2.0), ('heavy_ball', 3.0)]
    """
    found: list[Limit] = []
    for name, rule in RULES.items():
        for momentum in momenta:
            settings = rule.coefficients(momentum)
            walked = boundary(rule.optimizer, **settings)
            found.append(Limit(name, momentum, largest_product(rule.optimizer, **settings), walked))
            if progress is not None:
                progress(len(found), len(RULES) * len(momenta))
    return tuple(found)
