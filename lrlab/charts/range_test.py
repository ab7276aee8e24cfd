"""The range test: raw losses, their band over seeds, the zero-lag curve, and what every rule says about it."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import side_by_side
from lrlab.finder.range_test import RangeTest
from lrlab.finder.suggest import WIDTH, Suggestion, smooth


def range_test_chart(test: RangeTest, suggestions: Sequence[Suggestion] = ()) -> Chart:
    """Loss against rate, both on log axes: one faint line a seed, the smoothed mean, a mark for each suggestion."""
    length = int(test.lengths.min())
    mean = test.losses[:, :length].mean(axis=0)
    smoothed = smooth(mean, WIDTH * len(test.rates)) if length else mean
    # Far above the start a loss says "exploded" and no more; the axis ends there, the data does not.
    ceiling = 3.0 * float(np.nanmax(test.losses[:, :3]))
    x = _across(test)
    low = float(np.nanmin(smoothed)) if length else 0.0
    y = alt.Y("loss:Q").title("loss of the mini-batch").scale(domain=[min(0.0, low), ceiling], clamp=True)
    raw = pd.DataFrame(
        {
            "rate": np.tile(test.rates, len(test.seeds)),
            "loss": test.losses.ravel(),
            "seed": np.repeat([str(seed) for seed in test.seeds], len(test.rates)),
        }
    ).dropna()
    curve = pd.DataFrame({"rate": test.rates[:length], "loss": smoothed})
    layers = [
        alt.Chart(raw)
        .mark_line(color=colours.QUIET, opacity=0.45, strokeWidth=1)
        .encode(x=x, y=y, detail="seed:N"),
        alt.Chart(curve).mark_line(color=colours.SERIES[0], strokeWidth=2.5).encode(x=x, y=y),
        *_marks(test, suggestions, smoothed, y),
    ]
    return alt.layer(*layers).properties(height=430, description=_text(test, suggestions, curve))


def _across(test: RangeTest, field: str = "rate") -> alt.X:
    return rate_axis(field, float(test.rates[0]), float(test.rates[-1]))


def _marks(
    test: RangeTest, suggestions: Sequence[Suggestion], smoothed: np.ndarray, y: alt.Y
) -> list[alt.Chart]:
    rows = pd.DataFrame(
        [
            {
                "rule": suggestion.title,
                "rate": suggestion.rate,
                "low": suggestion.low if suggestion.low is not None else suggestion.rate,
                "high": suggestion.high if suggestion.high is not None else suggestion.rate,
                "loss": float(
                    np.interp(np.log(suggestion.rate), np.log(test.rates[: len(smoothed)]), smoothed)
                ),
                "why": suggestion.sentence,
            }
            for suggestion in suggestions
            if suggestion.rate is not None and len(smoothed)
        ],
        columns=["rule", "rate", "low", "high", "loss", "why"],
    )
    names = [suggestion.title for suggestion in suggestions]
    colour = (
        alt.Color("rule:N")
        .scale(domain=names, range=list(colours.SERIES[: len(names)]))
        .title(None)
        .legend(orient="bottom", columns=side_by_side(names), symbolOpacity=1)
    )
    shape = alt.Shape("rule:N").scale(domain=names, range=list(colours.SHAPES[: len(names)]))
    tooltip = ["rule:N", alt.Tooltip("rate:Q", format=".3g"), "why:N"]
    base = alt.Chart(rows)
    spread = base.mark_rule(strokeWidth=5, opacity=0.35).encode(
        x=_across(test, "low"), x2="high:Q", y=y, color=colour
    )
    points = base.mark_point(filled=True, size=160, opacity=1).encode(
        x=_across(test), y=y, color=colour, shape=shape, tooltip=tooltip
    )
    return [spread, points]


def _text(test: RangeTest, suggestions: Sequence[Suggestion], curve: pd.DataFrame) -> str:
    says = "; ".join(
        f"{suggestion.title} {f'{suggestion.rate:.3g}' if suggestion.rate is not None else 'no rate'}"
        for suggestion in suggestions
    )
    path = ""
    if len(curve):
        least = curve.iloc[int(curve["loss"].argmin())]
        path = (
            f" The smoothed loss goes from {curve['loss'].iloc[0]:.3g} to its lowest, {least['loss']:.3g}, "
            f"at a rate of {least['rate']:.3g}."
        )
    return (
        f"Range test: loss against a rate that grows from {test.rates[0]:.1e} to {test.rates[-1]:.3g}, "
        f"{len(test.seeds)} seeds.{path} {test.stop_reason}{f' Suggestions: {says}.' if says else ''}"
    )


def range_curve_chart(rates: Sequence[float], losses: Sequence[float]) -> Chart:
    """The bare curve of a range test, to be read without any rule's help."""
    rows = pd.DataFrame({"rate": rates, "loss": losses})
    ceiling = 3.0 * rows["loss"].iloc[0]
    across = rate_axis("rate", rows["rate"].min(), rows["rate"].max())
    up = alt.Y("loss:Q").title("loss of the mini-batch").scale(domain=[0.0, ceiling], clamp=True)
    tooltip = [alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("loss:Q", format=".3g")]
    least = rows.iloc[int(rows["loss"].argmin())]
    curve = alt.Chart(rows).mark_line(color=colours.SERIES[0], strokeWidth=2.5, point={"size": 18})
    chart: alt.Chart = curve.encode(x=across, y=up, tooltip=tooltip).properties(
        height=320,
        description=(
            f"Range test: the loss starts at {rows['loss'].iloc[0]:.3g}, is lowest, {least['loss']:.3g}, at a rate of "
            f"{least['rate']:.3g}, and ends at {rows['loss'].iloc[-1]:.3g} at a rate of {rows['rate'].iloc[-1]:.3g}."
        ),
    )
    return chart
