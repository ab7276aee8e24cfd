"""What is kept about the person at this screen: all of it in one file, and the end of all of it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import streamlit as st

from lrlab.classroom import names, privacy
from lrlab.classroom.access import Learner
from lrlab.classroom.database import Store
from lrlab.classroom.refusals import Refusal
from lrlab.ui import attempts, plain, reflections
from lrlab.ui.account import person, welcome
from lrlab.ui.account.store import now, store

_ERASED = "Everything the class kept about you is erased: your name, your answers, your predictions."
_NOT_QUITE = (
    " Others were at work in the same file, so its free space is overwritten at the next erasure "
    "or when a teacher tidies up."
)


def where() -> None:
    """Where this progress is kept, for how long, and under which name."""
    who = person.learner()
    if who is None:
        st.markdown(
            "What you have done in this browser session. It is kept in the server's memory only, under no name, and "
            "is gone when you close or reload the page. Join a class on Home, and it stays."
        )
    else:
        st.text(
            f"What you have done as {who.handle} in {welcome.class_title(who) or 'your class'}. It is kept with your "
            "class; your teacher sees it too."
        )


def show() -> None:
    """Download everything; erase everything."""
    who, kept = person.learner(), store()
    if who is not None and not isinstance(kept, Store):
        return
    st.download_button(
        "Download all of it (JSON)",
        _of_class(kept, who) if who is not None and isinstance(kept, Store) else _of_visit(),
        file_name="lrlab-my-data.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )
    if who is not None and isinstance(kept, Store):
        _eraser(kept, who)
    else:
        st.button("Forget this session", on_click=st.session_state.clear, icon=":material/delete:")


def _of_class(kept: Store, who: Learner) -> Callable[[], str]:
    """Gathered when it is asked for, and without Streamlit: this is called from a thread of its own."""

    def gather() -> str:
        try:
            return _written(privacy.my_data(kept, who, now()))
        except Refusal as refusal:
            return _written({"refused": refusal.sentence})

    return gather


def _of_visit() -> str:
    return _written(
        {
            "attempts": [asdict(attempt) for attempt in attempts.kept()],
            "predictions": [asdict(reflection) for reflection in reflections.kept()],
        }
    )


def _written(data: dict[str, Any]) -> str:
    def plainly(value: object) -> str:
        return value.isoformat() if isinstance(value, datetime) else str(value)

    return json.dumps(data, ensure_ascii=False, indent=2, default=plainly)


@st.fragment
def _eraser(kept: Store, who: Learner) -> None:
    with (
        st.expander("Erase everything about me", icon=":material/delete:"),
        st.form("own_data.erase", border=False),
    ):
        st.markdown(
            "Your name, your answers, your predictions and votes are erased from the class, for you and for your "
            "teacher. **This cannot be undone.** Download your data first if you want to keep them."
        )
        typed = st.text_input(
            "Type your name in the class to confirm", autocomplete="off", key="own_data.name"
        )
        if not st.form_submit_button("Erase everything"):
            return
        if names.key(typed) != names.key(who.handle):
            plain.say(
                f"That is not your name here, which is {who.handle}. Nothing was erased.", plain.Tone.REFUSED
            )
            return
        try:
            whole = privacy.erase_me(kept, who, now())
        except Refusal as refusal:
            plain.say(refusal.sentence, plain.Tone.REFUSED)
            return
    person.end(_ERASED if whole else _ERASED + _NOT_QUITE)
    st.rerun()
