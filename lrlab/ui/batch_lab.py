"""The batch-size lab: the best rate against the batch, and both rules tried on numbers of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
import streamlit as st

from lrlab.charts.batch_sizes import best_rates_chart, called, losses_by_rate_chart, rules_chart
from lrlab.finder.batch_sizes import BatchSweep, best_rates, growth
from lrlab.finder.scaling import RulesTried, try_rules
from lrlab.training import hidden, load
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound, rates_between
from lrlab.ui.long_work import done

MODEL = hidden(32, "relu")
DATA_SETS = ("digits", "breast_cancer", "moons")
RATES: Mapping[str, tuple[float, ...]] = {
    "sgd": tuple(0.1 * sqrt(2.0) ** k for k in range(13)),
    "adam": tuple(0.005 * sqrt(2.0) ** k for k in range(13)),
}
"""The rates tried for each optimizer, a factor √2 apart."""
EPOCHS, STEPS = 5, 50
_BUDGETS = {"epochs": f"{EPOCHS} epochs each", "steps": f"{STEPS} updates each"}
_BEND = 64
"""Where the digits' best rate for SGD stops following the batch: the slopes below and above it are compared."""


@dataclass(frozen=True)
class Settings:
    """What the best rates are sought for, as names and numbers."""

    data: str
    budget: str
    seeds: int


QUESTION = Settings("digits", "epochs", 1)


def choose(page: str) -> Settings:
    """The controls of the search for the best rates."""
    one, two, three = st.columns([3, 3, 2])
    titles = {name: load(name).title for name in DATA_SETS}
    return Settings(
        data=bound(one.selectbox, "Data", DATA_SETS, format_func=titles.__getitem__, key=f"{page}.data"),
        budget=bound(
            two.selectbox,
            "Budget of a training",
            tuple(_BUDGETS),
            format_func=_BUDGETS.__getitem__,
            key=f"{page}.budget",
            help="With equal epochs a larger batch makes fewer updates. With equal updates it sees more rows.",
        ),
        seeds=bound(three.selectbox, "Seeds", (1, 3, 5), key=f"{page}.seeds"),
    )


def sizes_for(name: str) -> tuple[int, ...]:
    """The batch sizes tried on a data set: powers of two from 8 to about two thirds of its rows."""
    rows = len(load(name).x_train)
    return tuple(2**k for k in range(3, 10) if 1.5 * 2**k <= rows)


def swept(settings: Settings, optimizer: str) -> BatchSweep:
    """The best rates of one optimizer."""
    sizes = sizes_for(settings.data)
    budget: dict[str, Any] = {"epochs": EPOCHS} if settings.budget == "epochs" else {"steps": STEPS}
    return done(
        "best rates",
        (settings, optimizer),
        f"Training with {called(optimizer)} at {len(RATES[optimizer])} rates for each of "
        f"{len(sizes)} batch sizes",
        lambda progress: best_rates(
            load(settings.data),
            MODEL,
            optimizer,
            sizes,
            RATES[optimizer],
            seeds=range(settings.seeds),
            progress=progress,
            **budget,
        ),
    )


def run(page: str, settings: Settings) -> None:
    """Draw the best rates of both optimizers, say their slopes, and show where the dots come from."""
    sweeps = [swept(settings, optimizer) for optimizer in RATES]
    pictures.show(f"{page}.best", best_rates_chart, sweeps)
    st.markdown(" ".join(slopes(sweep) for sweep in sweeps))
    if settings.seeds == 1:
        st.caption(
            "One seed: a dot may be off by a factor of two. With three or five seeds, bars show by how much."
        )
    with st.expander("Where the dots come from", icon=":material/insights:"):
        st.markdown(
            "Every line is a batch size, every point of it a training. A dot in the picture above is the lowest "
            "point of a line here, placed between the rates tried by a parabola. Flat bottoms make uncertain dots."
        )
        for sweep in sweeps:
            st.markdown(f"**{called(sweep.optimizer)}**")
            pictures.show(f"{page}.losses.{sweep.optimizer}", losses_by_rate_chart, sweep)


def slopes(sweep: BatchSweep) -> str:
    """How the best rate grows below and above the bend, in one sentence."""
    first, last = sweep.batch_sizes[0], sweep.batch_sizes[-1]
    below, above = growth(sweep, first, _BEND), growth(sweep, _BEND, last)
    return (
        f"**{called(sweep.optimizer)}**: slope {below:.2f} from batch {first} to {_BEND}, "
        f"{above:.2f} from {_BEND} to {last}."
    )


_SEEN = {
    "bends": "It rises faster at first than later.",
    "straight": "It keeps about one slope all the way.",
    "steepens": "It rises faster later than at first.",
}


def shape(sweep: BatchSweep) -> str:
    """Whether the line of best rates bends down, keeps its slope, or steepens."""
    below = growth(sweep, sweep.batch_sizes[0], _BEND)
    above = growth(sweep, _BEND, sweep.batch_sizes[-1])
    return "straight" if abs(below - above) < 0.25 else "bends" if below > above else "steepens"


def observe(page: str, settings: Settings) -> None:
    """Ask what the line of plain SGD does, and check the eye against the slopes."""
    sweep = swept(settings, "sgd")
    reflections.observe(
        page,
        _SEEN,
        shape(sweep),
        slopes(sweep),
        run=f"SGD on {load(settings.data).title.lower()}, {_BUDGETS[settings.budget]}",
        asking="what does the line of best rates do?",
    )


def compare(page: str, options: Mapping[str, str]) -> None:
    """Measure by how much the best rate grows from batch 8 to batch 64, and hold the prediction against it."""
    sweep = swept(QUESTION, "sgd")
    small, large = (float(sweep.best[sweep.batch_sizes.index(size)]) for size in (8, 64))
    times = large / small
    factors = {"same": 1.0, "square_root": sqrt(8.0), "linear": 8.0}
    nearest = min(factors, key=lambda name: abs(log(times / factors[name])))
    reflections.compare(
        page,
        options,
        nearest,
        f"Trained and measured: the best rate is {small:.2g} at batch 8 and {large:.2g} at batch 64, "
        f"{times:.2g} times as large.",
    )


@dataclass(frozen=True)
class Change:
    """A rate that a student uses at one batch size, and the batch size it is carried to."""

    optimizer: str
    rate: float
    batch_size: int
    new_batch_size: int


def choose_change(page: str) -> Change:
    """The controls of a change of batch size."""
    one, two, three = st.columns(3)
    optimizer = bound(
        one.selectbox,
        "Optimizer",
        tuple(RATES),
        format_func=called,
        key=f"{page}.optimizer",
    )
    sizes = sizes_for("digits")
    old = bound(two.selectbox, "Batch size now", sizes, index=sizes.index(32), key=f"{page}.from")
    new = bound(three.selectbox, "Batch size to come", sizes, index=sizes.index(128), key=f"{page}.to")
    low, high, usual = (0.01, 2.0, 0.2) if optimizer == "sgd" else (0.001, 0.1, 0.005)
    rate = bound(
        st.select_slider,
        "Your rate now",
        rates_between(low, high, 40),
        value=usual,
        format_func=lambda each: f"{each:g}",
        key=f"{page}.rate_{optimizer}",
    )
    return Change(optimizer, float(rate), old, new)


def tried(change: Change) -> RulesTried:
    """What every rule makes of the change, trained on the digits."""
    return done(
        "rules for the batch size",
        change,
        "Training at the old batch size and, by each rule, at the new one; three seeds each",
        lambda progress: try_rules(
            load("digits"),
            MODEL,
            change.optimizer,
            change.rate,
            change.batch_size,
            change.new_batch_size,
            epochs=EPOCHS,
            progress=progress,
        ),
    )


_AHEAD = {
    "unchanged": "The same rate.",
    "square_root": "The square-root rule.",
    "linear": "The linear rule.",
    "none": "None of them clearly.",
}


def try_both(page: str, change: Change) -> None:
    """Follow every rule by real trainings, and ask which came out ahead."""
    result = tried(change)
    pictures.show(f"{page}.rules", rules_chart, result)
    reflections.observe(
        page,
        _AHEAD,
        result.ahead or "none",
        result.sentence,
        run=f"{called(change.optimizer)} {change.rate:g}, batch {change.batch_size} to {change.new_batch_size}",
        asking="which rule ends lowest?",
    )
    with st.expander("What the numbers say", icon=":material/troubleshoot:"):
        st.markdown(f"{result.sentence} {_pace(result)}")


def _pace(result: RulesTried) -> str:
    """Whether the linear rule kept the old pace, which is what it promises."""
    before, after = result.before[:, -1].mean(), result.after[:, -1, -1].mean()
    if not (np.isfinite(before) and np.isfinite(after)):
        return "The linear rule could not keep the old pace: one of the two trainings was lost."
    kept = "kept" if max(before / after, after / before) < 1.25 else "did not keep"
    return f"The linear rule {kept} the pace of the old batch size: {after:.3g} now, {before:.3g} then."


def code(change: Change) -> None:
    """The lines that did it, and the same change in PyTorch, with the student's numbers."""
    with st.expander("The code that did this", icon=":material/code:"):
        mine, torch = st.tabs(["This lab", "PyTorch"])
        mine.code(_LAB.format(change=change, epochs=EPOCHS), language="python")
        torch.code(
            _TORCH.format(change=change, name="SGD" if change.optimizer == "sgd" else "Adam"),
            language="python",
        )


_LAB = """\
from lrlab.finder.scaling import scaled, try_rules
from lrlab.training import hidden, load

print(scaled("square_root", {change.rate:g}, {change.batch_size}, {change.new_batch_size}))
print(scaled("linear", {change.rate:g}, {change.batch_size}, {change.new_batch_size}))
tried = try_rules(load("digits"), hidden(32, "relu"), "{change.optimizer}", {change.rate:g},
                  {change.batch_size}, {change.new_batch_size}, epochs={epochs})
print(tried.sentence)
"""
_TORCH = """\
# model and data set are yours.
import torch
from torch.utils.data import DataLoader

old, new = {change.batch_size}, {change.new_batch_size}
rate = {change.rate:g}
by_square_root = rate * (new / old) ** 0.5
by_linear_rule = rate * new / old
loader = DataLoader(dataset, batch_size=new, shuffle=True, drop_last=True)
optimizer = torch.optim.{name}(model.parameters(), lr=by_square_root)   # then try by_linear_rule as well
"""
