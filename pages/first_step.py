import streamlit as st

from lrlab.ui import controls, descent_lab, exercise, frame, reflections

frame.begin("first_step")

st.markdown(
    """
Training a model is walking downhill in fog. The **gradient** of the loss tells you which way is up, so you go the other
way. It does not tell you how far. That is the **learning rate**, the number $\\alpha$ that turns a slope into a stride:
"""
)
st.latex(r"\theta \;\leftarrow\; \theta - \alpha\,\nabla L(\theta)")
st.markdown(
    """
Here $\\theta$ is where you stand, $\\nabla L(\\theta)$ the slope under your feet. Same hill, same start, same slope: this
one number makes the difference between a glide, a crawl and a crash.
"""
)

expected = {
    "shorter": "Shorter: the ground is flatter there.",
    "same": "The same: the rate has not changed.",
    "longer": "Longer: it has gathered speed.",
}
asked = reflections.predict(
    "first_step",
    "You stand on the side of a bowl and take one step downhill with $\\alpha = 0.5$. You take a second step with the "
    "same $\\alpha$. How long is it?",
    expected,
)


@st.fragment
def lab() -> None:
    """One step, taken slowly, with the numbers put into the rule."""
    settings = controls.descent("first_step", surfaces=("bowl_1d", "bowl"), low=0.05, high=4.0, steps=20)
    run = descent_lab.watch("first_step", settings, rate=0.5, show_rule=True)
    descent_lab.observe("first_step", run)
    descent_lab.explain("first_step", run)
    descent_lab.code("first_step", run)


if asked:
    st.header("Run")
    st.markdown(
        """
The arrow is the step you are *about* to take; beside it stands the rule with its numbers. Take steps one at a time.
Watch the slope shrink as the ground flattens, and the stride with it, although $\\alpha$ stays what it is. Then drag the
rate: at 1.6 one single step lands on the minimum, because there $\\alpha$ is exactly one over the curvature, 1/0.625.
"""
    )
    descent_lab.compare_strides(
        "first_step", expected, controls.Settings("bowl_1d", low=0.5, high=0.5, steps=20)
    )
    lab()

st.header("What you saw")
st.markdown(
    """
**The stride is a product**, rate times slope. That is why a walk with a fixed rate slows down by itself near a minimum,
and why the same rate takes long strides on steep ground and tiny ones on flat ground.

**There is a rate for every hill.** The curvature $\\lambda$ says how fast the slope changes. A bowl with curvature
$\\lambda$ is crossed in one step with $\\alpha = 1/\\lambda$; with less you stop short, with more you land beyond.
The next pages are about how much less, and how much more.
"""
)

exercise.chapter("first_step")
frame.end("first_step")
