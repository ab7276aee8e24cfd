"""What every page does first and last: declare, warm up, say where we are, point onwards."""

import gc
from pathlib import Path

import streamlit as st

from lrlab.ui import live_round, navigation
from lrlab.ui.account import badge, person
from lrlab.ui.teacher import invitation

STYLE = Path(__file__).with_name("style.css")


def begin(name: str) -> None:
    """Open the page `name`: pages declared, imports frozen, title and place in the course on the screen."""
    if not navigation.was_declared():
        navigation.declare()
        st.rerun()
    warm_up()
    person.arrive()
    invitation.announce()
    st.html(STYLE)
    row = navigation.entry(name)
    badge.show(name)
    st.title(row.heading or row.title)
    if row.is_topic:
        place = navigation.TOPICS.index(row) + 1
        st.caption(f"{row.section} · topic {place} of {len(navigation.TOPICS)}")
    live_round.watch()


def end(name: str) -> None:
    """Close the page `name` with links to the topic before and the topic after."""
    before, after = navigation.neighbours(name)
    st.divider()
    left, right = st.columns(2)
    if before:
        left.page_link(navigation.page(before.name), label=before.title, icon=":material/arrow_back:")
    if after:
        right.page_link(navigation.page(after.name), label=after.title, icon=":material/arrow_forward:")
    else:
        right.page_link(navigation.page("progress"), icon=":material/flag:")


@st.cache_resource(show_spinner=False)
def warm_up() -> int:
    """Import everything heavy, then move it out of the garbage collector's sight, once per server.

    Streamlit's own collection after each run is off (`runner.postScriptGC` in config.toml); the freeze keeps
    Python's occasional full collections cheap. Together they serve many times the pages a second.

    Returns: how many objects were frozen.
    """
    import pandas
    import sklearn.linear_model
    import sklearn.neural_network

    import lrlab.charts
    import lrlab.finder
    import lrlab.grading  # noqa: F401

    del pandas, sklearn
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()
