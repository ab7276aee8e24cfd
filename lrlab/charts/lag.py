"""A range test smoothed in two ways, with a slider in the picture for how much the average remembers."""

from collections.abc import Sequence
from math import log10

import altair as alt
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.finder.lag import Lag, Smoothed

NAME = "Memory β of the average "
WAYS = ("no lag (looks both ways)", "exponential average")


def lag_chart(lag: Lag, low: float, high: float, shown: float) -> Chart:
    """Loss against rate: raw, smoothed without lag, and averaged; the slider below it moves the average's memory.

    A circle marks each minimum and a triangle each steepest fall. `shown` is the memory drawn at first. The slider
    lives in the browser: everything it can show is in the picture already.
    """
    betas = [round(beta, 4) for beta in lag.betas]
    step = betas[1] - betas[0] if len(betas) > 1 else 0.01
    memory = alt.param(
        name="memory",
        value=shown,
        bind=alt.binding_range(min=betas[0], max=betas[-1], step=round(step, 4), name=NAME),
    )
    at = f"abs(datum.memory - memory) < {step / 2:g}"
    x = rate_axis("rate", low, high)
    top = float(lag.raw.max())
    least = min(0.0, float(lag.raw.min()))
    y = alt.Y("loss:Q").title("loss of the mini-batch").scale(domain=[least, top * 1.3])
    colour = alt.Color("way:N").scale(domain=list(WAYS), range=[colours.SERIES[0], colours.TOO_LARGE])
    key = colour.title(None).legend(
        orient="bottom", columns=1, symbolType="stroke", symbolStrokeWidth=3, labelLimit=0
    )
    dash = alt.StrokeDash("way:N").scale(domain=list(WAYS), range=[[1, 0], [6, 3]]).legend(None)
    raw = pd.DataFrame({"rate": lag.rates, "loss": lag.raw})
    centred = pd.DataFrame({"rate": lag.rates, "loss": lag.centred.losses, "way": WAYS[0]})
    averages = pd.concat(
        [
            pd.DataFrame({"rate": lag.rates, "loss": average.losses, "memory": beta, "way": WAYS[1]})
            for beta, average in zip(betas, lag.averages, strict=True)
        ]
    )
    still = pd.DataFrame(_marks(lag, lag.centred, WAYS[0]))
    moving = pd.DataFrame(
        [
            row | {"memory": beta}
            for beta, average in zip(betas, lag.averages, strict=True)
            for row in _marks(lag, average, WAYS[1])
        ]
    )
    words = pd.DataFrame(
        [
            {"memory": beta, "told": _moved(beta, lag.moved(which)).replace(", ", "\n").replace(": ", "\n")}
            for which, beta in enumerate(betas)
        ]
    )
    # The prose beside the picture says which mark is which: a second legend would leave a phone no room to draw.
    shape = (
        alt.Shape("mark:N")
        .scale(domain=["minimum", "steepest fall"], range=["circle", "triangle-down"])
        .legend(None)
    )
    tooltip = [alt.Tooltip("way:N"), alt.Tooltip("mark:N"), alt.Tooltip("rate:Q", format=".3g")]

    def points(rows: pd.DataFrame) -> alt.Chart:
        base: alt.Chart = alt.Chart(rows).mark_point(filled=True, size=150, opacity=1)
        return base.encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip)

    return (
        alt.layer(
            alt.Chart(raw).mark_line(color=colours.QUIET, opacity=0.5, strokeWidth=1).encode(x=x, y=y),
            alt.Chart(centred).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=key, strokeDash=dash),
            alt.Chart(averages)
            .transform_filter(at)
            .mark_line(strokeWidth=2.5)
            .encode(x=x, y=y, color=key, strokeDash=dash),
            points(still),
            points(moving).transform_filter(at),
            alt.Chart(words)
            .transform_filter(at)
            .mark_text(align="left", baseline="top", fontSize=12, lineBreak="\n", color=colours.QUIET)
            .encode(x=alt.value(8), y=alt.value(6), text="told:N"),
        )
        .add_params(memory)
        .properties(height=380, description=_text(lag, betas))
    )


def _marks(lag: Lag, smoothed: Smoothed, way: str) -> list[dict[str, object]]:
    return [
        {
            "rate": float(lag.rates[index]),
            "loss": float(smoothed.losses[index]),
            "way": way,
            "mark": mark,
        }
        for mark, index in (("minimum", smoothed.lowest), ("steepest fall", smoothed.steepest))
    ]


def _moved(beta: float, moved: tuple[float, float]) -> str:
    return f"β = {beta:g}: minimum {_decades(moved[0])}, steepest fall {_decades(moved[1])}"


def _decades(moved: float) -> str:
    if abs(moved) < 0.005:
        return "stays"
    return f"{'later' if moved > 0 else 'earlier'} by {abs(moved):.2f} decades (× {10 ** abs(moved):.2g})"


def _text(lag: Lag, betas: Sequence[float]) -> str:
    lowest, steepest = (lag.rates[at] for at in (lag.centred.lowest, lag.centred.steepest))
    some = {0, len(betas) // 2, len(betas) - 1}
    told = "; ".join(_moved(betas[which], lag.moved(which)) for which in sorted(some))
    return (
        f"Range test smoothed without lag: lowest at a rate of {lowest:.3g}, steepest at {steepest:.3g}, over "
        f"{log10(lag.rates[-1] / lag.rates[0]):.1f} decades. An exponential average moves them: {told}."
    )
