"""One-cycle on the digits: with its momentum beside its rivals at one peak, and after equal tuning."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from lrlab.charts.contests import seeds_chart
from lrlab.charts.schedules_training import paces_chart, validations_chart
from lrlab.finder.contest import Contest, hold
from lrlab.finder.cycling import BETA, ENTRANTS, RIVALS, Cycled, cycle
from lrlab.training import hidden, load
from lrlab.ui import pictures
from lrlab.ui.controls import bound
from lrlab.ui.long_work import done

MODEL, BATCH_SIZE = hidden(32, "relu"), 32
PEAKS = (0.03, 0.05, 0.08, 0.1, 0.13, 0.16, 0.2)
EPOCHS, CONTEST_EPOCHS = 10, 20
TRIED: Sequence[float] = tuple(np.geomspace(0.01, 0.64, 13).tolist())
TUNING_SEEDS = (0, 1)


def cycled(peak: float) -> Cycled:
    """The four rivals at one peak."""
    return done(
        "one-cycle and rivals",
        peak,
        "Training four ways with three seeds",
        lambda progress: cycle(load("digits"), MODEL, peak, BATCH_SIZE, epochs=EPOCHS, progress=progress),
    )


def one_cycle(page: str) -> None:
    """Rate and momentum of a one-cycle, and what it makes of a peak beside a constant rate and a cosine."""
    peak = float(
        bound(
            st.select_slider,
            "Peak rate of all four",
            PEAKS,
            value=0.13,
            format_func=lambda each: f"{each:g}",
            key=f"{page}.cycle_peak",
        )
    )
    found = cycled(peak)
    first = found.trainings[0]
    pictures.show(
        f"{page}.paces", paces_chart, {"learning rate": first.rates[-1]}, ("momentum β", found.momenta[-1])
    )
    pictures.show(
        f"{page}.rivals",
        validations_chart,
        tuple(RIVALS.values()),
        first.measured_at,
        found.losses,
        seeds=len(found.trainings),
    )
    ends = [
        f"{name} {loss:.3g}" if np.isfinite(loss) else f"{name} lost"
        for name, loss in zip(RIVALS.values(), found.losses[:, -1], strict=True)
    ]
    st.caption(
        f"32 relu units on the digits, momentum {BETA:g}, batch {BATCH_SIZE}, {EPOCHS} epochs, mean of "
        f"{len(found.trainings)} seeds. At the end: {', '.join(ends)}."
    )


def contested() -> Contest:
    """One-cycle, cosine and a constant rate, all tuned with the same trials, on seeds that no choice has seen."""
    return done(
        "one-cycle contest",
        CONTEST_EPOCHS,
        "Tuning each with the same trials, then training with fresh seeds",
        lambda progress: hold(
            load("digits"),
            MODEL,
            BATCH_SIZE,
            epochs=CONTEST_EPOCHS,
            entrants=ENTRANTS,
            rates=TRIED,
            tuning_seeds=TUNING_SEEDS,
            progress=progress,
        ),
    )


def contest(page: str) -> None:
    """Hold the contest when asked to, and give its verdicts as they come out."""
    asked = f"{page}.contest"
    count = len(ENTRANTS) * (len(TRIED) * len(TUNING_SEEDS) + 10)
    st.button(
        f"Train {count} times and compare",
        key=f"{page}.compare",
        type="primary",
        on_click=st.session_state.__setitem__,
        args=(asked, True),
    )
    if not st.session_state.get(asked):
        return
    held = contested()
    pictures.show(f"{page}.seeds", seeds_chart, held)
    for other in range(1, len(held.entrants)):
        told = held.against(other)
        st.markdown(f"**One-cycle against {told.second.lower()}.** {told.sentence}")
    st.caption(
        "Rates that tuning chose: "
        + ", ".join(
            f"{entrant.title.lower()} {rate:.2g}"
            for entrant, rate in zip(held.entrants, held.chosen, strict=True)
        )
        + f". {CONTEST_EPOCHS} epochs, the network from above."
    )
