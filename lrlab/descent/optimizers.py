"""The catalogue of optimizers: each rule with its coefficients, its convention and its limit.

The rules themselves, and what an update is, are in `rules.py`. Coefficients carry PyTorch's names.
"""

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from lrlab.descent import rules


@dataclass(frozen=True)
class Range:
    """Where a coefficient may lie: from `low` to `high` (included or not); a switch is off or on."""

    low: float
    high: float
    high_included: bool = False
    is_switch: bool = False

    def allows(self, value: object) -> bool:
        """Whether `value` is a number in the range; NaN, inf and integers too large for a float are not."""
        if not isinstance(value, int | float | np.integer | np.floating | np.bool_):
            return False
        if self.is_switch:
            return value in (0, 1)
        below = value <= self.high if self.high_included else value < self.high
        return bool(self.low <= value <= sys.float_info.max and below)

    def __str__(self) -> str:
        """The range as a mathematician writes it."""
        if self.is_switch:
            return "{False, True}"
        return f"[{self.low:g}, {self.high:g}{']' if self.high_included else ')'}"


RANGES: Mapping[str, Range] = MappingProxyType(
    {
        "momentum": Range(0.0, 1.0),
        "dampening": Range(0.0, 1.0, high_included=True),
        "alpha": Range(0.0, 1.0),
        "rho": Range(0.0, 1.0),
        "beta1": Range(0.0, 1.0),
        "beta2": Range(0.0, 1.0),
        "eps": Range(0.0, math.inf),
        "weight_decay": Range(0.0, math.inf),
        "lr_decay": Range(0.0, math.inf),
        "initial_accumulator_value": Range(0.0, math.inf),
        "momentum_decay": Range(0.0, math.inf),
        "centered": Range(0, 1, is_switch=True),
        "amsgrad": Range(0, 1, is_switch=True),
    }
)
"""The allowed range of every coefficient that any rule knows, by PyTorch's name."""


@dataclass(frozen=True)
class Optimizer:
    """One update rule: how it starts, how it steps, what its numbers are called and what they mean.

    `formula` and `limit` are LaTeX; `limit` is the largest stable rate where the curvature λ is fixed, with λ̃
    the curvature after the rule's own rescaling of the coordinates. `convention` says what other libraries do
    differently. `default_rate` and `defaults` are PyTorch's.
    """

    name: str
    title: str
    formula: str
    limit: str
    convention: str
    source: str
    default_rate: float
    defaults: Mapping[str, float]
    init: Callable[..., rules.State]
    update: Callable[..., tuple[rules.Array, rules.State]]

    def complete(self, coefficients: Mapping[str, float]) -> dict[str, float]:
        """Return all coefficients of the rule, checked: those given, and the defaults for the rest.

        Args:
            coefficients: by PyTorch's names; any part of `defaults`, each within `RANGES`.

        Returns:
            A new dict with the keys of `defaults`.

        Raises:
            ValueError: for a name the rule does not know, or a value outside its range.

        >>> OPTIMIZERS["momentum"].complete({"momentum": 0.5})
        {'momentum': 0.5, 'dampening': 0.0, 'weight_decay': 0.0}
        >>> OPTIMIZERS["momentum"].complete({"momentum": 1.5})
        Traceback (most recent call last):
        ...
        ValueError: momentum is 1.5; it must lie in [0, 1).
        """
        for name, value in coefficients.items():
            if name not in self.defaults:
                known = ", ".join(self.defaults)
                raise ValueError(f"{self.name} has no coefficient {name!r}; it knows {known}.")
            if not RANGES[name].allows(value):
                raise ValueError(f"{name} is {value!r}; it must lie in {RANGES[name]}.")
        return {**self.defaults, **coefficients}


def named(optimizer: str | Optimizer) -> Optimizer:
    """Return the record of that name from the catalogue; a record is returned as it is.

    >>> named("adam").title
    'Adam'
    """
    if isinstance(optimizer, Optimizer):
        return optimizer
    if not isinstance(optimizer, str) or optimizer not in OPTIMIZERS:
        raise ValueError(f"optimizer is {optimizer!r}; it must be one of {', '.join(OPTIMIZERS)}.")
    return OPTIMIZERS[optimizer]


def _catalogue(*optimizers: Optimizer) -> Mapping[str, Optimizer]:
    return MappingProxyType({optimizer.name: optimizer for optimizer in optimizers})


OPTIMIZERS: Mapping[str, Optimizer] = _catalogue(
    Optimizer(
        name="sgd",
        title="Gradient descent",
        formula=r"\theta \leftarrow \theta - \alpha\, g",
        limit=r"\alpha\lambda < 2",
        convention="The stride is the rate times the gradient; libraries differ only in the default rate.",
        source="torch.optim.SGD, PyTorch 2.13",
        default_rate=1e-3,
        defaults=MappingProxyType({"weight_decay": 0.0}),
        init=rules.zeros(1),
        update=rules.sgd,
    ),
    Optimizer(
        name="momentum",
        title="Momentum (heavy ball)",
        formula=r"v \leftarrow \beta v + g \qquad \theta \leftarrow \theta - \alpha\, v",
        limit=r"\alpha\lambda < 2(1+\beta)",
        convention=(
            "The velocity sums gradients and the rate multiplies it from outside: a steady gradient moves "
            "1/(1 − β) times as far as plain descent. Keras keeps the rate inside the velocity, which "
            "differs once the rate changes; Adam averages instead of summing, a factor of 1 − β."
        ),
        source="torch.optim.SGD(momentum=…), PyTorch 2.13; Polyak 1964",
        default_rate=1e-3,
        defaults=MappingProxyType({"momentum": 0.9, "dampening": 0.0, "weight_decay": 0.0}),
        init=rules.zeros(2),
        update=rules.momentum,
    ),
    Optimizer(
        name="nesterov",
        title="Nesterov momentum",
        formula=r"v \leftarrow \beta v + g \qquad \theta \leftarrow \theta - \alpha\,(g + \beta v)",
        limit=r"\alpha\lambda < \frac{2(1+\beta)}{1+2\beta}",
        convention=(
            "PyTorch's form: the gradient is taken where we stand, and the velocity counts once more on top. "
            "The points are the textbook's look-ahead points."
        ),
        source="torch.optim.SGD(momentum=…, nesterov=True), PyTorch 2.13; Sutskever et al. 2013",
        default_rate=1e-3,
        defaults=MappingProxyType({"momentum": 0.9, "weight_decay": 0.0}),
        init=rules.zeros(2),
        update=rules.nesterov,
    ),
    Optimizer(
        name="rmsprop",
        title="RMSprop",
        formula=(
            r"s \leftarrow \rho s + (1-\rho) g^2 \qquad"
            r" \theta \leftarrow \theta - \alpha\, g/(\sqrt{s} + \epsilon)"
        ),
        limit=r"\alpha\tilde\lambda < 2, \quad \tilde\lambda = \lambda/(\sqrt{s}+\epsilon)",
        convention=(
            "eps stands outside the root and the decay is .99, so the first stride is ten times the rate; "
            "Keras decays by .9 and starts at 3.16 times the rate. No bias correction."
        ),
        source="torch.optim.RMSprop, PyTorch 2.13; Hinton 2012, lecture 6e",
        default_rate=1e-2,
        defaults=MappingProxyType(
            {"alpha": 0.99, "eps": 1e-8, "weight_decay": 0.0, "momentum": 0.0, "centered": False}
        ),
        init=rules.zeros(4),
        update=rules.rmsprop,
    ),
    Optimizer(
        name="adagrad",
        title="Adagrad",
        formula=r"s \leftarrow s + g^2 \qquad \theta \leftarrow \theta - \alpha\, g/(\sqrt{s} + \epsilon)",
        limit=r"\alpha\tilde\lambda < 2, \quad \tilde\lambda = \lambda/(\sqrt{s}+\epsilon)",
        convention=(
            "The sum of squares starts at 0, so the first stride is the rate; Keras and optax start it at "
            "0.1. It never shrinks, so the strides do."
        ),
        source="torch.optim.Adagrad, PyTorch 2.13; Duchi et al. 2011",
        default_rate=1e-2,
        defaults=MappingProxyType(
            {"lr_decay": 0.0, "eps": 1e-10, "weight_decay": 0.0, "initial_accumulator_value": 0.0}
        ),
        init=rules.adagrad_init,
        update=rules.adagrad,
    ),
    Optimizer(
        name="adadelta",
        title="Adadelta",
        formula=(
            r"s \leftarrow \rho s + (1-\rho) g^2 \qquad"
            r" d = g\sqrt{(u + \epsilon)/(s + \epsilon)} \qquad u \leftarrow \rho u + (1-\rho) d^2 \qquad"
            r" \theta \leftarrow \theta - \alpha\, d"
        ),
        limit=r"\alpha\tilde\lambda < 2, \quad \tilde\lambda = \lambda\sqrt{(u+\epsilon)/(s+\epsilon)}",
        convention=(
            "The rate only scales a stride that the rule chose itself: 1 is the paper's own rule. Its first "
            "stride is about √(eps/(1 − ρ)) whatever the gradient. Keras ships with a rate of .001."
        ),
        source="torch.optim.Adadelta, PyTorch 2.13; Zeiler 2012",
        default_rate=1.0,
        defaults=MappingProxyType({"rho": 0.9, "eps": 1e-6, "weight_decay": 0.0}),
        init=rules.zeros(4),
        update=rules.adadelta,
    ),
    Optimizer(
        name="adam",
        title="Adam",
        formula=(
            r"m \leftarrow \beta_1 m + (1-\beta_1) g \qquad v \leftarrow \beta_2 v + (1-\beta_2) g^2 \qquad"
            r" \theta \leftarrow \theta - \alpha\, \hat m/(\sqrt{\hat v} + \epsilon)"
        ),
        limit=(
            r"\alpha\tilde\lambda < \frac{2(1+\beta_1)}{1-\beta_1},"
            r" \quad \tilde\lambda = \lambda/(\sqrt{\hat v}+\epsilon)"
        ),
        convention=(
            "Both averages are corrected for starting at zero, so the first stride is the rate in every "
            "coordinate; without the correction it would be 3.16 times the rate. eps is added after it."
        ),
        source="torch.optim.Adam, PyTorch 2.13; Kingma and Ba 2015",
        default_rate=1e-3,
        defaults=MappingProxyType(
            {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.0, "amsgrad": False}
        ),
        init=rules.zeros(4),
        update=rules.adam,
    ),
    Optimizer(
        name="adamw",
        title="AdamW",
        formula=(
            r"\theta \leftarrow \theta - \alpha\,\bigl(\hat m/(\sqrt{\hat v} + \epsilon) + w\,\theta\bigr)"
        ),
        limit=(
            r"\alpha\tilde\lambda < \frac{2(1+\beta_1)}{1-\beta_1},"
            r" \quad \tilde\lambda = \lambda/(\sqrt{\hat v}+\epsilon)"
        ),
        convention=(
            "Adam, and each stride also shrinks the parameters by rate × weight_decay, apart from the "
            "gradient. The default decay is .01 in PyTorch, .004 in Keras and 1e-4 in optax."
        ),
        source="torch.optim.AdamW, PyTorch 2.13; Loshchilov and Hutter 2019",
        default_rate=1e-3,
        defaults=MappingProxyType(
            {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01, "amsgrad": False}
        ),
        init=rules.zeros(4),
        update=rules.adamw,
    ),
    Optimizer(
        name="nadam",
        title="NAdam",
        formula=(
            r"\theta \leftarrow \theta - \frac{\alpha}{\sqrt{\hat v} + \epsilon}"
            r"\Bigl(\frac{(1-\mu_t)\,g}{1-\prod_{i \le t}\mu_i}"
            r" + \frac{\mu_{t+1}\, m}{1-\prod_{i \le t+1}\mu_i}\Bigr)"
        ),
        limit=(
            r"\alpha\tilde\lambda < \frac{2(1+\beta_1)}{1+\beta_1-2\beta_1\mu_t},"
            r" \quad \tilde\lambda = \lambda/(\sqrt{\hat v}+\epsilon)"
        ),
        convention=(
            "Adam with Nesterov's look-ahead and a β₁ that warms up, μ_t = β₁(1 − ½·.96^(.004 t)); Keras "
            "has ½·.96^t, optax a constant β₁."
        ),
        source="torch.optim.NAdam, PyTorch 2.13; Dozat 2016",
        default_rate=2e-3,
        defaults=MappingProxyType(
            {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.0, "momentum_decay": 0.004}
        ),
        init=rules.nadam_init,
        update=rules.nadam,
    ),
)
