import streamlit as st

from lrlab.ui import controls, descent_lab, exercise, frame

frame.begin("sandbox")

st.markdown(
    """
The free laboratory: every surface, every optimizer, every schedule, one slider. Four invitations on the bowl
$L = \\tfrac12(x^2 + 4.5\\,y^2)$ with plain descent:

- **0.001**: play it, and count the steps to the bottom, or rather, do not.
- **0.05**: smooth progress along both axes.
- **0.3**: *y* changes sign at every step and shrinks to a third; the oscillation has begun, and it arrives.
- **0.5** and above: *y* grows by a quarter a step. It leaves.

Then give the same four to the **ravine**, and see what a rate is worth on another surface. Drag the start point. With a
schedule, the slider is its highest rate. What you set stands in the address of this page: copy it to send someone your experiment.
"""
)


@st.fragment
def lab() -> None:
    """Any surface, any optimizer, any rate."""
    settings = controls.descent(
        "sandbox",
        surfaces=controls.ALL_SURFACES,
        optimizers=controls.ALL_OPTIMIZERS,
        schedules=controls.ALL_SCHEDULES,
        low=1e-3,
        high=3.0,
        steps=(100, 30, 200),
        noise=(0.0, 0.1, 0.5, 1.0),
    )
    run = descent_lab.watch("sandbox", settings, rate=0.05)
    descent_lab.about(settings)
    descent_lab.observe("sandbox", run)
    descent_lab.explain("sandbox", run)
    descent_lab.code("sandbox", run)


lab()

exercise.chapter("sandbox")
frame.end("sandbox")
