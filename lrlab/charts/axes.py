"""Axes that more than one chart has."""

import altair as alt


def rate_axis(field: str, low: float, high: float) -> alt.X:
    """The learning rate from `low` to `high` on a log axis; layers that share it give it the same range."""
    return (
        alt.X(f"{field}:Q")
        .title("learning rate α (log scale)")
        .scale(type="log", domain=[low, high], nice=False)
        .axis(format="~g", tickCount=8)
    )
