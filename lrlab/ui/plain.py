"""Sentences that quote what people typed: shown letter by letter, never as Markdown or HTML."""

from enum import Enum
from html import escape

import streamlit as st

_BOX = "padding:0.75rem 1rem;border-radius:0.5rem;border-left:4px solid {edge};background:{edge}26"


class Tone(Enum):
    """What a sentence is, as its mark, the colour of its edge and its role for screen readers."""

    DONE = ("✓", "#009E73", "status")
    REFUSED = ("✕", "#D55E00", "alert")
    NOTE = ("i", "#0072B2", "note")


def say(sentence: str, tone: Tone = Tone.NOTE) -> None:
    """A sentence in a box, whatever signs are in it."""
    mark, edge, role = tone.value
    st.html(
        f'<div role="{role}" style="{_BOX.format(edge=edge)}">'
        f'<span aria-hidden="true" style="font-weight:700;margin-right:0.6em">{mark}</span>'
        f"{escape(sentence)}</div>"
    )
