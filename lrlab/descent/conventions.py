"""The same names in other libraries: each optimizer with the rate and the numbers it has there, and its first stride.

Where a library writes a rule in another form, its row names the rule in `dialects`; where it differs in its numbers
alone, the row names PyTorch's rule and gives those.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lrlab.descent import dialects
from lrlab.descent.optimizers import OPTIMIZERS, Optimizer
from lrlab.descent.quadratics import bowl_1d
from lrlab.descent.run import descend
from lrlab.descent.surface import positive

TORCH, KERAS, OPTAX, SKLEARN = "PyTorch 2.13", "Keras 3.15", "optax 0.2.8", "scikit-learn 1.9"
LIBRARIES = (TORCH, KERAS, OPTAX, SKLEARN)
"""What was asked, and in which version. scikit-learn means its MLPClassifier and MLPRegressor."""


@dataclass(frozen=True)
class Recorded:
    """What a library itself printed: at rate `rate`, one step from x = 1 on ½x² led to x = `landed`."""

    rate: float
    landed: float

    @property
    def stride(self) -> float:
        """The length of that step in units of the rate."""
        return (1.0 - self.landed) / self.rate


@dataclass(frozen=True)
class Convention:
    """One optimizer as one library has it.

    `name` is the catalogue's. `default_rate` is None where the library asks for one. `coefficients` are those of
    `rule`, by PyTorch's names, where they are not the rule's own defaults. `recorded` is None where nobody ran it.
    """

    name: str
    library: str
    default_rate: float | None
    rule: Optimizer
    coefficients: Mapping[str, float]
    recorded: Recorded | None

    @property
    def title(self) -> str:
        """The optimizer's name for people."""
        return OPTIMIZERS[self.name].title


def _row(
    name: str,
    library: str,
    default_rate: float | None,
    recorded: tuple[float, float] | None = None,
    rule: Optimizer | None = None,
    **coefficients: float,
) -> Convention:
    return Convention(
        name,
        library,
        default_rate,
        rule or OPTIMIZERS[name],
        MappingProxyType(coefficients),
        Recorded(*recorded) if recorded else None,
    )


CONVENTIONS: tuple[Convention, ...] = (
    _row("sgd", TORCH, 1e-3, (0.05, 0.95)),
    _row("sgd", KERAS, 1e-2),
    _row("sgd", OPTAX, None),
    _row("sgd", SKLEARN, 1e-3),
    _row("momentum", TORCH, 1e-3, (0.05, 0.95)),
    _row("momentum", KERAS, 1e-2, (0.1, 0.9), rule=dialects.MOMENTUM_INSIDE),
    _row("momentum", OPTAX, None),
    _row("momentum", SKLEARN, 1e-3, (0.1, 0.9), rule=dialects.MOMENTUM_INSIDE),
    _row("nesterov", TORCH, 1e-3, (0.05, 0.905)),
    _row("nesterov", KERAS, 1e-2, rule=dialects.NESTEROV_INSIDE),
    _row("nesterov", OPTAX, None),
    _row("nesterov", SKLEARN, 1e-3, rule=dialects.NESTEROV_INSIDE),
    _row("rmsprop", TORCH, 1e-2, (0.1, 1e-7)),
    _row("rmsprop", KERAS, 1e-3, (0.1, 0.68377), rule=dialects.RMSPROP_INSIDE),
    _row("rmsprop", OPTAX, None, (0.1, 0.68377), rule=dialects.RMSPROP_INSIDE, eps=1e-8),
    _row("adagrad", TORCH, 1e-2, (0.1, 0.9)),
    _row("adagrad", KERAS, 1e-3, (0.1, 0.9046537), rule=dialects.ADAGRAD_INSIDE),
    _row("adagrad", OPTAX, None, (0.1, 0.9046537), rule=dialects.ADAGRAD_INSIDE),
    _row("adadelta", TORCH, 1.0, (1.0, 0.9968377381511013)),
    _row("adadelta", KERAS, 1e-3, rho=0.95, eps=1e-7),
    _row("adadelta", OPTAX, None),
    _row("adam", TORCH, 1e-3, (0.05, 0.9500000005)),
    _row("adam", KERAS, 1e-3, rule=dialects.ADAM_EPS_BEFORE),
    _row("adam", OPTAX, None),
    _row("adam", SKLEARN, 1e-3, rule=dialects.ADAM_EPS_BEFORE, eps=1e-8),
    _row("adamw", TORCH, 1e-3, (0.1, 0.899)),
    _row("adamw", KERAS, 1e-3, weight_decay=0.004),
    _row("adamw", OPTAX, None, (0.1, 0.89999), weight_decay=1e-4),
    _row("nadam", TORCH, 2e-3, (0.1, 0.8943548)),
    _row("nadam", KERAS, 1e-3, (0.1, 0.8937212), momentum_decay=1.0, eps=1e-7),
    # A β₁ that does not warm up is the limit of one that warms up at once.
    _row("nadam", OPTAX, None, (0.1, 0.8526316), momentum_decay=1e9),
)
"""Every optimizer as each library has it, in the catalogue's order. SGD with momentum is SGD's own rate there."""


@dataclass(frozen=True)
class Typical:
    """What is commonly tried: the range, and the rate most people begin with."""

    low: float
    high: float
    common: float


TYPICAL: Mapping[str, Typical] = MappingProxyType(
    {
        "sgd": Typical(0.01, 0.1, 0.01),
        "momentum": Typical(0.001, 0.1, 0.01),
        "rmsprop": Typical(1e-4, 0.01, 0.001),
        "adam": Typical(1e-5, 0.001, 0.001),
    }
)
"""Rules of thumb from courses and forums, for networks of ordinary size. They are habits, not measurements."""


def first_stride(convention: Convention, gradient: float = 1.0) -> float:
    """Return how far a library's rule moves first, in units of the rate.

    |θ₁ − θ₀|/α, walked on ½x² from x = g, where the gradient is g

    Args:
        convention: a row of `CONVENTIONS`.
        gradient: g, above 0.

    Returns:
        A float, at least 0.

    Raises:
        ValueError: for a gradient that is not above 0.

    Source: the rules themselves.

    >>> rmsprop = {row.library: row for row in CONVENTIONS if row.name == "rmsprop"}
    >>> round(first_stride(rmsprop[TORCH]), 3), round(first_stride(rmsprop[KERAS]), 3)
    (10.0, 3.162)
    """
    gradient = positive("gradient", gradient)
    coefficients: dict[str, Any] = dict(convention.coefficients)
    # At rate g every rule lands within a few times g of where it began, so that no digit is lost in the difference.
    run = descend(bowl_1d(1.0), convention.rule, gradient, start=gradient, steps=1, **coefficients)
    return abs(float(run.points[0, 1, 0]) - gradient) / gradient
