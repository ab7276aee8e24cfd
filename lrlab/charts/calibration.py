"""How sure somebody was against how often they were right."""

from collections.abc import Sequence
from typing import Protocol

import altair as alt
import pandas as pd

from lrlab.charts import Chart, colours


class Said(Protocol):
    """Predictions made with one confidence, from `low` percent on: how many, and how many came true."""

    @property
    def low(self) -> int: ...  # noqa: D102
    @property
    def made(self) -> int: ...  # noqa: D102
    @property
    def right(self) -> int: ...  # noqa: D102


def calibration_chart(said: Sequence[Said]) -> Chart:
    """The share of predictions that came true for each confidence, beside the line of perfect judgement."""
    rows = pd.DataFrame(
        {
            "sure": [each.low for each in said],
            "true": [100.0 * each.right / each.made for each in said],
            "made": [each.made for each in said],
            "words": [f"{each.right} of {each.made}" for each in said],
        }
    )
    x = alt.X("sure:Q").title("how sure you were (%)").scale(domain=[0, 100])
    y = alt.Y("true:Q").title("came true (%)").scale(domain=[0, 100])
    line = alt.Chart(pd.DataFrame({"sure": [0, 100], "true": [0, 100]}))
    dots = alt.Chart(rows).encode(x=x, y=y)
    return alt.layer(
        line.mark_line(color=colours.QUIET, strokeDash=[4, 4]).encode(x=x, y=y),
        dots.mark_point(filled=True, size=140, opacity=1, color=colours.SERIES[0]).encode(
            tooltip=[
                alt.Tooltip("sure:Q", title="how sure (%)"),
                alt.Tooltip("true:Q", title="came true (%)", format=".0f"),
                alt.Tooltip("made:Q", title="predictions"),
            ]
        ),
        dots.mark_text(dy=16, color=colours.SERIES[0]).encode(text="words:N"),
    ).properties(height=300, description=_text(said))


def _text(said: Sequence[Said]) -> str:
    each = "; ".join(f"of {row.made} made with {row.low} % certainty, {row.right} came true" for row in said)
    return f"Predictions by how sure you were: {each}. On the dashed line certainty and outcome agree."
