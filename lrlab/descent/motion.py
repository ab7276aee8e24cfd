"""What a run did, in numbers: how far from a minimum, from when on it stayed, how often it turned back."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lrlab.descent import stability
from lrlab.descent.run import Descent

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reach:
    """How far each run of a sweep was from a minimum.

    `targets` (R,): the index of the minimum nearest to the last state (to the start, of a run that was lost).
    `distances` (R, steps + 1): to that minimum; NaN once the run is lost. `starts` (R,): from the start to the
    minimum nearest to it. `radii` (R,): within this distance a run counts as there. `settled_at` (R,): the first
    step from which it stays there to the end, steps + 1 where it never does.
    """

    targets: NDArray[np.int64]
    distances: Floats
    starts: Floats
    radii: Floats
    settled_at: NDArray[np.int64]


def reach(descent: Descent, tolerance: float) -> Reach:
    """Measure every run against the minimum it ended at; `tolerance` is a fraction of the starting distance."""
    surface = descent.surface
    across = descent.surface.dimension
    minima = np.array(surface.minima)[:, :across]
    states = descent.losses.shape[1]
    with np.errstate(all="ignore"):  # a run on its way out may be further away than a float can say
        from_start = _lengths(descent.points[:, :1, :across] - minima)
        whole = descent.lengths == states
        from_end = _lengths(descent.points[:, -1:, :across] - minima)
        targets = np.where(whole, _nearest(from_end), _nearest(from_start))
        distances = _lengths(descent.points[..., :across] - minima[targets][:, None])
    starts = from_start.min(axis=1)
    x_min, x_max, y_min, y_max = surface.view
    # A run that starts at a minimum has no distance of its own to be a fraction of: take the picture's.
    scale = np.where(starts > 0.0, starts, 0.5 * math.hypot(x_max - x_min, y_max - y_min))
    radii = tolerance * scale
    outside = ~(distances <= radii[:, None])
    settled_at = np.where(outside.any(axis=1), states - outside[:, ::-1].argmax(axis=1), 0)
    return Reach(targets, distances, starts, radii, settled_at)


def _lengths(arrows: Floats) -> Floats:
    return np.abs(arrows[..., 0]) if arrows.shape[-1] == 1 else np.hypot(arrows[..., 0], arrows[..., 1])


def _nearest(distances: Floats) -> NDArray[np.int64]:
    return np.asarray(np.where(np.isnan(distances), np.inf, distances).argmin(axis=1))


@dataclass(frozen=True)
class Direction:
    """One eigenvector of a quadratic under one rule: its curvature, and what a step multiplies the error by."""

    curvature: float
    product: float
    growth: float
    error: float


@dataclass(frozen=True, eq=False)
class Motion:
    """Run number `run` of a sweep, measured as far as a verdict on it may need."""

    descent: Descent
    run: int
    reach: Reach
    tolerance: float

    @cached_property
    def steps(self) -> int:
        """How many updates the run was given."""
        return int(self.descent.rates.shape[1])

    @cached_property
    def lost_at(self) -> int | None:
        """The first step whose state is not finite."""
        length = int(self.descent.lengths[self.run])
        return None if length > self.steps else length

    @cached_property
    def rates(self) -> Floats:
        """The rate of every update, (steps,)."""
        return np.asarray(self.descent.rates[self.run])

    @cached_property
    def rate(self) -> float | None:
        """The rate, where it stays; None under a schedule."""
        return float(self.rates[0]) if bool((self.rates == self.rates[0]).all()) else None

    @cached_property
    def points(self) -> Floats:
        """The finite states, in the coordinates the surface depends on."""
        length = int(self.descent.lengths[self.run])
        return self.descent.points[self.run, :length, : self.descent.surface.dimension]

    @cached_property
    def distances(self) -> Floats:
        """The distance of every finite state from the minimum."""
        return self.reach.distances[self.run, : len(self.points)]

    @cached_property
    def losses(self) -> Floats:
        """The loss of every finite state."""
        return self.descent.losses[self.run, : len(self.points)]

    @cached_property
    def start(self) -> float:
        """The starting distance."""
        return float(self.reach.starts[self.run])

    @cached_property
    def radius(self) -> float:
        """The distance that counts as there."""
        return float(self.reach.radii[self.run])

    @cached_property
    def settled_at(self) -> int | None:
        """The first step from which the run stays within the radius to the end."""
        step = int(self.reach.settled_at[self.run])
        return step if step <= self.steps else None

    @cached_property
    def is_linear(self) -> bool:
        """Whether the stride is linear in the gradients, so that αλ means what the theory says."""
        return self.descent.optimizer in stability.LINEAR

    @cached_property
    def largest_product(self) -> float | None:
        """What αλ must stay below, for a linear rule."""
        if not self.is_linear:
            return None
        return stability.largest_product(self.descent.optimizer, **self.descent.coefficients)

    @cached_property
    def directions(self) -> tuple[Direction, ...]:
        """The eigenvectors, flattest first, where one factor holds for every step; else none.

        That takes a quadratic, a linear rule and a rate that stays.
        """
        curvatures = self.descent.surface.curvatures
        if curvatures is None or self.rate is None or not self.is_linear:
            return ()
        rule, coefficients = self.descent.optimizer, self.descent.coefficients
        decay = coefficients["weight_decay"]
        return tuple(
            Direction(
                curvature=curvature,
                product=self.rate * (curvature + decay),
                growth=stability.growth(rule, self.rate, curvature, **coefficients),
                error=float(self.errors[-1, index]),
            )
            for index, curvature in enumerate(curvatures)
        )

    @cached_property
    def errors(self) -> Floats:
        """Every finite state relative to the minimum, along the eigenvectors there, flattest first."""
        surface = self.descent.surface
        minimum = np.array(surface.minima[self.reach.targets[self.run]])
        hessian = surface.hessian(minimum)[: surface.dimension, : surface.dimension]
        arrows = self.points - minimum[: surface.dimension]
        return np.asarray(arrows @ np.linalg.eigh(hessian)[1])

    @cached_property
    def crossings(self) -> NDArray[np.bool_]:
        """Along which eigenvector each update crossed to the other side, and more than the radius beyond."""
        signs = np.sign(self.errors)
        return np.asarray((signs[1:] * signs[:-1] < 0.0) & (np.abs(self.errors[1:]) > self.radius))

    @cached_property
    def turns(self) -> NDArray[np.int64]:
        """The steps at which the run had turned back, by more than the radius.

        On a quadratic: it crossed the minimum along an eigenvector. Elsewhere: a stride went against the one before.
        """
        if self.descent.surface.curvatures is not None:
            return np.flatnonzero(self.crossings.any(axis=1)) + 1
        strides = np.diff(self.points, axis=0)
        back = np.einsum("td,td->t", strides[1:], strides[:-1]) < 0.0
        return np.flatnonzero(back & (_lengths(strides[1:]) > self.radius)) + 2

    @cached_property
    def window(self) -> int:
        """How many of the last updates count as the end of the run: a quarter of them."""
        return max(1, self.steps // 4)

    @cached_property
    def last_stride(self) -> float:
        """The mean length of the last strides."""
        return float(_lengths(np.diff(self.points[-self.window - 1 :], axis=0)).mean())

    @cached_property
    def is_held(self) -> bool:
        """Whether weight decay and the gradient have come to balance away from the minimum."""
        decays, moves = self.descent.coefficients["weight_decay"] > 0.0, float(self.rates[-1]) > 0.0
        return decays and moves and self.last_stride < 1e-6 * self.radius

    def product_at(self, step: int) -> float:
        """The rate of update `step` times the largest curvature where it was taken."""
        rate = float(self.rates[min(step, self.steps - 1)])
        point = self.descent.points[self.run, step]
        return rate * float(stability.sharpness(self.descent.surface, point))

    def product_at_minimum(self) -> float:
        """The last rate times the largest curvature at the minimum."""
        minimum = self.descent.surface.minima[self.reach.targets[self.run]]
        return float(self.rates[-1]) * float(stability.sharpness(self.descent.surface, minimum))

    def first_step_above(self, product: float) -> int | None:
        """The first update whose αλ is above `product`."""
        states = self.descent.points[self.run, : min(len(self.points), self.steps)]
        above = self.rates[: len(states)] * stability.sharpness(self.descent.surface, states) > product
        return int(above.argmax()) if bool(above.any()) else None


@dataclass(frozen=True)
class Forecast:
    """At which step a run would settle, and whether that is exact or the pace of its last updates drawn on."""

    step: int
    is_exact: bool


def forecast(motion: Motion) -> Forecast | None:
    """Say when a run that has not settled would, if nothing changes; None where nothing can be said."""
    if motion.rate is None or motion.descent.noise or not motion.start:
        return None
    remaining, steps = float(motion.distances[-1]), motion.steps
    if motion.directions:
        active = [each for each in motion.directions if each.error != 0.0]
        shrink = max((each.growth for each in active), default=0.0)
        if not 0.0 < shrink < 1.0:
            return None
        if motion.descent.optimizer == "sgd":
            return Forecast(_exact_settling(motion), is_exact=True)
        return Forecast(
            steps + math.ceil(math.log(motion.radius / remaining) / math.log(shrink)), is_exact=False
        )
    recent = motion.distances[-1 - motion.window :]
    before = float(recent[0])
    if steps < 8 or not bool((np.diff(recent) < -1e-12 * before).all()):
        return None  # a distance that swings has no pace to draw on
    if motion.is_linear:
        pace = math.log(remaining / before) / motion.window
        return Forecast(steps + math.ceil(math.log(motion.radius / remaining) / pace), is_exact=False)
    pace = (before - remaining) / motion.window
    return Forecast(steps + math.ceil((remaining - motion.radius) / pace), is_exact=False)


def _exact_settling(motion: Motion) -> int:
    """Find the first n with Σ e_i²·f_i²ⁿ ≤ radius², which never rises again, by doubling and halving."""
    shrinks = [direction.growth for direction in motion.directions]
    factors = list(zip(np.abs(motion.errors[0]).tolist(), shrinks, strict=True))

    def is_there(step: int) -> bool:
        return math.hypot(*(error * shrink**step for error, shrink in factors)) <= motion.radius

    high = 1
    while not is_there(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_there(middle) else (middle, high)
    return high
