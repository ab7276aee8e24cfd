"""What units do: the largest safe rate against the unit of one feature, and a training in two sets of units."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.looks import strokes


def unit_chart(factors: Sequence[float], limits: Sequence[float], factor: float, rate: float) -> Chart:
    """2/L against the factor of one feature, both on log axes, with the factor chosen and the rate in use."""
    rows = pd.DataFrame({"factor": factors, "limit": limits})
    limit = float(np.interp(np.log(factor), np.log(factors), limits))
    span = [min(*limits, rate) / 2.0, max(*limits, rate) * 2.0]
    x = (
        alt.X("factor:Q")
        .title("this feature is multiplied by (log scale)")
        .scale(type="log", domain=[min(factors), max(factors)], nice=False)
        .axis(format="~g", values=[10.0**power for power in range(-3, 4)], grid=False)
    )
    y = (
        alt.Y("limit:Q")
        .title("rate (log scale)")
        .scale(type="log", domain=span, nice=False)
        .axis(format="~g", tickCount=6, grid=False)
    )
    here = pd.DataFrame({"factor": [factor], "limit": [limit], "word": [f"2/L = {limit:.2g}"]})
    used = pd.DataFrame({"limit": [rate], "word": [f"α = {rate:g}"]})
    inside = rate <= limit
    mark = colours.JUST_RIGHT if inside else colours.TOO_LARGE
    dot = alt.Chart(here).encode(x=x, y=y)
    line = alt.Chart(used).encode(y=y)
    layers = [
        alt.Chart(rows).mark_line(color=colours.SERIES[0], strokeWidth=2.5).encode(x=x, y=y),
        line.mark_rule(color=mark, strokeDash=[6, 3], strokeWidth=2),
        line.mark_text(align="left", baseline="bottom", dx=6, dy=-3, color=mark, fontSize=12).encode(
            x=alt.value(0), text="word:N"
        ),
        dot.mark_point(
            shape="circle" if inside else "triangle-up", filled=True, size=170, opacity=1, color=mark
        ),
        dot.mark_text(align="center", baseline="top", dy=12, color=mark, fontSize=12).encode(text="word:N"),
    ]
    return alt.layer(*layers).properties(
        height=280,
        description=(
            f"Largest stable rate 2/L against the factor of one feature: {limits[0]:.2g} at {factors[0]:g}, "
            f"{limit:.2g} at the {factor:g} chosen, {limits[-1]:.2g} at {factors[-1]:g}. "
            f"The rate in use, {rate:g}, lies {'below' if inside else 'above'} it."
        ),
    )


def unit_losses_chart(losses: Mapping[str, Sequence[float]]) -> Chart:
    """Training loss against step, one line for each set of units, on a log axis."""
    names = list(losses)
    rows = pd.DataFrame(
        [
            {"units": name, "step": step, "loss": loss}
            for name, along in losses.items()
            for step, loss in enumerate(along)
            if np.isfinite(loss) and loss > 0.0
        ]
    )
    x = alt.X("step:Q").title("step")
    y = (
        alt.Y("loss:Q")
        .title("training loss (log scale)")
        .scale(type="log", nice=False)
        .axis(format="~g", tickCount=6, grid=False)
    )
    colour, dash = strokes("units", names, None)
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=x,
            y=y,
            color=colour,
            strokeDash=dash,
            tooltip=["units:N", "step:Q", alt.Tooltip("loss:Q", format=".3g")],
        )
        .properties(height=330, description=_text(losses))
    )
    return chart


def _text(losses: Mapping[str, Sequence[float]]) -> str:
    told = [
        f"{name}: from {along[0]:.3g} to {along[-1]:.3g}, highest {np.nanmax(along):.3g}"
        for name, along in losses.items()
    ]
    return f"Training loss over {len(next(iter(losses.values())))} steps. {'; '.join(told)}."
