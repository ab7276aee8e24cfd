import streamlit as st

from lrlab.ui import controls, descent_lab, exercise, frame, reflections

frame.begin("too_small")

st.markdown(
    """
With a rate that is too small everything you see is right: the direction, the slope, the loss that falls at every step.
It is only that the steps are so short that you will not live to see the end. On a bowl with curvature $\\lambda$ the
error that is left after $t$ steps is
"""
)
st.latex(r"|1 - \alpha\lambda|^{t} \approx e^{-\alpha\lambda t}")
st.markdown(
    """
so a rate ten times smaller needs ten times the steps. Nothing warns you. The loss prints `0.5001`, `0.5000`, `0.4999`,
and the eye reads: *finished*.
"""
)

expected = {
    "MOVING": "Still on the slope, far from the minimum.",
    "CONVERGED": "At the minimum: small steps, but a hundred of them.",
    "STUCK": "Nowhere: with steps this short it does not move at all.",
}
question = controls.Settings(surface="bowl", low=1e-3, high=1e-3, steps=100)
asked = reflections.predict(
    "too_small",
    "You start on a gentle bowl, four strides from the bottom, and walk with $\\alpha = 0.001$. "
    "Where are you after 100 steps?",
    expected,
)


@st.fragment
def lab() -> None:
    """Crawl on a bowl and on a plateau, with the log beside the picture."""
    settings = controls.descent("too_small", surfaces=("bowl", "plateau"), low=1e-4, high=1e-1, steps=100)
    run = descent_lab.watch("too_small", settings, rate=1e-3, show_log=True)
    descent_lab.observe("too_small", run)
    descent_lab.explain("too_small", run)
    descent_lab.code("too_small", run)


if asked:
    st.header("Run")
    st.markdown(
        """
Play the run at 0.001 and watch the printed log, not the picture. Would you have stopped it? Then raise the rate until
the bowl is crossed in the time you have. On the **plateau** do the same: there the slope is almost nothing, and a small
rate times a small slope is a step you cannot see.
"""
    )
    descent_lab.compare("too_small", expected, question)
    lab()

st.header("How it looks from outside")
st.markdown(
    """
**In a log**: a loss that changes in the third or fourth digit, always downwards. **In the picture**: a short trail of
dots that touch each other, a marker that does not seem to move. **Over time**: hundreds of steps for ground that a good
rate covers in a dozen.

The danger is that you take *not moving* for *converged*. You stop, and keep a model that is worse than the one you had
paid for. The test is cheap: raise the rate threefold for a few steps. If the loss drops faster, you had not arrived.

"Smaller is safer" is half true. A small rate never explodes; it fails quietly, and a quiet failure costs more, because
nobody goes looking for it.
"""
)

exercise.chapter("too_small")
frame.end("too_small")
