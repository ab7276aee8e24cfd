"""The fields that forms are made of. What was typed or chosen is kept for the session, whatever page is looked at."""

from collections.abc import Sequence

import streamlit as st

from lrlab.grading.answers import LONGEST_ANSWER
from lrlab.grading.variants import Offer

_ROOM = LONGEST_ANSWER + 20
"""A little more than an answer may be long, so that a pasted essay is refused in words and not cut."""


def number(label: str, key: str, *, example: str = "for example 0.05") -> str:
    """A text field; numbers are read by the lab and not by the browser, which knows only one decimal mark."""
    typed: str = st.text_input(
        label, placeholder=example, max_chars=_ROOM, key=key, persist_state="session", autocomplete="off"
    )
    return typed


def one_of(label: str, offers: Sequence[Offer], key: str, *, in_a_row: bool = False) -> str | None:
    """Radio buttons, none of them chosen at first."""
    words = {offer.name: offer.text for offer in offers}
    chosen: str | None = st.radio(
        label,
        list(words),
        format_func=words.__getitem__,
        index=None,
        horizontal=in_a_row,
        key=key,
        persist_state="session",
    )
    return chosen


def selected(label: str, offers: Sequence[Offer], key: str) -> str | None:
    """A select box with nothing selected at first."""
    words = {offer.name: offer.text for offer in offers}
    chosen: str | None = st.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        index=None,
        placeholder="Choose",
        key=key,
        persist_state="session",
    )
    return chosen


def send(word: str) -> bool:
    """The button of a form; True in the run that it caused."""
    return st.form_submit_button(word, type="primary")
