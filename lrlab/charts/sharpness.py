"""The sharpness under a run, step by step, against the largest that its rate is safe with."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.looks import side_by_side
from lrlab.descent.run import Descent
from lrlab.descent.stability import sharpness

_ROOM = 30.0
"""A run whose sharpness goes this many times above what matters leaves the chart there."""


def sharpness_chart(descent: Descent, labels: Sequence[str]) -> Chart:
    """Largest curvature at every state against step, one line a run, with 2/α of the rate that they share.

    On a quadratic the line parts runs that shrink from runs that grow. Elsewhere it parts what is guaranteed from what
    is not, and says so. The axis is logarithmic unless the ground somewhere bends down in every direction.
    """
    edge = 2.0 / float(descent.rates[0, 0])
    rows = pd.concat([_run(descent, run, label) for run, label in enumerate(labels)], ignore_index=True)
    ceiling = _ROOM * max(edge, float(rows.loc[rows["step"] == 0, "sharpness"].max()))
    shown = rows[rows.groupby("start")["sharpness"].transform(lambda along: _until(along, ceiling))]
    log = bool((shown["sharpness"] > 0.0).all())
    low = min(float(shown["sharpness"].min()), edge)
    high = max(float(shown["sharpness"].max()), edge)
    domain = [low / 1.5, min(high, ceiling) * 1.5] if log else [low - 0.1 * (high - low), 1.1 * high]
    y = (
        alt.Y("sharpness:Q")
        .title(f"sharpness λ{' (log scale)' if log else ''}")
        .scale(type="log" if log else "linear", domain=domain, clamp=True, nice=False)
        .axis(format="~g", tickCount=5, grid=False)
    )
    x = alt.X("step:Q").title("step").scale(domain=[0, descent.rates.shape[1]]).axis(grid=False)
    base = alt.Chart(shown).encode(
        x=x,
        y=y,
        color=alt.Color("start:N")
        .scale(domain=list(labels), range=list(colours.SERIES[: len(labels)]))
        .title("start")
        .legend(orient="bottom", columns=side_by_side(labels), symbolType="stroke", symbolOpacity=1)
        if len(labels) > 1
        else alt.value(colours.SERIES[0]),
        strokeDash=alt.StrokeDash("start:N")
        .scale(domain=list(labels), range=list(colours.DASHES[: len(labels)]))
        .legend(None)
        if len(labels) > 1
        else alt.value([1, 0]),
        tooltip=["start:N", "step:Q", alt.Tooltip("sharpness:Q", format=".4g")],
    )
    word = "diverges above" if descent.surface.curvatures is not None else "guaranteed below"
    line = pd.DataFrame({"step": [0], "sharpness": [edge], "word": [f"2/α = {edge:.3g}: {word}"]})
    rule = alt.Chart(line).encode(y=y)
    layers = [
        rule.mark_rule(color=colours.TOO_LARGE, strokeDash=[6, 3], strokeWidth=2),
        base.mark_line(strokeWidth=2.5),
        rule.mark_text(
            align="left", baseline="bottom", dx=6, dy=-4, color=colours.TOO_LARGE, fontSize=12
        ).encode(x=alt.value(0), text="word:N"),
    ]
    return alt.layer(*layers).properties(height=300, description=_text(descent, rows, edge, word))


def _run(descent: Descent, run: int, label: str) -> pd.DataFrame:
    with np.errstate(all="ignore"):
        along = sharpness(descent.surface, descent.points[run, : descent.lengths[run]])
    along = along[: int(np.isfinite(along).argmin())] if not np.isfinite(along).all() else along
    return pd.DataFrame({"start": label, "step": np.arange(len(along)), "sharpness": along})


def _until(along: pd.Series, ceiling: float) -> pd.Series:
    """Whether each state comes before, or is, the first above the ceiling."""
    return (along > ceiling).cumsum().shift(fill_value=0) == 0


def _text(descent: Descent, rows: pd.DataFrame, edge: float, word: str) -> str:
    runs = []
    for start, run in rows.groupby("start", sort=False):
        along = run["sharpness"]
        above = run.loc[along > edge, "step"]
        where = (
            f"above 2/α at {len(above)} of {len(run)} states, first at step {above.iloc[0]}"
            if len(above)
            else "never above 2/α"
        )
        runs.append(
            f"start {start}: {along.iloc[0]:.3g} at the start, at most {along.max():.3g}, {along.iloc[-1]:.3g} at the "
            f"end, {where}"
        )
    return (
        f"Sharpness along {'the run' if len(runs) == 1 else f'{len(runs)} runs'} on {descent.surface.title} against "
        f"step; the line is 2/α = {edge:.3g}, {word}. {'; '.join(runs)}."
    )
