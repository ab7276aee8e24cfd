"""The tab “Log”: what teachers changed in a class and took out of it."""

import json

import streamlit as st

from lrlab.classroom import audit
from lrlab.classroom.access import Teacher
from lrlab.classroom.audit import Entry
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.ui.account.store import now
from lrlab.ui.teacher.zone import local

_MOST = 500


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """The latest entries, newest first."""
    entries = audit.read(store, who, classroom.id, now(), limit=_MOST)
    st.markdown(
        "Everything teachers changed or took out, newest first. Students stand in the log by number, so that an erased "
        "student leaves no name behind. Nobody can change the log; it goes with the class."
    )
    st.dataframe([_row(entry) for entry in entries], hide_index=True, alt="Log", key="log.entries")
    if len(entries) == _MOST:
        st.caption(f"The latest {_MOST}. The whole log is in the class's JSON, under *Grades*.")


def _row(entry: Entry) -> dict[str, str]:
    more = {name: value for name, value in entry.detail.items() if name != "student"}
    return {
        "time": local(entry.at),
        "who": entry.actor,
        "did": entry.action,
        "student": entry.student or "",
        "more": ", ".join(f"{name}: {_text(value)}" for name, value in more.items()),
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
