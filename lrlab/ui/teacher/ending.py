"""How a class ends: archived, opened again, deleted by hand or a set time after it was archived."""

from datetime import datetime, timedelta

import streamlit as st

from lrlab.classroom import classes, privacy
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import LONGEST_RETENTION, Classroom
from lrlab.classroom.database import Store
from lrlab.ui import plain
from lrlab.ui.teacher import deeds

TRACES = (
    "It is gone from use, but others were at work in the database's file, so traces of it may still lie in there. "
    "Press “Scrub the file again” in a moment."
)
_TRACES_LEFT = "teacher.traces"


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """Archive, reopen, retention, deletion."""
    if classroom.archived_at is None:
        st.markdown("An archived class stays readable, for you and for its students, and takes nothing new.")
        st.button("Archive the class", key="end.archive", on_click=_archive, args=(store, who, classroom))
    else:
        st.markdown(f"Archived on {classroom.archived_at:%d %B %Y}: nothing new is kept.")
        st.button(
            "Take it out of the archive", key="end.reopen", on_click=_reopen, args=(store, who, classroom)
        )
    _retention(store, who, classroom)
    with st.expander("Delete the class with everything in it"):
        _deletion(store, who, classroom)


def warn(classroom: Classroom) -> None:
    """Say above every tab that a deletion is near."""
    if classroom.warned_at is not None and classroom.ends_at is not None:
        end = max(classroom.ends_at, classroom.warned_at + privacy.WARNING)
        plain.say(
            f"This class will be deleted with everything in it on {end:%d %B %Y}, as its retention says. Take out "
            "what you need under Grades, or change the retention under Class.",
            plain.Tone.REFUSED,
        )


def offer_scrubbing(store: Store, who: Teacher) -> None:
    """After an erasure that could not finish: the button that tries again."""
    if st.session_state.get(_TRACES_LEFT):
        st.button("Scrub the file again", key="end.scrub", on_click=_scrub, args=(store, who))


def erased(clean: bool | None, words: str) -> None:
    """Say how an erasure went; `clean` is what the store said of the file, None where it was refused."""
    if clean is None:
        return
    if clean:
        deeds.say(words)
    else:
        st.session_state[_TRACES_LEFT] = True
        deeds.say(f"{words} {TRACES}", plain.Tone.NOTE)


def _retention(store: Store, who: Teacher, classroom: Classroom) -> None:
    key = f"end.days.{classroom.id}.{classroom.retention_days}"
    with st.form(f"end.retention.{classroom.id}", border=False):
        st.number_input(
            "Delete it so many days after archiving (empty: keep it)",
            min_value=1,
            max_value=LONGEST_RETENTION,
            value=classroom.retention_days,
            step=1,
            key=key,
            placeholder="for example 180",
        )
        st.caption(_when(classroom))
        st.form_submit_button("Save the retention", on_click=_retain, args=(store, who, classroom, key))


def _when(classroom: Classroom) -> str:
    if classroom.ends_at is None:
        return (
            f"A week before the date this page warns you; nothing is ever deleted within "
            f"{privacy.WARNING // timedelta(days=1)} days of that warning."
        )
    return f"To be deleted on {_not_before(classroom):%d %B %Y} at the earliest, a week after a warning on this page."


def _not_before(classroom: Classroom) -> datetime:
    end = classroom.ends_at or classroom.created_at
    return end if classroom.warned_at is None else max(end, classroom.warned_at + privacy.WARNING)


def _deletion(store: Store, who: Teacher, classroom: Classroom) -> None:
    students = "1 student" if classroom.students == 1 else f"{classroom.students} students"
    st.markdown(
        f"{students}, every attempt, prediction and vote, and the log of this class go for good. "
        "Take out what you need under *Grades* first. Then type the name of the class."
    )
    with st.form("end.delete", border=False, clear_on_submit=True):
        st.text_input("Name of the class, to be sure", max_chars=120, key="end.typed")
        st.form_submit_button("Delete everything", on_click=_delete, args=(store, who, classroom))


def _archive(store: Store, who: Teacher, classroom: Classroom) -> None:
    deeds.do("The class is archived.", classes.archive, store, who, classroom.id)


def _reopen(store: Store, who: Teacher, classroom: Classroom) -> None:
    deeds.do("The class is out of the archive.", classes.reopen, store, who, classroom.id)


def _retain(store: Store, who: Teacher, classroom: Classroom, key: str) -> None:
    days: int | None = st.session_state[key]
    deeds.do("The retention is saved.", classes.set_retention, store, who, classroom.id, days)


def _delete(store: Store, who: Teacher, classroom: Classroom) -> None:
    typed = st.session_state["end.typed"]
    erased(deeds.do("", classes.remove, store, who, classroom.id, typed), "The class is deleted.")


def _scrub(store: Store, who: Teacher) -> None:
    st.session_state.pop(_TRACES_LEFT, None)
    st.session_state[_TRACES_LEFT] = not deeds.succeeds("The file is clean.", privacy.tidy_up, store, who)
