"""How a run ended: one outcome of six, with a sentence a person can act on."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lrlab.descent import sentences
from lrlab.descent.motion import Motion, forecast, reach
from lrlab.descent.run import Descent
from lrlab.descent.surface import finite

VISIBLE = 0.1
"""A swing that changes by less than this part over a whole run looks as if it stayed the same."""
FLAT = 1e-3
"""A gradient below this part of what the nearest minimum's own bowl would give is no gradient."""


class Outcome(Enum):
    """What became of a run."""

    CONVERGED = "converged"
    OVERSHOT = "converged with overshoot"
    MOVING = "still moving"
    BOUNCING = "bouncing"
    DIVERGED = "diverged"
    STUCK = "stuck"


@dataclass(frozen=True)
class Ending:
    """The outcome of one run, the sentence that says why, and the numbers in it.

    `settled_at`: the first step from which the run stays inside the tolerance to its end, or None. `forecast`: the
    step at which a run still moving would settle, or None. `lost_at`: the first step whose state is not finite, or
    None. `first_turn`: the step at which it first turned back by more than the tolerance, or None. `minimum`: the
    index of the surface's minimum it was measured against. `product`: αλ at the start, with the largest curvature.
    """

    outcome: Outcome
    sentence: str
    settled_at: int | None
    forecast: int | None
    lost_at: int | None
    first_turn: int | None
    minimum: int
    start_distance: float
    end_distance: float
    product: float


def settled_at(descent: Descent, tolerance: float = 0.01) -> NDArray[np.int64]:
    """Return from which step each run stays near a minimum to its end.

    Near is within `tolerance` times the starting distance, both Euclidean and to the nearest minimum. A run that
    starts at a minimum has no starting distance: for it, half the diagonal of the surface's view stands in.

    Args:
        descent: any sweep.
        tolerance: a fraction of the starting distance, in (0, 1).

    Returns:
        int64 (R,): the step, steps + 1 where the run never settles.

    Raises:
        ValueError: for a tolerance outside (0, 1).

    Source: "ever reached" passes lucky fly-throughs, so it takes staying.

    >>> from lrlab.descent import descend
    >>> settled_at(descend("bowl_1d", "sgd", [1.0, 1.6, 4.0]), tolerance=0.0055).tolist()
    [6, 1, 101]
    """
    return reach(descent, _checked(tolerance)).settled_at


def endings(descent: Descent, tolerance: float = 0.01) -> tuple[Ending, ...]:
    """Say how each run of a sweep ended.

    Args:
        descent: any sweep.
        tolerance: a fraction of the starting distance, in (0, 1); see `settled_at`.

    Returns:
        R endings, in the order of the runs.

    Raises:
        ValueError: for a tolerance outside (0, 1).

    Source: the factor 1 − αλ and the limits of `stability`.

    >>> from lrlab.descent import descend
    >>> endings(descend("bowl_1d", "sgd", 4.0))[0].outcome
    <Outcome.DIVERGED: 'diverged'>
    """
    measured = reach(descent, _checked(tolerance))
    with np.errstate(all="ignore"):  # measuring a run that is far out may overflow as the run itself did
        return tuple(
            _ending(Motion(descent, run, measured, tolerance)) for run in range(len(descent.lengths))
        )


def _checked(tolerance: float) -> float:
    if not 0.0 < finite("tolerance", tolerance) < 1.0:
        raise ValueError(f"tolerance is {tolerance!r}; it must lie in (0, 1).")
    return float(tolerance)


def _ending(motion: Motion) -> Ending:
    outcome = _outcome(motion)
    settling = forecast(motion) if outcome is Outcome.MOVING else None
    return Ending(
        outcome=outcome,
        sentence=_SENTENCES[outcome](motion),
        settled_at=motion.settled_at,
        forecast=settling.step if settling else None,
        lost_at=motion.lost_at,
        first_turn=int(motion.turns[0]) if motion.turns.size else None,
        minimum=int(motion.reach.targets[motion.run]),
        start_distance=motion.start,
        end_distance=float(motion.distances[-1]),
        product=motion.product_at(0),
    )


_SENTENCES: Mapping[Outcome, Callable[[Motion], str]] = MappingProxyType(
    {
        Outcome.CONVERGED: sentences.converged,
        Outcome.OVERSHOT: sentences.converged,
        Outcome.MOVING: sentences.moving,
        Outcome.BOUNCING: sentences.bouncing,
        Outcome.DIVERGED: sentences.diverged,
        Outcome.STUCK: sentences.stuck,
    }
)


def _outcome(motion: Motion) -> Outcome:
    if motion.lost_at is not None:
        return Outcome.DIVERGED
    if motion.settled_at is not None:
        return Outcome.OVERSHOT if (motion.turns <= motion.settled_at).any() else Outcome.CONVERGED
    return _by_theory(motion) if motion.directions else _by_sight(motion)


def _by_theory(motion: Motion) -> Outcome:
    """Decide where one factor holds for every step of every direction."""
    noise = motion.descent.noise
    changes = [_over(each.growth, motion.steps) for each in motion.directions]
    errors = [abs(each.error) for each in motion.directions]
    if any(
        change > 1.0 + VISIBLE and (error or noise) for change, error in zip(changes, errors, strict=True)
    ):
        return Outcome.DIVERGED
    if noise:
        left = max(abs(error) * change for error, change in zip(motion.errors[0], changes, strict=True))
        drifts = left > 0.5 * motion.distances[-motion.window :].mean()
        return Outcome.MOVING if drifts else Outcome.BOUNCING
    swings = motion.crossings.sum(axis=0) >= 2
    stays = any(change > 1.0 - VISIBLE and swing for change, swing in zip(changes, swings, strict=True))
    return Outcome.BOUNCING if stays else Outcome.MOVING


def _over(growth: float, steps: int) -> float:
    """growth ** steps, without an overflow."""
    return math.exp(min(steps * math.log(growth), 700.0)) if growth > 0.0 else 0.0


def _by_sight(motion: Motion) -> Outcome:
    """Decide from what was seen, where no theory reaches the whole run."""
    if _is_flat(motion) or motion.is_held:
        return Outcome.STUCK
    if _has_grown(motion):
        return Outcome.DIVERGED
    return Outcome.BOUNCING if _goes_round(motion) else Outcome.MOVING


def _is_flat(motion: Motion) -> bool:
    """Whether the gradient has vanished away from the minimum, measured against that minimum's own bowl."""
    surface = motion.descent.surface
    if surface.curvatures is not None:
        return False
    gradient = np.linalg.norm(surface.gradient(motion.descent.points[motion.run, motion.steps]))
    hessian = surface.hessian(surface.minima[motion.reach.targets[motion.run]])
    return bool(gradient < FLAT * np.linalg.eigvalsh(hessian)[0] * motion.distances[-1])


def _has_grown(motion: Motion) -> bool:
    """Whether the run ends further out and higher up than it began, and than anything before its end."""
    if not motion.is_linear and motion.steps < 4:
        return False  # an adaptive rule's first strides are as long as the rate, wherever that leads
    more = 4.0 if motion.descent.noise else 1.2
    return all(
        values[-1] > values[0] and values[-motion.window :].max() > more * values[: -motion.window].max()
        for values in (motion.distances, motion.losses)
    )


def _goes_round(motion: Motion) -> bool:
    """Whether the run covers ground without getting anywhere."""
    half, window = motion.steps // 2, motion.window
    if motion.steps < 8:
        return False
    covered = np.linalg.norm(np.diff(motion.points[-half - 1 :], axis=0), axis=-1).sum()
    moved = np.linalg.norm(motion.points[-1] - motion.points[-half - 1])
    near = (
        motion.distances[-window:].mean() < (1.0 - VISIBLE) * motion.distances[-2 * window : -window].mean()
    )
    return bool(covered > 2.0 * moved and not near)
