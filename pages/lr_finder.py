import streamlit as st

from lrlab.ui import claims, exercise, finder_lab, finder_lab_closer, frame, reflections

frame.begin("lr_finder")

st.markdown(
    """
On a bowl the curvature hands you the rate. A model on real data does not tell you its curvature, but you can ask it: one
short run that starts with a tiny rate and makes it a little larger **with every mini-batch**. This is the **range test**
of the learning-rate finder. Plot the loss against the rate and you see four regions: flat, falling, the bottom, climbing.
"""
)
st.latex(
    r"\alpha_i = \alpha_{\text{low}} \left(\frac{\alpha_{\text{high}}}{\alpha_{\text{low}}}\right)^{i/(n-1)}"
)
st.markdown(
    """
The rule of thumb: go about **ten times below the place where the loss starts to climb**; that lies inside the falling
region. It is a rule for a first guess. Others choose the steepest place, or a tenth of the minimum, and on one and the
same curve the rules can disagree by factors of thousands. So we show them side by side, and then do what settles it:
train.
"""
)

expected = {
    "below": "Well below it, by a factor of three or more.",
    "at": "At it, or so near that nobody could tell.",
    "above": "Well above it.",
}
asked = reflections.predict(
    "lr_finder",
    "A range test on handwritten digits has its lowest loss at a rate of about 3. "
    "Where does the best rate for a real training lie?",
    expected,
)


@st.fragment
def lab() -> None:
    """Ramp the rate, read the rules, choose, verify; then look closer at the test itself."""
    settings = finder_lab.choose("lr_finder")
    if settings is None:
        return
    finder_lab.run(settings)
    st.subheader("Your rate")
    st.markdown("Read the curve, decide, and see what short real trainings around your rate have to say.")
    rate = finder_lab.choose_rate("lr_finder")
    finder_lab.check(settings, rate)
    finder_lab.observe("lr_finder", settings, rate)
    st.subheader("The rules, put to the test")
    st.markdown(
        "Every rule's rate, trained with seeds that the test has not seen. The grey line is what all other rates came to; "
        "how far a mark lies above its lowest point is what that rule would have **cost** you."
    )
    finder_lab_closer.regret(settings)
    st.subheader("Smoothing moves the answer")
    st.markdown(
        "Many finders draw an **exponential average** of the loss. It looks back only, so all it shows comes late. Move the "
        "slider below the picture and watch where its lowest point (the circle) and its steepest (the triangle) go; those of "
        "the solid line stay."
    )
    finder_lab_closer.smoothing(settings)
    st.subheader("In equal steps, as it was first done")
    st.markdown(
        "Leslie Smith's test of 2015 lets the rate grow by equal **steps** over some epochs and watches the **accuracy**. Two "
        "rates are read off: where it begins to rise, and where it slows, gets ragged or falls. They bound a cycle, or a "
        "warm-up. To choose the end you must know the order of magnitude already: try 0.1, then 100."
    )
    finder_lab_closer.equal_steps("lr_finder", settings)
    finder_lab.code(settings, rate)


if asked:
    st.header("Run")
    finder_lab.compare("lr_finder", expected)
    lab()

st.header("What the picture leaves out")
st.markdown(
    """
**One seed is one story.** Another order of the data gives another curve, and the rules move with it; the bars show by how
much. A rule whose bar spans two decades has not told you anything.

**The test ends where it hurts**, at four times the best average or at the first value that is no number. What lies just
before that is not a rate to train with. A test also leaves no trace: weights, data order and random state are put back,
so a training after the finder equals a training without it, bit for bit.

**A suggestion is a guess until it is verified.** Five short trainings cost a second. A night at the wrong rate costs a
night.
"""
)

claims.show("lr_finder")
exercise.chapter("lr_finder")
frame.end("lr_finder")
