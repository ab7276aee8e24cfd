"""The response to every rate with the door on it: how hard a task is, at a glance."""

from math import isfinite

import altair as alt
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.grading.evidence import ResponseCurve


def door_chart(curve: ResponseCurve) -> Chart:
    """The measure against the rate, the bar that still passes as a rule, and the rates that pass as shaded doors.

    Rates for which there is no measure, because the run never gets there, leave a gap in the line.
    """
    low, high = curve.rates[0], curve.rates[-1]
    line = pd.DataFrame({"rate": curve.rates, "value": curve.values})
    drawn = line["value"].map(lambda value: isfinite(value) and value > 0)
    line["stretch"] = (drawn != drawn.shift()).cumsum()
    x = rate_axis("rate", low, high)
    y = alt.Y("value:Q").title(f"{curve.measure} (log scale)").scale(type="log").axis(format="~g", grid=False)
    points = alt.Chart(line[drawn]).encode(
        x=x, y=y, tooltip=[alt.Tooltip("rate:Q", format=".4g"), alt.Tooltip("value:Q", title=curve.measure)]
    )
    doors = pd.DataFrame(curve.openings, columns=["low", "high"])
    doors["middle"] = (doors["low"] * doors["high"]) ** 0.5
    doors["word"] = "door"
    shade = alt.Chart(doors)
    bar = alt.Chart(pd.DataFrame({"value": [curve.bar], "word": [f"passes at {curve.bar:.3g} or less"]}))
    layers = [
        bar.mark_rule(color=colours.TOO_LARGE, strokeDash=[5, 4]).encode(y=y),
        bar.mark_text(align="left", baseline="bottom", dx=4, dy=-3, color=colours.QUIET).encode(
            x=alt.value(0), y=y, text="word:N"
        ),
    ]
    # A layer without a mark in it is an image without a text to a screen reader.
    if drawn.any():
        layers.append(points.mark_line(color=colours.QUIET, strokeWidth=2).encode(detail="stretch:N"))
        layers.append(points.mark_point(color=colours.QUIET, filled=True, size=14))
    if curve.openings:
        area = shade.mark_rect(color=colours.JUST_RIGHT, opacity=0.18)
        layers.insert(0, area.encode(x=rate_axis("low", low, high), x2="high:Q"))
        word = shade.mark_text(baseline="top", dy=4, fontSize=12, color=colours.QUIET)
        layers.append(word.encode(x=rate_axis("middle", low, high), y=alt.value(0), text="word:N"))
    return alt.layer(*layers).properties(height=320, description=_text(curve))


def _text(curve: ResponseCurve) -> str:
    found = " and ".join(f"{low:.3g} to {high:.3g}" for low, high in curve.openings)
    door = f"The door is {found}." if found else "No rate passes."
    there = [
        (value, rate)
        for rate, value in zip(curve.rates, curve.values, strict=True)
        if isfinite(value) and value > 0
    ]
    if not there:
        return f"{curve.measure} for every rate: none arrives. {door}"
    value, rate = min(there)
    return (
        f"{curve.measure} for every rate from {curve.rates[0]:.3g} to {curve.rates[-1]:.3g}. {door} It takes "
        f"{curve.bar:.3g} or less to pass; the least, {value:.3g}, is at {rate:.3g}."
    )
