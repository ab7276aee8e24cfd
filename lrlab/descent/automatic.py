"""travel(…): down a surface with a method that chooses its own steps, and what that costs."""

import operator
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import methods, surfaces
from lrlab.descent.journey import Finish, Journey, Meter, Move, NoStepError
from lrlab.descent.surface import Surface, finite

Floats = NDArray[np.float64]


def travel(
    surface: str | Surface,
    method: str,
    start: ArrayLike | None = None,
    steps: int = 100,
    tolerance: float = 1e-5,
    **settings: float,
) -> Journey:
    """Walk down `surface` with a method that chooses its own steps, counting what it asks for.

    θ_{t+1} = θ_t + a_t·p_t until every part of ∇L is at most `tolerance` in size

    Args:
        surface: a catalogue name or a record.
        method: a name in `METHODS`.
        start: (x, y), or x alone on a surface of one dimension; the surface's own where it is None.
        steps: the most updates it may take, at least 1.
        tolerance: at least 0; 0 goes on until the gradient is exactly 0. SciPy calls it gtol.
        **settings: the method's, each above 0; its defaults for those not given.

    Returns:
        A `Journey` of T ≤ steps updates: points (T + 1, 2), losses (T + 1,), counts (T + 1,).

    Raises:
        ValueError: for an unknown name, a value outside its range, or a method that the surface does not suit.

    Source: `METHODS[…].source`.

    >>> journey = travel("bowl", "newton")
    >>> journey.points.tolist(), journey.evaluations.tolist(), journey.finish.name
    ([[-5.0, 3.0], [0.0, 0.0]], [0, 3], 'VANISHED')
    """
    surface = surfaces.named(surface)
    rule = methods.named(method)
    if not rule.suits(surface):
        raise ValueError(f"method is {method!r}, which is for quadratics; {surface.name} is not one.")
    complete = rule.complete(settings)
    if not finite("tolerance", tolerance) >= 0.0:
        raise ValueError(f"tolerance is {tolerance!r}; it must be at least 0.")
    begin = _start(surface, start)
    meter = Meter(surface, begin, _steps(steps), float(tolerance))
    # Overflow is how a run ends that was too bold: an outcome to report, not a fault to warn of.
    with np.errstate(all="ignore"):
        moves, finish = _follow(rule.run(meter, begin[: surface.dimension], **complete), meter)
        points = np.array([begin, *(meter.point(move.place) for move in moves)])
        losses = np.asarray(surface.value(points))
    counts = np.array([(0, 0, 0), *(move.counts for move in moves)], dtype=np.int64)
    values, gradients, hessians = np.ascontiguousarray(counts.T)
    rates = np.array([move.rate for move in moves], dtype=np.float64)
    for array in (points, losses, rates, values, gradients, hessians):
        array.flags.writeable = False
    return Journey(surface, method, complete, points, losses, rates, values, gradients, hessians, finish)


def _follow(ways: Iterator[Move], meter: Meter) -> tuple[list[Move], Finish]:
    """Take moves until the method has no more, the steps are used up, or the first state that is not finite."""
    moves: list[Move] = []
    while len(moves) < meter.steps:
        try:
            move = next(ways, None)
        except NoStepError as why:
            return moves, why.finish
        if move is None:
            return moves, Finish.VANISHED
        moves.append(move)
        if not (np.isfinite(move.place).all() and np.isfinite(meter.surface.value(meter.point(move.place)))):
            return moves, Finish.LOST
    return moves, Finish.BUDGET


def _steps(value: Any) -> int:
    try:
        steps = operator.index(value)
    except TypeError:
        steps = 0
    if steps < 1:
        raise ValueError(f"steps is {value!r}; it must be a whole number of at least 1.")
    return steps


def _start(surface: Surface, start: ArrayLike | None) -> Floats:
    try:
        array = np.array(surface.start if start is None else start, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        array = np.empty(0)
    if surface.dimension == 1 and array.size == 1:
        array = np.array([float(array.reshape(())), surface.start[1]])
    if array.shape != (2,) or not np.isfinite(array).all():
        raise ValueError(f"start is {start!r}; it must be (x, y), both finite.")
    with np.errstate(all="ignore"):
        if not np.isfinite(surface.value(array)):
            raise ValueError(f"start is {start!r}; the loss there is too large for a number.")
    return array
