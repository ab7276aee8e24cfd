"""What comes of a teacher's click: the deed is done, or refused, and a sentence says which."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st

from lrlab.classroom.refusals import Refusal
from lrlab.ui import plain
from lrlab.ui.account.store import now

Result = TypeVar("Result")

_SAID = "teacher.said"


def do(words: str, deed: Callable[..., Result], *args: Any, **options: Any) -> Result | None:
    """Call a function of `lrlab.classroom` with the time, and return what it returned; None where it refused.

    `words` say that it was done, at the next `show_said`; with no words only a refusal is shown. Good as a callback.
    """
    outcome: list[Result] = []
    succeeds(words, lambda **at: outcome.append(deed(*args, **at, **options)))
    return outcome[0] if outcome else None


def succeeds(words: str, deed: Callable[..., None], *args: Any, **options: Any) -> bool:
    """The same for a function that returns nothing: whether it was done."""
    try:
        deed(*args, at=now(), **options)
    except Refusal as refusal:
        refuse(refusal.sentence)
        return False
    if words:
        say(words)
    return True


def say(sentence: str, tone: plain.Tone = plain.Tone.DONE) -> None:
    """Keep a sentence for the next `show_said`."""
    st.session_state[_SAID] = (sentence, tone)


def refuse(sentence: str) -> None:
    """Keep the reason why something was not done for the next `show_said`."""
    say(sentence, plain.Tone.REFUSED)


def show_said() -> None:
    """Show what came of the last click, once."""
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        plain.say(*said)


@contextmanager
def answering() -> Iterator[None]:
    """Show a refusal in the place of what could not be read."""
    try:
        yield
    except Refusal as refusal:
        plain.say(refusal.sentence, plain.Tone.REFUSED)
