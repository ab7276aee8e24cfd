"""The desk: who is there, which class, and its tabs."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from lrlab.classroom import classes
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store, Trouble
from lrlab.ui import plain
from lrlab.ui.account import person
from lrlab.ui.account.store import now, store
from lrlab.ui.teacher import (
    classroom,
    deeds,
    disk,
    door,
    ending,
    items,
    live,
    log,
    out,
    preview,
    regrade,
    response,
    roster,
    students,
    watching,
    you,
)


@dataclass(frozen=True)
class Tab:
    """One thing to do with a class; `show` draws it, and checks for itself that `who` may."""

    title: str
    show: Callable[[Store, Teacher, Classroom], None]


TABS = (
    Tab("Class", classroom.show),
    Tab("Roster", roster.show),
    Tab("Students", students.show),
    Tab("Now", watching.show),
    Tab("Response", response.show),
    Tab("Live round", live.show),
    Tab("Exercises", items.show),
    Tab("Regrade", regrade.show),
    Tab("Grades", out.show),
    Tab("Log", log.show),
    Tab("Preview", preview.show),
)

_CLASS = "class"
# A table's own download would be a file that is in no log, and whose cells a spreadsheet could take for formulas.
_STYLE = '<style>button[aria-label="Download as CSV"] { display: none; }</style>'


def show() -> None:
    """The whole page: trouble, the door, or the desk."""
    opened = store()
    if isinstance(opened, Trouble):
        plain.say(opened.sentence, plain.Tone.REFUSED)
        return
    who = person.teacher()
    if who is None:
        deeds.show_said()
        door.show(opened)
        return
    with deeds.answering():
        _desk(opened, who)


def _desk(opened: Store, who: Teacher) -> None:
    st.html(_STYLE)
    rooms = classes.mine(opened, who, now())
    deeds.show_said()
    disk.warn(opened)
    ending.offer_scrubbing(opened, who)
    if not rooms:
        st.markdown("You have no class yet. Give your first one a name; its code is ready at once.")
        begin_class(opened, who)
        you.show(opened, who)
        return
    chooser, another, account = st.columns([5, 3, 3], vertical_alignment="bottom")
    with chooser:
        room = _chosen(rooms)
    with another.popover("Another class", icon=":material/add:", width="stretch"):
        begin_class(opened, who)
    with account:
        you.show(opened, who)
    ending.warn(room)
    tabs = st.tabs([tab.title for tab in TABS], key="tab", bind="query-params")
    for tab, place in zip(TABS, tabs, strict=True):
        if place.open:
            with place, deeds.answering():
                tab.show(opened, who, room)


def _chosen(rooms: tuple[Classroom, ...]) -> Classroom:
    """The class that is chosen; its number stands in the address, so that it outlives a refresh."""
    by_number = {room.id: room for room in rooms}
    wanted = st.query_params.get(_CLASS, "")
    if st.session_state.get("desk.class") not in by_number:
        st.session_state["desk.class"] = next(
            (number for number in by_number if str(number) == wanted), rooms[0].id
        )
    number = st.selectbox(
        "Class",
        list(by_number),
        format_func=lambda number: _title(by_number[number]),
        key="desk.class",
    )
    st.query_params[_CLASS] = str(number)
    return by_number[number]


def _title(room: Classroom) -> str:
    return f"{room.name} (archived)" if room.archived_at else room.name


def begin_class(opened: Store, who: Teacher) -> None:
    """The form that begins a class."""
    with st.form("desk.begin", border=False, clear_on_submit=True):
        st.text_input("Name of the class", max_chars=120, key="desk.name", placeholder="Optimisation, Monday")
        st.form_submit_button("Begin the class", type="primary", on_click=_begin, args=(opened, who))


def _begin(opened: Store, who: Teacher) -> None:
    room = deeds.do("", classes.create, opened, who, st.session_state["desk.name"])
    if room is not None:
        deeds.say(f"“{room.name}” has begun. Its code is {room.code}.")
        st.session_state["desk.class"] = room.id
