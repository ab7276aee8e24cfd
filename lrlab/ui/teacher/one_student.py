"""One student: what they did, and what a teacher can do for them."""

import json
from collections.abc import Sequence

import streamlit as st

from lrlab.classroom import classes, merge, privacy, students, timeline
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.students import Student
from lrlab.classroom.timeline import Event
from lrlab.ui import remembered
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds, ending, slips
from lrlab.ui.teacher.zone import local

_READY = "student.file"


def show(
    store: Store, who: Teacher, classroom: Classroom, student: Student, everyone: Sequence[Student]
) -> None:
    """The timeline, and the deeds."""
    _timeline(timeline.of_student(store, who, student.id, now()))
    with st.container(horizontal=True):
        st.button(
            "New PIN", key="student.pin", on_click=slips.make, args=(store, who, classroom, [student.id])
        )
        st.button("Unlock", key="student.unlock", on_click=_unlock, args=(store, who, student))
        with st.popover("Rename"):
            _rename_form(store, who, student)
        with st.popover("Move"):
            _move_form(store, who, classroom, student)
        with st.popover("Merge"):
            _merge_form(store, who, student, everyone)
        with st.popover("Their data"):
            _export(store, who, student)
        with st.popover("Erase"):
            _erase_form(store, who, student)


def _timeline(events: Sequence[Event]) -> None:
    if not events:
        st.caption("Nothing yet: this student has not come in.")
        return
    rows = [
        {
            "time": local(event.at),
            "deed": event.deed,
            "where": _place(event.place),
            "said": event.words,
            "came of it": "" if event.right is None else "right" if event.right else "not yet",
        }
        for event in reversed(events)
    ]
    st.dataframe(
        rows, hide_index=True, height=min(420, 38 + 35 * len(rows)), alt="Timeline", key="student.timeline"
    )


def _place(name: str) -> str:
    exercise = remembered.track().exercises.get(name)
    return name if exercise is None else exercise.title


def _unlock(store: Store, who: Teacher, student: Student) -> None:
    deeds.do(f"{student.handle} can try the PIN again at once.", students.unlock, store, who, student.id)


def _rename_form(store: Store, who: Teacher, student: Student) -> None:
    st.markdown("The PIN stays. Tell the student the new name; they return with it.")
    with st.form("student.rename", border=False):
        key = f"student.name.{student.id}.{student.handle}"
        st.text_input("Name in the lab", value=student.handle, max_chars=60, key=key)
        st.form_submit_button("Rename", on_click=_rename, args=(store, who, student, key))


def _rename(store: Store, who: Teacher, student: Student, key: str) -> None:
    name = deeds.do("", students.rename, store, who, student.id, st.session_state[key])
    if name is not None:
        deeds.say(f"{student.handle} is now called {name}.")


def _move_form(store: Store, who: Teacher, classroom: Classroom, student: Student) -> None:
    others = {room.id: room.name for room in classes.mine(store, who, now()) if room.id != classroom.id}
    if not others:
        st.markdown("You have no other class.")
        return
    st.markdown(
        "Everything they did goes along. They return with the other class's code, and the PIN they have."
    )
    with st.form("student.move", border=False):
        st.selectbox("To", list(others), format_func=others.__getitem__, key="student.room")
        st.form_submit_button("Move", on_click=_move, args=(store, who, student, others))


def _move(store: Store, who: Teacher, student: Student, others: dict[int, str]) -> None:
    room = st.session_state["student.room"]
    deeds.do(f"{student.handle} is now in “{others[room]}”.", students.move, store, who, student.id, room)


def _merge_form(store: Store, who: Teacher, student: Student, everyone: Sequence[Student]) -> None:
    others = {other.id: other.handle for other in everyone if other.id != student.id}
    if not others:
        st.markdown("There is nobody else in this class.")
        return
    st.markdown(
        "Two names of one person become one. This name and its PIN stay; what the other did is added to it."
    )
    with st.form("student.merge", border=False):
        st.selectbox("The other name", list(others), format_func=others.__getitem__, key="student.other")
        st.form_submit_button("Merge", on_click=_merge, args=(store, who, student, others))


def _merge(store: Store, who: Teacher, student: Student, others: dict[int, str]) -> None:
    other = st.session_state["student.other"]
    deeds.do(
        f"What {others[other]} did is {student.handle}'s now.", merge.merge, store, who, student.id, other
    )


def _export(store: Store, who: Teacher, student: Student) -> None:
    st.markdown(
        "Everything the lab knows of this student, as one file to hand to them. It is noted in the log."
    )
    st.button("Prepare the file", key="student.export", on_click=_prepare, args=(store, who, student))
    number, data = st.session_state.get(_READY, (None, b""))
    if number == student.id:
        st.download_button(
            "Download",
            data,
            file_name=f"student-{student.id}.json",
            mime="application/json",
            on_click="ignore",
        )


def _prepare(store: Store, who: Teacher, student: Student) -> None:
    data = deeds.do("", privacy.student_data, store, who, student.id)
    if data is not None:
        st.session_state[_READY] = (student.id, json.dumps(data, ensure_ascii=False, indent=2).encode())


def _erase_form(store: Store, who: Teacher, student: Student) -> None:
    st.markdown("The student and everything they did are removed for good, from the database's files too.")
    with st.form("student.erase", border=False, clear_on_submit=True):
        st.text_input("Their name in the lab, to be sure", max_chars=60, key="student.typed")
        st.form_submit_button("Erase", on_click=_erase, args=(store, who, student))


def _erase(store: Store, who: Teacher, student: Student) -> None:
    typed = " ".join(st.session_state["student.typed"].split())
    if typed != student.handle:
        deeds.refuse("The name typed is not this student's name in the lab. Nothing was erased.")
        return
    st.session_state.pop(_READY, None)
    ending.erased(deeds.do("", privacy.erase, store, who, student.id), "The student is erased.")
