"""The courses of a run: its losses on one axis, and the rate beneath them over the same steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lrlab.charts import Chart, colours
from lrlab.charts.looks import looks, side_by_side

LOG_FROM = 1000.0
"""From this ratio of the highest to the usual loss on, the axis is logarithmic."""
_LEFT = 56
_SAMPLES = 9


@dataclass(frozen=True, eq=False)
class Line:
    """One curve: what to call it, where its points stand, and their values; those that are no numbers are left out."""

    name: str
    at: ArrayLike
    values: ArrayLike


def losses_over_chart(
    lines: Sequence[Line], across: str, *, log: bool | None = None, lost: bool = True
) -> Chart:
    """Losses over `across` (step, epoch or line), each in hue and dash of its own; a rule where the first is lost.

    `log` asks for a logarithmic axis or a plain one; left out, the first line's range decides.
    """
    table = pd.concat([_rows(line) for line in lines], ignore_index=True)
    drawn = table[np.isfinite(table["loss"])]
    if log is None:
        log = wants_log(lines[0].values)
    if log:
        drawn = drawn[drawn["loss"] > 0.0]
    names = [line.name for line in lines]
    colour, dash, _ = looks("curve", names, "")
    domain = [float(table["at"].min()), float(table["at"].max())]
    x = alt.X("at:Q").title(across).scale(domain=domain, nice=False).axis(grid=False)
    title = "loss (log scale)" if log else "loss"
    axis = alt.Axis(
        format=".1e" if log and _wide(drawn) else "~g", tickCount=5, minExtent=_LEFT, maxExtent=_LEFT
    )
    y = (
        alt.Y("loss:Q")
        .title(title)
        .scale(type="log" if log else "linear", zero=False, nice=not log)
        .axis(axis)
    )
    tip = [alt.Tooltip("curve:N"), alt.Tooltip("at:Q", title=across), alt.Tooltip("loss:Q", format=".4g")]
    stroke = alt.Legend(orient="bottom", columns=side_by_side(names), labelLimit=0, title=None)
    layers = [
        alt.Chart(drawn)
        .mark_line(strokeWidth=1.8)
        .encode(x=x, y=y, color=colour.legend(stroke), strokeDash=dash.legend(stroke), tooltip=tip)
    ]
    first = _rows(lines[0])
    gone = first[~np.isfinite(first["loss"])].head(1).assign(word="no number from here")
    if lost and len(gone):
        end = alt.Chart(gone).encode(x=x)
        layers.append(end.mark_rule(color=colours.TOO_LARGE, strokeDash=[4, 3]))
        near_the_end = float(gone["at"].iloc[0]) > sum(domain) / 2.0
        layers.append(
            end.mark_text(
                align="right" if near_the_end else "left",
                dx=-5 if near_the_end else 5,
                color=colours.TOO_LARGE,
            ).encode(y=alt.value(12), text="word:N")
        )
    return alt.layer(*layers).properties(height=300, description=_losses_text(lines, across))


def rates_over_chart(lines: Sequence[Line], across: str) -> Chart:
    """Rates in force over `across`, as steps on a log axis."""
    table = pd.concat([_rows(line).rename(columns={"loss": "rate"}) for line in lines], ignore_index=True)
    table = table[np.isfinite(table["rate"]) & (table["rate"] > 0.0)]
    low, high = float(table["rate"].min()), float(table["rate"].max())
    colour, dash, _ = looks("curve", [line.name for line in lines], "")
    domain = [float(table["at"].min()), float(table["at"].max())]
    axis = alt.Axis(format=".2~g", values=sorted({low, high}), minExtent=_LEFT, maxExtent=_LEFT, grid=False)
    legend = alt.Legend(orient="bottom", labelLimit=0, title=None) if len(lines) > 1 else None
    chart: Chart = (
        alt.Chart(table)
        .mark_line(strokeWidth=2, interpolate="step-after")
        .encode(
            x=alt.X("at:Q").title(across).scale(domain=domain, nice=False).axis(grid=False),
            y=alt.Y("rate:Q")
            .title("rate (log)")
            .scale(type="log", domain=[low / 2, high * 2], nice=False)
            .axis(axis),
            color=colour.legend(legend),
            strokeDash=dash.legend(legend),
        )
        .properties(
            height=140 if legend is None else 190,
            description=" ".join(_rates_text(line, across) for line in lines),
        )
    )
    return chart


def wants_log(values: ArrayLike) -> bool:
    """Whether a curve spans so much that a plain axis would hide most of it."""
    y = np.asarray(values, dtype=np.float64)
    y = y[np.isfinite(y)]
    return bool(len(y) and y.min() > 0.0 and y.max() > LOG_FROM * np.median(y))


def _wide(drawn: pd.DataFrame) -> bool:
    return bool(len(drawn) and (drawn["loss"].max() >= 1e5 or drawn["loss"].min() < 1e-4))


def _rows(line: Line) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "at": np.asarray(line.at, dtype=float),
            "loss": np.asarray(line.values, dtype=float),
            "curve": line.name,
        }
    )


def _losses_text(lines: Sequence[Line], across: str) -> str:
    return " ".join(_line_text(line, across) for line in lines)


def _line_text(line: Line, across: str) -> str:
    """Where a line starts, a few points on its way, its extremes, and where it is lost."""
    at, y = np.asarray(line.at, dtype=np.float64), np.asarray(line.values, dtype=np.float64)
    finite = np.flatnonzero(np.isfinite(y))
    name = line.name[:1].upper() + line.name[1:]
    if not len(finite):
        return f"{name}: no finite value."
    some = finite[np.unique(np.linspace(0, len(finite) - 1, _SAMPLES).round().astype(int))]
    way = ", ".join(f"{y[i]:.3g} at {at[i]:.4g}" for i in some)
    low, high = finite[int(np.argmin(y[finite]))], finite[int(np.argmax(y[finite]))]
    lost = np.flatnonzero(~np.isfinite(y))
    end = f" It is no number from {across} {at[lost[0]]:.4g} on." if len(lost) else ""
    return (
        f"{name} over {across}: {way}; lowest {y[low]:.3g} at {at[low]:.4g}, highest {y[high]:.3g} at {at[high]:.4g}."
        + end
    )


def _rates_text(line: Line, across: str) -> str:
    at, rates = np.asarray(line.at, dtype=np.float64), np.asarray(line.values, dtype=np.float64)
    name = line.name[:1].upper() + line.name[1:]
    jumps = np.flatnonzero(np.diff(rates)) + 1
    if not len(jumps):
        return f"{name}: {rates[0]:.3g} throughout."
    if len(jumps) > _SAMPLES:
        return (
            f"{name}: from {rates[0]:.3g} to {rates[-1]:.3g} in {len(jumps)} changes, between {rates.min():.3g} and "
            f"{rates.max():.3g}."
        )
    told = ", ".join(f"to {rates[k]:.3g} at {across} {at[k]:.4g}" for k in jumps)
    return f"{name}: {rates[0]:.3g} at first, changed {told}."
