"""The map of losses over the rate and a second setting, and the trials that searches made on it."""

from collections.abc import Iterable, Mapping
from math import log10

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.finder.response import ResponseSurface
from lrlab.finder.search import Search
from lrlab.finder.spaces import Space

LOST = "lost"
SHAPES = {
    "Grid": ("square", "squares: the grid"),
    "Random": ("circle", "circles: random draws"),
    "Halving": ("triangle-up", "triangles: halving"),
}
"""The mark of each search, and what it stands for in words; any other search has `MINE`."""
MINE = ("diamond", "diamonds: yours")


def surface_chart(surface: ResponseSurface, searches: Mapping[str, Search], *, told: bool = False) -> Chart:
    """The map of losses over rate and second setting, with the trials of the named searches; the chosen ones large."""
    cells = _cells(surface)
    low, high = surface.space.low, surface.space.high
    x = rate_axis("left", low, high)
    y = second_axis(surface.space, "bottom")
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
    return alt.layer(*layers).properties(height=430, description=_surface_text(surface, searches))


def key(names: Iterable[str]) -> str:
    """Which mark belongs to which search, as a sentence to stand below a map."""
    marks = ", ".join(SHAPES.get(name, MINE)[1] for name in names)
    first = f"{marks[0].upper()}{marks[1:]}; a large one is what its search chose. " if marks else ""
    return f"{first}Grey: the training was lost."


def trials_chart(space: Space, searches: Mapping[str, Search]) -> Chart:
    """The trials of the named searches on an empty map, each with its loss beside it: all that a searcher knows."""
    tooltip = [alt.Tooltip("told:N", title="loss")]
    told = "; ".join(
        f"{name}: "
        + ", ".join(
            f"rate {rate:.3g} with {second:.3g}, {_loss(loss)}"
            for rate, second, loss in zip(
                search.trials.rates, search.trials.seconds, search.losses, strict=True
            )
        )
        for name, search in searches.items()
    )
    return alt.layer(_trial_marks(space, searches, tooltip), _words(space, searches)).properties(
        height=430,
        description=f"Trials over the rate from {space.low:g} to {space.high:g} and {space.title}, log axis. {told}.",
    )


def _loss(loss: float) -> str:
    return f"{loss:.3g}" if np.isfinite(loss) else LOST


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


def second_axis(space: Space, field: str) -> alt.Y:
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


def _trials(space: Space, searches: Mapping[str, Search]) -> pd.DataFrame:
    """One row a trial, with its place on the map."""
    columns = ["search", "rate", "second", "height", "told", "updates", "role"]
    rows = [
        pd.DataFrame(
            {
                "search": name,
                "rate": search.trials.rates,
                "second": search.trials.seconds,
                "height": 1.0 - search.trials.seconds if space.name == "momentum" else search.trials.seconds,
                "told": [_loss(loss) for loss in search.losses],
                "updates": search.updates,
                "role": ["chosen" if t == search.best else "tried" for t in range(len(search.losses))],
            }
        )
        for name, search in searches.items()
    ]
    return pd.concat(rows) if rows else pd.DataFrame(columns=columns)


def _trial_marks(space: Space, searches: Mapping[str, Search], tooltip: list[alt.Tooltip]) -> alt.Chart:
    """Every trial as a white mark with a dark rim, by shape; what a search chose is large."""
    names = list(searches)
    marks: alt.Chart = (
        alt.Chart(_trials(space, searches))
        .mark_point(filled=True, opacity=1, fill="white", stroke="#15141A", strokeWidth=1.3)
        .encode(
            x=rate_axis("rate", space.low, space.high),
            y=second_axis(space, "height"),
            shape=alt.Shape("search:N")
            .scale(domain=names, range=[SHAPES.get(name, MINE)[0] for name in names])
            .legend(None),
            size=alt.Size("role:N").scale(domain=["tried", "chosen"], range=[55, 330]).legend(None),
            tooltip=["search:N", "role:N", *tooltip, "updates:Q"],
        )
    )
    return marks


def _words(space: Space, searches: Mapping[str, Search]) -> alt.Chart:
    """The loss of every trial beside its mark."""
    words: alt.Chart = (
        alt.Chart(_trials(space, searches))
        .mark_text(align="left", dx=11, fontSize=12, fontWeight="bold", color=colours.QUIET)
        .encode(x=rate_axis("rate", space.low, space.high), y=second_axis(space, "height"), text="told:N")
    )
    return words


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
