"""Which rates an optimizer can use: what is usual, what libraries begin with, and what was measured here."""

from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import side_by_side
from lrlab.descent.conventions import CONVENTIONS, TYPICAL
from lrlab.finder.usable import UsableRange

DEFAULT, USUAL, HERE = "a library's default", "usual range", "measured here"
LANES = (DEFAULT, USUAL, HERE)


def usable_chart(measured: Sequence[UsableRange]) -> Chart:
    """Three lanes for each optimizer: where libraries begin, what is usually tried, and the range measured here."""
    bars, points = _bars(measured), _points(measured)
    titles = [one.optimizer.title for one in measured]
    ends = [*bars["low"], *bars["high"], *points["rate"]]
    ends += [end for one in measured for end in (float(one.rates[0]), float(one.rates[-1]))]
    low, high = min(ends) / 1.3, max(ends) * 1.3
    y = alt.Y("optimizer:N").title(None).scale(domain=titles, paddingInner=0.25).axis(labelLimit=180)
    lanes = alt.YOffset("what:N").scale(domain=list(LANES))
    colour = (
        alt.Color("what:N")
        .scale(domain=list(LANES), range=[colours.SERIES[0], colours.QUIET, colours.JUST_RIGHT])
        .title(None)
        .legend(
            orient="bottom",
            columns=side_by_side(list(LANES)),
            symbolType="square",
            symbolOpacity=1,
            labelLimit=0,
        )
    )
    # A range of one rate would be a bar without width.
    wide = bars.assign(low=bars["low"] / 1.06, high=bars["high"] * 1.06)
    layers = [
        alt.Chart(wide)
        .mark_bar(height={"band": 0.7}, opacity=0.5)
        .encode(
            x=rate_axis("low", low, high),
            x2="high:Q",
            y=y,
            yOffset=lanes,
            color=colour,
            tooltip=["optimizer:N", "what:N", alt.Tooltip("told:N", title="range")],
        ),
        alt.Chart(points)
        .mark_point(filled=True, size=75, opacity=1)
        .encode(
            x=rate_axis("rate", low, high),
            y=y,
            yOffset=lanes,
            color=colour,
            shape=alt.Shape("what:N")
            .scale(domain=list(LANES), range=["circle", "square", "diamond"])
            .legend(None),
            tooltip=["optimizer:N", "told:N", alt.Tooltip("rate:Q", format=".3g")],
        ),
        *(
            alt.Chart(points[points["side"] == side])
            .mark_text(align=side, dx=8 if side == "left" else -8, color=colours.QUIET)
            .encode(x=rate_axis("rate", low, high), y=y, yOffset=lanes, text="word:N")
            for side in ("left", "right")
        ),
    ]
    return alt.layer(*layers).properties(height=84 * len(measured) + 60, description=_text(measured))


def _bars(measured: Sequence[UsableRange]) -> pd.DataFrame:
    rows = []
    for one in measured:
        usual = TYPICAL.get(one.optimizer.name)
        if usual:
            rows.append((one.optimizer.title, USUAL, usual.low, usual.high))
        if one.learned:
            rows.append((one.optimizer.title, HERE, one.low, one.high))
    frame = pd.DataFrame(rows, columns=["optimizer", "what", "low", "high"])
    return frame.assign(
        told=[f"{low:.3g} to {high:.3g}" for low, high in zip(frame["low"], frame["high"], strict=True)]
    )


def _points(measured: Sequence[UsableRange]) -> pd.DataFrame:
    """The best rate measured, and each library's default; libraries that agree share a mark and its word."""
    rows = []
    for one in measured:
        title = one.optimizer.title
        begin: dict[float, list[str]] = {}
        for row in CONVENTIONS:
            if row.name == one.optimizer.name and row.default_rate is not None:
                begin.setdefault(row.default_rate, []).append(row.library.split()[0])
        rows += [
            (title, DEFAULT, rate, ", ".join(names), f"default of {', '.join(names)}", _side(rate, begin))
            for rate, names in begin.items()
        ]
        if one.learned:
            rows.append((title, HERE, one.best_rate, "", "best here", "left"))
    return pd.DataFrame(rows, columns=["optimizer", "what", "rate", "word", "told", "side"])


def _side(rate: float, others: Iterable[float]) -> str:
    """Where the text begins or ends at its mark: words of two marks point away from each other."""
    return "right" if rate < max(others) else "left"


def _text(measured: Sequence[UsableRange]) -> str:
    told = []
    for one in measured:
        usual = TYPICAL.get(one.optimizer.name)
        habit = f", usually {usual.low:g} to {usual.high:g}" if usual else ""
        here = (
            f"{one.low:.3g} to {one.high:.3g}, best {one.best_rate:.3g}" if one.learned else "nothing learned"
        )
        told.append(f"{one.optimizer.title} {here}{habit}")
    first = measured[0]
    return (
        f"Rates that end within {first.within:.0%} of the best validation loss, {len(first.seeds)} seeds, log axis: "
        f"{'; '.join(told)}."
    )
