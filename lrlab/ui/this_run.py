"""What was found out in this run of the script and need not be asked twice in it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Found = TypeVar("Found")

_KEPT = "this_run"


def once(question: Hashable, find: Callable[[], Found]) -> Found:
    """The answer to a question, found at most once a run; a fragment that reruns alone is a run of its own."""
    answers = _answers()
    if question not in answers:
        answers[question] = find()
    found: Found = answers[question]
    return found


def forget() -> None:
    """Ask everything again: something was written, or somebody came or went."""
    _answers().clear()


def _answers() -> dict[Hashable, Any]:
    answers: dict[Hashable, Any]
    context = get_script_run_ctx()
    # Streamlit makes this record anew for every run, and never empties an old one.
    run = None if context is None else context.cursors
    of_run, answers = st.session_state.get(_KEPT, (None, {}))
    if of_run is not run or run is None:
        answers = {}
        st.session_state[_KEPT] = (run, answers)
    return answers
