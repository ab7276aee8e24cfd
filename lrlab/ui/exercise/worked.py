"""A worked solution that unfolds: each step is shown once the one before it has been asked about."""

import streamlit as st

from lrlab.grading.variants import Explained, Variant


def unfold(task: Variant, key: str) -> bool:
    """Show the steps as far as they were answered; True where the task itself may be asked, which never locks."""
    steps, said = task.worked, _said(key)
    for number, step in enumerate(steps[: len(said) + 1], start=1):
        st.markdown(f"**Step {number} of {len(steps)}.** {step.text}")
        if number <= len(said):
            _replied(step, said[number - 1])
        else:
            _asked(step, number, key)
    if len(said) >= len(steps) or st.session_state.get(f"{key}.skipped"):
        return True
    st.button("Skip to the question", type="tertiary", key=f"{key}.skip", on_click=_skip, args=(key,))
    return False


def _said(key: str) -> tuple[int, ...]:
    """The answers to the questions so far, each as the place of an option."""
    said: tuple[int, ...] = st.session_state.get(f"{key}.said", ())
    return said


def _asked(step: Explained, number: int, key: str) -> None:
    with st.form(f"{key}.why{number}.form", border=False):
        st.radio(
            step.why,
            range(len(step.options)),
            format_func=step.options.__getitem__,
            index=None,
            key=f"{key}.why{number}",
            persist_state="session",
        )
        st.form_submit_button("Answer", on_click=_answer, args=(key, number))
    if st.session_state.get(f"{key}.unanswered") == number:
        st.caption("Choose one first. A wrong one does no harm here.")


def _replied(step: Explained, chosen: int) -> None:
    verdict = "Yes." if chosen == step.right else f"Not quite: *{step.options[step.right]}*"
    st.markdown(f"{step.why} *{step.options[chosen]}*  \n{verdict} {step.reply}")


def _answer(key: str, number: int) -> None:
    """Keep the answer to one question, once, whatever is clicked twice."""
    chosen = st.session_state.get(f"{key}.why{number}")
    st.session_state[f"{key}.unanswered"] = number if chosen is None else None
    if chosen is not None and len(_said(key)) == number - 1:
        st.session_state[f"{key}.said"] = (*_said(key), chosen)


def _skip(key: str) -> None:
    st.session_state[f"{key}.skipped"] = True
