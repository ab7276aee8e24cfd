"""The schedule that watches the loss: reduce-on-plateau by two conventions on one training."""

import streamlit as st

from lrlab.charts.schedules_training import paces_chart
from lrlab.finder.watching import Watched, watch
from lrlab.schedules.export import plateau_code
from lrlab.schedules.plateau import Plateau, reduce_on_plateau
from lrlab.training import hidden, load
from lrlab.ui import pictures
from lrlab.ui.controls import bound
from lrlab.ui.long_work import done

EPOCHS, BATCH_SIZE = 30, 16
CONVENTIONS = {"pytorch": "PyTorch", "keras": "Keras"}


def watched(plateaus: tuple[Plateau, ...]) -> Watched:
    """Both conventions on the digits, on the same batches."""
    return done(
        "watched by a plateau",
        plateaus,
        f"Training {EPOCHS} epochs, watching the validation loss",
        lambda progress: watch(
            load("digits"), hidden(32), "sgd", plateaus, BATCH_SIZE, epochs=EPOCHS, progress=progress
        ),
    )


def plateau(page: str) -> None:
    """Reduce-on-plateau by two conventions on one training: when each cuts, and the code for both."""
    one, two, three, four = st.columns(4)
    rate = bound(one.selectbox, "First rate", (1.0, 0.5, 0.3), key=f"{page}.plateau_rate")
    factor = bound(two.selectbox, "Factor", (0.5, 0.1, 0.2), key=f"{page}.plateau_factor")
    patience = bound(three.selectbox, "Patience, epochs", (3, 0, 1, 2, 5), key=f"{page}.patience")
    cooldown = bound(four.selectbox, "Cooldown, epochs", (0, 2, 5), key=f"{page}.cooldown")
    states = tuple(
        reduce_on_plateau(rate, factor, patience, cooldown, convention=convention)
        for convention in CONVENTIONS
    )
    found = watched(states)
    pictures.show(
        f"{page}.plateau",
        paces_chart,
        {f"rate, {library}": row for library, row in zip(CONVENTIONS.values(), found.rates, strict=True)},
        ("validation loss, PyTorch", found.losses[0]),
        across="epochs trained",
        stepped=True,
    )
    st.markdown(
        " ".join(
            f"**{library}** cuts after epochs: {', '.join(map(str, found.cuts(row))) or 'none'}."
            for row, library in enumerate(CONVENTIONS.values())
        )
    )
    with st.expander("Code", icon=":material/code:"):
        for tab, state in zip(st.tabs(list(CONVENTIONS.values())), states, strict=True):
            tab.code(plateau_code(state), language="python")
