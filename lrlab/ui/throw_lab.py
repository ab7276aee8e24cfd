"""Throws of nine trials on one known curve: grid against random, log against plain scale, and chances to be counted."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from lrlab.charts.search import decades_chart, throw_chart
from lrlab.finder.chances import chance_of_a_hit, median_of_best, random_beats_grid
from lrlab.finder.response import ResponseCurve, response_curve
from lrlab.finder.spaces import Spacing, rates_at
from lrlab.training import load
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound
from lrlab.ui.long_work import done

SIDE = 3
RANGES: Mapping[str, tuple[float, float]] = {
    "0.0001 to 100": (1e-4, 100.0),
    "0.00001 to 1": (1e-5, 1.0),
    "0.01 to 10": (0.01, 10.0),
}
SCALES: Mapping[Spacing, str] = {"log": "even on a log scale", "uniform": "even on a plain scale"}


def curve() -> ResponseCurve:
    """The loss at 181 rates: softmax regression on the digits, a hundred updates each."""
    return done(
        "response curve",
        (),
        "Training softmax regression on the digits at 181 rates",
        lambda progress: response_curve(load("digits"), "linear", progress=progress),
    )


@st.cache_data(max_entries=4, show_spinner=False)
def share_of_random() -> float:
    """How often nine random rates beat the three of a grid, over thousands of searches on the curve."""
    return random_beats_grid(curve())


@st.cache_data(max_entries=64, show_spinner=False)
def _median(low: float, high: float, spacing: Spacing) -> float:
    return median_of_best(curve(), low, high, SIDE * SIDE, spacing)


def compare(page: str, options: Mapping[str, str]) -> None:
    """Make thousands of searches on the curve, and hold the prediction against the share that random won."""
    share = share_of_random()
    truth = "half" if share < 0.6 else "most" if share < 0.9 else "always"
    reflections.compare(
        page,
        options,
        truth,
        f"On this curve, with the range anywhere around the best rate, nine random rates were lower in {share:.0%} of "
        "4,000 searches.",
    )


def throw(page: str) -> None:
    """Nine trials by grid and by random on the curve, with a range, a scale and a throw to choose."""
    one, two, three = st.columns([3, 4, 2])
    name = bound(one.selectbox, "Range of rates", tuple(RANGES), key=f"{page}.range")
    spacing = bound(
        two.selectbox, "Rates are chosen", tuple(SCALES), format_func=SCALES.__getitem__, key=f"{page}.scale"
    )
    number = bound(three.number_input, "Throw", min_value=1, max_value=200, value=1, key=f"{page}.throw")
    low, high = RANGES[name]
    on_grid = rates_at(low, high, (np.arange(SIDE) + 0.5) / SIDE, spacing)
    drawn = rates_at(low, high, np.random.default_rng(int(number)).random(SIDE * SIDE), spacing)
    known = curve()
    rates = {"grid (each three times)": on_grid.tolist(), "random": drawn.tolist()}
    pictures.show(f"{page}.curve", throw_chart, known, rates, low, high)
    lowest = {kind: float(known.at(tried).min()) for kind, tried in rates.items()}
    winner = min(lowest, key=lowest.__getitem__)
    said = ", ".join(f"{kind.split(' ')[0]} {loss:.3g}" for kind, loss in lowest.items())
    medians = {kind: _median(low, high, kind) for kind in SCALES}
    st.markdown(
        f"Lowest loss of this throw: {said}; **{winner.split(' ')[0]}** wins. Over thousands of throws of nine in this "
        f"range, the median of the lowest loss is **{medians['log']:.3g}** on a log scale and "
        f"**{medians['uniform']:.3g}** on a plain one."
    )


def draws(page: str) -> None:
    """Where so many draws fall on either scale, and the chance that one of them is among the best."""
    one, two = st.columns([2, 3])
    name = bound(one.selectbox, "Range", tuple(RANGES), key=f"{page}.draws_range")
    count = bound(two.slider, "Draws", min_value=1, max_value=100, value=60, key=f"{page}.draws")
    low, high = RANGES[name]
    at = np.random.default_rng(0).random(count)
    pictures.show(
        f"{page}.decades",
        decades_chart,
        {words: rates_at(low, high, at, kind).tolist() for kind, words in SCALES.items()},
        low,
        high,
    )
    st.markdown(
        f"At least one of {count} draws lands among the best 5 % of the scale it is drawn on with probability "
        f"$1 - 0.95^{{{count}}} = {chance_of_a_hit(0.05, count):.3f}$."
    )
