"""Commit first, then look: the question before a run, and the question after it."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

_STORE = "reflections"


@dataclass(frozen=True)
class Reflection:
    """What a student expected or saw on a page, beside what the run really did."""

    page: str
    moment: str
    said: str
    truth: str

    @property
    def right(self) -> bool:
        """Whether expectation, or eye, and run agree."""
        return self.said == self.truth


def kept() -> tuple[Reflection, ...]:
    """Everything predicted and observed in this browser session."""
    return tuple(st.session_state.get(_STORE, {}).values())


def _keep(reflection: Reflection) -> None:
    store = st.session_state.setdefault(_STORE, {})
    store[reflection.page, reflection.moment] = reflection


def predict(page: str, question: str, options: Mapping[str, str]) -> bool:
    """Ask for a prediction; True once there is one, or once the student chose to play without.

    `options` maps the outcome a prediction stands for to its words. Show the run only when this returns True.
    """
    said = f"{page}.prediction"
    with st.container(border=True, key=f"{page}-predict"):
        st.markdown(f"**Predict.** {question}")
        if said not in st.session_state:
            with st.form(f"{page}.predict", border=False):
                choice = st.radio(
                    "Your prediction", list(options), format_func=options.__getitem__, index=None
                )
                commit, skip = st.columns(2)
                if commit.form_submit_button("Commit to it", type="primary", width="stretch"):
                    if choice is None:
                        st.info(
                            "Pick one of the answers first. A wrong guess teaches as much as a right one."
                        )
                    else:
                        st.session_state[said] = choice
                        st.rerun()
                if skip.form_submit_button("Skip, just let me play", width="stretch"):
                    st.session_state[said] = None
                    st.rerun()
            return False
        answer = st.session_state[said]
        if answer is None:
            st.caption("You skipped the prediction. The lab is open.")
        else:
            st.markdown(f"You said: *{options[answer]}* Now see what it does.")
    return True


def compare(page: str, options: Mapping[str, str], truth: str, why: str) -> None:
    """Hold the prediction against the run: `truth` is one of its options, `why` the evidence."""
    answer = st.session_state.get(f"{page}.prediction")
    if answer is None:
        return
    reflection = Reflection(page, "prediction", answer, truth)
    _keep(reflection)
    if reflection.right:
        st.success(f"As you predicted. {why}", icon=":material/check:")
    else:
        st.info(
            f"You predicted: *{options[answer]}* What happened: *{options[truth]}* {why}",
            icon=":material/compare_arrows:",
        )


def observe(
    page: str,
    options: Mapping[str, str],
    truth: str,
    why: str,
    *,
    run: str,
    asking: str = "what did the run do?",
) -> None:
    """Ask what the run called `run` did, one click, and check the eye against the record."""
    st.markdown(f"**Observe.** {run}: {asking}")
    said = st.pills(
        "What did you see?",
        list(options),
        format_func=options.__getitem__,
        key=f"{page}.observe.{run}",
        label_visibility="collapsed",
    )
    if said is None:
        return
    reflection = Reflection(page, "observation", said, truth)
    _keep(reflection)
    if reflection.right:
        st.success(f"That is what the numbers say too. {why}", icon=":material/check:")
    else:
        st.warning(f"Look again. The numbers say: *{options[truth]}* {why}", icon=":material/visibility:")
