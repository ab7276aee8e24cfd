"""Where a journey led, and what it cost: an answer in one word, and a sentence with the numbers behind it."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from lrlab.descent.journey import Finish, Journey
from lrlab.descent.methods import METHODS
from lrlab.descent.outcomes import FLAT, settled_at


class Arrival(Enum):
    """What became of a journey."""

    DOWNHILL = "arrived downhill"
    ROSE = "arrived after a rise"
    ELSEWHERE = "stopped at no minimum"
    SHORT = "still on its way"
    LOST = "ended higher up"


@dataclass(frozen=True)
class Account:
    """The arrival of one journey, the sentence that says why, and the numbers in it.

    `settled_at`: the first step from which it stays near a minimum to its end, or None; `evaluations`: what it had
    spent by then, or by its end. `rises`: how many steps raised the loss; `highest`: the highest loss it met.
    """

    arrival: Arrival
    sentence: str
    settled_at: int | None
    evaluations: int
    rises: int
    highest: float


def account(journey: Journey, tolerance: float = 0.01) -> Account:
    """Say where a journey led and what it cost.

    Args:
        journey: any.
        tolerance: a fraction of the starting distance, in (0, 1); nearer to a minimum than this counts as there.

    Returns:
        An `Account`.

    Raises:
        ValueError: for a tolerance outside (0, 1).

    Source: settled as in `outcomes.settled_at`; a rise is a step whose loss is higher by more than rounding.

    >>> from lrlab.descent.automatic import travel
    >>> account(travel("himmelblau", "newton")).arrival
    <Arrival.ELSEWHERE: 'stopped at no minimum'>
    """
    taken = len(journey.rates)
    step = int(settled_at(journey.descent, tolerance)[0])
    losses = journey.losses
    # A last digit is no hill: what changes by less than rounding against the start has not risen.
    rises = int((np.diff(losses) > 1e-12 * max(abs(float(losses[0])), 1.0)).sum())
    settled = step if step <= taken and not _rests_elsewhere(journey) else None
    arrival = _arrival(journey, settled, rises)
    spent = int(journey.evaluations[taken if settled is None else settled])
    highest = float(np.max(losses[np.isfinite(losses)]))
    sentence = " ".join(filter(None, (_end(journey, arrival, settled, spent), _way(journey, rises, highest))))
    return Account(arrival, sentence, settled, spent, rises, highest)


def _arrival(journey: Journey, settled: int | None, rises: int) -> Arrival:
    if settled is not None:
        return Arrival.ROSE if rises else Arrival.DOWNHILL
    if _rests_elsewhere(journey):
        return Arrival.ELSEWHERE
    return Arrival.SHORT if journey.losses[-1] <= journey.losses[0] else Arrival.LOST


def _bend(journey: Journey) -> tuple[float, ...]:
    """The curvatures where the journey ended, smallest first."""
    across = journey.surface.dimension
    hessian = journey.surface.hessian(journey.points[-1])[:across, :across]
    return tuple(float(each) for each in np.linalg.eigvalsh(hessian))


def _rests_elsewhere(journey: Journey) -> bool:
    """Whether the slope has vanished at a place that is no minimum."""
    return journey.finish is Finish.VANISHED and _bend(journey)[0] <= 0.0


def _end(journey: Journey, arrival: Arrival, settled: int | None, spent: int) -> str:
    title, taken = METHODS[journey.method].title, len(journey.rates)
    if journey.finish is Finish.LOST:
        return f"{title}: lost, a number overflows at step {taken:,}."
    where = f"at {_place(journey)}, loss {_number(journey.losses[-1])}"
    price = f"{spent:,} {'evaluation' if spent == 1 else 'evaluations'}"
    if settled is not None:
        lowest = float(journey.surface.value(journey.surface.minima[0]))
        higher = float(journey.losses[-1]) - lowest > 0.01 * (float(journey.losses[0]) - lowest)
        place = f" {where}: a minimum, though not the lowest" if higher else f" at {_place(journey)}"
        return f"{title}: arrives after {_steps(settled)} and {price},{place}."
    if arrival is Arrival.ELSEWHERE:
        return (
            f"{title}: stops after {_steps(taken)} and {price} {where}: the slope vanishes there, but it is "
            f"{_kind(journey)}."
        )
    if journey.finish in (Finish.SINGULAR, Finish.NO_STEP):
        return f"{title}: cannot go on after {_steps(taken)}, {where}: {journey.finish.value}."
    return f"{title}: has not arrived after {_steps(taken)} and {price}: it is {where}."


def _kind(journey: Journey) -> str:
    bend = _bend(journey)
    curvatures = " and ".join(_number(each) for each in bend)
    steepest = float(np.abs(journey.surface.hessian(journey.surface.minima[0])).max())
    if max(abs(each) for each in bend) < FLAT * steepest:
        return "flat ground"
    return f"{'the top of a hill' if bend[-1] < 0.0 else 'a pass'}, with curvatures {curvatures}"


def _way(journey: Journey, rises: int, highest: float) -> str:
    if not rises or journey.finish is Finish.LOST:
        return ""
    peak = ""
    if highest > float(journey.losses[0]):
        peak = f", up to {_number(highest)} from {_number(journey.losses[0])} at the start"
    times = {1: "once", 2: "twice"}.get(rises, f"{rises:,} times")
    return f"On the way its loss rose {times}{peak}."


def _steps(count: int) -> str:
    return f"{count:,} {'step' if count == 1 else 'steps'}"


def _place(journey: Journey) -> str:
    """Where the journey ended, without the digits by which it missed a round number."""
    coordinates = journey.points[-1, : journey.surface.dimension]
    return f"({', '.join(_number(round(float(each), 4)) for each in coordinates)})"


def _number(value: float) -> str:
    return f"{float(value) + 0.0:.4g}".replace("-", "−")
