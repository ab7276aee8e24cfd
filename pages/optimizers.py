import streamlit as st

from lrlab.ui import claims, conventions_lab, exercise, frame, optimizers_lab, reflections, usable_lab

frame.begin("optimizers")

st.markdown(
    """
A rate belongs to its optimizer. For plain descent it is a **factor**: the step is as long as the slope is steep. For Adam
and RMSprop it is nearly a **length**, because they divide the slope by its own recent size:
"""
)
st.latex(
    r"\text{plain: } \Delta\theta = -\alpha\, g \qquad"
    r"\text{Adam: } \Delta\theta = -\alpha\, \hat m/(\sqrt{\hat v} + \epsilon) \approx \pm\alpha"
)
st.markdown(
    """
So 0.1 can be right for the one and a hundred times too large for the other. These are the habits, beside the rate that
each library gives you when you say nothing:
"""
)
optimizers_lab.habits()
st.caption(
    "Usual ranges: rules of thumb from courses, not measurements. Defaults: read in the libraries named, scikit-learn's "
    "in its MLPClassifier. Its SGD comes with Nesterov momentum of 0.9."
)

expected = {
    "larger": "A larger one: momentum smooths the way.",
    "same": "The same, up to 2: the curvature alone decides.",
    "smaller": "Only a smaller one.",
}
asked = reflections.predict(
    "optimizers",
    "On a parabola plain descent is stable up to $\\alpha\\lambda = 2$. You switch on Nesterov's momentum with "
    "$\\beta = 0.9$ and change nothing else. Which $\\alpha\\lambda$ can it stand now?",
    expected,
)


@st.fragment
def limits() -> None:
    """Walk four conventions of momentum to their limits."""
    optimizers_lab.stability("optimizers")


@st.fragment
def race() -> None:
    """Race optimizers under a contract and look closer at one of them."""
    settings = optimizers_lab.choose("optimizers")
    settings, finished = optimizers_lab.watch("optimizers", settings)
    optimizers_lab.places("optimizers", finished)
    optimizers_lab.look_closer("optimizers", settings, finished)


@st.fragment
def on_data() -> None:
    """Measure usable rates, then ask whether Adam is needed."""
    settings = usable_lab.choose("optimizers")
    usable_lab.ranges("optimizers", settings)
    st.subheader("Is Adam needed?")
    st.markdown(
        """
Momentum with a cosine schedule against Adam: at its default, tuned, and tuned with the same schedule. Whoever is tuned
has the same number of trials, on one half of the validation rows. What counts is the loss on the other half, for ten
seeds that no choice has seen, the same ten for all.
"""
    )
    st.markdown(usable_lab.criterion())
    usable_lab.contest("optimizers", settings)
    usable_lab.code("optimizers", settings)


@st.fragment
def conventions() -> None:
    """One name, several functions."""
    conventions_lab.first_steps("optimizers")
    st.markdown(
        """
**Inside or outside.** PyTorch keeps the rate out of the velocity, Keras and scikit-learn keep it in. As long as the rate
stays, both walk one path. When a schedule lowers it, PyTorch slows at once; the other carries the old pace on.
"""
    )
    conventions_lab.rate_that_falls("optimizers")
    st.markdown(
        """
**A race without a contract.** In a well-known demonstration Adam finds the deeper of two dents from the most starts. Its
averages are not corrected for starting at zero, so its first step is 9.5 times its rate, and every rule has a rate and a
number of steps of its own.
"""
    )
    conventions_lab.famous_race("optimizers")


if asked:
    st.header("Run")
    optimizers_lab.compare("optimizers", expected, 0.9)
    st.subheader("What momentum can stand")
    limits()
    st.subheader("A race, with its contract")
    st.markdown(
        """
Same start, same steps, same trials. Then switch to **one rate for all** and see another winner: that picture is common,
and it compares nothing. Change the surface, and the order changes under the fair contract too.
"""
    )
    race()
    st.subheader("Which rates work on data")
    st.markdown(
        """
Every optimizer trained at 21 rates. Green is where the validation loss ends within a tenth of its best. Look where green
lies beside grey, then give it 20 epochs: a short training wants larger rates.
"""
    )
    on_data()
    st.subheader("One name, several functions")
    conventions()

st.header("How it looks from outside")
st.markdown(
    """
**Too large looks different.** Plain descent and momentum are thrown out: a loss that grows, then `inf`. Adam's steps cannot
grow like that; it **wanders**. On $x^2/2$ from 5 with $\\alpha = 100$ it jumps to −95, is 27 away on average over its first
thirty steps, and only then calms down (measured here). In a log that is a loss which is large, restless and finite.

**Too small** looks the same for all: a loss that creeps. Adam creeps at a known pace, about $\\alpha$ per parameter and step,
so $10^{-5}$ needs a hundred thousand steps to move a weight by one.

**Adaptive is not automatic.** Adam forgives badly scaled gradients, not a bad rate. And a limit is not advice: the heavy
ball stands $2(1+\\beta)/\\lambda$ (Polyak 1964), Nesterov $2(1+\\beta)/((1+2\\beta)\\lambda)$, Adam
$2(1+\\beta_1)/((1-\\beta_1)\\tilde\\lambda)$ with the curvature $\\tilde\\lambda$ after its own rescaling (Cohen et al. 2022).
"""
)

claims.show("optimizers")
exercise.chapter("optimizers")
frame.end("optimizers")
