"""The noise floor: against rate over batch, in the plane of rate and batch, as one run sees it; and growing batches."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import looks
from lrlab.finder.growing import Growth
from lrlab.training.noise_floor import NoiseFloors

Choice = tuple[int, int]
"""A row and a column of the floors: which batch size, which rate."""


def floors_chart(found: NoiseFloors, chosen: Choice) -> Chart:
    """Noise floor against α/B, both on log axes: dots measured, the line α·tr Σ/(4B) computed; a ring on the choice."""
    rows = _rows(found, chosen)
    names = [_named(size) for size in found.batch_sizes]
    ratios = np.array([rows["ratio"].min() / 1.5, rows["ratio"].max() * 1.5])
    line = pd.DataFrame({"ratio": ratios, "floor": ratios * found.trace / 4.0})
    x = (
        alt.X("ratio:Q")
        .title("rate over batch size, α/B (log scale)")
        .scale(type="log", domain=ratios.tolist(), nice=False)
        .axis(format="~g", grid=False, tickCount=5)
    )
    y = (
        alt.Y("floor:Q")
        .title("excess loss at the floor (log)")
        .scale(type="log", nice=False, padding=10)
        .axis(format="~g", grid=False, tickCount=5)
    )
    colour, _, shape = looks("batch", names, "batch size")
    tooltip = ["batch:N", alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("floor:Q", format=".2g")]
    base = alt.Chart(rows).encode(x=x, y=y)
    return alt.layer(
        alt.Chart(line).mark_line(color=colours.QUIET, strokeDash=[6, 4]).encode(x=x, y=y),
        base.mark_point(filled=True, size=80, opacity=1).encode(color=colour, shape=shape, tooltip=tooltip),
        _ring(rows, x, y),
    ).properties(height=340, description=_floors_text(found, chosen))


def equal_noise_chart(found: NoiseFloors, chosen: Choice) -> Chart:
    """The plane of rate and batch on log axes, with the floor written at each pair and lines of equal α/B."""
    rows = _rows(found, chosen)
    sizes = found.batch_sizes
    low, high = float(found.rates[0]) / 1.5, float(found.rates[-1]) * 1.5
    bottom, top = sizes[0] / 1.8, sizes[-1] * 1.8
    x = rate_axis("rate", low, high)
    y = (
        alt.Y("size:Q")
        .title("batch size B (log scale)")
        .scale(type="log", base=2, domain=[bottom, top], nice=False)
        .axis(values=list(sizes), format="d", grid=False)
    )
    lines = pd.DataFrame(
        [
            {"ratio": f"{ratio:.3g}", "rate": rate, "size": rate / ratio}
            for ratio in sorted(set(rows["ratio"].round(12)))
            for rate in (max(low, ratio * bottom), min(high, ratio * top))
        ]
    )
    base = alt.Chart(rows).encode(x=x, y=y)
    tooltip = [
        alt.Tooltip("rate:Q", format=".3g"),
        alt.Tooltip("size:Q", title="batch size"),
        alt.Tooltip("floor:Q", format=".2g"),
        alt.Tooltip("ratio:Q", format=".3g", title="rate over batch"),
    ]
    return alt.layer(
        alt.Chart(lines)
        .mark_line(color=colours.QUIET, strokeDash=[6, 4], strokeWidth=1, clip=True)
        .encode(x=x, y=y, detail="ratio:N"),
        base.mark_point(filled=True, color=colours.SERIES[0], size=50, opacity=1).encode(tooltip=tooltip),
        _ring(rows, x, y),
        base.mark_text(dy=-13, fontSize=12, color=colours.QUIET).encode(text="label:N"),
    ).properties(height=340, description=_plane_text(found))


def path_chart(found: NoiseFloors, chosen: Choice) -> Chart:
    """The excess loss of one run that began at the minimum, over its updates, with the floor that was computed."""
    row, column = chosen
    rows = pd.DataFrame({"update": found.updates[row], "loss": found.excess[row][column]}).dropna()
    floor = pd.DataFrame({"loss": [found.predicted[row, column]], "word": ["dashed: the floor as computed"]})
    x = alt.X("update:Q").title("updates, from the minimum on")
    y = alt.Y("loss:Q").title("loss above the minimum").axis(format="~g", tickCount=5)
    run = alt.Chart(rows).encode(x=x, y=y)
    line = alt.Chart(floor).encode(y=y)
    measured = found.floors[row, column]
    return alt.layer(
        run.mark_line(color=colours.SERIES[0], strokeWidth=1.8),
        line.mark_rule(color=colours.SERIES[1], strokeDash=[6, 4], strokeWidth=2),
        line.mark_text(align="right", baseline="top", dx=-4, dy=4, color=colours.SERIES[1]).encode(
            x=alt.value("width"), y=alt.value(0), text="word:N"
        ),
    ).properties(
        height=260,
        description=(
            f"Loss above the minimum over {found.updates[row][-1]} updates at a rate of {found.rates[column]:.3g} "
            f"and batch {found.batch_sizes[row]}: it starts at 0 and goes up, "
            + (f"to {measured:.2g} on average" if np.isfinite(measured) else "and is lost")
            + f"; computed were {found.predicted[row, column]:.2g}."
        ),
    )


def growth_chart(growth: Growth) -> Chart:
    """Training loss over updates, a point an epoch: the rate divided from stage to stage, or the batch multiplied."""
    names = ["the rate is divided", "the batch is multiplied"]
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "way": name,
                    "epoch": growth.epochs,
                    "update": training.measured_at,
                    "loss": training.train_losses[0],
                }
            )
            for name, training in zip(names, (growth.decayed, growth.grown), strict=True)
        ]
    ).dropna()
    colour, dash, shape = looks("way", names, "from stage to stage")
    base = alt.Chart(rows).encode(
        x=alt.X("update:Q").title("updates made (a point is an epoch)"),
        y=alt.Y("loss:Q")
        .title("training loss (log scale)")
        .scale(type="log", nice=False)
        .axis(format="~g", grid=False, tickCount=5),
        color=colour,
        tooltip=["way:N", "epoch:Q", "update:Q", alt.Tooltip("loss:Q", format=".3g")],
    )
    ends = [training.train_losses[0, -1] for training in (growth.decayed, growth.grown)]
    return alt.layer(
        base.mark_line(strokeWidth=2).encode(strokeDash=dash),
        base.mark_point(filled=True, size=60, opacity=1).encode(shape=shape),
    ).properties(
        height=320,
        description=(
            f"Training loss over updates, {growth.epochs[-1]} epochs each. Dividing the rate "
            f"({_listed(growth.rates)}): {ends[0]:.3g} after {growth.updates[0]} updates. Multiplying the batch "
            f"({_listed(growth.batch_sizes)}): {ends[1]:.3g} after {growth.updates[1]} updates."
        ),
    )


def _rows(found: NoiseFloors, chosen: Choice) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "batch": _named(size),
                "size": size,
                "rate": rate,
                "ratio": rate / size,
                "floor": found.floors[row, column],
                "label": np.format_float_positional(found.floors[row, column], precision=2, fractional=False),
                "chosen": (row, column) == chosen,
            }
            for row, size in enumerate(found.batch_sizes)
            for column, rate in enumerate(found.rates)
            if np.isfinite(found.floors[row, column])
        ]
    )


def _ring(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """A ring around the student's choice."""
    ring = alt.Chart(rows[rows["chosen"]]).mark_point(
        filled=False, shape="circle", size=420, strokeWidth=2.5, color=colours.TOO_LARGE, opacity=1
    )
    around: alt.Chart = ring.encode(x=x, y=y)
    return around


def _floors_text(found: NoiseFloors, chosen: Choice) -> str:
    row, column = chosen
    ratios = found.floors / found.predicted
    return (
        f"Noise floor against rate over batch for {len(found.rates)} rates and batches "
        f"{_listed(found.batch_sizes)}, on log axes. The measured floors lie at {np.nanmin(ratios):.2f} to "
        f"{np.nanmax(ratios):.2f} times the line. Yours: {found.rates[column]:.3g} over "
        f"{found.batch_sizes[row]}, floor {found.floors[row, column]:.2g}."
    )


def _plane_text(found: NoiseFloors) -> str:
    lines = "; ".join(
        f"batch {size}: "
        + ", ".join(f"{rate:.3g} {floor:.2g}" for rate, floor in zip(found.rates, row, strict=True))
        for size, row in zip(found.batch_sizes, found.floors, strict=True)
    )
    return (
        f"Rate and batch size with the noise floor at each pair, and lines of equal rate over batch. {lines}."
    )


def _named(size: int) -> str:
    return f"B = {size}"


def _listed(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)
