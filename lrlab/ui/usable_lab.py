"""Optimizers on real data: the rates each of them can use, and momentum against Adam after the same tuning."""

from dataclasses import dataclass

import streamlit as st

from lrlab.charts.contests import seeds_chart, tuning_chart
from lrlab.charts.usable import usable_chart
from lrlab.descent import OPTIMIZERS
from lrlab.finder.comparison import LEVEL, MARGIN
from lrlab.finder.contest import ENTRANTS, SEEDS, TRIED, TUNING_SEEDS, Contest, hold
from lrlab.finder.usable import UsableRange, measure_usable
from lrlab.training import DATA_SETS, load
from lrlab.ui import pictures
from lrlab.ui.controls import bound, rates_between
from lrlab.ui.long_work import done

MEASURED = ("sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam")
RATES = rates_between(1e-4, 10.0, 21)
RANGE_SEEDS = (0, 1)
MODELS = {"hidden": "One hidden layer of 32 (tanh)", "linear": "Softmax or linear regression"}


@dataclass(frozen=True)
class Settings:
    """What is trained, as names and numbers."""

    data: str
    model: str
    batch_size: int
    epochs: int


def choose(page: str) -> Settings:
    """The controls of everything that trains here."""
    one, two, three, four = st.columns([3, 4, 2, 2])
    first = "breast_cancer"
    names = (first, *(name for name in DATA_SETS if name != first))
    return Settings(
        data=bound(
            one.selectbox, "Data", names, format_func=lambda name: load(name).title, key=f"{page}.data"
        ),
        model=bound(
            two.selectbox, "Model", tuple(MODELS), format_func=MODELS.__getitem__, key=f"{page}.model"
        ),
        batch_size=bound(three.selectbox, "Batch size", (32, 16, 64, 128), key=f"{page}.batch_size"),
        epochs=bound(four.selectbox, "Epochs", (5, 20), key=f"{page}.epochs"),
    )


def measured(settings: Settings) -> tuple[UsableRange, ...]:
    """The usable range of every optimizer, each remembered by itself."""
    return tuple(
        done(
            f"usable range of {name}",
            settings,
            f"Training at {len(RATES)} rates with {len(RANGE_SEEDS)} seeds: {OPTIMIZERS[name].title}",
            lambda progress, name=name: measure_usable(  # type: ignore[misc]
                load(settings.data),
                settings.model,
                name,
                RATES,
                settings.batch_size,
                epochs=settings.epochs,
                seeds=RANGE_SEEDS,
                progress=progress,
            ),
        )
        for name in MEASURED
    )


def ranges(page: str, settings: Settings) -> None:
    """Habit, defaults and measurement in one picture, and what the measurement says in words."""
    found = measured(settings)
    pictures.show(f"{page}.usable", usable_chart, found)
    with st.expander("The same in words", icon=":material/notes:"):
        st.markdown("\n".join(f"- **{one.optimizer.title}.** {one.sentence}" for one in found))


def contested(settings: Settings) -> Contest:
    """Momentum with cosine against three Adams, all tuned with the same budget but the one that is not tuned."""
    return done(
        "contest",
        settings,
        "Tuning each with the same trials, then training with fresh seeds",
        lambda progress: hold(
            load(settings.data),
            settings.model,
            settings.batch_size,
            epochs=settings.epochs,
            progress=progress,
        ),
    )


def contest(page: str, settings: Settings) -> None:
    """Hold the contest when asked to, and give its verdicts."""
    asked = f"{page}.contest"
    trainings = sum(entrant.rate is None for entrant in ENTRANTS) * len(TRIED) * len(TUNING_SEEDS)
    st.button(
        f"Train {trainings + len(ENTRANTS) * len(SEEDS)} times and compare",
        key=f"{page}.compare",
        type="primary",
        on_click=st.session_state.__setitem__,
        args=(asked, settings),
    )
    if st.session_state.get(asked) != settings:
        return
    held = contested(settings)
    pictures.show(f"{page}.seeds", seeds_chart, held)
    st.dataframe(standing(held), hide_index=True, width="stretch")
    for other in range(1, len(held.entrants)):
        told = held.against(other)
        st.markdown(f"**Against {told.second}.** {told.sentence}")
    with st.expander("How each was tuned", icon=":material/tune:"):
        pictures.show(f"{page}.tuning", tuning_chart, held)
        st.caption(edges(held))


def standing(held: Contest) -> list[dict[str, str]]:
    """One row for each entrant: how its rate was found, and what it reached."""
    return [
        {
            "entrant": entrant.title,
            "trials": "0" if entrant.rate is not None else str(held.trials),
            "rate": f"{rate:.3g}",
            "mean loss": f"{losses.mean():.4g}",
            "mean accuracy, or R²": f"{scores.mean():.3f}",
        }
        for entrant, rate, losses, scores in zip(
            held.entrants, held.chosen, held.losses, held.scores, strict=True
        )
    ]


def edges(held: Contest) -> str:
    """Whether a rate was chosen at the end of what was tried, where a better one may lie beyond."""
    ends = (held.rates[0], held.rates[-1])
    caught = [
        entrant.title
        for entrant, rate in zip(held.entrants, held.chosen, strict=True)
        if entrant.rate is None and rate in ends
    ]
    told = (
        f"Each tried the same {len(held.rates)} rates with {len(held.tuning_seeds)} seeds, on one half of the "
        "validation rows."
    )
    if caught:
        return (
            f"{told} At the end of what was tried, so perhaps better still further out: {', '.join(caught)}."
        )
    return f"{told} No one was best at the end of what was tried."


def criterion() -> str:
    """How a verdict is reached, to be read before it."""
    return (
        "**Better** or **worse** takes two things. Coin flips that give every seed's difference a random sign reach as "
        f"far in at most {LEVEL * 100:g} of 100 cases, and the mean losses differ by {MARGIN * 100:g} % or more. "
        "Anything else is **not distinguishable**."
    )


def code(page: str, settings: Settings) -> None:
    """The lines that measured this, and momentum with cosine in PyTorch."""
    opened = st.expander(
        "The code that measured this", icon=":material/code:", key=f"{page}.trained", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        mine, torch = st.tabs(["This lab", "PyTorch"])
        mine.code(lab_code(settings))
        torch.code(TORCH.format(settings=settings))


def lab_code(settings: Settings) -> str:
    """The same measurement as a script."""
    return _LAB.format(settings=settings)


_LAB = """\
import numpy as np

from lrlab.finder.contest import hold
from lrlab.finder.usable import measure_usable
from lrlab.training import load

data = load("{settings.data}")
rates = np.geomspace(1e-4, 10, 16)
for optimizer in ("sgd", "momentum", "rmsprop", "adam"):
    usable = measure_usable(data, "{settings.model}", optimizer, rates, {settings.batch_size}, epochs={settings.epochs})
    print(optimizer, usable.sentence)

contest = hold(data, "{settings.model}", {settings.batch_size}, epochs={settings.epochs})
for other in range(1, len(contest.entrants)):
    print(contest.against(other).sentence)
"""
TORCH = """\
# model, loss_of and batches are yours; peak is the rate that tuning found for this optimizer.
import torch

epochs, peak = {settings.epochs}, 0.1
optimizer = torch.optim.SGD(model.parameters(), lr=peak, momentum=0.9)
updates = epochs * len(batches)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=updates)
for epoch in range(epochs):
    for x, y in batches:                # {settings.batch_size} rows each
        optimizer.zero_grad()
        loss_of(model(x), y).backward()
        optimizer.step()
        schedule.step()                 # once for every update, and never past T_max: it would rise again

# The rival, with as many trials for its own rate:
# optimizer = torch.optim.Adam(model.parameters(), lr=peak)
"""
