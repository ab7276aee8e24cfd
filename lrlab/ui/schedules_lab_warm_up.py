"""A warm-up that saves a run: the rate that a network dies of at once, and bears a few steps later."""

import numpy as np
import streamlit as st

from lrlab.charts.schedules_training import survivors_chart, warm_starts_chart
from lrlab.finder.warm_starts import BATCH_SIZE, DATA, LENGTHS, RAMP, RATE, STEPS, WarmStarts, try_warm_ups
from lrlab.training import load
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound
from lrlab.ui.long_work import done

RATES = (0.3, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2)
_SEEN = {
    "saved": "It dies without the warm-up and lives with it.",
    "lives": "It lives with it and without.",
    "dies": "It dies with it and without.",
    "harmed": "It lives without the warm-up and dies with it.",
}


def tried(rate: float) -> WarmStarts:
    """Every length of warm-up at one rate, with all seeds."""
    return done(
        "warm starts",
        rate,
        f"Training after {len(LENGTHS)} warm-ups with 8 seeds",
        lambda progress: try_warm_ups(load(DATA), rate, progress=progress),
    )


def warm_up(page: str) -> None:
    """Choose a rate and a length, see the run with and without, and how many seeds survive every length."""
    one, two = st.columns(2)
    rate = float(
        bound(
            one.select_slider,
            "Rate after the warm-up",
            RATES,
            value=RATE,
            format_func=lambda each: f"{each:g}",
            key=f"{page}.warm_rate",
        )
    )
    length = int(
        bound(two.select_slider, "Steps of warm-up", LENGTHS[1:], value=RAMP, key=f"{page}.warm_length")
    )
    found = tried(rate)
    pictures.show(f"{page}.warm", warm_starts_chart, found, (0, length))
    reflections.observe(
        page,
        _SEEN,
        fate(found, length),
        sentence(found, length),
        run=f"Rate {rate:g}, {length} steps of warm-up",
        asking="what does the warm-up do to this run?",
    )
    pictures.show(f"{page}.survivors", survivors_chart, found, length)
    st.caption(shortest(found))


def fate(found: WarmStarts, length: int) -> str:
    """What the warm-up did to the run on the screen, the one of the first seed."""
    without, after = (bool(found.survived[0, found.lengths.index(each)]) for each in (0, length))
    return {(False, True): "saved", (True, True): "lives", (False, False): "dies", (True, False): "harmed"}[
        without, after
    ]


def sentence(found: WarmStarts, length: int) -> str:
    """How both runs end, in numbers."""
    losses = {each: found.shown.train_losses[found.lengths.index(each)] for each in (0, length)}
    told = [
        f"{'without' if each == 0 else f'after {each} steps of warm-up'} "
        + (f"at {row[-1]:.3g}" if np.isfinite(row[-1]) else "nowhere, the numbers overflow")
        for each, row in losses.items()
    ]
    return f"The training loss starts at {losses[0][0]:.3g} and ends {told[0]}, {told[1]}."


def shortest(found: WarmStarts) -> str:
    """From which length on all seeds survive."""
    least, count = found.shortest, len(found.survived)
    what = (
        "Even the longest loses one."
        if least is None
        else "None needs a warm-up."
        if least == 0
        else f"From {least} steps on none is lost."
    )
    return (
        f"{count} seeds at a rate of {found.rate:g}: 32 tanh units, squared error, plain SGD, batch {BATCH_SIZE}, "
        f"{STEPS} steps. {what}"
    )
