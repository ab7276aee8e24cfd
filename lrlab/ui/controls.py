"""Groups of widgets, each returning one frozen record of names and numbers.

Every widget is bound to the address of the page, so that a link carries the set-up, and Streamlit keeps it when the
student changes pages. Values that do not fit are ignored by the binding and the default stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import streamlit as st

from lrlab.descent import OPTIMIZERS, SURFACES
from lrlab.schedules.catalogue import KINDS

ALL_SURFACES = tuple(SURFACES)
ALL_OPTIMIZERS = tuple(OPTIMIZERS)
ALL_SCHEDULES = tuple(KINDS)

# Round numbers, evenly spread over a decade; the densest row that fits the player's payload is used.
_DECADES = (
    (1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.6, 6.3, 7, 8, 9),
    (1, 1.25, 1.6, 2, 2.5, 3, 4, 5, 6.3, 8),
    (1, 1.6, 2, 3, 5, 8),
    (1, 2, 3, 5),
)


@dataclass(frozen=True)
class Settings:
    """Everything that shapes a sweep of descents, as names and numbers; `schedule` is that of each rate's run."""

    surface: str
    optimizer: str = "sgd"
    low: float = 1e-3
    high: float = 1.0
    steps: int = 100
    noise: float = 0.0
    start: tuple[float, float] | None = None
    schedule: str = "constant"


def rates_between(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round rates from `low` to `high`, at most `most` of them, both ends included when they are round themselves."""
    for row in _DECADES:
        rates = tuple(
            rate
            for power in range(floor(log10(low)), floor(log10(high)) + 1)
            for rate in (round(digit * 10.0**power, 12 - power) for digit in row)
            if low * (1 - 1e-9) <= rate <= high * (1 + 1e-9)
        )
        if len(rates) <= most:
            return rates
    raise ValueError(f"no row of round rates from {low=} to {high=} has at most {most=} of them")


def bound(widget: Any, label: str, *args: Any, key: str, **options: Any) -> Any:
    """A widget whose value stands in the address and outlives a change of page."""
    return widget(label, *args, key=key, bind="query-params", persist_state="session", **options)


def descent(
    page: str,
    *,
    surfaces: Sequence[str],
    optimizers: Sequence[str] = ("sgd",),
    schedules: Sequence[str] = ("constant",),
    low: float,
    high: float,
    steps: int | tuple[int, ...] = 100,
    noise: Sequence[float] = (0.0,),
    start: tuple[float, float] | None = None,
) -> Settings:
    """The controls of a descent; only what offers a choice gets a widget."""
    chosen: dict[str, Any] = {
        "surface": surfaces[0],
        "optimizer": optimizers[0],
        "schedule": schedules[0],
        "noise": noise[0],
    }
    lengths = (steps,) if isinstance(steps, int) else steps
    chosen["steps"] = lengths[0]
    offers: tuple[tuple[str, str, Sequence[Any], Mapping[Any, str]], ...] = (
        ("surface", "Surface", surfaces, {name: SURFACES[name].title for name in surfaces}),
        ("optimizer", "Optimizer", optimizers, {name: OPTIMIZERS[name].title for name in optimizers}),
        ("schedule", "Schedule", schedules, {name: KINDS[name].title for name in schedules}),
        ("steps", "Steps", lengths, {length: str(length) for length in lengths}),
        ("noise", "Gradient noise", noise, {level: f"{level:g}" if level else "none" for level in noise}),
    )
    real = [offer for offer in offers if len(offer[2]) > 1]
    a_row = max(len(real), 1) if len(real) < 5 else 3
    columns = (column for _ in range(0, len(real), a_row) for column in st.columns(a_row))
    for (name, label, options, words), column in zip(real, columns, strict=False):
        chosen[name] = bound(
            column.selectbox, label, list(options), format_func=words.__getitem__, key=f"{page}.{name}"
        )
    return Settings(low=low, high=high, start=start, **chosen)
