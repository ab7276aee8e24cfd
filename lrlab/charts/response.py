"""The response curve: how many steps each rate needs, and where the rates stop arriving."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import altair as alt
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import side_by_side
from lrlab.descent.outcomes import Ending, Outcome
from lrlab.descent.run import Descent

_ARRIVED = (Outcome.CONVERGED, Outcome.OVERSHOT)
_FLEW = (Outcome.DIVERGED, Outcome.BOUNCING)


def response_chart(
    descent: Descent,
    endings: Sequence[Ending],
    *,
    marks: Mapping[str, float] | None = None,
    tried: Sequence[int] = (),
    revealed: bool = True,
) -> Chart:
    """Steps until settled against the rate, on log axes; `tried` are indices of rates drawn as the student's dots.

    `marks` are named rates drawn as rules (1/L, 2/L, …). With `revealed` false only the dots are drawn.
    """
    steps = descent.rates.shape[1]
    rates = descent.rates[:, 0]
    arrived = [ending.outcome in _ARRIVED for ending in endings]
    rows = pd.DataFrame(
        {
            "rate": rates,
            "steps": [
                max(ending.settled_at, 1) if ending.settled_at is not None else steps for ending in endings
            ],
            "arrived": arrived,
            "regime": [_regime(ending) for ending in endings],
            "what": [ending.sentence for ending in endings],
        }
    )
    across = partial(rate_axis, low=float(rates.min()), high=float(rates.max()))
    x = across("rate")
    y = (
        alt.Y("steps:Q")
        .title(f"steps until settled (of {steps})")
        .scale(type="log", domain=[1, steps * 1.15], nice=False)
    )
    tooltip = [alt.Tooltip("rate:Q", format=".4g"), "steps:Q", alt.Tooltip("regime:N"), alt.Tooltip("what:N")]
    layers: list[alt.Chart] = []
    if revealed:
        layers += _bands(rows, across)
        curve = alt.Chart(rows[rows["arrived"]]).encode(x=x, y=y)
        layers.append(curve.mark_line(color=colours.JUST_RIGHT, strokeWidth=2.5))
        layers.append(
            curve.mark_point(color=colours.JUST_RIGHT, filled=True, size=30).encode(tooltip=tooltip)
        )
        layers += _rules(marks or {}, x)
    mine = rows.iloc[list(tried)]
    layers.append(
        alt.Chart(mine)
        .mark_point(filled=True, size=170, opacity=1, stroke="white", strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            tooltip=tooltip,
            shape=alt.Shape("regime:N").scale(
                domain=list(_REGIMES), range=[row[1] for row in _REGIMES.values()]
            ),
            color=alt.Color("regime:N")
            .scale(domain=list(_REGIMES), range=[row[0] for row in _REGIMES.values()])
            .title("your runs")
            .legend(orient="bottom", columns=side_by_side(list(_REGIMES))),
        )
    )
    return alt.layer(*layers).properties(height=400, description=_text(rows, mine, steps, revealed))


_REGIMES = {
    "too small for these steps": (colours.TOO_SMALL, "triangle-right"),
    "arrives": (colours.JUST_RIGHT, "circle"),
    "too large": (colours.TOO_LARGE, "cross"),
}


def _regime(ending: Ending) -> str:
    if ending.outcome in _ARRIVED:
        return "arrives"
    return "too large" if ending.outcome in _FLEW else "too small for these steps"


def _bands(rows: pd.DataFrame, across: Callable[[str], alt.X]) -> list[alt.Chart]:
    """One shaded band and its word for every stretch of neighbouring rates in the same regime."""
    stretch = (rows["regime"] != rows["regime"].shift()).cumsum()
    bands = rows.groupby(stretch).agg(
        low=("rate", "first"), high=("rate", "last"), regime=("regime", "first")
    )
    edges = (bands["high"].to_numpy()[:-1] * bands["low"].to_numpy()[1:]) ** 0.5
    bands["low"] = [bands["low"].iloc[0], *edges]
    bands["high"] = [*edges, bands["high"].iloc[-1]]
    bands["middle"] = (bands["low"] * bands["high"]) ** 0.5
    colour = (
        alt.Color("regime:N")
        .scale(domain=list(_REGIMES), range=[row[0] for row in _REGIMES.values()])
        .legend(None)
    )
    base = alt.Chart(bands)
    area = base.mark_rect(opacity=0.13).encode(x=across("low"), x2="high:Q", color=colour)
    words = base.mark_text(baseline="top", dy=4, fontSize=12).encode(
        x=across("middle"), y=alt.value(0), text="regime:N"
    )
    return [area, words]


def _rules(marks: Mapping[str, float], x: alt.X) -> list[alt.Chart]:
    rows = pd.DataFrame({"mark": list(marks), "rate": list(marks.values())})
    base = alt.Chart(rows).encode(x=x)
    rule = base.mark_rule(color=colours.QUIET, strokeDash=[4, 3]).encode(
        tooltip=["mark:N", alt.Tooltip("rate:Q", format=".4g")]
    )
    return [
        rule,
        base.mark_text(baseline="bottom", dy=-4, color=colours.QUIET).encode(y=alt.value(0), text="mark:N"),
    ]


def _text(rows: pd.DataFrame, mine: pd.DataFrame, steps: int, revealed: bool) -> str:
    told = "; ".join(
        f"at {rate:.3g} {f'settled after {count} steps' if ok else regime}"
        for rate, count, ok, regime in zip(
            mine["rate"], mine["steps"], mine["arrived"], mine["regime"], strict=True
        )
    )
    dots = f" Your runs: {told}." if told else " No run of yours yet."
    if not revealed:
        return f"Steps until settled against the learning rate, curve still hidden.{dots}"
    good = rows[rows["arrived"]]
    if good.empty:
        low, high = rows["rate"].min(), rows["rate"].max()
        return f"Response curve: no rate from {low:.3g} to {high:.3g} settles within {steps} steps.{dots}"
    best = good.iloc[int(good["steps"].argmin())]
    return (
        f"Response curve: rates from {good['rate'].min():.3g} to {good['rate'].max():.3g} settle within {steps} steps; "
        f"the fastest, {best['rate']:.3g}, needs {best['steps']:.0f}. Slower below, never above.{dots}"
    )
