"""One name, several functions: first steps in every library, a rate that falls, and a race without a contract."""

import numpy as np
import streamlit as st

from lrlab.charts.contests import success_chart
from lrlab.charts.momentum import pace_chart
from lrlab.descent import descend
from lrlab.descent.bias_correction import RUNNERS, Standing, standings, success
from lrlab.descent.conventions import CONVENTIONS, LIBRARIES, first_stride
from lrlab.descent.dialects import MOMENTUM_INSIDE
from lrlab.descent.quadratics import bowl_1d
from lrlab.ui import pictures
from lrlab.ui.controls import bound
from lrlab.ui.long_work import Progress, done

GRADIENTS = (1.0, 1e-2, 1e-4, 1e-6)
IN_RATES, AT_DEFAULT = "rates", "default"
COUNTS = {IN_RATES: "in rates", AT_DEFAULT: "at the default rate"}
FACTORS = (0.1, 0.5, 0.01, 1.0)
CHANGED_AT, WALKED = 5, 30


def first_steps(page: str) -> None:
    """How far each library's rule moves first, beside what the library printed itself."""
    one, two = st.columns(2)
    gradient = bound(
        one.segmented_control,
        "Size of the first gradient",
        GRADIENTS,
        format_func=lambda value: f"{value:g}",
        default=1.0,
        required=True,
        key=f"{page}.gradient",
    )
    count = bound(
        two.segmented_control,
        "The first step",
        tuple(COUNTS),
        format_func=COUNTS.__getitem__,
        default=IN_RATES,
        required=True,
        key=f"{page}.count",
    )
    st.dataframe(strides(float(gradient), str(count)), hide_index=True, width="stretch")
    st.caption(
        "Computed by this lab's rules. In brackets: what the library itself printed for a gradient of 1, if it was run."
        if count == IN_RATES
        else "Computed by this lab's rules, at the rate each library uses when you say nothing."
    )


def strides(gradient: float, count: str = IN_RATES) -> list[dict[str, str]]:
    """One row for each optimizer, one column for each library: the first step, and what is on record."""
    rows: dict[str, dict[str, str]] = {}
    for row in CONVENTIONS:
        cells = rows.setdefault(row.name, {"optimizer": row.title, **dict.fromkeys(LIBRARIES, "–")})
        stride = first_stride(row, gradient)
        if count == AT_DEFAULT:
            cells[row.library] = "you say" if row.default_rate is None else f"{stride * row.default_rate:.3g}"
        else:
            record = f" [{_short(row.recorded.stride)}]" if row.recorded and gradient == 1.0 else ""
            cells[row.library] = f"{_short(stride)}{record}"
    return list(rows.values())


def _short(stride: float) -> str:
    return f"{stride:.4g}" if stride >= 0.1 else f"{stride:.2g}"


def rate_that_falls(page: str) -> None:
    """Two ways to keep a velocity, on one parabola, when the rate falls on the way."""
    factor = bound(
        st.segmented_control,
        "After five steps the rate of 0.1 is multiplied by",
        FACTORS,
        format_func=lambda value: f"{value:g}",
        default=0.1,
        required=True,
        key=f"{page}.factor",
    )
    rates = np.full((1, WALKED), 0.1)
    rates[0, CHANGED_AT:] *= float(factor)
    outside, inside = (
        descend(bowl_1d(1.0), rule, rates, start=1.0, steps=WALKED) for rule in ("momentum", MOMENTUM_INSIDE)
    )
    pictures.show(f"{page}.pace", pace_chart, outside, inside, changed_at=CHANGED_AT)


def famous_race(page: str) -> None:
    """A well-known race, with Adam's correction and without, under three contracts."""
    opened = st.expander(
        "Run the race again, from 2,601 starts",
        icon=":material/replay:",
        key=f"{page}.famous",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        shares, rows = done("famous race", (), "Walking from every start", _raced)
        pictures.show(f"{page}.success", success_chart, shares)
        st.caption(
            "A bowl with two dents, starts on a grid over [−2, 2]²; a start counts once it is within a quarter of the "
            "deeper minimum. Marks: where the original stops each rule (Dupont 2018)."
        )
        st.dataframe(contracts(rows), hide_index=True, width="stretch")


def _raced(progress: Progress) -> tuple[tuple[np.ndarray, ...], tuple[Standing, ...]]:
    to_do = 2 * len(RUNNERS)
    shares = []
    for number, runner in enumerate(RUNNERS, start=1):
        shares.append(success(runner))
        progress(number, to_do)
    return tuple(shares), standings(lambda so_far, _: progress(len(RUNNERS) + so_far, to_do))


def contracts(rows: tuple[Standing, ...]) -> list[dict[str, str]]:
    """The share of starts that find the deep minimum, one row for each rule and one column for each contract."""
    return [
        {
            "rule": row.title,
            "as published": f"{row.published:.1%} (rate {row.rate:g}, {row.steps} steps)",
            "100 steps for all": f"{row.equal_steps:.1%} (rate {row.rate:g})",
            "100 steps and 16 rates to try for all": f"{row.tuned:.1%} (rate {row.best_rate:.2g})",
        }
        for row in rows
    ]
