"""Searches drawn: one throw on the curve of losses, draws by decade, trials on the map, the best against the bill."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import looks
from lrlab.finder.response import ResponseCurve, ResponseSurface
from lrlab.finder.search import Search
from lrlab.finder.spaces import Space

LOST = "lost"


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


def surface_chart(surface: ResponseSurface, searches: Mapping[str, Search]) -> Chart:
    """The map of losses over rate and second setting, with the trials of the named searches; the chosen ones large."""
    cells = _cells(surface)
    low, high = surface.space.low, surface.space.high
    x = rate_axis("left", low, high)
    y = _second_axis(surface.space, "bottom")
    known = cells[np.isfinite(cells["loss"])]
    shade = (
        alt.Color("loss:Q")
        .scale(type="log", scheme="viridis", reverse=True)
        .title("validation loss (log scale)")
        .legend(orient="bottom", format="~g", gradientLength=240, tickCount=4, symbolOpacity=1)
    )
    tooltip = [
        alt.Tooltip("rate:Q", format=".3g"),
        alt.Tooltip("second:Q", format=".3g", title=surface.space.title),
        alt.Tooltip("told:N", title="loss"),
    ]
    fill = (
        alt.Chart(known).mark_rect().encode(x=x, x2="right:Q", y=y, y2="top:Q", color=shade, tooltip=tooltip)
    )
    lost = (
        alt.Chart(cells[~np.isfinite(cells["loss"])])
        .mark_rect(color=colours.QUIET, opacity=0.35)
        .encode(x=x, x2="right:Q", y=y, y2="top:Q", tooltip=tooltip)
    )
    layers = [fill, lost]
    if searches:
        layers.append(_trial_marks(surface.space, searches, tooltip))
    chart: alt.LayerChart = alt.layer(*layers).resolve_scale(shape="independent")
    return chart.properties(height=430, description=_surface_text(surface, searches))


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


def _cells(surface: ResponseSurface) -> pd.DataFrame:
    """One row a cell of the map, with its four edges."""
    space = surface.space
    across = np.geomspace(space.low, space.high, len(surface.rates) + 1)
    if space.name == "momentum":
        up = np.geomspace(1.0 - space.second_low, 1.0 - space.second_high, len(surface.seconds) + 1)
    else:
        up = np.append(surface.seconds, 2.0 * surface.seconds[-1]) / np.sqrt(2.0)
    return pd.DataFrame(
        [
            {
                "rate": rate,
                "second": second,
                "left": across[column],
                "right": across[column + 1],
                "bottom": up[row],
                "top": up[row + 1],
                "loss": surface.losses[row, column],
                "told": f"{surface.losses[row, column]:.3g}"
                if np.isfinite(surface.losses[row, column])
                else LOST,
            }
            for row, second in enumerate(surface.seconds)
            for column, rate in enumerate(surface.rates)
        ]
    )


def _second_axis(space: Space, field: str) -> alt.Y:
    """The second setting: momentum on a log scale of 1 − β, batch sizes on one of their own."""
    if space.name == "momentum":
        scale = alt.Scale(type="log", domain=[1.0, 1.0 - space.second_high], nice=False)
        axis = alt.Axis(
            values=[1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01],
            labelExpr="format(1 - datum.value, '.2~f')",
            grid=False,
        )
    else:
        sizes = 2.0 ** np.arange(
            round(log10(space.second_low) / log10(2)), 1 + round(np.log2(space.second_high))
        )
        edges = [space.second_low / np.sqrt(2.0), space.second_high * np.sqrt(2.0)]
        scale = alt.Scale(type="log", base=2, domain=edges, nice=False)
        axis = alt.Axis(values=sizes.tolist(), format="d", grid=False)
    found: alt.Y = alt.Y(f"{field}:Q", title=space.title, scale=scale, axis=axis)
    return found


def _trial_marks(space: Space, searches: Mapping[str, Search], tooltip: list[alt.Tooltip]) -> alt.Chart:
    """Every trial as a white mark with a dark rim, by shape; what a search chose is large."""
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "search": name,
                    "rate": search.trials.rates,
                    "second": search.trials.seconds,
                    "height": 1.0 - search.trials.seconds
                    if space.name == "momentum"
                    else search.trials.seconds,
                    "told": [f"{loss:.3g}" if np.isfinite(loss) else LOST for loss in search.losses],
                    "updates": search.updates,
                    "role": ["chosen" if t == search.best else "tried" for t in range(len(search.losses))],
                }
            )
            for name, search in searches.items()
        ]
    )
    names = list(searches)
    shapes = {"Grid": "square", "Random": "circle", "Halving": "triangle-up"}
    marks: alt.Chart = (
        alt.Chart(rows)
        .mark_point(filled=True, opacity=1, fill="white", stroke="#15141A", strokeWidth=1.3)
        .encode(
            x=rate_axis("rate", space.low, space.high),
            y=_second_axis(space, "height"),
            shape=alt.Shape("search:N")
            .scale(domain=names, range=[shapes.get(name, "diamond") for name in names])
            .title("trials of")
            .legend(orient="bottom", symbolFillColor="white", symbolStrokeColor="#7A7585", symbolOpacity=1),
            size=alt.Size("role:N").scale(domain=["tried", "chosen"], range=[55, 330]).legend(None),
            tooltip=["search:N", "role:N", *tooltip, "updates:Q"],
        )
    )
    return marks


def _surface_text(surface: ResponseSurface, searches: Mapping[str, Search]) -> str:
    losses = surface.losses
    row, column = np.unravel_index(int(losses.argmin()), losses.shape)
    lost = int((~np.isfinite(losses)).sum())
    told = "; ".join(
        f"{name} tried {len(search.losses)} and chose rate {search.choice[0]:.3g} with {search.choice[1]:.3g}, loss "
        + (f"{search.choice[2]:.3g}" if np.isfinite(search.choice[2]) else LOST)
        for name, search in searches.items()
    )
    return (
        f"Map of the validation loss over {len(surface.rates)} rates from {surface.space.low:g} to "
        f"{surface.space.high:g} and {len(surface.seconds)} values of {surface.space.title}: lowest "
        f"{losses[row, column]:.3g} at rate {surface.rates[column]:.3g} with {surface.seconds[row]:.3g}; "
        f"{lost} of {losses.size} cells lost.{f' {told}.' if told else ''}"
    )
