"""The methods that choose their own step: a closed catalogue.

Every method takes θ_{t+1} = θ_t + a_t·p_t. Gradient methods have p_t = −∇L and choose a_t, which is then a learning
rate; Newton's method and its relatives choose p_t too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from lrlab.descent import gradient_steps, line_search, newton, quasi_newton
from lrlab.descent.journey import Move
from lrlab.descent.surface import Surface, finite

Settings = Mapping[str, float]


@dataclass(frozen=True)
class Method:
    """One row of the catalogue.

    `formula` is LaTeX; `convention` says what is not in it; `asks` names what the method wants to know instead of a
    rate. `defaults` are its settings; `run(meter, here, **settings)` yields its moves. `quadratic` methods hold only
    where the curvature is the same everywhere.
    """

    name: str
    title: str
    formula: str
    convention: str
    asks: str
    source: str
    run: Callable[..., Iterator[Move]]
    defaults: Settings = field(default_factory=lambda: MappingProxyType({}))
    quadratic: bool = False

    def suits(self, surface: Surface) -> bool:
        """Whether the method is defined on the surface."""
        return not self.quadratic or surface.curvatures is not None

    def complete(self, settings: Settings) -> Settings:
        """All settings: the defaults with those given put in, each within its range."""
        for name, value in settings.items():
            if name not in self.defaults:
                known = ", ".join(self.defaults) or "none"
                raise ValueError(f"{name!r} is not a setting of {self.name}; it has {known}.")
            highest = _HIGHEST[name]
            if not 0.0 < finite(name, value) < highest:
                raise ValueError(f"{name} is {value!r}; it must lie in (0, {highest:g}).")
        return MappingProxyType({**self.defaults, **{name: float(each) for name, each in settings.items()}})


_HIGHEST = {"rate": np.inf, "first": np.inf, "sufficient": 1.0, "shrink": 1.0}
_SEARCH = MappingProxyType({"first": 1.0, "sufficient": 1e-4, "shrink": 0.5})
_RATE = MappingProxyType({"rate": 1e-3})

_ROWS = (
    Method(
        name="fixed",
        title="Fixed rate",
        formula=r"a_t = \alpha",
        convention="The rule of all pages so far, here to be compared with.",
        asks="The rate itself.",
        source="Cauchy 1847",
        run=gradient_steps.fixed,
        defaults=_RATE,
    ),
    Method(
        name="armijo",
        title="Backtracking (Armijo)",
        formula=r"L(\theta_t - a\,\nabla L) \le L(\theta_t) - c\,a\,\lVert\nabla L\rVert^2",
        convention="Every step begins at a = 1 and is halved until the condition holds, with c = 0.0001.",
        asks="Values of the loss: one for each length it tries.",
        source="Armijo 1966",
        run=line_search.armijo,
        defaults=_SEARCH,
    ),
    Method(
        name="exact",
        title="Exact line search",
        formula=r"a_t = \frac{\nabla L^\top \nabla L}{\nabla L^\top H\, \nabla L}",
        convention="The lowest point along −∇L. Given by a formula on quadratics only, so it is offered there only.",
        asks="A quadratic, and one more gradient a step for H·∇L.",
        source="Cauchy 1847; Nocedal & Wright 2006, eq. 3.26",
        run=line_search.exact,
        quadratic=True,
    ),
    Method(
        name="bb1",
        title="Barzilai–Borwein (long)",
        formula=r"a_t = \frac{s^\top s}{s^\top y},\quad s = \theta_t - \theta_{t-1},\; y = \nabla L_t - \nabla L_{t-1}",
        convention="BB1, as computed: no safeguard, so the loss may rise, and the step is negative where the "
        "curvature it met is.",
        asks="A rate for its first step only.",
        source="Barzilai & Borwein 1988",
        run=gradient_steps.barzilai_borwein_long,
        defaults=_RATE,
    ),
    Method(
        name="bb2",
        title="Barzilai–Borwein (short)",
        formula=r"a_t = \frac{s^\top y}{y^\top y}",
        convention="BB2, with the same s and y and no safeguard either. Where both are positive it is the shorter.",
        asks="A rate for its first step only.",
        source="Barzilai & Borwein 1988",
        run=gradient_steps.barzilai_borwein_short,
        defaults=_RATE,
    ),
    Method(
        name="polyak",
        title="Polyak's step",
        formula=r"a_t = \frac{L(\theta_t) - L^*}{\lVert\nabla L\rVert^2}",
        convention="Without an upper bound on the step; optax's version stops at 1 unless told otherwise.",
        asks="The lowest loss L* there is, before you have found it.",
        source="Polyak 1969; optax.polyak_sgd",
        run=gradient_steps.polyak,
    ),
    Method(
        name="newton",
        title="Newton",
        formula=r"H\,p_t = -\nabla L, \quad a_t = 1",
        convention="Pure: always the full step. It looks for a vanishing slope, and is content with a pass.",
        asks="The Hessian, and a linear system to solve, at every step.",
        source="Nocedal & Wright 2006, eq. 3.30",
        run=newton.newton,
    ),
    Method(
        name="newton_armijo",
        title="Newton, backtracking",
        formula=r"H\,p_t = -\nabla L, \quad a_t = 1, \tfrac12, \tfrac14, \dots",
        convention="The first a_t that meets Armijo's condition; where p_t leads uphill it takes −∇L instead.",
        asks="The Hessian, and values of the loss.",
        source="Nocedal & Wright 2006, sections 3.1 and 3.4",
        run=newton.damped,
        defaults=_SEARCH,
    ),
    Method(
        name="bfgs",
        title="BFGS",
        formula=r"p_t = -B_t\,\nabla L, \quad B_{t+1}\, y = s",
        convention="SciPy's: B begins as the identity; the step meets the Wolfe conditions.",
        asks="Values and gradients, and room for one matrix.",
        source="Broyden, Fletcher, Goldfarb, Shanno 1970; scipy.optimize.minimize(method='BFGS')",
        run=quasi_newton.bfgs,
    ),
    Method(
        name="lbfgs",
        title="L-BFGS",
        formula=r"p_t = -B_t\,\nabla L, \quad B_t \text{ from the last 10 pairs } (s, y)",
        convention="SciPy's L-BFGS-B without bounds, which also stops when the loss no longer falls.",
        asks="Values and gradients, and room for twenty vectors.",
        source="Byrd, Lu, Nocedal & Zhu 1995; scipy.optimize.minimize(method='L-BFGS-B')",
        run=quasi_newton.lbfgs,
    ),
)

METHODS: Mapping[str, Method] = MappingProxyType({row.name: row for row in _ROWS})


def named(method: str) -> Method:
    """Return the method of that name from the catalogue.

    >>> named("bb1").source
    'Barzilai & Borwein 1988'
    """
    if method not in METHODS:
        raise ValueError(f"method is {method!r}; it must be one of {', '.join(METHODS)}.")
    return METHODS[method]
