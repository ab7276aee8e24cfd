import streamlit as st

from lrlab.ui import controls, descent_lab, exercise, frame, reflections

frame.begin("just_right")

st.markdown(
    """
A good rate is not a point but a range. Inside it the loss falls steadily and a run needs tens of steps, not hundreds and
not a handful. On a bowl whose curvatures lie between $\\mu$ (flattest) and $L$ (steepest), three numbers mark it out:
"""
)
st.latex(
    r"\underbrace{\tfrac{1}{L}}_{\text{largest guaranteed decrease}} \quad"
    r"\underbrace{\tfrac{2}{L+\mu}}_{\text{fewest steps}} \quad \underbrace{\tfrac{2}{L}}_{\text{the edge}}"
)
st.markdown(
    """
The steep direction sets the edge, the flat one sets the pace. Their ratio $\\kappa = L/\\mu$, the **condition number**,
says how narrow the range is: the best a fixed rate can do is shrink the error by $(\\kappa-1)/(\\kappa+1)$ a step.
"""
)

expected = {
    "below": "Below 1/L: no overshooting anywhere.",
    "between": "Between 1/L and 2/L: a little overshooting pays.",
    "above": "Above 2/L: the faster the better.",
}
asked = reflections.predict(
    "just_right",
    "The bowl has curvatures $\\mu = 1$ and $L = 4.5$, so $1/L = 0.22$ and $2/L = 0.44$. "
    "Where is the rate that arrives in the fewest steps?",
    expected,
)


@st.fragment
def lab() -> None:
    """Race rates on one clock; three tries uncover the response curve."""
    settings = controls.descent(
        "just_right", surfaces=("bowl", "ravine", "rosenbrock"), low=0.01, high=0.5, steps=60
    )
    run = descent_lab.watch("just_right", settings, rate=0.05)
    descent_lab.response("just_right", run)
    descent_lab.observe("just_right", run)
    descent_lab.explain("just_right", run)
    descent_lab.code("just_right", run)


if asked:
    st.header("Run")
    st.markdown(
        """
Try three rates with **Look closer**. Each one leaves a dot: how many steps it needed until it had settled within one
per cent of where it began. After the third the whole **response curve** appears behind your dots.
"""
    )
    descent_lab.compare_fastest(
        "just_right", expected, controls.Settings("bowl", low=0.01, high=0.5, steps=60)
    )
    lab()

st.header("How it looks from outside")
st.markdown(
    """
**In a log**: each line clearly below the one before, in even strides, and the validation loss keeps it company. **In the
picture**: a trail that heads for the middle, with perhaps a wiggle across the steep direction.

There is no single right rate for all problems. It depends on the surface, and later on the model, the optimizer and the
batch. What carries over is the shape of this curve: a long gentle slope on the small side, a cliff on the large one.
Being a factor of two too small costs you a factor of two in time. Being a factor of two too large can cost you the run.
"""
)

exercise.chapter("just_right")
frame.end("just_right")
