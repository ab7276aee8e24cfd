"""Every kind of schedule as it is usually set for a run of a given length, and how a run is put together of several."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lrlab.schedules.cycles import cosine_restarts, triangular
from lrlab.schedules.join import RAMPS, join, one_cycle, warmup, warmup_stable_decay
from lrlab.schedules.parameters import number, whole
from lrlab.schedules.schedule import Schedule
from lrlab.schedules.shapes import (
    constant,
    cosine,
    exponential,
    inverse_sqrt,
    inverse_time,
    linear,
    milestones,
    polynomial,
    step_decay,
)


def part(steps: int, percent: float) -> int:
    """Return a part of a run in whole steps, at least one.

    >>> part(200, 30), part(200, 0.1)
    (60, 1)
    """
    return max(1, round(steps * percent / 100.0))


def typical(name: str, peak: float, steps: int) -> Schedule:
    """Return a kind of schedule as it is usually set for a run of this length.

    Args:
        name: a name in `TYPICAL`.
        peak: its highest rate, > 0.
        steps: of the run, 10 or more.

    Returns:
        A Schedule.

    Raises:
        ValueError: for another name, or a parameter outside its range.

    Source: the papers that the kinds are from; each constructor names its own.

    >>> typical("step_decay", 0.1, 90)([0, 29, 30, 60]).round(9).tolist()
    [0.1, 0.1, 0.01, 0.001]
    """
    if name not in TYPICAL:
        raise ValueError(f"name is {name!r}; it must be one of {', '.join(TYPICAL)}.")
    return TYPICAL[name](number("peak", peak), whole("steps", steps, low=10))


def put_together(
    main: Schedule,
    steps: int,
    ramp: int = 0,
    first: float | None = None,
    ending: str | None = None,
    fall: int = 0,
) -> Schedule:
    """Return a schedule with a ramp before it and a fall to 0 at the end of the run.

    The ramp moves the schedule back, as `warmup` does; the fall begins `fall` steps before the end, at whatever rate
    the schedule has there.

    Args:
        main: the schedule in the middle.
        steps: of the run, ≥ 1.
        ramp: steps of warm-up, 0 for none.
        first: rate of the first warm-up step, ≥ 0; by itself as in `warmup`.
        ending: shape of the fall, "linear" or "cosine"; None for none.
        fall: steps of the fall, in [1, steps − ramp) where there is one.

    Returns:
        A Schedule.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Goyal et al. 2017 (the ramp), Hu et al. 2024 (the fall at the end).

    >>> put_together(constant(0.1), 10, ramp=2, ending="linear", fall=4)([0, 1, 2, 6, 8, 10]).round(9).tolist()
    [0.05, 0.075, 0.1, 0.1, 0.05, 0.0]
    """
    steps, ramp = whole("steps", steps), whole("ramp", ramp, low=0)
    if ending is not None:
        if ending not in RAMPS:
            raise ValueError(f"ending is {ending!r}; it must be one of {', '.join(RAMPS)}.")
        if not 1 <= whole("fall", fall) < steps - ramp:
            raise ValueError(f"fall is {fall}; it must lie in [1, {steps - ramp}).")
        begins = steps - ramp - fall
        main = join((main, RAMPS[ending](float(main(begins)), 0.0, fall)), at=(begins,))
    return warmup(ramp, main, first=first) if ramp else main


TYPICAL: Mapping[str, Callable[[float, int], Schedule]] = MappingProxyType(
    {
        "constant": lambda peak, steps: constant(peak),
        "step_decay": lambda peak, steps: step_decay(peak, every=-(-steps // 3), factor=0.1),
        "milestones": lambda peak, steps: milestones(peak, at=(steps // 2, 3 * steps // 4), factor=0.1),
        "exponential": lambda peak, steps: exponential(peak, round(0.01 ** (1.0 / steps), 4)),
        "polynomial": lambda peak, steps: polynomial(peak, steps, power=2.0),
        "linear": lambda peak, steps: linear(peak, 0.0, steps),
        "cosine": lambda peak, steps: cosine(peak, 0.0, steps),
        "cosine_restarts": lambda peak, steps: cosine_restarts(peak, 0.0, first=part(steps, 25)),
        "inverse_sqrt": lambda peak, steps: inverse_sqrt(peak, warmup=part(steps, 10)),
        "inverse_time": lambda peak, steps: inverse_time(peak, round(20.0 / steps, 4)),
        "triangular": lambda peak, steps: triangular(peak / 10.0, peak, half_cycle=part(steps, 12.5)),
        "warmup": lambda peak, steps: warmup(part(steps, 10), cosine(peak, 0.0, steps - part(steps, 10))),
        "one_cycle": one_cycle,
        "warmup_stable_decay": lambda peak, steps: warmup_stable_decay(
            peak, part(steps, 10), steps - part(steps, 10) - part(steps, 20), part(steps, 20)
        ),
    }
)
"""What each kind looks like over a whole run, by the name of its constructor."""
