"""Schedules that come back: triangles and cosine falls, for as long as the run lasts."""

import numpy as np

from lrlab.schedules.parameters import low_and_high, whole
from lrlab.schedules.schedule import Array, Schedule
from lrlab.schedules.shapes import fade, half_cosine


def triangular(low: float, high: float, half_cycle: int) -> Schedule:
    """Return a schedule that goes up and down in straight lines, again and again.

    α(t) = low + (high − low)·(1 − |t / half_cycle − 2⌊t / (2·half_cycle)⌋ − 1|)

    Args:
        low: the rate of steps 0, 2·half_cycle, …, ≥ 0.
        high: the rate of steps half_cycle, 3·half_cycle, …; at least `low`, and > 0.
        half_cycle: steps from low to high, ≥ 1.

    Returns:
        A Schedule without an end.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Smith 2017; torch.optim.lr_scheduler.CyclicLR, PyTorch 2.13 (mode "triangular").

    >>> triangular(0.01, 0.1, half_cycle=20)([0, 10, 20, 30, 40]).round(9).tolist()
    [0.01, 0.055, 0.1, 0.055, 0.01]
    """
    low, high = low_and_high("low", low, "high", high)
    half_cycle = whole("half_cycle", half_cycle)
    return Schedule(
        "triangular",
        {"low": low, "high": high, "half_cycle": half_cycle},
        lambda t: fade(low, high, np.abs(np.mod(t, 2 * half_cycle) / half_cycle - 1.0)),
    )


def cosine_restarts(start: float, end: float, first: int, growth: int = 1) -> Schedule:
    """Return a schedule of cosine falls, each starting anew at `start` and `growth` times as long as the one before.

    α(t) = end + (start − end)·(1 + cos(πu / T)) / 2, with u steps into the current fall of T = first·growth^k steps

    Args:
        start: the rate each fall starts at, > 0.
        end: the rate each fall tends to, in [0, start]; the restart comes one step before it would be reached.
        first: steps of the first fall, ≥ 1.
        growth: ≥ 1; 1 keeps the falls equally long, 2 doubles each.

    Returns:
        A Schedule without an end.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Loshchilov and Hutter 2017 (SGDR); torch.optim.lr_scheduler.CosineAnnealingWarmRestarts, PyTorch 2.13.

    >>> cosine_restarts(0.1, 0.001, first=10, growth=2)([5, 10, 20, 30]).round(9).tolist()
    [0.0505, 0.1, 0.0505, 0.1]
    """
    end, start = low_and_high("end", end, "start", start)
    first, growth = whole("first", first), whole("growth", growth)
    return Schedule(
        "cosine_restarts",
        {"start": start, "end": end, "first": first, "growth": growth},
        lambda t: fade(start, end, half_cosine(_through_fall(t, first, growth))),
    )


def _through_fall(t: Array, first: int, growth: int) -> Array:
    """Return how far through its fall each step is, in [0, 1)."""
    if growth == 1:
        return np.mod(t, first) / first
    starts = [0]
    while t.size and starts[-1] <= t.max():
        starts.append(starts[-1] * growth + first)
    begins = np.array(starts, dtype=np.float64)
    fall = np.searchsorted(begins, t, side="right") - 1
    return (t - begins[fall]) / (first * float(growth) ** fall)
