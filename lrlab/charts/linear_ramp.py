"""Smith's range test: accuracy against a rate that grows in equal steps, and the two rates read off it."""

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.finder.linear_ramp import LinearRamp


def linear_ramp_chart(ramp: LinearRamp, score: str) -> Chart:
    """Score against rate on plain axes: one faint line a seed, the smoothed mean, and rules at the two bounds."""
    count = len(ramp.rates)
    raw = pd.DataFrame(
        {
            "rate": np.tile(ramp.rates, len(ramp.seeds)),
            "score": ramp.scores.ravel(),
            "seed": np.repeat([str(seed) for seed in ramp.seeds], count),
        }
    ).dropna()
    mean = pd.DataFrame(
        {
            "rate": [0.0, *ramp.rates[: len(ramp.smoothed)]],
            "score": [float(ramp.at_start.mean()), *ramp.smoothed],
        }
    )
    floor = max(min([0.0, *mean["score"]]), -1.0)
    x = alt.X("rate:Q").title("learning rate α (plain scale)").scale(domain=[0.0, float(ramp.rates[-1])])
    y = alt.Y("score:Q").title(f"validation {score}").scale(domain=[floor, 1.0], clamp=True)
    layers = [
        alt.Chart(raw)
        .mark_line(color=colours.QUIET, opacity=0.5, strokeWidth=1)
        .encode(x=x, y=y, detail="seed:N"),
        alt.Chart(mean)
        .mark_line(color=colours.SERIES[0], strokeWidth=2.5)
        .encode(
            x=x, y=y, tooltip=[alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("score:Q", format=".3f")]
        ),
    ]
    bounds = [
        {"rate": rate, "word": word}
        for rate, word in ((ramp.low, "has begun to rise"), (ramp.high, "holds up to here"))
        if rate is not None
    ]
    if bounds:
        base = alt.Chart(pd.DataFrame(bounds)).encode(x=x)
        layers.append(base.mark_rule(color=colours.TOO_LARGE, strokeDash=[5, 3], strokeWidth=1.5))
        for k, bound in enumerate(bounds):
            right = bound["rate"] > 0.75 * ramp.rates[-1]
            layers.append(
                alt.Chart(pd.DataFrame([bound]))
                .mark_text(align="right" if right else "left", dx=-5 if right else 5, color=colours.QUIET)
                .encode(x=x, y=alt.datum(floor + (0.07 + 0.08 * k) * (1.0 - floor)), text="word:N")
            )
    return alt.layer(*layers).properties(
        height=320,
        description=(
            f"Validation {score} against a rate that grows in equal steps from 0 to {ramp.rates[-1]:.3g}, mean of "
            f"{len(ramp.seeds)} seeds. {ramp.sentence}"
        ),
    )
