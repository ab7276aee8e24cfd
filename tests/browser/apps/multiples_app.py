"""A page with small multiples, for the browser tests: what was pressed last, and how often the page ran."""

import streamlit as st

from lrlab.descent import descend
from lrlab.descent.outcomes import endings
from lrlab.ui.multiples import pack, scrub

RATES = (0.01, 0.05, 0.1, 0.3, 0.5)


def picked(name: str, rate: float) -> None:
    st.session_state["picked"] = (name, rate)


st.session_state["runs"] = st.session_state.get("runs", 0) + 1
sweeps = [descend(name, "sgd", RATES, steps=60) for name in ("bowl", "bowl_1d", "ravine", "plateau")]
name, rate = st.session_state.get("picked", (None, None))
scrub(
    pack([(sweep, endings(sweep)) for sweep in sweeps]),
    key="board",
    rate=0.1,
    chosen=name,
    on_pick=picked,
)
st.text(f"runs {st.session_state['runs']}")
st.text(f"picked {name} {rate}")
