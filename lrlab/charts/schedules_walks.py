"""What schedules do to walks: losses on a noisy parabola, and restarts on two wells."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import looks
from lrlab.charts.schedules import kept_steps, marked
from lrlab.finder.restarts import Restarts
from lrlab.finder.spending import Spent

LOWEST = 1e-20
"""A loss below this is drawn where the picture ends."""


def spent_chart(spent: Spent, names: Sequence[str]) -> Chart:
    """Mean loss over the steps, log axis, a line for each of up to six schedules; what falls below 1e-20 is cut off."""
    frames = []
    for name, losses in zip(names, spent.losses, strict=True):
        drawn = np.where((losses >= LOWEST) & np.isfinite(losses), losses, np.nan)
        kept = kept_steps(np.nan_to_num(np.log10(drawn), nan=0.0))
        frames.append(pd.DataFrame({"schedule": name, "step": kept, "loss": drawn[kept]}))
    rows = pd.concat(frames).dropna()
    colour, dash, shape = looks("schedule", list(names), "schedule")
    channels: dict[str, Any] = {
        "x": alt.X("step:Q").title("step t").scale(domain=[0, spent.losses.shape[1] - 1], nice=False),
        "y": alt.Y("loss:Q")
        .title("mean loss (log scale)" if spent.seeds > 1 else "loss (log scale)")
        .scale(type="log", nice=False, padding=8)
        .axis(format="~g", grid=False, tickCount=6),
        "color": colour,
        "tooltip": ["schedule:N", "step:Q", alt.Tooltip("loss:Q", format=".3g")],
    }
    base = alt.Chart(rows).encode(**channels)
    points = alt.Chart(marked(rows, "schedule")).encode(**channels)
    told = "; ".join(f"{name} {end:.3g}" for name, end in zip(names, spent.ends, strict=True))
    return alt.layer(
        base.mark_line(strokeWidth=2).encode(strokeDash=dash),
        base.mark_point(size=40, opacity=0),
        points.mark_point(filled=True, size=60, opacity=1).encode(shape=shape),
    ).properties(
        height=340,
        description=(
            f"Loss on a parabola over {spent.losses.shape[1] - 1} steps, "
            f"{f'mean over {spent.seeds} draws of the noise' if spent.seeds > 1 else 'without noise'}. "
            f"At the end: {told}."
        ),
    )


def restart_chart(found: Restarts, row: int) -> Chart:
    """The x coordinate of one run over its steps, with both wells as lines and the restart as a rule."""
    places = found.run.points[row, :, 0]
    seen = np.where(np.abs(places) < 6.0, places, np.nan)
    rows = pd.DataFrame({"step": np.arange(len(places)), "x": seen}).dropna()
    half = (len(places) - 1) // 2
    wells = pd.DataFrame(
        [{"x": -2.0, "word": "sharp well"}, {"x": 2.0, "word": "flat well"}],
    )
    restart = pd.DataFrame({"step": [half], "word": [f"restart at {found.peaks[row]:g}"]})
    x = alt.X("step:Q").title("step t").scale(domain=[0, len(places) - 1], nice=False)
    y = alt.Y("x:Q").title("where the run is, x").scale(domain=[-6, 6], nice=False)
    line, there = alt.Chart(wells).encode(y=y), alt.Chart(restart).encode(x=x)
    end = places[-1]
    return alt.layer(
        line.mark_rule(color=colours.QUIET, strokeDash=[2, 3]),
        line.mark_text(align="left", baseline="bottom", dx=4, dy=-3, color=colours.QUIET).encode(
            x=alt.value(0), text="word:N"
        ),
        there.mark_rule(color=colours.TOO_LARGE, strokeDash=[6, 4], strokeWidth=1.5),
        there.mark_text(align="left", baseline="top", dx=4, color=colours.TOO_LARGE).encode(
            y=alt.value(4), text="word:N"
        ),
        alt.Chart(rows)
        .mark_line(color=colours.SERIES[0], strokeWidth=1.6, point={"size": 14, "filled": True})
        .encode(x=x, y=y, tooltip=["step:Q", alt.Tooltip("x:Q", format=".3g")]),
    ).properties(
        height=300,
        description=(
            f"The x coordinate over {len(places) - 1} steps. The sharp well is at −2, the flat one at 2. The run "
            f"settles in the {found.well} well, is restarted at step {half} with a rate of {found.peaks[row]:g}, and "
            + (f"ends at {end:.3g}." if np.isfinite(end) and abs(end) < 1e6 else "is thrown out.")
        ),
    )


def ends_chart(found: Restarts, row: int) -> Chart:
    """Where runs end against the rate at the restart, as shares of all draws; a rule on the rate that was chosen."""
    other = "flat" if found.well == "sharp" else "sharp"
    home = ("sharp", "flat").index(found.well)
    shares = {
        f"in the {found.well} well, where it was": found.ended[:, home],
        f"in the {other} well": found.ended[:, 1 - home],
        "in neither, thrown out": 1.0 - found.ended.sum(axis=1),
    }
    rows = pd.concat(
        [pd.DataFrame({"end": end, "rate": found.peaks, "share": share}) for end, share in shares.items()]
    )
    colour, dash, shape = looks("end", list(shares), "ends")
    x = rate_axis("rate", float(found.peaks[0]) / 1.1, float(found.peaks[-1]) * 1.1).title(
        "rate at the restart (log scale)"
    )
    y = alt.Y("share:Q").title("share of runs").scale(domain=[0, 1]).axis(format=".0%", tickCount=3)
    base = alt.Chart(rows).encode(x=x, y=y, color=colour)
    chosen = alt.Chart(pd.DataFrame({"rate": [float(found.peaks[row])]})).encode(x=x)
    told = "; ".join(
        f"{rate:g}: "
        + ", ".join(f"{share[k]:.0%} {end}" for end, share in shares.items() if share[k] > 0.005)
        for k, rate in enumerate(found.peaks)
    )
    return alt.layer(
        chosen.mark_rule(color=colours.QUIET, strokeDash=[3, 3], strokeWidth=1.5),
        base.mark_line(strokeWidth=1.6).encode(strokeDash=dash),
        base.mark_point(filled=True, size=60, opacity=1).encode(
            shape=shape, tooltip=["end:N", "rate:Q", alt.Tooltip("share:Q", format=".0%")]
        ),
    ).properties(
        height=300,
        description=f"Where {found.draws} runs end against the rate at the restart. {told}.",
    )
