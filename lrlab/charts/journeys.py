"""Methods that choose their own step: what each step bought, and how long the steps were."""

from collections.abc import Sequence
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.looks import looks
from lrlab.descent.arrivals import Account
from lrlab.descent.journey import Journey
from lrlab.descent.methods import METHODS

FLOOR = 1e-12
"""Losses this near to the lowest one, or nearer, stand on the bottom of the picture: a log axis has no zero."""
CEILING = 1e4
"""How many times the start's loss the picture reaches up to; what is higher is drawn on its upper edge."""

_POWERS = "datum.value < 0.001 || datum.value > 9999 ? format(datum.value, '~e') : format(datum.value, '~g')"

Clock = Literal["steps", "evaluations"]
_TITLES = {"steps": "steps", "evaluations": "evaluations (values + gradients + 2 × Hessians)"}


def journeys_chart(
    journeys: Sequence[Journey], accounts: Sequence[Account], *, across: Clock = "steps", most: int = 100
) -> Chart:
    """Loss above the lowest against steps or evaluations up to `most`, log axis; a mark where a journey arrives."""
    surface = journeys[0].surface
    lowest = float(surface.value(surface.minima[0]))
    start = max(float(journeys[0].losses[0]) - lowest, FLOOR)
    rows = pd.concat([_rows(journey, across, lowest) for journey in journeys])
    rows = rows[(rows["at"] <= most) & np.isfinite(rows["loss"])]
    rows["height"] = rows["loss"].clip(FLOOR, CEILING * start)
    ends = pd.DataFrame(
        [
            {
                "method": METHODS[journey.method].title,
                "at": at,
                "height": height,
                "word": account.arrival.value,
            }
            for journey, account in zip(journeys, accounts, strict=True)
            if account.settled_at is not None
            for at, height in [_arrival(journey, account.settled_at, across, lowest)]
            if at <= most
        ],
        columns=["method", "at", "height", "word"],
    )
    x = alt.X("at:Q").title(_TITLES[across]).scale(domain=[0, most], nice=False).axis(tickCount=8)
    domain = [
        FLOOR if rows["height"].min() <= 1e-9 * start else rows["height"].min() / 2,
        rows["height"].max() * 2,
    ]
    y = (
        alt.Y("height:Q")
        .title("loss above the lowest (log scale)")
        .scale(type="log", domain=domain, nice=False)
        .axis(labelExpr=_POWERS, tickCount=6)
    )
    names = [METHODS[journey.method].title for journey in journeys]
    colour, dash, shape = looks("method", names, "method")
    tooltip = ["method:N", alt.Tooltip("at:Q", title=across), alt.Tooltip("loss:Q", format=".3g")]
    base = alt.Chart(rows).encode(x=x, y=y, color=colour)
    lines = base.mark_line(strokeWidth=2.2).encode(strokeDash=dash, tooltip=tooltip)
    points = base.mark_point(filled=True, size=14, opacity=1).encode(tooltip=tooltip)
    there = (
        alt.Chart(ends)
        .mark_point(filled=True, size=170, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=["method:N", "at:Q", "word:N"])
    )
    layers = [lines, points, there] if len(rows) <= 400 else [lines, there]
    return alt.layer(*layers).properties(height=430, description=_text(journeys, accounts, across, most))


def strides_chart(journeys: Sequence[Journey], *, most: int = 100) -> Chart:
    """How long each step was, as the rate that would have made plain descent's step as long; log axis.

    Where the curvature is the same everywhere, rules mark the smallest and the largest of its inverses and the limit
    2/L of a fixed rate.
    """
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "method": METHODS[journey.method].title,
                    "step": np.arange(len(journey.rates)),
                    "rate": journey.plain_rates,
                }
            )
            for journey in journeys
        ]
    )
    rows = rows[np.isfinite(rows["rate"]) & (rows["rate"] > 0.0) & (rows["step"] < most)]
    x = alt.X("step:Q").title("step").scale(domain=[0, most], nice=False).axis(tickCount=8)
    marks = _limits(journeys[0])
    y = (
        alt.Y("rate:Q")
        .title("rate of a plain step as long (log)")
        .scale(type="log", nice=False, padding=12)
        .axis(format="~g", tickCount=6, grid=False)
    )
    names = [METHODS[journey.method].title for journey in journeys]
    colour, dash, shape = looks("method", names, "method")
    base = alt.Chart(rows).encode(x=x, y=y, color=colour)
    tooltip = ["method:N", "step:Q", alt.Tooltip("rate:Q", format=".3g")]
    layers = [
        base.mark_line(strokeWidth=1.5).encode(strokeDash=dash),
        base.mark_point(filled=True, size=45, opacity=1).encode(shape=shape, tooltip=tooltip),
    ]
    if marks:
        limits = alt.Chart(pd.DataFrame({"mark": list(marks), "rate": list(marks.values())})).encode(y=y)
        layers += [
            limits.mark_rule(color=colours.QUIET, strokeDash=[4, 3]),
            limits.mark_text(align="right", dx=-4, dy=-6, color=colours.QUIET).encode(
                x=alt.value("width"), text="mark:N"
            ),
        ]
    return alt.layer(*layers).properties(height=400, description=_stride_text(journeys, marks))


def _rows(journey: Journey, across: Clock, lowest: float) -> pd.DataFrame:
    at = np.arange(len(journey.losses)) if across == "steps" else journey.evaluations
    return pd.DataFrame({"method": METHODS[journey.method].title, "at": at, "loss": journey.losses - lowest})


def _arrival(journey: Journey, step: int, across: Clock, lowest: float) -> tuple[int, float]:
    at = step if across == "steps" else int(journey.evaluations[step])
    return at, max(float(journey.losses[step]) - lowest, FLOOR)


def _limits(journey: Journey) -> dict[str, float]:
    curvatures = journey.surface.curvatures
    if curvatures is None:
        return {}
    return {"1/L": 1.0 / curvatures[-1], "2/L": 2.0 / curvatures[-1], "1/μ": 1.0 / curvatures[0]}


def _text(journeys: Sequence[Journey], accounts: Sequence[Account], across: Clock, most: int) -> str:
    told = "; ".join(
        f"{METHODS[journey.method].title} "
        + (
            f"arrives at {_arrival(journey, account.settled_at, across, 0.0)[0]:,}"
            if account.settled_at is not None
            else account.arrival.value
        )
        for journey, account in zip(journeys, accounts, strict=True)
    )
    return (
        f"Loss above the lowest against {across}, up to {most:,}, on a log axis; {journeys[0].surface.title}, from a "
        f"loss of {journeys[0].losses[0]:.3g}. {told}."
    )


def _stride_text(journeys: Sequence[Journey], marks: dict[str, float]) -> str:
    spans = []
    for journey in journeys:
        rates = journey.plain_rates[np.isfinite(journey.plain_rates) & (journey.plain_rates > 0.0)]
        span = f"{rates.min():.3g} to {rates.max():.3g}" if len(rates) else "no step"
        spans.append(f"{METHODS[journey.method].title} {span}")
    limits = ", ".join(f"{name} = {rate:.3g}" for name, rate in marks.items())
    return (
        f"Length of each step, as the rate of a plain step as long, log axis: {'; '.join(spans)}."
        f"{f' Marked: {limits}.' if limits else ''}"
    )
