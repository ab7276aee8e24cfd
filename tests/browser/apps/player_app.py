"""A page with every kind of player, for the browser tests, and a second page to go away to."""

import streamlit as st

from lrlab.descent import SURFACES, descend
from lrlab.descent.outcomes import endings
from lrlab.ui.controls import rates_between
from lrlab.ui.player import dragged_start, pack, play, rates_that_fit

KINDS = {
    "slider": {"rate": 0.05},
    "committing": {"rate": 0.05, "commit": "Try this rate"},
    "race": {"compare": (0.05, 0.3, 0.5), "step": 0},
    "rule": {"rate": 0.3, "step": 0, "show_rule": True, "show_log": True},
    "locked": {"rate": 0.3, "drag_start": False},
    "silent": {"rate": 0.5, "show_ending": False},
}


def playground() -> None:
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    kind = st.selectbox("Kind", list(KINDS), key="kind", bind="query-params")
    name = st.selectbox(
        "Surface", ["bowl", "bowl_1d", "rosenbrock", "himmelblau"], key="surface", bind="query-params"
    )
    rule = kind == "rule"
    steps = 20 if rule else 60
    rates = [0.3] if kind == "locked" else rates_between(1e-3, 1.0, rates_that_fit(steps, gradients=rule))
    start = dragged_start("lab", SURFACES[name])
    sweep = descend(name, "sgd", rates, start=start, steps=steps)
    payload = pack(sweep, endings=endings(sweep), gradients=rule)
    played = play(payload, key="lab", **KINDS[kind])
    st.text(f"runs {st.session_state['runs']}")
    st.text(f"told rate={played.rate} step={played.step} committed={played.committed} start={played.start}")


def elsewhere() -> None:
    st.text("elsewhere")


st.navigation(
    [
        st.Page(playground, title="Playground", url_path="playground", default=True),
        st.Page(elsewhere, title="Elsewhere", url_path="elsewhere"),
    ]
).run()
