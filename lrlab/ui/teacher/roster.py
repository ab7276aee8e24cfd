"""The tab “Roster”: a list of students, pasted or from the learning platform, and the slips with their PINs."""

import streamlit as st

from lrlab.classroom import students
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.roster import enrolment
from lrlab.classroom.roster.enrolment import Enrolment
from lrlab.classroom.roster.reading import Kind, Roster, from_file, from_lines, headers
from lrlab.classroom.roster.sheet import Fault, Unreadable
from lrlab.ui import plain
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds, mapping, slips

PASTE, FILE = "Paste names", "Upload a file"

_SOURCES = {
    Kind.CANVAS: "Canvas",
    Kind.MOODLE: "Moodle",
    Kind.CSV: "a CSV file",
    Kind.PASTED: "a pasted list",
}
_SHOWN = 200
_TURN = "roster.turn"


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """Read a list, look at it, put it in; then print slips."""
    slips.show(classroom)
    st.markdown(
        "A list is optional. With one, only the students on it come in, each with a slip that carries a PIN. "
        "Names need not be stored: give pseudonyms, keep the real list on your own computer, and join the two in "
        "your spreadsheet."
    )
    way = st.segmented_control(
        "Where the list comes from", [PASTE, FILE], default=PASTE, required=True, key="roster.way"
    )
    read = _pasted(classroom) if way == PASTE else _uploaded(classroom)
    if isinstance(read, Unreadable):
        plain.say("The list cannot be used as it is. Nothing was taken from it.", plain.Tone.REFUSED)
        _faults(read.faults)
    elif read is not None:
        _look(store, who, classroom, read)
    st.subheader("Slips")
    _slips(store, who, classroom)


def _pasted(classroom: Classroom) -> Roster | Unreadable | None:
    with st.form("roster.paste", border=False):
        text: str = st.text_area(
            "One name a line", key=f"roster.text.{_turn(classroom)}", height=180, placeholder="Ada\nBen\nZoë"
        )
        st.form_submit_button("Read the list")
    return from_lines(text) if text.strip() else None


def _uploaded(classroom: Classroom) -> Roster | Unreadable | None:
    given = st.file_uploader(
        "Canvas's gradebook export, Moodle's grade export, or any CSV file",
        type=["csv", "txt", "tsv"],
        key=f"roster.file.{_turn(classroom)}",
        max_upload_size=5,
    )
    if given is None:
        return None
    data = given.getvalue()
    columns = headers(data)
    if isinstance(columns, Unreadable):
        return columns
    fields = mapping.ask(data, columns, key=f"roster.{given.file_id}")
    return None if fields is None else from_file(data, fields)


def _faults(faults: tuple[Fault, ...]) -> None:
    st.dataframe(
        [{"line": str(fault.line or "all"), "what is wrong": fault.sentence} for fault in faults],
        hide_index=True,
        alt="Faults",
        key="roster.faults",
    )


def _look(store: Store, who: Teacher, classroom: Classroom, roster: Roster) -> None:
    count = len(roster.entries)
    st.markdown(f"**{count} {'student' if count == 1 else 'students'}**, from {_SOURCES[roster.kind]}.")
    st.dataframe(
        [
            {
                "name in the lab": entry.handle or "(a pseudonym)",
                **dict(zip(roster.header, entry.cells, strict=True)),
            }
            for entry in roster.entries[:_SHOWN]
        ],
        hide_index=True,
        height=min(320, 38 + 35 * min(count, _SHOWN)),
        alt="The list as it was read",
        key="roster.preview",
    )
    if count > _SHOWN:
        st.caption(f"The first {_SHOWN} are shown; all {count} are read.")
    if roster.notes:
        with st.expander(f"{len(roster.notes)} remarks about lines"):
            _faults(roster.notes)
    st.button(
        f"Put {count} {'student' if count == 1 else 'students'} into the class",
        type="primary",
        key="roster.enrol",
        on_click=_enrol,
        args=(store, who, classroom, roster),
    )


def _enrol(store: Store, who: Teacher, classroom: Classroom, roster: Roster) -> None:
    came = deeds.do("", enrolment.enrol, store, who, classroom.id, roster)
    if came is not None:
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        deeds.say(_words(came))


def _turn(classroom: Classroom) -> str:
    """Changes once a list is in the class, so that the fields are empty for the next one."""
    return f"{classroom.id}.{st.session_state.get(_TURN, 0)}"


def _words(came: Enrolment) -> str:
    words = f"{came.added} new, {came.found} already in the class. The class is now closed to everyone not on the list."
    if came.absent:
        few = ", ".join(came.absent[:10]) + (" and others" if len(came.absent) > 10 else "")
        words += f" In the class but not on the list, and still able to return: {few}."
    return f"{words} Print the slips next."


def _slips(store: Store, who: Teacher, classroom: Classroom) -> None:
    everyone = students.of_class(store, who, classroom.id, now())
    without = [student.id for student in everyone if not student.has_pin]
    if not everyone:
        st.caption("There is nobody in the class to make slips for.")
        return
    if without:
        count = "1 student has" if len(without) == 1 else f"{len(without)} students have"
        st.markdown(f"{count} no PIN yet and cannot come in without one.")
        if st.button("Make slips for those without a PIN", type="primary", key="roster.slips"):
            _make(store, who, classroom, without)
    else:
        st.markdown("Everyone in the class has a PIN.")
    with st.popover("New slips for everyone"):
        st.markdown("All PINs that are out stop working, and everyone is signed out.")
        again = st.button(f"Make {len(everyone)} new PINs", key="roster.all")
    if again:
        _make(store, who, classroom, [student.id for student in everyone])


def _make(store: Store, who: Teacher, classroom: Classroom, chosen: list[int]) -> None:
    """Make the slips here, where the bar is seen, and show them in the next run."""
    slips.make(store, who, classroom, chosen)
    st.rerun()
