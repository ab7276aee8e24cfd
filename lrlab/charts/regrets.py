"""What each rule of the finder came to: its rate on the curve of losses that real trainings ended with."""

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import side_by_side
from lrlab.finder.regrets import Regrets

LOST = "lost"


def regrets_chart(regrets: Regrets) -> Chart:
    """Final validation loss against the rate, log axes, with every rule's own rate trained and marked on it."""
    finite = np.isfinite(regrets.means)
    rows = pd.DataFrame({"rate": regrets.rates[finite], "loss": regrets.means[finite]})
    named = [rule for rule in regrets.rules if rule.rate is not None]
    known = [rule.loss for rule in named if rule.loss is not None and np.isfinite(rule.loss)]
    least = (
        max(min([regrets.best_loss, *known], default=1.0), 1e-12) if np.isfinite(regrets.best_loss) else 1.0
    )
    most = max([least * 1.5, *rows["loss"], *known])
    # A curve that falls to a billionth is "as good as nothing" from a thousandth on; the tooltip keeps the number.
    floor = max(least, most / 1e4)
    marks = pd.DataFrame(
        [
            {
                "rule": rule.title,
                "rate": rule.rate,
                "loss": rule.loss if rule.loss is not None and np.isfinite(rule.loss) else most * 1.3,
                "told": rule.sentence,
            }
            for rule in named
        ],
        columns=["rule", "rate", "loss", "told"],
    )
    low = min([*regrets.rates[:1], *marks["rate"]])
    high = max([*regrets.rates[-1:], *marks["rate"]])
    x = rate_axis("rate", low, high)
    y = (
        alt.Y("loss:Q")
        .title("final validation loss (log scale)")
        .scale(type="log", domain=[floor / 1.15, most * 1.4], nice=False, clamp=True)
        .axis(format="~g", grid=False, tickCount=5)
    )
    titles = [rule.title for rule in regrets.rules]
    colour = (
        alt.Color("rule:N")
        .scale(domain=titles, range=list(colours.SERIES[: len(titles)]))
        .title(None)
        .legend(orient="bottom", columns=side_by_side(titles), symbolOpacity=1)
    )
    shape = alt.Shape("rule:N").scale(domain=titles, range=list(colours.SHAPES[: len(titles)]))
    return alt.layer(
        alt.Chart(rows)
        .mark_line(color=colours.QUIET, strokeWidth=2, point={"size": 14, "color": colours.QUIET})
        .encode(x=x, y=y),
        alt.Chart(marks)
        .mark_point(filled=True, size=170, opacity=1)
        .encode(
            x=x,
            y=y,
            color=colour,
            shape=shape,
            tooltip=["rule:N", alt.Tooltip("rate:Q", format=".3g"), "told:N"],
        ),
    ).properties(height=360, description=_text(regrets))


def _text(regrets: Regrets) -> str:
    told = " ".join(
        f"{rule.title}{'' if rule.rate is None else f', {rule.rate:.3g}'}: {rule.sentence}"
        for rule in regrets.rules
    )
    best = (
        f"lowest {regrets.best_loss:.3g} at a rate of {regrets.best_rate:.3g}"
        if np.isfinite(regrets.best_loss)
        else "lost at every rate"
    )
    return (
        f"Final validation loss against the rate, log axes, mean of {len(regrets.seeds)} seeds, {len(regrets.rates)} "
        f"rates: {best}. {told}"
    )
