import streamlit as st

from lrlab.ui import clinic_lab, clinic_words, exercise, frame, log_lab, reflections

frame.begin("diagnose")

st.markdown(
    """
When a training goes wrong, look at the rate first: it is the setting that is wrong most often and the quickest to try. A
**loss that will not fall** asks for a higher one. A **loss that swings or explodes** asks for a lower one. A run that
**died suddenly**: look at the rate, or at the step where the schedule jumped. Then ask three questions, of any curve:
"""
)
st.markdown("**Too fast?  ·  Too slow?  ·  Did something change suddenly?**")
st.markdown(
    "The answers lead to a symptom, the symptom to a cause, and the cause to **one** next action. One: whoever changes two "
    "things at once learns from neither. And sometimes all three answers are no. Then leave the rate in peace."
)

expected = {
    "stays": "Nothing much. It does not move any more, so it has converged.",
    "drops": "It drops to a clearly lower level.",
    "rises": "It rises, because smaller steps cannot hold the level.",
}
asked = reflections.predict(
    "diagnose",
    "A run fell fast. Since then its loss jitters about one level that has not moved for a long time. You divide the rate "
    "by twenty and let it run on. What does the loss do?",
    expected,
)


@st.fragment
def clinic() -> None:
    """One patient after the other."""
    clinic_lab.examine("diagnose")
    clinic_words.code("diagnose")


@st.fragment
def own_log() -> None:
    """The student's own log, read and diagnosed."""
    log_lab.ask("diagnose")


if asked:
    st.header("Run")
    clinic_lab.compare("diagnose", expected)
    clinic_lab.observe("diagnose")
    st.header("The clinic")
    st.markdown(
        """
Every patient is a real run, made just now by this lab and ill on purpose, so the cause is known. What ails it is one of:
a rate too small, a rate too large, noise at a floor, a schedule that jumps, a plateau, data that are broken. Or nothing.
Read the curve **and** the rate beneath it, decide, and then see the truth and the same run with its cure.
"""
    )
    clinic()

st.header("Your own log")
st.markdown(
    """
Paste what your training printed, or upload its file: the CSV of Keras, Lightning or TensorBoard, the state of a Hugging Face
trainer, JSON lines, or plain lines such as `epoch 3 - loss: 0.42`. The lab finds the loss, the validation loss and the rate,
says what it sees, which number decided, and what to try.
"""
)
own_log()

st.header("How it looks from outside")
clinic_words.symptoms()

exercise.chapter("diagnose")
frame.end("diagnose")
