"""Schedules one after another, and those that are nothing else: warm-up, one-cycle, warmup-stable-decay."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from lrlab.schedules.parameters import not_negative, number, whole
from lrlab.schedules.schedule import Array, Schedule
from lrlab.schedules.shapes import constant, cosine, linear

RAMPS: Mapping[str, Callable[[float, float, float], Schedule]] = MappingProxyType(
    {"cosine": cosine, "linear": linear}
)
"""The shapes that a one-cycle can be made of."""


def join(parts: Sequence[Schedule], at: Sequence[float]) -> Schedule:
    """Return schedules one after another, each counting from its own step 0.

    α(t) = parts[k](t − at[k − 1]) for at[k − 1] ≤ t < at[k]

    Args:
        parts: one schedule or more.
        at: one fewer than `parts`: the steps > 0, rising, at which the next part takes over. A value between two steps
            is allowed, and the part is then read between its own steps.

    Returns:
        A Schedule that holds where its last part holds.

    Raises:
        ValueError: for parts that are not schedules, or the wrong number of steps, or steps that do not rise.

    Source: optax.join_schedules, optax 0.2.8; torch.optim.lr_scheduler.SequentialLR, PyTorch 2.13, whose parts share
    one base rate.

    >>> join((linear(0.0, 0.1, 2), constant(0.05)), at=(2,))([0, 1, 2, 3]).tolist()
    [0.0, 0.05, 0.05, 0.05]
    """
    parts = tuple(parts)
    at = tuple(number("at", step) for step in at)
    if not parts or not all(isinstance(part, Schedule) for part in parts):
        raise ValueError(f"parts is {parts!r}; it must hold one or more schedules.")
    if len(at) != len(parts) - 1 or any(late <= early for early, late in pairwise(at)):
        raise ValueError(f"at is {at!r}; for {len(parts)} parts it must hold {len(parts) - 1} rising steps.")
    return Schedule(
        "join",
        {"parts": parts, "at": at},
        lambda t: _piecewise(t, parts, at),
        holds_from=(at[-1] if at else 0.0) + parts[-1].holds_from,
        parts=parts,
        at=at,
    )


def warmup(steps: int, after: Schedule, first: float | None = None) -> Schedule:
    """Return a straight ramp up to where another schedule starts, and then that schedule.

    α(t) = first + (after(0) − first)·t / steps for t < steps, then after(t − steps)

    Args:
        steps: length of the ramp, ≥ 1.
        after: the schedule that follows; its own step 0 is step `steps` of the whole.
        first: the rate of step 0, ≥ 0; by itself after(0) / steps, so that no update is wasted at rate 0.

    Returns:
        A Schedule that holds where `after` holds.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Goyal et al. 2017. As PyTorch's SequentialLR of LinearLR(1/steps, 1, steps) and `after`. Deliberately unlike
    transformers, Keras and optax from 0, whose first update has rate 0 and does nothing; ask for that with first=0.

    >>> warmup(4, constant(0.1))([0, 1, 2, 3, 4]).round(9).tolist()
    [0.025, 0.04375, 0.0625, 0.08125, 0.1]
    """
    steps = whole("steps", steps)
    if not isinstance(after, Schedule):
        raise ValueError(f"after is {after!r}; it must be a schedule.")
    peak = float(after(0))
    first = peak / steps if first is None else not_negative("first", first)
    return replace(
        join((linear(first, peak, steps), after), at=(steps,)),
        name="warmup",
        parameters={"steps": steps, "after": after, "first": first},
    )


def one_cycle(
    peak: float,
    steps: int,
    warm_fraction: float = 0.3,
    start_divisor: float = 25.0,
    end_divisor: float = 1e4,
    shape: str = "cosine",
    phases: int = 2,
) -> Schedule:
    """Return one rise to a high peak and one fall to far below the start.

    From peak / start_divisor at step 0 to `peak` at step warm_fraction·steps − 1, and down to
    peak / (start_divisor · end_divisor) at step steps − 1. With three phases the rise is mirrored first, and the
    last fall begins at the start's rate.

    Args:
        peak: the highest rate, > 0.
        steps: updates in all, ≥ 3.
        warm_fraction: the rise's part of all steps, in (1/steps, 1), or below ½ + ½/steps with three phases. Where
            warm_fraction·steps is not whole, the peak falls between two steps and is passed, not reached.
        start_divisor: ≥ 1.
        end_divisor: ≥ 1.
        shape: "cosine" or "linear".
        phases: 2 or 3.

    Returns:
        A Schedule that holds from step steps − 1.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Smith and Topin 2018; torch.optim.lr_scheduler.OneCycleLR, PyTorch 2.13, step for step up to its last. Past
    that PyTorch bounces (its straight form goes below zero); here the last value is held.

    >>> one_cycle(1.0, 100)([0, 29, 99, 100]).tolist()
    [0.04, 1.0, 4e-06, 4e-06]
    """
    peak, steps = number("peak", peak), whole("steps", steps, low=3)
    start = peak / number("start_divisor", start_divisor, low=1.0, low_included=True)
    end = start / number("end_divisor", end_divisor, low=1.0, low_included=True)
    if shape not in RAMPS:
        raise ValueError(f"shape is {shape!r}; it must be one of {', '.join(RAMPS)}.")
    if phases not in (2, 3):
        raise ValueError(f"phases is {phases!r}; it must be 2 or 3.")
    latest = 1.0 if phases == 2 else 0.5 + 0.5 / steps
    warm_fraction = number("warm_fraction", warm_fraction, low=1.0 / steps, high=latest)
    rise = warm_fraction * steps - 1.0
    corners = (rise, steps - 1.0) if phases == 2 else (rise, 2.0 * rise, steps - 1.0)
    values = (start, peak, end) if phases == 2 else (start, peak, start, end)
    lengths = np.diff((0.0, *corners))
    parts = [RAMPS[shape](a, b, n) for (a, b), n in zip(pairwise(values), lengths, strict=True)]
    return replace(
        join(parts, at=corners[:-1]),
        name="one_cycle",
        parameters={
            "peak": peak,
            "steps": steps,
            "warm_fraction": warm_fraction,
            "start_divisor": start_divisor,
            "end_divisor": end_divisor,
            "shape": shape,
            "phases": phases,
        },
    )


def one_cycle_momentum(cycle: Schedule, high: float = 0.95, low: float = 0.85) -> Schedule:
    """Return the momentum that belongs to a one-cycle: low where the rate is high.

    From `high` down to `low` while the rate rises, back up to `high` while it falls, and `high` in a third phase.

    Args:
        cycle: what `one_cycle` returned.
        high: momentum at both ends, in (0, 1).
        low: momentum at the peak, in [0, high].

    Returns:
        A Schedule whose value is a momentum, not a rate; it holds where the cycle holds.

    Raises:
        ValueError: for another schedule, or a parameter outside its range.

    Source: Smith 2018; torch.optim.lr_scheduler.OneCycleLR(cycle_momentum=True), PyTorch 2.13.

    >>> one_cycle_momentum(one_cycle(1.0, 100))([0, 29, 99]).tolist()
    [0.95, 0.85, 0.95]
    """
    if not isinstance(cycle, Schedule) or cycle.name != "one_cycle":
        raise ValueError(f"cycle is {cycle!r}; it must be a schedule made by one_cycle.")
    high = number("high", high, high=1.0)
    low = number("low", low, high=high, low_included=True, high_included=True)
    values = (high, low, high, high)
    lengths = np.diff((0.0, *cycle.at, cycle.holds_from))
    ramp = RAMPS[cycle.parameters["shape"]]
    parts = [ramp(a, b, n) for (a, b), n in zip(pairwise(values), lengths, strict=False)]
    return replace(
        join(parts, at=cycle.at),
        name="one_cycle_momentum",
        parameters={"cycle": cycle, "high": high, "low": low},
    )


def warmup_stable_decay(peak: float, warmup: int, stable: int, decay: int, end: float = 0.0) -> Schedule:
    """Return a ramp up, a long stretch at the peak, and a straight fall at the very end.

    α(t) = the warm-up to `peak` for t < warmup, `peak` for the next `stable` steps, then down to `end` over `decay`

    Args:
        peak: the highest rate, > 0.
        warmup: steps of the ramp, ≥ 1.
        stable: steps at the peak, ≥ 1.
        decay: steps of the fall, ≥ 1.
        end: the last rate, ≥ 0.

    Returns:
        A Schedule that holds from step warmup + stable + decay.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Hu et al. 2024 (MiniCPM); transformers' get_wsd_schedule, whose warm-up spends its first update at rate 0;
    here the ramp starts at peak / warmup.

    >>> warmup_stable_decay(0.1, warmup=10, stable=70, decay=20)([0, 10, 80, 90, 100]).round(9).tolist()
    [0.01, 0.1, 0.1, 0.05, 0.0]
    """
    peak, end = number("peak", peak), not_negative("end", end)
    ramp, flat, fall = whole("warmup", warmup), whole("stable", stable), whole("decay", decay)
    return replace(
        join(
            (linear(peak / ramp, peak, ramp), constant(peak), linear(peak, end, fall)),
            at=(ramp, ramp + flat),
        ),
        name="warmup_stable_decay",
        parameters={"peak": peak, "warmup": ramp, "stable": flat, "decay": fall, "end": end},
    )


def _piecewise(t: Array, parts: tuple[Schedule, ...], at: tuple[float, ...]) -> Array:
    """Return each step's value from the part whose turn it is; steps between whole ones are the parts' own affair."""
    turn = np.searchsorted(at, t, side="right")
    begins = np.array((0.0, *at))
    rates = np.empty_like(t)
    for k, part in enumerate(parts):
        mine = turn == k
        rates[mine] = part.form(t[mine] - begins[k])
    return rates
