"""The dials of every kind of schedule: what can be set, between which values, and the schedule that comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import streamlit as st

from lrlab.schedules import (
    Schedule,
    constant,
    cosine,
    cosine_restarts,
    exponential,
    inverse_sqrt,
    inverse_time,
    linear,
    milestones,
    one_cycle,
    polynomial,
    step_decay,
    triangular,
    warmup_stable_decay,
)
from lrlab.schedules.typical import part
from lrlab.ui.controls import bound


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _percent(value: Any) -> str:
    return f"{value:g} %"


@dataclass(frozen=True)
class Dial:
    """One slider of a kind: the name it has in the address, its label, its values, and where it stands at first."""

    name: str
    label: str
    values: tuple[Any, ...]
    first: Any
    words: Callable[[Any], str] = _plain


@dataclass(frozen=True)
class Made:
    """The dials of a kind, and its schedule from a peak, the steps of the run and what the dials say."""

    dials: tuple[Dial, ...]
    schedule: Callable[..., Schedule]


_FACTOR = Dial("factor", "At each fall the rate is multiplied by", (0.1, 0.2, 0.3, 0.5, 0.7, 0.9), 0.1)
_END = Dial("end", "Ends at this part of the peak", (0.0, 0.001, 0.01, 0.1, 0.5), 0.0)
_SHARES = (5, 10, 20, 30, 40, 50, 60, 70, 80, 90)
_RAMP = Dial("ramp", "Warm-up, part of the run", (1, 2, 5, 10, 20, 30, 50), 10, _percent)

MADE: Mapping[str, Made] = MappingProxyType(
    {
        "cosine": Made((_END,), lambda peak, steps, end: cosine(peak, end * peak, steps)),
        "constant": Made((), lambda peak, steps: constant(peak)),
        "step_decay": Made(
            (Dial("stages", "Stages of equal length", (2, 3, 4, 5, 6, 8, 10), 3), _FACTOR),
            lambda peak, steps, stages, factor: step_decay(peak, -(-steps // stages), factor),
        ),
        "milestones": Made(
            (
                Dial("early", "First fall, part of the run", (5, 10, 20, 30, 40, 50), 50, _percent),
                Dial("late", "Second fall, part of the run", (60, 70, 75, 80, 90, 95), 75, _percent),
                _FACTOR,
            ),
            lambda peak, steps, early, late, factor: milestones(
                peak, (part(steps, early), part(steps, late)), factor
            ),
        ),
        "exponential": Made(
            (Dial("decay", "Each step leaves", (0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998), 0.98),),
            lambda peak, steps, decay: exponential(peak, decay),
        ),
        "polynomial": Made(
            (Dial("power", "Power p", (0.3, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0), 2.0), _END),
            lambda peak, steps, power, end: polynomial(peak, steps, power, end * peak),
        ),
        "linear": Made((_END,), lambda peak, steps, end: linear(peak, end * peak, steps)),
        "cosine_restarts": Made(
            (
                Dial(
                    "first_fall", "First fall, part of the run", (5, 10, 14.3, 20, 25, 33.4, 50), 25, _percent
                ),
                Dial("growth", "Each fall is longer by a factor of", (1, 2, 3), 1),
                _END,
            ),
            lambda peak, steps, first_fall, growth, end: cosine_restarts(
                peak, end * peak, part(steps, first_fall), growth
            ),
        ),
        "inverse_sqrt": Made((_RAMP,), lambda peak, steps, ramp: inverse_sqrt(peak, part(steps, ramp))),
        "inverse_time": Made(
            (Dial("pace", "Decay k per step", (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0), 0.1),),
            lambda peak, steps, pace: inverse_time(peak, pace),
        ),
        "triangular": Made(
            (
                Dial("low", "Lowest rate, part of the peak", (0.0, 0.01, 0.1, 0.3, 0.5), 0.1),
                Dial("half", "Half a cycle, part of the run", (2.5, 5, 10, 12.5, 25, 50), 12.5, _percent),
            ),
            lambda peak, steps, low, half: triangular(low * peak, peak, part(steps, half)),
        ),
        "one_cycle": Made(
            (
                Dial("warm", "Rise, part of the run", _SHARES[1:], 30, _percent),
                Dial("start", "Starts at the peak divided by", (1, 5, 10, 25, 100), 25),
                Dial("final", "Ends at the start divided by", (1.0, 10.0, 100.0, 1e4), 1e4),
                Dial("shape", "Shape", ("cosine", "linear"), "cosine"),
            ),
            lambda peak, steps, warm, start, final, shape: one_cycle(
                peak, steps, warm / 100.0, start, final, shape
            ),
        ),
        "warmup_stable_decay": Made(
            (_RAMP, Dial("tail", "Fall at the end, part of the run", (5, 10, 20, 30, 40), 20, _percent)),
            lambda peak, steps, ramp, tail: warmup_stable_decay(
                peak, part(steps, ramp), steps - part(steps, ramp) - part(steps, tail), part(steps, tail)
            ),
        ),
    }
)
"""Every kind that has a peak, in the order of the menu. Warm-up is not among them: it goes before any of them."""


def turned(page: str, name: str, peak: float, steps: int) -> Schedule:
    """The dials of a kind on the screen, and the schedule they stand for."""
    made = MADE[name]
    said: dict[str, Any] = {}
    for column, dial in zip(st.columns(len(made.dials)) if made.dials else (), made.dials, strict=True):
        said[dial.name] = bound(
            column.select_slider,
            dial.label,
            dial.values,
            value=dial.first,
            format_func=dial.words,
            key=f"{page}.{name}.{dial.name}",
        )
    return made.schedule(peak, steps, **said)
