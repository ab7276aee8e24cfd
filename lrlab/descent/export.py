"""A descent as code to take away: the same run in plain NumPy, and in PyTorch, with the student's own numbers."""

from dataclasses import dataclass
from textwrap import indent

from lrlab.descent.optimizers import named

_PREAMBLE = {
    "ravine": "turn = np.radians(25)\nu = x * np.cos(turn) + y * np.sin(turn)\nv = y * np.cos(turn) - x * np.sin(turn)",
    "two_wells": "hole = 1 - np.exp(-51.1 / (2 * 17.12) * ((x + 2) ** 2 + y**2))\n"
    "bowl = 1.07 * ((x - 2) ** 2 + y**2)",
    "plateau": "dent = np.exp(-(x**2 + y**2) / 4.5)",
}


@dataclass(frozen=True)
class _Formula:
    loss: str
    along_x: str
    along_y: str


# The catalogue's surfaces as their constructors make them by themselves; the tests compare them with the engine.
_FORMULAE = {
    "bowl": _Formula("(x**2 + 4.5 * y**2) / 2", "x", "4.5 * y"),
    "bowl_1d": _Formula("0.625 * x**2 / 2", "0.625 * x", "0 * y"),
    "ravine": _Formula(
        "(0.5 * u**2 + 25 * v**2) / 2",
        "0.5 * u * np.cos(turn) - 25 * v * np.sin(turn)",
        "0.5 * u * np.sin(turn) + 25 * v * np.cos(turn)",
    ),
    "plateau": _Formula("4 * (1 - dent)", "4 * x / 2.25 * dent", "4 * y / 2.25 * dent"),
    "saddle": _Formula("x**2 / 2 + (y**2 - 1) ** 2 / 4", "x", "y**3 - y"),
    "two_wells": _Formula(
        "bowl * hole",
        "2.14 * (x - 2) * hole + bowl * (1 - hole) * 51.1 / 17.12 * (x + 2)",
        "2.14 * y * hole + bowl * (1 - hole) * 51.1 / 17.12 * y",
    ),
    "rosenbrock": _Formula(
        "(1 - x) ** 2 + 100 * (y - x**2) ** 2",
        "-2 * (1 - x) - 400 * x * (y - x**2)",
        "200 * (y - x**2)",
    ),
    "himmelblau": _Formula(
        "(x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2",
        "4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7)",
        "2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7)",
    ),
    "beale": _Formula(
        "(1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2",
        "2 * (1.5 - x + x * y) * (y - 1) + 2 * (2.25 - x + x * y**2) * (y**2 - 1)"
        " + 2 * (2.625 - x + x * y**3) * (y**3 - 1)",
        "2 * (1.5 - x + x * y) * x + 4 * (2.25 - x + x * y**2) * x * y"
        " + 6 * (2.625 - x + x * y**3) * x * y**2",
    ),
    "ripples": _Formula(
        "0.25 * (x**2 + y**2) + 0.5 * (2 - np.cos(np.pi * x) - np.cos(np.pi * y))",
        "0.5 * x + 0.5 * np.pi * np.sin(np.pi * x)",
        "0.5 * y + 0.5 * np.pi * np.sin(np.pi * y)",
    ),
}

# Per rule: the state before the first step, and the update of step t = 1, 2, …
_RULES = {
    "sgd": ("", "theta = theta - rate * g"),
    "momentum": (
        "v = np.zeros(2)",
        "v = {momentum} * v + g\ntheta = theta - rate * v",
    ),
    "nesterov": (
        "v = np.zeros(2)",
        "v = {momentum} * v + g\ntheta = theta - rate * (g + {momentum} * v)",
    ),
    "rmsprop": (
        "s = np.zeros(2)",
        "s = {alpha} * s + (1 - {alpha}) * g**2\ntheta = theta - rate * g / (np.sqrt(s) + {eps})",
    ),
    "adagrad": ("s = np.zeros(2)", "s = s + g**2\ntheta = theta - rate * g / (np.sqrt(s) + {eps})"),
    "adadelta": (
        "s = np.zeros(2)\nu = np.zeros(2)",
        "s = {rho} * s + (1 - {rho}) * g**2\n"
        "d = g * np.sqrt(u + {eps}) / np.sqrt(s + {eps})\n"
        "u = {rho} * u + (1 - {rho}) * d**2\ntheta = theta - rate * d",
    ),
    "adam": (
        "m = np.zeros(2)\nv = np.zeros(2)",
        "m = {beta1} * m + (1 - {beta1}) * g\nv = {beta2} * v + (1 - {beta2}) * g**2\n"
        "m_hat = m / (1 - {beta1} ** t)\nv_hat = v / (1 - {beta2} ** t)\n"
        "theta = theta - rate * m_hat / (np.sqrt(v_hat) + {eps})",
    ),
    "nadam": (
        "m = np.zeros(2)\nv = np.zeros(2)\nproduct = 1.0",
        "mu = {beta1} * (1 - 0.5 * 0.96 ** (t * {momentum_decay}))\n"
        "mu_next = {beta1} * (1 - 0.5 * 0.96 ** ((t + 1) * {momentum_decay}))\n"
        "product = product * mu\n"
        "m = {beta1} * m + (1 - {beta1}) * g\nv = {beta2} * v + (1 - {beta2}) * g**2\n"
        "root = np.sqrt(v / (1 - {beta2} ** t)) + {eps}\n"
        "theta = theta - rate * (1 - mu) / (1 - product) * g / root\n"
        "theta = theta - rate * mu_next / (1 - product * mu_next) * m / root",
    ),
}
_RULES["adamw"] = (
    _RULES["adam"][0],
    "theta = theta - rate * {weight_decay} * theta\n" + _RULES["adam"][1],
)

_TORCH = {
    "sgd": "torch.optim.SGD([theta], lr={rate})",
    "momentum": "torch.optim.SGD([theta], lr={rate}, momentum={momentum})",
    "nesterov": "torch.optim.SGD([theta], lr={rate}, momentum={momentum}, nesterov=True)",
    "rmsprop": "torch.optim.RMSprop([theta], lr={rate}, alpha={alpha}, eps={eps})",
    "adagrad": "torch.optim.Adagrad([theta], lr={rate}, eps={eps})",
    "adadelta": "torch.optim.Adadelta([theta], lr={rate}, rho={rho}, eps={eps})",
    "adam": "torch.optim.Adam([theta], lr={rate}, betas=({beta1}, {beta2}), eps={eps})",
    "adamw": "torch.optim.AdamW([theta], lr={rate}, betas=({beta1}, {beta2}), eps={eps}, weight_decay={weight_decay})",
    "nadam": "torch.optim.NAdam([theta], lr={rate}, betas=({beta1}, {beta2}), eps={eps},"
    " momentum_decay={momentum_decay})",
}


def numpy_code(
    surface: str,
    optimizer: str,
    rate: float,
    start: tuple[float, float],
    steps: int,
    noise: float = 0.0,
    seed: int = 0,
    schedule: str | None = None,
    **coefficients: float,
) -> str:
    """Return the run as a NumPy script that leaves the points in `path`.

    Args:
        surface: a name in `SURFACES`, as the catalogue holds it.
        optimizer: a name in `OPTIMIZERS`; `coefficients` by PyTorch's names.
        rate: the learning rate, constant. start: where to begin. steps: how many updates.
        noise: standard deviation of the gradient noise; seed: where its draws begin.
        schedule: the source of a function `schedule(t)`, the rate of update t = 0, 1, …, instead of the constant.

    Returns:
        Python source that needs NumPy only.

    Raises:
        ValueError: for a name or coefficient that is not in the catalogues.

    >>> print(numpy_code("bowl_1d", "sgd", 1.6, (-5.0, 0.0), 1))
    import numpy as np
    <BLANKLINE>
    def gradient(x, y):
        return np.array([0.625 * x, 0 * y])
    <BLANKLINE>
    rate = 1.6
    theta = np.array([-5.0, 0.0])
    path = [theta]
    for t in range(1, 1 + 1):
        g = gradient(*theta)
        theta = theta - rate * g
        path.append(theta)
    """
    formula = _formula(surface)
    names = _names(optimizer, coefficients)
    state, update = _RULES[optimizer]
    preamble = _PREAMBLE.get(surface)
    body = [*([preamble] if preamble else []), f"return np.array([{formula.along_x}, {formula.along_y}])"]
    noisy = f" + {noise!r} * noise.standard_normal(2)" if noise else ""
    setup = [
        schedule if schedule else f"rate = {rate!r}",
        f"theta = np.array([{start[0]!r}, {start[1]!r}])",
        *([f"noise = np.random.default_rng({seed})"] if noise else []),
        *([state] if state else []),
        "path = [theta]",
        f"for t in range(1, {steps} + 1):",
        *(["    rate = schedule(t - 1)"] if schedule else []),
        indent(f"g = gradient(*theta){noisy}", "    "),
        indent(update.format(**names), "    "),
        "    path.append(theta)",
    ]
    return "\n".join(
        ["import numpy as np\n", "def gradient(x, y):", indent("\n".join(body), "    "), "", *setup]
    )


def torch_code(
    surface: str,
    optimizer: str,
    rate: float,
    start: tuple[float, float],
    steps: int,
    noise: float = 0.0,
    schedule: str | None = None,
    **coefficients: float,
) -> str:
    """Return the run as a PyTorch script that leaves the points in `path`; arguments as for `numpy_code`.

    Gradient noise is added to the gradient after `backward`; PyTorch draws its own, so a noisy run agrees in kind and
    not in digits.

    >>> "torch.optim.SGD([theta], lr=0.3)" in torch_code("bowl", "sgd", 0.3, (1.0, 1.0), 10)
    True
    """
    formula = _formula(surface)
    names = _names(optimizer, coefficients)
    preamble = _PREAMBLE.get(surface)
    body = "\n".join([*([preamble] if preamble else []), f"return {formula.loss}"])
    body = body.replace("np.radians(25)", "torch.deg2rad(torch.tensor(25.0, dtype=torch.float64))")
    lines = [
        "import torch\n",
        "def loss(x, y):",
        indent(body.replace("np.", "torch."), "    "),
        "",
        *([schedule] if schedule else []),
        f"theta = torch.tensor([{start[0]!r}, {start[1]!r}], dtype=torch.float64, requires_grad=True)",
        f"optimizer = {_TORCH[optimizer].format(rate=repr(rate), **names)}",
        "path = [theta.detach().clone()]",
        f"for t in range(1, {steps} + 1):",
        *(['    optimizer.param_groups[0]["lr"] = schedule(t - 1)'] if schedule else []),
        "    optimizer.zero_grad()",
        "    loss(*theta).backward()",
        *([f"    theta.grad += {noise!r} * torch.randn_like(theta)"] if noise else []),
        "    optimizer.step()",
        "    path.append(theta.detach().clone())",
    ]
    return "\n".join(lines)


def surface_code(surface: str) -> str:
    """Return a surface as two NumPy functions, `loss(x, y)` and `gradient(x, y)`; NumPy is np.

    >>> print(surface_code("bowl_1d"))
    def loss(x, y):
        return 0.625 * x**2 / 2
    <BLANKLINE>
    def gradient(x, y):
        return np.array([0.625 * x, 0 * y])
    """
    formula = _formula(surface)
    preamble = [_PREAMBLE[surface]] if surface in _PREAMBLE else []
    loss = [*preamble, f"return {formula.loss}"]
    gradient = [*preamble, f"return np.array([{formula.along_x}, {formula.along_y}])"]
    parts = (("loss", loss), ("gradient", gradient))
    return "\n\n".join(f"def {name}(x, y):\n" + indent("\n".join(body), "    ") for name, body in parts)


def _formula(surface: str) -> _Formula:
    if surface not in _FORMULAE:
        raise ValueError(f"surface is {surface!r}; it must be one of {', '.join(_FORMULAE)}.")
    return _FORMULAE[surface]


def _names(optimizer: str, coefficients: dict[str, float]) -> dict[str, str]:
    """The coefficients of a rule as source text; what the formula on screen does not show must be at its default."""
    rule = named(optimizer)
    complete = rule.complete(coefficients)
    for name, value in coefficients.items():
        if f"{{{name}}}" not in _RULES[optimizer][1] and value != rule.defaults[name]:
            raise ValueError(
                f"{name} is {value!r}; the code of {optimizer} is written for {rule.defaults[name]!r}."
            )
    return {name: repr(value) for name, value in complete.items()}
