"""Schedules on a real network: loss, validation and rate on one axis of steps; warm-ups; momentum that goes against."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lrlab.charts import Chart, colours
from lrlab.charts.looks import looks
from lrlab.charts.schedules import kept_steps, marked
from lrlab.finder.warm_starts import WarmStarts
from lrlab.training import Training

HIGHEST = 1e3
"""A batch loss above this has left the picture."""


def training_chart(training: Training, row: int) -> Chart:
    """One training: loss of every batch, validation loss, and the rate on an axis of its own, over the same steps."""
    rates, losses = training.rates[row], training.losses[row]
    batches = _frame("loss of the batch", np.arange(len(losses)), losses)
    looks_at = _frame("validation loss", training.measured_at, training.validation_losses[row])
    steps = kept_steps(rates)
    pace = pd.DataFrame({"step": steps, "rate": rates[steps], "what": "learning rate"})
    names = ["loss of the batch", "validation loss", "learning rate"]
    colour, dash, shape = looks("what", names, "line")
    x = alt.X("step:Q").title("updates made").scale(domain=[0, len(losses)], nice=False)
    y = (
        alt.Y("loss:Q")
        .title("loss (log scale)")
        .scale(type="log", nice=False, padding=6)
        .axis(format="~g", grid=False, tickCount=5)
    )
    lower = alt.Chart(pd.concat([batches, looks_at])).encode(x=x, y=y, color=colour)
    upper = alt.Chart(pace).encode(
        x=x,
        y=alt.Y("rate:Q").title("learning rate α").axis(orient="right", grid=False, tickCount=4),
        color=colour,
        tooltip=["step:Q", alt.Tooltip("rate:Q", format=".3g")],
    )
    seen = training.validation_losses[row]
    both: Chart = (
        alt.layer(
            upper.mark_line(strokeWidth=2).encode(strokeDash=dash),
            alt.layer(
                lower.transform_filter("datum.what === 'loss of the batch'").mark_line(
                    strokeWidth=1, opacity=0.6
                ),
                lower.transform_filter("datum.what === 'validation loss'")
                .mark_line(strokeWidth=2)
                .encode(strokeDash=dash),
                lower.transform_filter("datum.what === 'validation loss'")
                .mark_point(filled=True, size=46, opacity=1)
                .encode(shape=shape, tooltip=["step:Q", alt.Tooltip("loss:Q", format=".4g")]),
            ),
        )
        .resolve_scale(y="independent")
        .properties(
            height=320,
            description=(
                f"Over {len(losses)} updates the validation loss goes from {seen[0]:.3g} to {_said(seen)}, the rate "
                f"from {rates[0]:.3g} over at most {rates.max():.3g} to {rates[-1]:.3g}."
            ),
        )
    )
    return both


def validations_chart(
    names: Sequence[str], steps: ArrayLike, losses: NDArray[np.float64], *, seeds: int = 1
) -> Chart:
    """Validation loss over the updates, log axis, a line for each of up to six schedules, the mean over seeds."""
    rows = pd.concat(
        [_frame(name, np.asarray(steps), row) for name, row in zip(names, losses, strict=True)]
    ).rename(columns={"what": "schedule"})
    colour, dash, shape = looks("schedule", list(names), "schedule")
    base = alt.Chart(rows).encode(
        x=alt.X("step:Q").title("updates made").scale(nice=False),
        y=alt.Y("loss:Q")
        .title("validation loss (log scale)")
        .scale(type="log", nice=False, padding=8)
        .axis(format="~g", grid=False, tickCount=6),
        color=colour,
        tooltip=["schedule:N", "step:Q", alt.Tooltip("loss:Q", format=".4g")],
    )
    told = "; ".join(f"{name} {_said(row)}" for name, row in zip(names, losses, strict=True))
    return alt.layer(
        base.mark_line(strokeWidth=2).encode(strokeDash=dash),
        base.mark_point(filled=True, size=40, opacity=1).encode(shape=shape),
    ).properties(
        height=320,
        description=(
            f"Validation loss over the updates, {'one seed' if seeds == 1 else f'mean of {seeds} seeds'}. "
            f"At the end: {told}."
        ),
    )


def warm_starts_chart(found: WarmStarts, lengths: Sequence[int]) -> Chart:
    """Loss of every batch after warm-ups of these lengths, log axis; a line that leaves the picture ends there."""
    names = ["no warm-up" if length == 0 else f"{length} steps of warm-up" for length in lengths]
    frames, told = [], []
    for name, length in zip(names, lengths, strict=True):
        losses = found.shown.losses[found.lengths.index(length)]
        gone = ~(losses <= HIGHEST)
        end = int(gone.argmax()) if gone.any() else len(losses)
        frames.append(_frame(name, np.arange(end), losses[:end]))
        told.append(
            f"{name} leaves it at step {end}" if gone.any() else f"{name} ends at {float(losses[-1]):.3g}"
        )
    rows = pd.concat(frames).rename(columns={"what": "run"})
    colour, dash, shape = looks("run", names, "run")
    base = alt.Chart(rows).encode(
        x=alt.X("step:Q").title("step t").scale(domain=[0, found.shown.losses.shape[1]], nice=False),
        y=alt.Y("loss:Q")
        .title("loss of the batch (log scale)")
        .scale(type="log", nice=False, padding=6)
        .axis(format="~g", grid=False, tickCount=6),
        color=colour,
        tooltip=["run:N", "step:Q", alt.Tooltip("loss:Q", format=".3g")],
    )
    last = base.transform_joinaggregate(last="max(step)", groupby=["run"]).transform_filter(
        "datum.step === datum.last"
    )
    return alt.layer(
        base.mark_line(strokeWidth=1.6).encode(strokeDash=dash),
        last.mark_point(filled=True, size=90, opacity=1).encode(shape=shape),
    ).properties(
        height=300,
        description=f"Loss of every batch at rate {found.rate:g}, up to {HIGHEST:g}: {'; '.join(told)}.",
    )


def survivors_chart(found: WarmStarts, length: int) -> Chart:
    """How many of the seeds survive against the length of the warm-up, with the chosen length filled."""
    alive = found.survived.sum(axis=0)
    rows = pd.DataFrame(
        {
            "length": [str(each) for each in found.lengths],
            "alive": alive,
            "yours": np.equal(found.lengths, length),
        }
    )
    base = alt.Chart(rows).encode(
        x=alt.X("length:N").title("steps of warm-up").sort(None).axis(labelAngle=0),
        y=alt.Y("alive:Q")
        .title(f"trainings that survive, of {len(found.survived)}")
        .scale(domain=[0, len(found.survived)])
        .axis(tickMinStep=1),
    )
    told = ", ".join(f"{each}: {count}" for each, count in zip(found.lengths, alive, strict=True))
    return alt.layer(
        base.mark_bar(color=colours.SERIES[0], opacity=0.45),
        base.transform_filter("datum.yours").mark_bar(color=colours.SERIES[0]),
        base.mark_text(baseline="bottom", dy=-3, color=colours.QUIET).encode(text="alive:Q"),
    ).properties(
        height=220,
        description=(
            f"Of {len(found.survived)} trainings at rate {found.rate:g}, so many survive by steps of warm-up: {told}."
        ),
    )


def paces_chart(
    rates: Mapping[str, NDArray[np.float64]],
    other: tuple[str, NDArray[np.float64]],
    *,
    across: str = "updates made",
    stepped: bool = False,
) -> Chart:
    """Rates, and on an axis of its own what goes with them: a momentum, or a loss."""
    title, values = other
    names = [*rates, title]
    colour, dash, shape = looks("what", names, "line")
    x = alt.X("step:Q").title(across).scale(nice=False)
    left = pd.concat([_line(name, row) for name, row in rates.items()])
    sides = (
        (left, alt.Y("value:Q").title("learning rate α").axis(orient="left", grid=False)),
        (
            _line(title, values),
            alt.Y("value:Q").title(title.partition(",")[0]).axis(orient="right", grid=False, tickCount=5),
        ),
    )
    lines = []
    for rows, y in sides:
        channels: dict[str, Any] = {
            "x": x,
            "y": y.scale(zero=False),
            "color": colour,
            "tooltip": ["what:N", "step:Q", alt.Tooltip("value:Q", format=".4g")],
        }
        hold: Literal["step-after", "linear"] = "step-after" if stepped and rows is left else "linear"
        lines.append(
            alt.layer(
                alt.Chart(rows)
                .mark_line(strokeWidth=2.2, interpolate=hold)
                .encode(**channels, strokeDash=dash),
                alt.Chart(marked(rows, "what"))
                .mark_point(filled=True, size=60, opacity=1)
                .encode(**channels, shape=shape),
            )
        )
    told = "; ".join(
        f"{name} starts at {row[0]:.3g}, lies between {np.nanmin(row):.3g} and {np.nanmax(row):.3g} and ends "
        f"at {row[-1]:.3g}"
        for name, row in [*rates.items(), other]
    )
    both: Chart = (
        alt.layer(*lines)
        .resolve_scale(y="independent")
        .properties(height=320, description=f"Over {len(values)} {across}: {told}.")
    )
    return both


def _line(what: str, values: NDArray[np.float64]) -> pd.DataFrame:
    """Rows of a line over its steps."""
    kept = kept_steps(values)
    return pd.DataFrame({"step": kept, "value": values[kept], "what": what}).dropna()


def _frame(what: str, steps: NDArray[np.int64], losses: NDArray[np.float64]) -> pd.DataFrame:
    """Rows of a loss that a log axis can show."""
    rows = pd.DataFrame({"what": what, "step": steps, "loss": losses})
    drawn: pd.DataFrame = rows.loc[np.isfinite(rows["loss"]) & (rows["loss"] > 0.0) & (rows["loss"] < 1e12)]
    return drawn


def _said(losses: NDArray[np.float64]) -> str:
    """The last loss of a row, or that it was lost."""
    return f"{losses[-1]:.3g}" if np.isfinite(losses[-1]) else "lost"
