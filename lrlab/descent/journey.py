"""A run whose step sizes were chosen by the method itself: where it went, what it chose, and what that cost.

What a method may ask of a surface is a value, a gradient or a Hessian, and a `Meter` counts each time it asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.run import Descent
from lrlab.descent.surface import Surface

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Finish(Enum):
    """Why a journey ended."""

    VANISHED = "the slope vanished"
    FLAT = "the loss no longer fell by more than rounding"
    BUDGET = "the steps were used up"
    LOST = "a number overflowed"
    SINGULAR = "the Hessian has no inverse there"
    NO_STEP = "the line search found no step that lowers the loss enough"


class NoStepError(Exception):
    """Raised by a method that cannot say how to go on; its argument is a `Finish`."""

    def __init__(self, finish: Finish) -> None:
        super().__init__(finish.value)
        self.finish = finish


@dataclass(frozen=True)
class Move:
    """One step as a method reports it: the place it leads to, its size, and what has been asked for so far.

    `place` (dimension,); `rate` is the factor before the method's direction, NaN where the library keeps it to
    itself; `counts` are values, gradients and Hessians.
    """

    place: Floats
    rate: float
    counts: tuple[int, int, int]


class Meter:
    """A surface as one method sees it, in the coordinates the loss depends on; it counts what is asked for."""

    def __init__(self, surface: Surface, start: Floats, steps: int, tolerance: float) -> None:
        self.surface = surface
        self.steps = steps
        self.tolerance = tolerance
        self._start = start
        self._values = self._gradients = self._hessians = 0

    def value(self, place: Floats) -> float:
        """The loss, counted."""
        self._values += 1
        return float(self.surface.value(self.point(place)))

    def gradient(self, place: Floats) -> Floats:
        """The gradient (dimension,), counted."""
        self._gradients += 1
        return np.asarray(self.surface.gradient(self.point(place))[: self.surface.dimension])

    def slope(self, place: Floats) -> Floats | None:
        """The gradient, counted; None where it has vanished, every part at most `tolerance` in size."""
        gradient = self.gradient(place)
        return gradient if not bool((np.abs(gradient) <= self.tolerance).all()) else None

    def hessian(self, place: Floats) -> Floats:
        """The Hessian (dimension, dimension), counted."""
        self._hessians += 1
        across = self.surface.dimension
        return np.asarray(self.surface.hessian(self.point(place))[:across, :across])

    def moved(self, place: Floats, rate: float) -> Move:
        """The step to `place`, with the counts as they stand."""
        return Move(place, float(rate), (self._values, self._gradients, self._hessians))

    def point(self, place: Floats) -> Floats:
        """The place with the coordinate that a surface of one dimension leaves alone."""
        point = self._start.copy()
        point[: self.surface.dimension] = place
        return point


@dataclass(frozen=True, eq=False)
class Journey:
    """One run of T ≤ steps updates whose sizes the method chose; the arrays are read-only.

    `points` (T + 1, 2) and `losses` (T + 1,): every state as computed; if the journey was lost, the last one is the
    first that is not finite. `rates` (T,): the factor before the method's direction, which is the learning rate
    where that direction is −∇L; NaN where the library keeps it to itself. `values`, `gradients`, `hessians`
    (T + 1,): how often each had been asked for when the method stood there.
    """

    surface: Surface
    method: str
    settings: Mapping[str, float]
    points: Floats
    losses: Floats
    rates: Floats
    values: Counts
    gradients: Counts
    hessians: Counts
    finish: Finish

    @property
    def evaluations(self) -> Counts:
        """What had been spent by each state, (T + 1,): values + gradients + dimension · Hessians.

        A Hessian counts as one gradient per coordinate, which is what it costs by differences.
        """
        return self.values + self.gradients + self.surface.dimension * self.hessians

    @property
    def plain_rates(self) -> Floats:
        """The rate with which plain descent would have taken a step as long, (T,): ‖θ_{t+1} − θ_t‖ / ‖∇L(θ_t)‖."""
        with np.errstate(all="ignore"):
            strides = np.linalg.norm(np.diff(self.points, axis=0), axis=1)
            slopes = np.linalg.norm(self.surface.gradient(self.points[:-1]), axis=1)
            return np.asarray(strides / slopes)

    @property
    def descent(self) -> Descent:
        """The same run as a sweep of one, so that whatever measures a descent can measure it."""
        return abreast([self], len(self.rates))


def abreast(journeys: Sequence[Journey], steps: int) -> Descent:
    """Return journeys on one surface as a sweep of R runs with one clock.

    Who has finished stands still; who was lost is NaN. The rates are `plain_rates`, 0 while standing still, at most
    the largest float.

    Args:
        journeys: R of them, at least 1, all on the same surface.
        steps: the length of the clock; at least that of the longest journey.

    Returns:
        A `Descent`: points (R, steps + 1, 2), losses (R, steps + 1); its `optimizer` names all methods.

    Raises:
        ValueError: for no journeys, different surfaces, or a clock that is too short.

    Source: none; a matter of bookkeeping.

    >>> from lrlab.descent.automatic import travel
    >>> race = abreast([travel("bowl", "newton"), travel("bowl", "exact", steps=9)], steps=10)
    >>> race.points.shape, race.optimizer
    ((2, 11, 2), 'newton, exact')
    """
    if not journeys or any(journey.surface is not journeys[0].surface for journey in journeys):
        raise ValueError(f"there are {len(journeys)} journeys; give at least one, all on the same surface.")
    longest = max(len(journey.rates) for journey in journeys)
    if steps < longest:
        raise ValueError(f"steps is {steps}; the longest journey has {longest}.")
    count = len(journeys)
    points, losses = np.full((count, steps + 1, 2), np.nan), np.full((count, steps + 1), np.nan)
    rates, lengths = np.zeros((count, steps)), np.full(count, steps + 1, dtype=np.int64)
    for run, journey in enumerate(journeys):
        taken = len(journey.rates)
        points[run, : taken + 1], losses[run, : taken + 1] = journey.points, journey.losses
        rates[run, :taken] = np.nan_to_num(journey.plain_rates)
        if journey.finish is Finish.LOST:
            lengths[run] = taken
        else:
            points[run, taken:], losses[run, taken:] = journey.points[-1], journey.losses[-1]
    for array in (points, losses, rates, lengths):
        array.flags.writeable = False
    return Descent(
        surface=journeys[0].surface,
        optimizer=", ".join(journey.method for journey in journeys),
        coefficients=journeys[0].settings if count == 1 else MappingProxyType({}),
        rates=rates,
        points=points,
        losses=losses,
        lengths=lengths,
        noise=0.0,
        seed=0,
    )
