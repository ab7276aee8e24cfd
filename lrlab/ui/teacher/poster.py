"""The class code, large enough for the last row, and how to join with it."""

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from lrlab.classroom.classes import Classroom, Door

_CARD = "border:1px solid rgba(128,128,128,0.4);border-radius:0.75rem;padding:1.25rem 1.5rem"
_CODE = "font-family:ui-monospace,monospace;font-weight:700;letter-spacing:0.08em;line-height:1.2"
_STEPS = {
    Door.OPEN: "Choose <b>Have a class code?</b>, type this one, and take a name. You get a PIN; keep it.",
    Door.ROSTER: "Choose <b>Have a class code?</b>, then <b>Come back</b>, and use the name and PIN on your slip.",
    Door.CLOSED: "The class is closed at the moment: nobody can come in.",
}


def show(classroom: Classroom) -> None:
    """The code on the page, and a button that fills the screen with it."""
    st.html(_card(classroom, "clamp(2rem, 7vw, 3.5rem)", "1rem"))
    if st.button("Project it", icon=":material/open_in_full:", key="class.project"):
        _projected(classroom)


@st.dialog("Join the class", width="large")
def _projected(classroom: Classroom) -> None:
    st.html(_card(classroom, "clamp(2.5rem, 11vw, 8rem)", "clamp(1.1rem, 2.6vw, 2rem)"))


def _card(classroom: Classroom, code: str, words: str) -> str:
    half = len(classroom.code) // 2
    spaced = f"{classroom.code[:half]} {classroom.code[half:]}"
    spelt = " ".join(classroom.code)
    return (
        f'<div style="{_CARD};font-size:{words}">'
        f"<div>{escape(classroom.name)}</div>"
        f'<div role="img" aria-label="Class code {spelt}" style="{_CODE};font-size:{code}">{spaced}</div>'
        f"<div>Open <b>{escape(where())}</b>. {_STEPS[classroom.door]}</div></div>"
    )


def where() -> str:
    """The address of the lab as students type it: host and folder, without the page."""
    parts = urlsplit(st.context.url or "")
    # Streamlit Community Cloud shows an app in a frame, whose own address ends in /~/+.
    folder = parts.path.removesuffix("/").removesuffix("teacher").removesuffix("/").removesuffix("/~/+")
    return f"{parts.scheme}://{parts.netloc}{folder}" if parts.netloc else "this lab's address"
