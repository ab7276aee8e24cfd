"""A well-known race of optimizers, run again: what Adam's bias correction is worth there.

The race starts wherever the visitor clicks in a square with two dents, walks every rule with a rate and a number of
steps of its own, and leaves Adam's averages uncorrected.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.dialects import ADAM_UNCORRECTED
from lrlab.descent.optimizers import Optimizer, named
from lrlab.descent.run import descend
from lrlab.descent.surface import Array, Surface

EDGE = 2.0
WIDTH = 0.2
DEEP, SHALLOW = 3.0, 2.0
NEAR = 0.25
TRIED = np.geomspace(1e-3, 1.0, 16)
EQUAL_STEPS = 100


def _dents(x: Array, y: Array) -> tuple[Array, Array]:
    shallow = SHALLOW * np.exp(-((x - 1.0) ** 2 + y**2) / WIDTH)
    return DEEP * np.exp(-((x + 1.0) ** 2 + y**2) / WIDTH), shallow


def _height(x: Array, y: Array) -> Array:
    deep, shallow = _dents(x, y)
    return np.asarray(x**2 + y**2 - deep - shallow)


def _slope(x: Array, y: Array, gx: Array, gy: Array) -> None:
    deep, shallow = _dents(x, y)
    gx[...] = 2.0 * x + 2.0 / WIDTH * (deep * (x + 1.0) + shallow * (x - 1.0))
    gy[...] = 2.0 * y + 2.0 / WIDTH * (deep + shallow) * y


def _bend(x: Array, y: Array) -> tuple[Any, Any, Any]:
    deep, shallow = _dents(x, y)
    steep = 2.0 / WIDTH
    xx = 2.0 + deep * (steep - (steep * (x + 1.0)) ** 2) + shallow * (steep - (steep * (x - 1.0)) ** 2)
    xy = -(steep**2) * y * (deep * (x + 1.0) + shallow * (x - 1.0))
    yy = 2.0 + (deep + shallow) * (steep - (steep * y) ** 2)
    return xx, xy, yy


TWO_DENTS = Surface(
    name="two_dents",
    title="A bowl with two dents",
    formula=r"x^2 + y^2 - 3\,e^{-((x+1)^2+y^2)/0.2} - 2\,e^{-((x-1)^2+y^2)/0.2}",
    purpose="The deep dent lies on the left, a shallow one on the right, and the start decides which one a walk finds.",
    height=_height,
    slope=_slope,
    bend=_bend,
    # Both are roots of the slope on y = 0.
    minima=((-0.9363006340109186, 0.0), (0.905317899160115, 0.0)),
    view=(-EDGE, EDGE, -EDGE, EDGE),
    start=(0.5, 1.5),
)


@dataclass(frozen=True)
class Runner:
    """One rule of the race with the rate, the coefficients and the number of steps that its author gave it."""

    title: str
    rule: Optimizer
    rate: float
    steps: int
    coefficients: Mapping[str, float]


def _runner(title: str, rule: Optimizer, rate: float, steps: int, **coefficients: float) -> Runner:
    return Runner(title, rule, rate, steps, MappingProxyType(coefficients))


RUNNERS = (
    _runner("Adam, not corrected", ADAM_UNCORRECTED, 0.01, 100, beta1=0.7, eps=1e-6),
    _runner("Adam, corrected", named("adam"), 0.01, 100, beta1=0.7, eps=1e-6),
    _runner("RMSprop", named("rmsprop"), 0.01, 300, eps=1e-6),
    _runner("Momentum", named("momentum"), 0.01, 200, momentum=0.8),
    _runner("Gradient descent", named("sgd"), 0.02, 500),
)
"""The race as it is published, and Adam once more with its correction. Source: Dupont 2018."""


def success(runner: Runner, steps: int = 500, side: int = 51) -> NDArray[np.float64]:
    """Return which share of all starts stands near the deep minimum, after each number of steps.

    The starts are a square grid over [−2, 2]², edges included; near is within a quarter of the minimum.

    Args:
        runner: a row of `RUNNERS`; its rate is used, its own number of steps is not.
        steps: how far to walk, at least 1.
        side: starts along one edge, at least 2.

    Returns:
        float64 (steps + 1,), from 0 to 1.

    Raises:
        ValueError: for steps or a side below their least.

    Source: Dupont 2018, Interactive visualization of optimization algorithms in deep learning; recomputed here.

    >>> shares = [success(runner, steps=100)[-1] for runner in RUNNERS[:2]]
    >>> [f"{share:.0%}" for share in shares]
    ['67%', '31%']
    """
    shares: NDArray[np.float64] = _shares(runner, np.array([runner.rate]), steps, side)[0]
    return shares


def _shares(runner: Runner, rates: NDArray[np.float64], steps: int, side: int) -> NDArray[np.float64]:
    """The same for several rates in one pass, (A, steps + 1)."""
    if side < 2:
        raise ValueError(f"side is {side!r}; it must be at least 2.")
    across = np.linspace(-EDGE, EDGE, side)
    starts = np.stack(np.meshgrid(across, across), axis=-1).reshape(-1, 2)
    run = descend(
        TWO_DENTS,
        runner.rule,
        np.repeat(rates, len(starts)),
        start=np.tile(starts, (len(rates), 1)),
        steps=steps,
        **dict[str, Any](runner.coefficients),
    )
    x, y = np.moveaxis(run.points, -1, 0)
    near = np.hypot(x - TWO_DENTS.minima[0][0], y) <= NEAR
    return np.asarray(near.reshape(len(rates), len(starts), -1).mean(axis=1))


@dataclass(frozen=True)
class Standing:
    """How one runner does under three contracts, as a share of all starts.

    `published`: at its own rate, after its own number of steps. `equal_steps`: at its own rate, after 100 steps like
    everyone. `tuned`: after 100 steps at `best_rate`, the best of the same 16 rates that everyone may try.
    """

    title: str
    rate: float
    steps: int
    published: float
    equal_steps: float
    best_rate: float
    tuned: float


def standings(progress: Callable[[int, int], None] | None = None) -> tuple[Standing, ...]:
    """Run the race under three contracts: as published, at equal steps, and at equal steps and equal tuning.

    Args:
        progress: called after every rule with the rules done and to do.

    Returns:
        One `Standing` for each of `RUNNERS`, in that order. Rates are chosen on 21 × 21 starts, shares counted on
        51 × 51.

    Source: measured.
    """
    rows = []
    for number, runner in enumerate(RUNNERS, start=1):
        best = float(TRIED[int(_shares(runner, TRIED, EQUAL_STEPS, side=21)[:, -1].argmax())])
        shares = success(runner, max(runner.steps, EQUAL_STEPS))
        rows.append(
            Standing(
                runner.title,
                runner.rate,
                runner.steps,
                float(shares[runner.steps]),
                float(shares[EQUAL_STEPS]),
                best,
                float(success(replace(runner, rate=best), EQUAL_STEPS)[-1]),
            )
        )
        if progress is not None:
            progress(number, len(RUNNERS))
    return tuple(rows)
