import streamlit as st

from lrlab.ui import batch_lab, claims, exercise, frame, noise_lab, reflections

frame.begin("batch_size")

st.markdown(
    """
The gradient of a mini-batch is the true gradient plus noise, and with $B$ rows the variance of that noise is $1/B$ of
what a single row has. A calmer gradient can often carry a **larger rate**. Two rules say how much larger when the batch
goes from $B$ to $B'$:
"""
)
st.latex(
    r"\underbrace{\alpha' = \alpha\,\sqrt{B'/B}}_{\text{square-root rule}} \qquad"
    r"\underbrace{\alpha' = \alpha\,B'/B}_{\text{linear rule}}"
)
st.markdown(
    """
The **square-root rule** is the rule of thumb: double the batch, multiply the rate by about 1.4. It keeps the noise of one
*step* as it was. The **linear rule** is its rival, made for plain SGD: it keeps the ground covered in one *epoch*. They
cannot both be right, so we train and look.
"""
)

expected = {
    "same": "Not at all. A larger batch is faster, and that is all.",
    "square_root": "About 2.8 times, the square root of 8.",
    "linear": "About 8 times, like the batch.",
}
asked = reflections.predict(
    "batch_size",
    "A small network learns handwritten digits with plain SGD for five epochs, first with a batch of 8, then with a batch "
    "of 64. How many times larger is the best rate?",
    expected,
)


@st.fragment
def lab() -> None:
    """The best rate for each batch size, by trainings at thirteen rates."""
    settings = batch_lab.choose("batch_size")
    batch_lab.run("batch_size", settings)
    batch_lab.observe("batch_size", settings)


@st.fragment
def rules() -> None:
    """Both rules on the student's own numbers, and real trainings that decide."""
    change = batch_lab.choose_change("batch_size")
    batch_lab.try_both("batch_size", change)
    batch_lab.code(change)


@st.fragment
def floor() -> None:
    """Where a constant rate comes to rest."""
    noise_lab.floor("batch_size")


@st.fragment
def growth() -> None:
    """A falling rate and a growing batch, side by side."""
    noise_lab.growth("batch_size")


if asked:
    st.header("Run")
    batch_lab.compare("batch_size", expected)
    lab()
    st.header("Your numbers, both rules")
    st.markdown(
        "Carry a rate of yours to another batch size. Each rule's rate is trained on the digits for as many epochs as the "
        "old one was. Look at SGD first, then at Adam; then go to batch 512 and find the rate that is too much."
    )
    rules()
    st.header("The noise floor")
    st.markdown(
        "At a constant rate a training never comes to rest. It settles where noise lifts the loss as fast as the slope "
        "lowers it. On a parabola $\\tfrac12\\lambda x^2$ with gradient noise $\\sigma^2$:"
    )
    st.latex(
        r"\mathrm{Var} = \frac{\alpha\sigma^2}{\lambda\,(2-\alpha\lambda)}, \qquad \sigma^2 \propto \tfrac1B"
    )
    st.latex(r"\text{floor} = \tfrac12\lambda\,\mathrm{Var} \approx \tfrac14\,\alpha\sigma^2")
    st.markdown(
        "So what counts is $\\alpha/B$. The runs below begin **at the minimum** of a least-squares problem (diabetes data) "
        "and can only go up."
    )
    floor()
    st.header("Two ways to calm a run")
    st.markdown(
        "If the noise goes with $\\alpha/B$, dividing the rate by four and multiplying the batch by four should do the "
        "same (Smith and others, 2018). The last column is the **gradient noise scale**: the batch size at which noise "
        "and signal are equally strong (McCandlish and others, 2018). It grows as the loss falls."
    )
    growth()

st.header("How it looks from outside")
st.markdown(
    """
**In a log**: with a small batch, or a large rate, the lines jitter and the average stops falling early. A larger batch at
the same rate looks calm and slow: fewer updates in every epoch, each no longer than before.

**The rules have an end.** Past a critical batch size noise is no longer what limits the rate; curvature is, and a larger
batch buys nothing more. On other problems the slopes differ widely (Shallue and others, 2019). Adam tends to the square
root, with $\\beta$ and $\\epsilon$ changed as well (Malladi and others, 2022). Start from a rule, then verify.

**scikit-learn cannot show any of this.** `SGDClassifier.partial_fit` makes one update per row, whatever the size of the
chunk you hand it. A "batch size" there only says how many rows go by between two of your own lines of code. Which is why
every run on this page uses exact mini-batch gradients instead.
"""
)
noise_lab.one_line()

claims.show("batch_size")
exercise.chapter("batch_size")
frame.end("batch_size")
