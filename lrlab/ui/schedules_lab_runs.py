"""What a schedule does: on a noisy parabola with a switch for the noise, and on a real network."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lrlab.charts.schedules_training import training_chart, validations_chart
from lrlab.charts.schedules_walks import spent_chart
from lrlab.descent import OPTIMIZERS
from lrlab.diagnosis import diagnose
from lrlab.finder.scheduled import train_schedules
from lrlab.finder.spending import SEEDS, WAYS, Spent, best_possible, spend
from lrlab.schedules import constant, cosine
from lrlab.training import Training, hidden, load
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound
from lrlab.ui.long_work import Progress, done
from lrlab.ui.schedules_lab import YOURS, Settings

MODEL = hidden(32)
BATCH_SIZES = (4, 16, 64)
SCALES = (1.0, 2.0, 5.0, 10.0)
ALIKE = 0.1
"""Two losses closer than this part of the larger are called alike."""
WAYS_STEPS = 200
QUESTION = 0.1, 200
"""The rate and the steps that the prediction is about."""


def spent(settings: Settings, noise: bool) -> Spent:
    """Every schedule on the screen on the parabola, all draws in one pass."""
    return done(
        "spent steps",
        (tuple(settings.all.values()), settings.steps, noise),
        "Walking down the parabola",
        lambda progress: spend(tuple(settings.all.values()), settings.steps, float(noise)),
    )


def parabola(page: str, settings: Settings) -> None:
    """The noise switch, the losses of all schedules, and who ends lowest."""
    noise = bound(st.toggle, "Noise in the gradient", value=True, key=f"{page}.noise")
    found = spent(settings, noise)
    names = list(settings.all)
    pictures.show(f"{page}.spent", spent_chart, found, names)
    if "constant" in settings.others and settings.kind != "constant":
        row = names.index(_CONSTANT)
        reflections.observe(
            page,
            _SEEN,
            ahead(float(found.ends[0]), float(found.ends[row])),
            f"Yours ends at {_short(found.ends[0])}, the constant rate at {_short(found.ends[row])}.",
            run=f"{settings.title}, peak {settings.peak:g}, {'with' if noise else 'without'} noise",
            asking="who ends lower, yours or the constant rate?",
        )
    else:
        st.caption("To compare, choose a schedule that moves and lay the constant rate beside it.")
    with st.expander("What the numbers say", icon=":material/troubleshoot:"):
        st.markdown(ends(found, names, settings))


_CONSTANT = "Constant"
_SEEN = {
    "mine": "Mine ends lower.",
    "constant": "The constant rate ends lower.",
    "alike": "They end alike.",
}


def ahead(mine: float, other: float) -> str:
    """Who ends lower: `mine`, `constant`, or `alike` within a tenth."""
    if not (np.isfinite(mine) and np.isfinite(other)):
        return (
            "alike"
            if not (np.isfinite(mine) or np.isfinite(other))
            else "mine"
            if np.isfinite(mine)
            else "constant"
        )
    if abs(mine - other) <= ALIKE * max(mine, other):
        return "alike"
    return "mine" if mine < other else "constant"


def ends(found: Spent, names: list[str], settings: Settings) -> str:
    """The last mean loss of every schedule, the lowest first, and the bound where there is noise."""
    order = np.argsort(np.nan_to_num(found.ends, nan=np.inf))
    told = ", ".join(f"**{names[k]}** {_short(found.ends[k])}" for k in order)
    if found.seeds == 1:
        return f"At the end: {told}."
    return (
        f"At the end, mean of {found.seeds} draws: {told}. The statistician's optimum for {settings.steps} steps is "
        f"{_short(best_possible(settings.steps))}."
    )


def _short(loss: float) -> str:
    return f"{loss:.2g}" if np.isfinite(loss) else "lost"


def ways() -> list[dict[str, str]]:
    """Seven ways to spend 200 steps: what each leaves with noise, and without."""
    chosen = tuple(WAYS.values())
    noisy, clean = done(
        "seven ways",
        WAYS_STEPS,
        "Walking seven ways",
        lambda progress: tuple(spend(chosen, WAYS_STEPS, noise, 4 * SEEDS) for noise in (1.0, 0.0)),
    )
    return [
        {"schedule": name, "with noise": f"{with_noise:.2g}", "without noise": f"{without:.2g}"}
        for name, with_noise, without in zip(WAYS, noisy.ends, clean.ends, strict=True)
    ]


def compare(page: str, options: Mapping[str, str]) -> None:
    """Walk the question of the prediction without noise, and hold the prediction against it."""
    rate, steps = QUESTION
    found = spend((constant(rate), cosine(rate, 0.0, steps)), steps, noise=0.0)
    flat, falling = (float(end) for end in found.ends)
    truth = {"mine": "lower", "constant": "higher", "alike": "same"}[ahead(falling, flat)]
    reflections.compare(
        page,
        options,
        truth,
        f"Without noise the constant rate ends at {flat:.1g}, the cosine at {falling:.1g}.",
    )


@dataclass(frozen=True)
class Trained:
    """All schedules on the screen, trained: one training a seed, a row for each schedule."""

    trainings: tuple[Training, ...]

    @property
    def losses(self) -> NDArray[np.float64]:
        """Validation losses, the mean over seeds."""
        mean: NDArray[np.float64] = np.mean(
            [training.validation_losses for training in self.trainings], axis=0
        )
        return mean


@dataclass(frozen=True)
class Network:
    """How the network is trained: what the schedule is multiplied by, and with what."""

    optimizer: str
    batch_size: int
    scale: float
    seeds: int


def choose_network(page: str) -> Network:
    """The controls of the real training."""
    one, two, three, four = st.columns(4)
    return Network(
        optimizer=bound(
            one.selectbox,
            "Optimizer",
            ("sgd", "momentum"),
            format_func=lambda name: OPTIMIZERS[name].title,
            key=f"{page}.optimizer",
        ),
        batch_size=bound(two.selectbox, "Batch size", BATCH_SIZES, key=f"{page}.batch"),
        scale=bound(
            three.selectbox,
            "Schedule times",
            SCALES,
            index=2,
            format_func=lambda each: f"{each:g}",
            key=f"{page}.scale",
            help="The shape stays, the rates are multiplied: a network may bear more than a parabola of curvature 1.",
        ),
        seeds=bound(four.selectbox, "Seeds", (1, 3, 5), index=1, key=f"{page}.seeds"),
    )


def trained(settings: Settings, network: Network) -> Trained:
    """Every schedule on the screen on the digits, all of them in one pass for each seed."""
    return done(
        "scheduled trainings",
        (tuple(settings.all.values()), settings.steps, network),
        f"Training {len(settings.all)} schedules with {network.seeds} seeds",
        lambda progress: _train(settings, network, progress),
    )


def _train(settings: Settings, network: Network, progress: Progress) -> Trained:
    steps = np.arange(settings.steps)
    rates = network.scale * np.stack([schedule(steps) for schedule in settings.all.values()])
    trainings = []
    for seed in range(network.seeds):
        trainings.append(
            train_schedules(load("digits"), MODEL, network.optimizer, rates, network.batch_size, seed=seed)
        )
        progress(seed + 1, network.seeds)
    return Trained(tuple(trainings))


def train(page: str, settings: Settings) -> None:
    """Train with every schedule; look at one of the trainings with its loss, its validation and its rate."""
    network = choose_network(page)
    found = trained(settings, network)
    names = list(settings.all)
    first = found.trainings[0]
    pictures.show(
        f"{page}.validations", validations_chart, names, first.measured_at, found.losses, seeds=network.seeds
    )
    st.markdown(verdict(found, names))
    looked_at = bound(
        st.selectbox,
        "Look closer at",
        tuple(range(len(names))),
        format_func=names.__getitem__,
        key=f"{page}.closer",
    )
    row = int(looked_at)
    pictures.show(f"{page}.training", training_chart, first, row)
    with st.expander("What the numbers say", icon=":material/troubleshoot:"):
        losses, rates = first.losses[row], first.rates[row]
        found_out = diagnose(losses, rates)
        st.markdown(
            f"**From the batch losses and the rates alone**: {found_out.title.lower()}. {found_out.evidence} "
            f"*{found_out.advice}*"
        )
        st.code(printed(first, row), language="text")


def verdict(found: Trained, names: list[str]) -> str:
    """The last validation loss of every schedule, and for how many seeds the student's own was ahead of each."""
    ended = np.array([training.validation_losses[:, -1] for training in found.trainings])
    order = np.argsort(np.nan_to_num(ended.mean(axis=0), nan=np.inf))
    told = ", ".join(f"**{names[k]}** {_short(float(ended[:, k].mean()))}" for k in order)
    wins = [
        f"{int((np.nan_to_num(ended[:, 0], nan=np.inf) < np.nan_to_num(ended[:, k], nan=np.inf)).sum())} of "
        f"{len(ended)} seeds lower than {names[k]}"
        for k in range(1, len(names))
    ]
    ahead_of = f" {YOURS.capitalize()} ends with {', '.join(wins)}." if wins else ""
    return f"Validation loss at the end: {told}.{ahead_of}"


def printed(training: Training, row: int, lines: int = 8) -> str:
    """A training as its log would print it: step, rate, loss of the batch, a few evenly spread lines."""
    steps = training.losses.shape[1]
    at = sorted({round(place) for place in np.linspace(0, steps - 1, lines)})
    return "\n".join(
        f"step {step:4d}   rate {training.rates[row, step]:.4g}   loss {training.losses[row, step]:.4g}"
        for step in at
    )
