"""Searches drawn: one throw on the curve of losses, draws by decade, and the best loss against the bill."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import looks
from lrlab.finder.response import ResponseCurve
from lrlab.finder.search import Search


def throw_chart(curve: ResponseCurve, rates: Mapping[str, Sequence[float]], low: float, high: float) -> Chart:
    """Loss against rate from `low` to `high`, the rates of each named search on it, and a ring on the best of each."""
    shown = (curve.rates >= low * 0.999) & (curve.rates <= high * 1.001)
    line = pd.DataFrame({"rate": curve.rates[shown], "loss": curve.losses[shown]})
    marks = pd.concat(
        [
            pd.DataFrame({"trials": name, "rate": list(tried), "loss": curve.at(tried)})
            for name, tried in rates.items()
        ]
    )
    best = pd.concat([group.nsmallest(1, "loss") for _, group in marks.groupby("trials", sort=False)])
    x = rate_axis("rate", low, high)
    y = (
        alt.Y("loss:Q")
        .title("validation loss (log scale)")
        .scale(type="log", domain=[float(curve.losses.min()) / 1.4, 30.0], nice=False, clamp=True)
        .axis(format="~g", grid=False, tickCount=5)
    )
    colour, _, shape = looks("trials", list(rates), "trials")
    tooltip = ["trials:N", alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("loss:Q", format=".3g")]
    told = "; ".join(
        f"{name} {', '.join(f'{rate:.2g}' for rate in sorted(set(tried)))}, lowest {curve.at(tried).min():.3g}"
        for name, tried in rates.items()
    )
    return alt.layer(
        alt.Chart(line).mark_line(color=colours.QUIET, strokeWidth=2).encode(x=x, y=y),
        alt.Chart(marks)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip),
        alt.Chart(best)
        .mark_point(filled=False, shape="circle", size=420, strokeWidth=2.5, opacity=1)
        .encode(x=x, y=y, color=colour),
    ).properties(
        height=380,
        description=f"Validation loss against the rate, log axes, from {low:g} to {high:g}. Rates tried: {told}.",
    )


def decades_chart(draws: Mapping[str, Sequence[float]], low: float, high: float) -> Chart:
    """How many of the named draws fall into each decade of the range: a bar for each, its count above it."""
    powers = range(floor(log10(low)), ceil(log10(high)))
    decades = [f"{10.0**power:g} to {10.0 ** (power + 1):g}" for power in powers]
    edges = [10.0**power for power in (*powers, powers[-1] + 1)]
    rows = pd.DataFrame(
        [
            {"decade": decade, "drawn": name, "draws": int(count)}
            for name, rates in draws.items()
            for decade, count in zip(decades, np.histogram(rates, edges)[0], strict=True)
        ]
    )
    names = list(draws)
    colour, _, _ = looks("drawn", names, "drawn")
    base = alt.Chart(rows).encode(
        x=alt.X("decade:N").title("decade of the rate").sort(decades).axis(labelAngle=0, labelLimit=0),
        xOffset=alt.XOffset("drawn:N").sort(names),
        y=alt.Y("draws:Q").title("draws").axis(tickMinStep=1, tickCount=4),
    )
    told = "; ".join(
        f"{name}: "
        + ", ".join(f"{row.draws} from {row.decade}" for row in rows[rows["drawn"] == name].itertuples())
        for name in names
    )
    return alt.layer(
        base.mark_bar().encode(color=colour, tooltip=["drawn:N", "decade:N", "draws:Q"]),
        base.mark_text(dy=-6, color=colours.QUIET).encode(text="draws:Q"),
    ).properties(height=260, description=f"Draws by decade of the rate. {told}.")


def bill_chart(searches: Mapping[str, Search]) -> Chart:
    """The best validation loss in the race against the updates spent so far, one line a search."""
    rows = pd.concat(
        [
            pd.DataFrame({"search": name, "spent": search.spent_at, "loss": search.best_so_far})
            for name, search in searches.items()
        ]
    )
    rows = rows[np.isfinite(rows["loss"])]
    colour, dash, shape = looks("search", list(searches), "search")
    most = max(search.spent for search in searches.values())
    base = alt.Chart(rows).encode(
        x=alt.X("spent:Q")
        .title("updates spent")
        .scale(domain=[0, most * 1.02], nice=False)
        .axis(tickCount=6),
        y=alt.Y("loss:Q")
        .title("best validation loss (log)")
        .scale(type="log", nice=False, padding=12)
        .axis(format="~g", grid=False, tickCount=5),
        color=colour,
    )
    tooltip = ["search:N", "spent:Q", alt.Tooltip("loss:Q", format=".3g")]
    told = "; ".join(
        f"{name}: {f'{search.choice[2]:.3g}' if np.isfinite(search.choice[2]) else 'all lost'} after "
        f"{search.spent:,} updates in {len(search.losses)} trainings"
        for name, search in searches.items()
    )
    return alt.layer(
        base.mark_line(strokeWidth=2, interpolate="step-after").encode(strokeDash=dash),
        base.mark_point(filled=True, size=60, opacity=1).encode(shape=shape, tooltip=tooltip),
    ).properties(height=300, description=f"Best validation loss against updates spent. {told}.")
