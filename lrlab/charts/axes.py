"""Axes that more than one chart has."""

from math import ceil, floor, log10

import altair as alt


def rate_axis(field: str, low: float, high: float) -> alt.X:
    """The learning rate from `low` to `high` on a log axis; layers that share it give it the same range."""
    return (
        alt.X(f"{field}:Q")
        .title("learning rate α (log scale)")
        .scale(type="log", domain=[low, high], nice=False)
        .axis(format="~g", values=_ticks(low, high), grid=False)
    )


def _ticks(low: float, high: float) -> list[float]:
    """Whole decades; where there are fewer than three of them, 2 and 5 as well."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    digits = (1,) if log10(high / low) >= 3 else (1, 2, 5)
    values = [digit * 10.0**power for power in powers for digit in digits]
    return [value for value in values if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]
