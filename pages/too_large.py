import streamlit as st

from lrlab.ui import controls, descent_lab, exercise, frame, reflections

frame.begin("too_large")

st.markdown(
    """
A step that is too long jumps over the minimum and lands on the far slope, higher than it left. There the slope is
steeper, so the next step is longer still. That is a **divergence**: a feedback, not an accident. On a bowl with
curvature $\\lambda$ every step multiplies the distance to the minimum by the same number:
"""
)
st.latex(r"\theta_{t+1} = (1 - \alpha\lambda)\,\theta_t")
st.markdown(
    """
So one product decides. With $\\alpha\\lambda$ below 1 you approach from one side. Between 1 and 2 you **overshoot**: you
jump across the minimum each time, and still land closer than before. At exactly 2 you bounce between two points for
ever. Above 2 you are thrown out, a little further each step. Overshooting is not diverging.
"""
)

expected = {
    "OVERSHOT": "It jumps across the minimum, and arrives.",
    "BOUNCING": "It bounces between two points and gets nowhere.",
    "DIVERGED": "It flies out of the bowl.",
}
question = controls.Settings(surface="bowl", low=0.4, high=0.4, steps=60)
asked = reflections.predict(
    "too_large",
    "A bowl is four and a half times as steep along *y* as along *x*: $\\lambda_x = 1$, $\\lambda_y = 4.5$. "
    "You walk with $\\alpha = 0.4$. What will the path do?",
    expected,
)


@st.fragment
def lab() -> None:
    """Drag the rate across the limit and watch the path change."""
    settings = controls.descent(
        "too_large", surfaces=("bowl", "ravine", "two_wells"), low=0.01, high=1.0, steps=60
    )
    run = descent_lab.watch("too_large", settings, rate=0.4, show_log=True)
    descent_lab.observe("too_large", run)
    descent_lab.explain("too_large", run)
    descent_lab.code("too_large", run)


if asked:
    st.header("Run")
    st.markdown(
        """
Drag the rate up from 0.1 and stop where the path first crosses the minimum; on this bowl that is
$\\alpha\\lambda_y = 1$. Go on until it no longer arrives. Then press **Look closer** and read what the numbers say.
"""
    )
    descent_lab.compare("too_large", expected, question)
    lab()

st.header("How it looks from outside")
st.markdown(
    """
**In a log**: `0.5, 0.3, 0.8, 0.2, 1.5`, each peak above the last. Later `inf`, then `nan`. **In the picture**: a zig-zag
that widens until the marker leaves the view; we draw it leaving and never push it back in.

Divergence can be slow. At $\\alpha\\lambda = 2.1$ an error needs 145 steps to grow a million times, so a run can look
healthy for a while and die much later. If a `nan` turns up, look at the rate before you look for a bug.

It is the loudest of the failures and for that reason the smaller danger: you notice it within minutes. What it does cost
is a night's computing, and the courage of people who then play it so safe that they never arrive.
"""
)

exercise.chapter("too_large")
frame.end("too_large")
