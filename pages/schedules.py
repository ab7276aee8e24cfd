import streamlit as st

from lrlab.ui import (
    claims,
    exercise,
    frame,
    reflections,
    schedules_lab,
    schedules_lab_cycle,
    schedules_lab_names,
    schedules_lab_plateau,
    schedules_lab_runs,
    schedules_lab_warm_up,
    schedules_lab_wells,
)

frame.begin("schedules")

st.markdown(
    """
Nothing says that a rate must stay. Far from a minimum a long step is progress; close to it, with a **noisy** gradient, the
same step only stirs. A **schedule** is the rate as a function of the step:
"""
)
st.latex(r"\theta_{t+1} = \theta_t - \alpha_t\, g_t")
st.markdown(
    """
What a falling rate buys is a lower **noise floor**. A constant rate settles at a height of about $\\alpha\\sigma^2/4$ and
stays there. Let $\\alpha$ fall, and the floor falls with it. So a fair question is what it buys where there is no noise.
"""
)

expected = {
    "lower": "Lower. A rate that falls settles more gently.",
    "same": "At about the same loss.",
    "higher": "Higher. It only loses ground.",
}
asked = reflections.predict(
    "schedules",
    "A parabola of curvature 1, **no noise at all**, 200 steps. One run keeps $\\alpha = 0.1$. The other starts there and "
    "falls to 0 along a cosine. Where does the falling rate end, compared with the constant one?",
    expected,
)


@st.fragment
def lab() -> None:
    """A schedule, its curve, its code, and what it does with noise, without, and on a network."""
    settings = schedules_lab.choose("schedules")
    schedules_lab.draw("schedules", settings)
    st.subheader("On a noisy parabola")
    st.markdown(
        "Here $\\tfrac12 x^2$ from 5, with gradient noise of $\\sigma = 1$. Guess who ends lowest, then turn the noise off."
    )
    schedules_lab_runs.parabola("schedules", settings)
    st.subheader("On a real network")
    st.markdown(
        "The same curve, times a factor, trains 32 tanh units on the digits. At batch 4 there is much noise to calm. "
        "At batch 64 there is little, and decay may cost more than it saves."
    )
    schedules_lab_runs.train("schedules", settings)
    st.subheader("The code")
    st.markdown("Your schedule, warm-up and fall included. The button in the corner copies it.")
    schedules_lab.code("schedules", settings)


@st.fragment
def warm_up() -> None:
    """A rate that kills a network at once, and the warm-up after which it does not."""
    schedules_lab_warm_up.warm_up("schedules")


@st.fragment
def one_cycle() -> None:
    """One-cycle with its momentum, and its verdict after equal tuning."""
    schedules_lab_cycle.one_cycle("schedules")
    schedules_lab_cycle.contest("schedules")


@st.fragment
def wells() -> None:
    """Restarts that leave a well, and restarts that do not."""
    schedules_lab_wells.restarts("schedules")


@st.fragment
def plateau() -> None:
    """The schedule that watches the loss."""
    schedules_lab_plateau.plateau("schedules")


@st.fragment
def names() -> None:
    """One name, several functions."""
    schedules_lab_names.same_name("schedules")


if asked:
    st.header("Run")
    schedules_lab_runs.compare("schedules", expected)
    lab()
    with st.expander("Seven ways to spend 200 noisy steps", icon=":material/table_rows:"):
        st.dataframe(schedules_lab_runs.ways(), hide_index=True, width="stretch")
        st.caption(
            "Mean loss after 200 steps from 5. With noise, what stays large ends high. Without it, the larger constant "
            "rates beat every fall from the same start. Cosine is no magic: $1/(t+1)$ simply averages the noise."
        )
    st.header("Warm-up")
    st.markdown(
        """
At its random start this network bends sharply: curvature 6.6, so only rates below $2/6.6 = 0.3$ are safe. Twenty careful steps
later it has moved to flatter ground, with a curvature near 2 after forty. The rate that would have killed it is then an
ordinary one.
"""
    )
    warm_up()
    st.header("One-cycle")
    st.markdown(
        """
Up to a high peak and far down again, with the **momentum going the other way**: low where the rate is high. PyTorch does that
to your optimizer unless you say `cycle_momentum=False`. The claim was *super-convergence*. Raise the peak until the constant
rate breaks, then compare after equal tuning.
"""
    )
    one_cycle()
    st.header("Restarts")
    st.markdown(
        """
A restart lifts the rate again, in the hope of leaving a poor well. It only can if the rate is more than the well holds, and
just above that it bounces and falls back. Far above every limit it leaves good wells too.
"""
    )
    wells()
    st.header("The one that watches")
    st.markdown(
        "**Reduce on plateau** has no formula. It waits until the loss has not improved for a while and cuts. PyTorch waits one "
        "epoch longer than Keras for the same patience."
    )
    plateau()
    st.header("Same name, different function")
    st.markdown("Copy a schedule from one library to another and you may have copied only its name.")
    names()

st.header("How it looks from outside")
st.markdown(
    """
**In a log** a step of the schedule is a sudden change at a round step: the loss drops and its jitter shrinks. That is the
noise floor falling, not new insight. **Decayed too early**, a run looks calm and finished, and is only slow. **A jump up**
at a restart is no accident either. So print the rate beside the loss, always.

**Where to begin.** A constant rate that works, then a fall to 0 over the last part. Warm up for large batches, for
transformers, and when training from scratch. And end the schedule where the run ends: a cosine cut off halfway never settled.

Sources: Robbins and Monro 1951 (decay); Goyal and others 2017 (warm-up); Gilmer and others 2021 (why it works); Loshchilov and
Hutter 2017 (cosine, restarts); Smith and Topin 2018 (one-cycle).
"""
)

claims.show("schedules")

exercise.chapter("schedules")
frame.end("schedules")
