import streamlit as st

from lrlab.ui import descent_lab, exercise, frame, reflections, terrain_lab, units_lab

frame.begin("terrain")

st.markdown(
    """
A rate is never good or bad by itself. It is good **for a place**: what it may be is decided by how sharply the ground
bends there. That bend, the largest eigenvalue of the Hessian, is called the **sharpness** $\\lambda$, and a step is
sure to lead down only where
"""
)
st.latex(r"\alpha < \frac{2}{\lambda(\theta)}")
st.markdown(
    """
On a bowl $\\lambda$ is one number for the whole map, and the line is a cliff. On any other ground it changes under your
feet: what was safe at the start may be too much at the bottom, or the other way round.
"""
)

RATE = 0.1
expected = {
    "none": "None of them. A rate that is good is good.",
    "plateau": "The plateau: nothing holds it there.",
    "ravine": "The ravine: its walls are steep.",
}
asked = reflections.predict(
    "terrain",
    f"On the bowl of the last pages $\\alpha = {RATE}$ glides home without a wobble. You take it to a plateau with a dent "
    "and to a long narrow ravine. Which of the two throws it out?",
    expected,
)


@st.fragment
def lab() -> None:
    """All surfaces under one rate, then one of them closely."""
    terrain_lab.everywhere("terrain")
    st.subheader("A closer look")
    chosen = terrain_lab.choose("terrain")
    run = terrain_lab.look("terrain", chosen)
    terrain_lab.observe("terrain", run, chosen)
    descent_lab.explain("terrain", run)
    descent_lab.code("terrain", run)


if asked:
    st.header("Run")
    st.markdown(
        """
Ten surfaces, one rate, one clock. Drag the rate from left to right and look for one that suits them all. Then press a
picture to see its run closely, and give it other starts.
"""
    )
    terrain_lab.compare("terrain", expected, RATE)
    lab()

st.header("Two wells")
st.markdown(
    """
Two minima, equally deep. The left one is narrow ($\\lambda = 51$, so $2/\\lambda = 0.039$), the right one wide
($\\lambda = 2.1$, $2/\\lambda = 0.93$). You start at the edge of the narrow one. Small rates settle there. Above $0.039$
it cannot hold you: first you bounce about in it, then you are carried out and into the wide one. A large rate does not
only change *how fast* you arrive; it changes *where*.
"""
)
terrain_lab.wells("terrain")


@st.fragment
def units() -> None:
    """One feature in another unit, and everything that follows."""
    settings = units_lab.choose("terrain_units")
    units_lab.show("terrain_units", settings)
    units_lab.code(settings)


st.header("Your units are terrain")
st.markdown(
    """
You make terrain yourself whenever you choose a unit. Tell one feature in grams instead of kilograms and its column grows
a thousand times, the sharpness along its weight a **million** times. The data say exactly what they said before, and the
largest stable rate has collapsed. Here a linear model learns to tell one class from the rest. Multiply a feature, watch,
and then bring all of them to one scale.
"""
)
units()
units_lab.table("terrain_units")

st.header("How it looks from outside")
st.markdown(
    """
**In a log**: the settings that worked yesterday explode today, and nothing has changed but the data, a unit, or the
place where training began. **In the picture**: a zig-zag across a valley whose floor you hardly advance along. **Why**:
the sharpest direction sets the limit, the flattest sets the pace, and their ratio, the **condition number** $\\kappa$, is
the price of having only one rate.

Networks make it stranger still. Trained with a fixed rate and the full batch, they often wander to where the sharpness
is just about $2/\\alpha$, and stay there, at the *edge of stability* (Cohen et al. 2021). There is no single clean limit
to look up.
"""
)

exercise.chapter("terrain")
frame.end("terrain")
