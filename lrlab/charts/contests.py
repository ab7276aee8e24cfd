"""Optimizers against each other: what every trial brought, on a surface or on data, and who was ahead, seed by seed."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import looks
from lrlab.descent import OPTIMIZERS
from lrlab.descent.bias_correction import RUNNERS
from lrlab.finder.contest import Contest
from lrlab.finder.race import Race

FLOOR = 1e-12
CEILING = 1e3
"""A loss is drawn between these, the latter times that at the start; what is lost has no mark."""


def trials_chart(race: Race) -> Chart:
    """What each rate brought each optimizer: steps until settled, or the last loss where nobody settled.

    A walk that did not settle stands on the upper edge; one that was lost has no mark.
    """
    never = race.steps + 1
    settles = any((entry.settled < never).any() for entry in race.entries)
    lowest = float(race.surface.value(race.surface.minima[0]))
    start = float(race.entries[0].run.losses[0, 0]) - lowest
    rows = pd.DataFrame(
        [
            {
                "optimizer": OPTIMIZERS[entry.optimizer].title,
                "rate": float(rate),
                "height": max(float(entry.settled[row]), 1.0)
                if settles
                else float(np.clip(entry.losses[row] - lowest, FLOOR, CEILING * start)),
                "entered": row == entry.best,
            }
            for entry in race.entries
            for row, rate in enumerate(race.rates)
            if np.isfinite(entry.losses[row])
        ],
        columns=["optimizer", "rate", "height", "entered"],
    )
    names = [OPTIMIZERS[entry.optimizer].title for entry in race.entries]
    up = alt.Y("height:Q").title("last loss (log scale)").axis(format="~g", tickCount=6)
    if settles:
        ticks = [tick for tick in (1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 150, 200) if tick < 0.8 * never]
        word = f"datum.value === {never} ? 'never' : format(datum.value, '~g')"
        up = up.title("steps until settled (log)").axis(values=[*ticks, never], labelExpr=word)
    return _trials(rows, names, up, race.rates, _race_text(race, settles))


def tuning_chart(contest: Contest) -> Chart:
    """Mean tuning loss against the rate of every entrant that was tuned, with the rate that went on."""
    rows = pd.DataFrame(
        [
            {
                "optimizer": entrant.title,
                "rate": float(rate),
                "height": float(loss),
                "entered": rate == contest.chosen[row],
            }
            for row, entrant in enumerate(contest.entrants)
            for rate, loss in zip(contest.rates, contest.tuning[row], strict=True)
            if np.isfinite(loss)
        ],
        columns=["optimizer", "rate", "height", "entered"],
    )
    names = [entrant.title for entrant in contest.entrants if entrant.rate is None]
    told = "; ".join(
        f"{entrant.title} {rate:.3g}"
        for entrant, rate in zip(contest.entrants, contest.chosen, strict=True)
        if entrant.rate is None
    )
    text = (
        f"Mean loss on the half for tuning against the rate, {len(contest.rates)} rates and "
        f"{len(contest.tuning_seeds)} seeds each. Chosen: {told}."
    )
    up = alt.Y("height:Q").title("mean tuning loss (log scale)").axis(format="~g", tickCount=6)
    return _trials(rows, names, up, contest.rates, text)


def _trials(rows: pd.DataFrame, names: Sequence[str], up: alt.Y, rates: np.ndarray, text: str) -> Chart:
    colour, dash, shape = looks("optimizer", names, "optimizer")
    x, y = rate_axis("rate", float(rates[0]), float(rates[-1])), up.scale(type="log", nice=False, padding=10)
    base = alt.Chart(rows).encode(x=x, y=y, color=colour)
    tooltip = ["optimizer:N", alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("height:Q", format=".4g")]
    return alt.layer(
        base.mark_line(strokeWidth=1.6).encode(strokeDash=dash),
        base.mark_point(filled=True, size=24, opacity=1).encode(tooltip=tooltip),
        base.transform_filter("datum.entered")
        .mark_point(filled=True, size=190, opacity=1)
        .encode(shape=shape, tooltip=tooltip),
    ).properties(height=400, description=text)


def _race_text(race: Race, settles: bool) -> str:
    told = "; ".join(
        f"{OPTIMIZERS[entry.optimizer].title} enters with {entry.rate:.3g}, "
        + (
            f"settled after {entry.settled[entry.best]} steps"
            if entry.settled[entry.best] <= race.steps
            else f"last loss {entry.losses[entry.best]:.3g}"
        )
        for entry in race.entries
    )
    what = f"Steps until settled, of {race.steps}," if settles else f"Loss after {race.steps} steps"
    return f"{what} against the rate, {len(race.rates)} trials for each optimizer: {told}."


def seeds_chart(contest: Contest) -> Chart:
    """Validation loss of every seed, one row for each entrant, log axis; a tick at the mean."""
    names = [entrant.title for entrant in contest.entrants]
    rows = pd.DataFrame(
        [
            {"entrant": name, "loss": float(loss), "score": float(score), "seed": str(seed)}
            for name, losses, scores in zip(names, contest.losses, contest.scores, strict=True)
            for loss, score, seed in zip(losses, scores, contest.seeds, strict=True)
        ]
    )
    means = pd.DataFrame({"entrant": names, "loss": contest.losses.mean(axis=1)})
    scale = alt.Scale(type="log", nice=False, padding=14)
    x = alt.X("loss:Q").title("validation loss, rows kept for the comparison (log scale)").scale(scale)
    y = alt.Y("entrant:N").title(None).sort(names).axis(labelLimit=240)
    colour = alt.Color("entrant:N").scale(domain=names, range=list(colours.SERIES[: len(names)])).legend(None)
    shape = alt.Shape("entrant:N").scale(domain=names, range=list(colours.SHAPES[: len(names)])).legend(None)
    tooltip = [
        "entrant:N",
        "seed:N",
        alt.Tooltip("loss:Q", format=".4g"),
        alt.Tooltip("score:Q", format=".3f"),
    ]
    told = "; ".join(
        f"{name} {losses.mean():.3g} ({losses.min():.3g} to {losses.max():.3g})"
        for name, losses in zip(names, contest.losses, strict=True)
    )
    return alt.layer(
        alt.Chart(rows)
        .mark_point(filled=True, size=60, opacity=0.75)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip),
        alt.Chart(means)
        .mark_tick(thickness=3, size=26)
        .encode(x=x, y=y, color=colour, tooltip=["entrant:N", alt.Tooltip("loss:Q", format=".4g")]),
    ).properties(
        height=52 * len(names) + 40,
        description=f"Validation loss over {len(contest.seeds)} seeds, log axis: {told}.",
    )


def success_chart(shares: Sequence[np.ndarray]) -> Chart:
    """Which share of all starts has reached the deep minimum, against the step, for every runner of the race."""
    names = [runner.title for runner in RUNNERS]
    rows = pd.concat(
        [
            pd.DataFrame({"runner": name, "step": np.arange(len(share)), "share": share}).iloc[::5]
            for name, share in zip(names, shares, strict=True)
        ]
    )
    stops = pd.DataFrame(
        {
            "runner": names,
            "step": [runner.steps for runner in RUNNERS],
            "share": [float(share[runner.steps]) for runner, share in zip(RUNNERS, shares, strict=True)],
        }
    )
    colour, dash, shape = looks("runner", names, "rule")
    x = alt.X("step:Q").title("step").scale(nice=False)
    y = alt.Y("share:Q").title("starts that are there").scale(domain=[0, 0.8]).axis(format=".0%")
    tooltip = ["runner:N", "step:Q", alt.Tooltip("share:Q", format=".1%")]
    told = "; ".join(
        f"{name} {share[100]:.1%} after 100 steps and {share[-1]:.1%} after {len(share) - 1}"
        for name, share in zip(names, shares, strict=True)
    )
    return alt.layer(
        alt.Chart(rows).mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour, strokeDash=dash),
        alt.Chart(stops)
        .mark_point(filled=True, size=130, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip),
    ).properties(height=430, description=f"Share of starts near the deep minimum: {told}.")
