"""Short real trainings around a suggested rate: validation loss against updates, one line a rate."""

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart
from lrlab.charts.looks import strokes
from lrlab.finder.verify import Verification


def verification_chart(verification: Verification) -> Chart:
    """Validation loss against updates for each factor: the mean over seeds as a line, their range as a band."""
    names = [
        _named(factor, rate) for factor, rate in zip(verification.factors, verification.rates, strict=True)
    ]
    start = float(verification.validation_losses[:, :, 0].mean())
    with np.errstate(all="ignore"):
        rows = pd.DataFrame(
            [
                {"rate": name, "step": int(step), "mean": at.mean(), "low": at.min(), "high": at.max()}
                for column, name in enumerate(names)
                for step, at in zip(
                    verification.measured_at, verification.validation_losses[:, column].T, strict=True
                )
            ]
        ).dropna()
    x = alt.X("step:Q").title("updates")
    scale = alt.Scale(domain=[0.0, 1.5 * start], clamp=True)
    y = alt.Y("mean:Q").title("validation loss").scale(scale)
    colour, dash = strokes("rate", names, "rate")
    base = alt.Chart(rows).encode(x=x, color=colour)
    band = base.mark_area(opacity=0.15).encode(
        y=alt.Y("low:Q").scale(scale).title("validation loss"), y2="high:Q"
    )
    line = base.mark_line(strokeWidth=2.2).encode(
        y=y, strokeDash=dash, tooltip=["rate:N", "step:Q", alt.Tooltip("mean:Q", format=".3g")]
    )
    return alt.layer(band, line).properties(height=400, description=_text(verification, names))


def _named(factor: float, rate: float) -> str:
    times = f"× {factor:.3g}" if factor >= 1 else f"÷ {1 / factor:.3g}"
    return f"{rate:.3g} ({times})"


def _text(verification: Verification, names: list[str]) -> str:
    ends = "; ".join(
        f"{name} {f'ends at {losses.mean():.3g}' if np.isfinite(losses).all() else 'is lost'}"
        for name, losses in zip(names, verification.validation_losses[..., -1].T, strict=True)
    )
    return (
        f"Validation loss over {verification.measured_at[-1]} updates, mean of {len(verification.seeds)} seeds: "
        f"{ends}. "
        f"{verification.sentence}"
    )
