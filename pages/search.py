import streamlit as st

from lrlab.ui import claims, exercise, frame, own_search, reflections, search_lab, throw_lab

frame.begin("search")

st.markdown(
    """
The rate is not the only number to choose. There is momentum, the batch, and more, and each trial costs a training. So
spend trials well. A **grid** of three by three tries only three rates, each of them three times; nine **random** draws
try nine. And a rate spans decades, so draw its **logarithm** evenly:
"""
)
st.latex(
    r"\alpha = \alpha_{\text{low}} \left(\frac{\alpha_{\text{high}}}{\alpha_{\text{low}}}\right)^{u}, \quad u \sim U(0, 1)"
)
st.markdown(
    """
Drawn evenly on a plain scale instead, nine trials in ten fall into the highest decade. A third idea saves the rest:
**successive halving** gives many trials a short run each and lets only the best go on.
"""
)

expected = {
    "half": "About half the time: nine trainings are nine trainings.",
    "most": "About three times in four.",
    "always": "Nearly always, nine times in ten or more.",
}
asked = reflections.predict(
    "search",
    "Nine trainings to find a good rate. The grid has three rates and three values of a second setting, which, as it turns "
    "out, does not matter. Random draws nine rates. How often does random find the lower loss?",
    expected,
)


@st.fragment
def throw() -> None:
    """Nine trials on a curve of real trainings."""
    throw_lab.throw("search")


@st.fragment
def draws() -> None:
    """Where draws fall, and what they are worth."""
    throw_lab.draws("search")


@st.fragment
def by_hand() -> None:
    """Twelve trainings, one at a time, with a counter."""
    own_search.play("search")


@st.fragment
def lab() -> None:
    """Three searches by real trainings, on one bill."""
    settings = search_lab.choose("search")
    search_lab.run("search", settings)
    search_lab.observe("search", settings)
    search_lab.code(settings)


if asked:
    st.header("Run")
    throw_lab.compare("search", expected)
    st.markdown(
        "The grey line was trained: softmax regression on the digits at 181 rates. Throw again and see who comes nearer to "
        "the bottom. Then choose rates on a plain scale, and move the range."
    )
    throw()
    st.header("Where draws fall")
    draws()
    st.header("Your search")
    st.markdown(
        f"Now both settings matter, and you pay. You have **{own_search.BUDGET} trainings**. Choose, train, look, choose "
        "again. The map stays hidden until the last one is spent; then you see what you walked on."
    )
    by_hand()
    st.header("Three searches on one bill")
    st.markdown(
        "All three get the same bill, counted in **updates**: a grid, random draws, and "
        "halving, which begins with three times as many trials and keeps one in three, three times over. The map "
        "below them is drawn for you here; in real life you pay for every cell."
    )
    lab()

st.header("How it looks from outside")
st.markdown(
    """
**Before you search**: write down the range in decades and the bill in updates. If the best trial lies at the edge of the
range, the range was wrong, whatever the loss says.

**A grid on a plain scale** is the most common slip: 0.1, 0.2, 0.3 and so on up to 0.9 are nine trials inside one decade.
**A slanted valley** on the map is no accident. With momentum what counts is about $\\alpha/(1-\\beta)$, so settings trade
off against each other, and a grid that varies one at a time walks past the valley.

**Halving can be fooled.** A small rate looks bad early and might have won late; a large one looks good early and may
stop falling. Short first rounds favour fast starters.

**The winner was lucky, too.** The lowest of many noisy losses lies below what the same settings give on average. Train
the choice again with new seeds before you believe the number. (Bergstra and Bengio 2012; Jamieson and Talwalkar 2016; the
other numbers were measured here.)
"""
)

claims.show("search")
exercise.chapter("search")
frame.end("search")
