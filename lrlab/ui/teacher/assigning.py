"""What a class is asked to do: chapters and exercises, each until a day or without one."""

from datetime import UTC, date, datetime, time

import streamlit as st

from lrlab.classroom import assigned
from lrlab.classroom.access import Teacher
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.ui import remembered
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds
from lrlab.ui.teacher.zone import zone

Name = tuple[str, str]  # kind and name, as an assignment has them


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """Choose, give dates, save."""
    titles = _titles()
    saved = {(task.kind, task.name): task for task in assigned.of_class(store, who, classroom.id, now())}
    known = [name for name in saved if name in titles]
    chosen: list[Name] = st.multiselect(
        "Chapters and exercises (none chosen: the whole course, without dates)",
        list(titles),
        default=known,
        format_func=lambda name: titles.get(name, name[1]),
        key=_chosen(classroom),
        placeholder="Choose, or type to search",
    )
    for name in chosen:
        due = saved[name].due if name in saved else None
        st.date_input(
            f"{_plainly(titles[name])}: until the end of",
            value=None if due is None else due.astimezone(zone()).date(),
            key=_key(classroom, name),
        )
    st.button(
        "Save what is assigned",
        key="assign.save",
        on_click=_save,
        args=(store, who, classroom),
    )


def _save(store: Store, who: Teacher, classroom: Classroom) -> None:
    chosen: list[Name] = st.session_state[_chosen(classroom)]
    tasks = [Assignment(*name, _end_of(st.session_state.get(_key(classroom, name)))) for name in chosen]
    words = f"{len(tasks)} assigned." if tasks else "Nothing is assigned; the whole course is open."
    deeds.do(words, assigned.assign, store, who, classroom.id, tasks)


def _end_of(day: date | None) -> datetime | None:
    """The last second of a day where the teacher is, in UTC."""
    return None if day is None else datetime.combine(day, time(23, 59, 59), zone()).astimezone(UTC)


def _titles() -> dict[Name, str]:
    """Everything that can be assigned, in the order of the course."""
    track = remembered.track()
    titles: dict[Name, str] = {}
    for chapter in track.chapters:
        titles["chapter", chapter.name] = f"Chapter: {chapter.title}"
        for slug in chapter.exercises:
            titles["exercise", slug] = f"{chapter.title} · {track.exercises[slug].title}"
    return titles


def _chosen(classroom: Classroom) -> str:
    return f"assign.{classroom.id}"


def _key(classroom: Classroom, name: Name) -> str:
    return f"assign.{classroom.id}.{name[0]}.{name[1]}"


def _plainly(title: str) -> str:
    return title.replace("[", "(").replace("]", ")")
