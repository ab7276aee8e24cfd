"""Restarts on two wells: when they carry a run out of a poor one, and when they do not."""

import streamlit as st

from lrlab.charts.schedules_walks import ends_chart, restart_chart
from lrlab.finder.restarts import FIRST, WELLS, Restarts, restart, where
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound
from lrlab.ui.long_work import done

PEAKS = (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.9, 1.25, 1.6, 2.0, 3.0)
NOISES = {1.0: "1", 3.0: "3", 0.0: "none"}
DRAWS = 100
_WELLS = {"sharp": "the sharp well, λ = 51", "flat": "the flat well, λ = 2.1"}
_SEEN = {
    "stays": "It comes back to where it was.",
    "moves": "It ends in the other well.",
    "lost": "It is thrown out of both.",
}


def restarts(page: str) -> None:
    """Choose a well and a rate for the restart, follow one run, and see where all of them end."""
    one, two, three = st.columns(3)
    well = bound(
        one.selectbox, "The run first settles in", WELLS, format_func=_WELLS.__getitem__, key=f"{page}.well"
    )
    peak = bound(
        two.select_slider,
        "Rate at the restart",
        PEAKS,
        value=0.1,
        format_func=lambda each: f"{each:g}",
        key=f"{page}.restart_rate",
    )
    noise = bound(
        three.selectbox,
        "Noise on the wells",
        tuple(NOISES),
        format_func=NOISES.__getitem__,
        key=f"{page}.restart_noise",
    )
    found = done(
        "restarts",
        (well, noise),
        "Restarting at every rate",
        lambda progress: restart(well, PEAKS, float(noise), DRAWS),
    )
    row = PEAKS.index(peak)
    pictures.show(f"{page}.restart", restart_chart, found, row)
    reflections.observe(
        page,
        _SEEN,
        fate(found, row),
        sentence(found, row),
        run=f"From the {well} well, restart at {peak:g}, noise {NOISES[noise]}",
        asking="where does the restart lead?",
    )
    pictures.show(f"{page}.ends", ends_chart, found, row)
    said = "Without noise a run lies at the very bottom and needs many steps to leave, whatever the rate."
    if found.draws > 1:
        said = f"{found.draws} draws of the noise for each rate."
    st.caption(
        f"Every run falls to 0 along a cosine from {FIRST[well]:g}, is restarted once, and falls again. {said}"
    )


def fate(found: Restarts, row: int) -> str:
    """Where the run on the screen ended: `stays`, `moves` or `lost`."""
    inside = where(found.run.points[row, -1:])[0]
    if not inside.any():
        return "lost"
    return "stays" if inside[WELLS.index(found.well)] else "moves"


def sentence(found: Restarts, row: int) -> str:
    """The limit of the well in numbers, and where the runs of this rate end."""
    curvature = {"sharp": 51.1, "flat": 2.14}[found.well]
    home = float(found.ended[row, WELLS.index(found.well)])
    limit = 2.0 / curvature
    side = "above" if found.peaks[row] > limit else "below"
    return (
        f"The {found.well} well holds rates up to 2/λ = {limit:.3g}; {found.peaks[row]:g} is {side} that. "
        + (f"{home:.0%} of all runs stayed." if found.draws > 1 else "")
    ).strip()
