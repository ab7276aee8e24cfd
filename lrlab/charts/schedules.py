"""Schedules as curves: several laid over each other, and one name in several libraries with where they part."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lrlab.charts import Chart, colours
from lrlab.charts.looks import looks
from lrlab.schedules import Schedule
from lrlab.schedules.variants import Difference, parting

MOST_POINTS = 150
"""A line has about so many points, besides both sides of every jump."""


def kept_steps(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the steps worth drawing of a line (n,): evenly spread ones, and both sides of every jump.

    >>> kept_steps(np.array([1.0, 1.0, 0.1, 0.1])).tolist()
    [0, 1, 2, 3]
    """
    count = len(values)
    even = np.linspace(0, count - 1, min(count, MOST_POINTS)).round().astype(np.int64)
    finite = np.nan_to_num(values, nan=0.0)
    changes = np.abs(np.diff(finite))
    jumps = np.flatnonzero(changes > 0.03 * max(float(np.abs(finite).max()), 1e-300))
    most = jumps[np.argsort(-changes[jumps], kind="stable")[:MOST_POINTS]]
    return np.unique(np.concatenate([even, most, most + 1]))


def marked(rows: pd.DataFrame, field: str, across: str = "step") -> pd.DataFrame:
    """Return a few rows of every line, those that carry its shape: evenly spread, shifted from line to line."""
    picked = []
    for place, (_, line) in enumerate(rows.groupby(field, sort=False)):
        low, high = line[across].min(), line[across].max()
        wanted = low + (high - low) * (np.arange(6) + 0.2 + 0.15 * (place % 5)) / 6.2
        at = np.abs(line[across].to_numpy()[None, :] - wanted[:, None]).argmin(axis=1)
        picked.append(line.iloc[np.unique(at)])
    return pd.concat(picked)


def rates_chart(schedules: Mapping[str, Schedule], steps: int, *, log: bool = False) -> Chart:
    """The rate against the step, a line for each of up to six schedules, on a plain or a log axis."""
    frames = []
    for name, schedule in schedules.items():
        rates = schedule(np.arange(steps + 1))
        kept = kept_steps(rates)
        frames.append(pd.DataFrame({"schedule": name, "step": kept, "rate": rates[kept]}))
    rows = pd.concat(frames)
    rows = rows[rows["rate"] > 0.0] if log else rows
    colour, dash, shape = looks("schedule", list(schedules), "schedule")
    y = alt.Y("rate:Q").title("learning rate α (log scale)" if log else "learning rate α")
    channels: dict[str, Any] = {
        "x": alt.X("step:Q").title("step t").scale(domain=[0, steps], nice=False),
        "y": y.scale(type="log", nice=False, padding=8) if log else y,
        "color": colour,
        "tooltip": ["schedule:N", "step:Q", alt.Tooltip("rate:Q", format=".4g")],
    }
    base = alt.Chart(rows).encode(**channels)
    points = alt.Chart(marked(rows, "schedule")).encode(**channels)
    return alt.layer(
        base.mark_line(strokeWidth=2.2).encode(strokeDash=dash),
        base.mark_point(size=40, opacity=0),
        points.mark_point(filled=True, size=60, opacity=1).encode(shape=shape),
    ).properties(height=340, description=_rates_text(schedules, steps))


def _rates_text(schedules: Mapping[str, Schedule], steps: int) -> str:
    lines = []
    for name, schedule in schedules.items():
        first, middle, last = schedule([0, steps // 2, steps - 1])
        top = float(schedule(np.arange(steps)).max())
        lines.append(
            f"{name} starts at {first:.3g}, is {middle:.3g} halfway and {last:.3g} in the last step, at most {top:.3g}"
        )
    return f"Learning rate over {steps} steps: {'; '.join(lines)}."


def difference_chart(difference: Difference) -> Chart:
    """One name in several libraries: a line for each, and a rule at the first step where they part."""
    steps = np.arange(difference.steps)
    names = [variant.library for variant in difference.variants]
    frames, told = [], []
    for variant in difference.variants:
        rates = variant.rates(steps)
        kept = kept_steps(rates)
        frames.append(pd.DataFrame({"library": variant.library, "step": kept, "rate": rates[kept]}))
        peak = int(np.nanargmax(rates))
        told.append(f"{variant.library} is highest at step {peak} with {rates[peak]:.3g}")
    rows = pd.concat(frames).dropna()
    colour, dash, shape = looks("library", names, "library")
    first, widest = parting(difference)
    unit = difference.unit.split()[0]
    marks = [{"step": first, "word": f"apart from {unit} {first} on", "high": 0}]
    if widest != first:
        marks.append({"step": widest, "word": f"furthest apart: {unit} {widest}", "high": 16})
    x = alt.X("step:Q").title(difference.unit).scale(nice=False)
    low, high = float(rows["rate"].min()), float(rows["rate"].max())
    # Room above the lines for the words.
    y = alt.Y("rate:Q").title("learning rate α").scale(domain=[min(low, 0.0), 1.3 * high], nice=False)
    channels: dict[str, Any] = {
        "x": x,
        "y": y,
        "color": colour,
        "tooltip": ["library:N", "step:Q", alt.Tooltip("rate:Q", format=".4g")],
    }
    base = alt.Chart(rows).encode(**channels)
    points = alt.Chart(marked(rows, "library")).encode(**channels)
    here = [alt.Chart(pd.DataFrame([mark])).encode(x=x) for mark in marks]
    return alt.layer(
        base.mark_line(strokeWidth=2.4, interpolate="step-after" if difference.stepped else "linear").encode(
            strokeDash=dash
        ),
        base.mark_point(size=40, opacity=0),
        points.mark_point(filled=True, size=60, opacity=1).encode(shape=shape),
        *(one.mark_rule(color=colours.QUIET, strokeDash=[3, 3], strokeWidth=1.5) for one in here),
        *(_label(one, mark, difference.steps) for one, mark in zip(here, marks, strict=True)),
    ).properties(
        height=340,
        description=(
            f"{difference.title}. {difference.sentence} They part at {unit} {first} and are furthest apart at "
            f"{widest}: {'; '.join(told)}."
        ),
    )


def _label(here: alt.Chart, mark: Mapping[str, object], steps: int) -> alt.Chart:
    """The words beside a rule, on the side where there is room for them."""
    late = int(str(mark["step"])) > steps / 2
    text: alt.Chart = here.mark_text(
        align="right" if late else "left", baseline="top", dx=-4 if late else 4, color=colours.QUIET
    ).encode(y=alt.value(mark["high"]), text="word:N")
    return text
