"""A method that chooses its own step as code to take away: its few lines of NumPy, and SciPy's call."""

from textwrap import indent

from lrlab.descent.export import surface_code
from lrlab.descent.methods import named

_HESSIAN = """\
def hessian(x, y, h=1e-5):     # by differences; the lab has the formulae
    along_x = (gradient(x + h, y) - gradient(x - h, y)) / (2 * h)
    along_y = (gradient(x, y + h) - gradient(x, y - h)) / (2 * h)
    return np.array([along_x, along_y])
"""
_BACKTRACK = """\
a = {first}
while not loss(*(theta + a * p)) <= loss(*theta) + {sufficient} * a * (g @ p):
    a = a * {shrink}
theta = theta + a * p"""
_BARZILAI = """\
if before is not None:
    s, y = theta - before[0], g - before[1]
    rate = {quotient}
before = theta, g
theta = theta - rate * g"""

# Per method: what stands before the loop, and what a step does with the gradient g.
_STEPS = {
    "fixed": ("rate = {rate}", "theta = theta - rate * g"),
    "armijo": ("", "p = -g\n" + _BACKTRACK),
    "exact": (
        "",
        "Hg = gradient(*(theta + g)) - g     # the gradient is linear on a quadratic\n"
        "theta = theta - (g @ g) / (g @ Hg) * g",
    ),
    "bb1": (
        "rate = {rate}     # of the first step\nbefore = None",
        _BARZILAI.replace("{quotient}", "(s @ s) / (s @ y)"),
    ),
    "bb2": (
        "rate = {rate}     # of the first step\nbefore = None",
        _BARZILAI.replace("{quotient}", "(s @ y) / (y @ y)"),
    ),
    "polyak": (
        "lowest = 0.0     # you have to know it",
        "theta = theta - (loss(*theta) - lowest) / (g @ g) * g",
    ),
    "newton": ("", "theta = theta + np.linalg.solve(hessian(*theta), -g)"),
    "newton_armijo": (
        "",
        "p = np.linalg.solve(hessian(*theta), -g)\nif not g @ p < 0:     # uphill: take the gradient\n    p = -g\n"
        + _BACKTRACK,
    ),
}
_CURVED = ("newton", "newton_armijo")
_SCIPY = {"newton": "trust-exact", "newton_armijo": "trust-exact", "lbfgs": "L-BFGS-B"}


def numpy_code(
    surface: str,
    method: str,
    start: tuple[float, float],
    steps: int,
    tolerance: float = 1e-5,
    **settings: float,
) -> str:
    """Return the method's run as a NumPy script that leaves the points in `path`.

    Args:
        surface: a name in `SURFACES` of two dimensions, as the catalogue holds it.
        method: a name in `METHODS`, but not one of SciPy's own (`bfgs`, `lbfgs`).
        start: where to begin. steps: the most updates. tolerance: see `travel`.
        **settings: the method's; its defaults for those not given.

    Returns:
        Python source that needs NumPy only.

    Raises:
        ValueError: for a name or setting that is not in the catalogues, or a method that is SciPy's.

    >>> print(numpy_code("bowl", "newton", (-5.0, 3.0), 9).splitlines()[-1])
        path.append(theta)
    """
    settings = dict(named(method).complete(settings))
    if method not in _STEPS:
        raise ValueError(f"method is {method!r}; its lines are SciPy's own, see scipy_code.")
    setup, step = (part.format(**settings) for part in _STEPS[method])
    loop = f"g = gradient(*theta)\nif np.abs(g).max() <= {tolerance}:\n    break\n{step}\npath.append(theta)"
    return "\n".join(
        [
            *_opening(surface, method in _CURVED, "import numpy as np\n"),
            f"theta = np.array([{start[0]!r}, {start[1]!r}])",
            *([setup] if setup else []),
            "path = [theta]",
            f"for t in range({steps}):",
            indent(loop, "    "),
        ]
    )


def scipy_code(
    surface: str, method: str, start: tuple[float, float], steps: int, tolerance: float = 1e-5
) -> str:
    """Return SciPy's call for the method, or for its nearest relative there; points in `path`; arguments as above.

    >>> 'method="trust-exact"' in scipy_code("bowl", "newton", (-5.0, 3.0), 9)
    True
    """
    name = _SCIPY.get(named(method).name, "BFGS")
    curved = name == "trust-exact"
    return "\n".join(
        [
            *_opening(surface, curved, "import numpy as np\nfrom scipy.optimize import minimize\n"),
            f"theta = np.array([{start[0]!r}, {start[1]!r}])",
            "path = [theta]",
            "result = minimize(",
            "    lambda p: loss(*p),",
            "    theta,",
            "    jac=lambda p: gradient(*p),",
            *(["    hess=lambda p: hessian(*p),"] if curved else []),
            f'    method="{name}",',
            "    callback=lambda xk: path.append(xk.copy()),",
            f'    options={{"gtol": {tolerance}, "maxiter": {steps}}},',
            ")",
            "print(result.nit, result.nfev, result.njev)     # steps, values, gradients",
        ]
    )


def _opening(surface: str, curved: bool, imports: str) -> list[str]:
    return [imports, surface_code(surface), "", *([_HESSIAN] if curved else [])]
