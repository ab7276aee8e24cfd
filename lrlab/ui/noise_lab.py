"""What noise does to a training: the floor it leaves, two ways to lower it, and an estimator that hides it."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from lrlab.charts.noise import equal_noise_chart, floors_chart, growth_chart, path_chart
from lrlab.finder.growing import Growth, decay_or_grow
from lrlab.training import hidden, load
from lrlab.training.noise_floor import NoiseFloors, noise_floors
from lrlab.training.sklearn_sgd import estimator_for, fit_estimator
from lrlab.ui import pictures
from lrlab.ui.controls import bound
from lrlab.ui.long_work import done

RATES = (0.0025, 0.005, 0.01, 0.02, 0.04, 0.08)
SIZES = (1, 4, 16, 64)
START, BATCH_SIZE = 0.2, 16
ROWS, RATE = 32, 0.01
_PICTURES: Mapping[str, str] = {"ratio": "Floor against α/B", "plane": "Lines of equal noise"}


def floors() -> NoiseFloors:
    """The noise floors of least squares on the diabetes data, for every rate and batch size on offer."""
    return done(
        "noise floors",
        (RATES, SIZES),
        f"Training from the minimum at {len(RATES)} rates and {len(SIZES)} batch sizes",
        lambda progress: noise_floors(load("diabetes"), RATES, SIZES, progress=progress),
    )


def floor(page: str) -> None:
    """Choose a rate and a batch, see the floor among all others, and the run that climbs to it."""
    one, two = st.columns(2)
    rate = bound(
        one.select_slider,
        "Rate α",
        RATES,
        value=0.02,
        format_func=lambda each: f"{each:g}",
        key=f"{page}.floor_rate",
    )
    size = bound(two.select_slider, "Batch size B", SIZES, value=4, key=f"{page}.floor_batch")
    picture = bound(
        st.segmented_control,
        "Picture",
        tuple(_PICTURES),
        format_func=_PICTURES.__getitem__,
        default="ratio",
        required=True,
        key=f"{page}.floor_picture",
    )
    found = floors()
    chosen = SIZES.index(size), RATES.index(rate)
    chart = floors_chart if picture == "ratio" else equal_noise_chart
    pictures.show(f"{page}.floors", chart, found, chosen)
    st.markdown(told(found, *chosen))
    pictures.show(f"{page}.path", path_chart, found, chosen)


def told(found: NoiseFloors, row: int, column: int) -> str:
    """The floor of one pair, what was computed for it, and which other pairs share its α/B."""
    ratio = found.rates[column] / found.batch_sizes[row]
    alike = [
        f"{rate:g} with batch {size} ({found.floors[r, c]:.2g})"
        for r, size in enumerate(found.batch_sizes)
        for c, rate in enumerate(found.rates)
        if (r, c) != (row, column) and np.isclose(rate / size, ratio)
    ]
    others = f" On the same line: {', '.join(alike)}." if alike else ""
    return (
        f"α/B = {ratio:.3g}. Measured floor **{found.floors[row, column]:.2g}**, computed "
        f"{found.predicted[row, column]:.2g}.{others}"
    )


def grown() -> Growth:
    """The digits, twelve epochs: the rate divided by four every four epochs, or the batch multiplied."""
    return done(
        "decay or grow",
        (START, BATCH_SIZE),
        "Training twelve epochs twice: the rate divided, then the batch multiplied",
        lambda progress: decay_or_grow(
            load("digits"), hidden(32, "relu"), START, BATCH_SIZE, progress=progress
        ),
    )


def growth(page: str) -> None:
    """Draw both ways against the updates they made, and the noise scale that let the batch grow."""
    both = grown()
    pictures.show(f"{page}.growth", growth_chart, both)
    ends = [training.train_losses[0, -1] for training in (both.decayed, both.grown)]
    st.markdown(
        f"Training loss at the end: **{ends[0]:.3g}** in {both.updates[0]:,} updates with a falling rate, "
        f"**{ends[1]:.3g}** in {both.updates[1]:,} with a growing batch."
    )
    st.dataframe(stages(both), hide_index=True, width="stretch")


def stages(both: Growth) -> list[dict[str, str]]:
    """One row a stage: its rate or its batch, and the gradient noise scale when it began."""
    return [
        {
            "epochs": f"{k * both.every + 1} to {(k + 1) * both.every}",
            "the rate falls": f"rate {both.rates[k]:g}, batch {both.batch_sizes[0]}",
            "the batch grows": f"rate {both.rates[0]:g}, batch {both.batch_sizes[k]}",
            "noise scale at its start": f"{both.noise_scales[k]:,.0f} rows",
        }
        for k in range(len(both.rates))
    ]


@st.cache_data(max_entries=1, show_spinner=False)
def difference() -> float:
    """The largest difference between weights after one `partial_fit` on 32 rows and after 32 on one row each."""
    data = load("digits")
    at_once = fit_estimator(data, estimator_for(data), RATE, ROWS, steps=1).estimators[0]
    one_by_one = fit_estimator(data, estimator_for(data), RATE, 1, steps=ROWS).estimators[0]
    return float(np.abs(at_once.coef_ - one_by_one.coef_).max())


def one_line() -> None:
    """Show, on scikit-learn as it is installed here, that a chunk of rows is no mini-batch."""
    st.code(f"np.abs(at_once.coef_ - one_by_one.coef_).max()   # {difference():.0e}", language="python")
    st.caption(
        f"Computed just now. `at_once`: one call of `partial_fit` with {ROWS} digits. `one_by_one`: {ROWS} calls "
        f"with one digit each, in the same order. What is left between them is rounding: both made {ROWS} updates. "
        f"A mini-batch of {ROWS} makes one."
    )
