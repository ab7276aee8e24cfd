"""What was found out in this run of the script and need not be asked twice in it."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

Found = TypeVar("Found")


class _Kept(threading.local):
    """The answers of the run that this thread is at; Streamlit never moves a run to another one."""

    def __init__(self) -> None:
        self.run: object = None
        self.answers: dict[Hashable, Any] = {}


_kept = _Kept()


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
    context = get_script_run_ctx()
    # Streamlit makes this record anew for every run, and never empties an old one.
    run = None if context is None else context.cursors
    if _kept.run is not run or run is None:
        _kept.run, _kept.answers = run, {}
    return _kept.answers
