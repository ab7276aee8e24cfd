"""The tab “Students”: who is in the class, and what can be done for one of them."""

import streamlit as st

from lrlab.classroom import students
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.students import Student
from lrlab.ui.account.store import now
from lrlab.ui.teacher import one_student, slips
from lrlab.ui.teacher.zone import local


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """The list, and below it the student who is chosen."""
    everyone = students.of_class(store, who, classroom.id, now())
    slips.show(classroom)
    if not everyone:
        st.markdown(
            "Nobody is here yet. Show the class its code, or put in a list of your students under *Roster*."
        )
        return
    st.dataframe(
        [_row(student, classroom) for student in everyone],
        hide_index=True,
        alt="Students",
        key="students.list",
    )
    st.caption("Times are yours. “Last seen” is empty once a session has ended.")
    by_number = {student.id: student for student in everyone}
    number = st.selectbox(
        "One student",
        list(by_number),
        index=None,
        format_func=lambda number: by_number[number].handle,
        placeholder="Choose, or type a name",
        key=f"students.one.{classroom.id}",
    )
    if number is not None:
        one_student.show(store, who, classroom, by_number[number], everyone)


def _row(student: Student, classroom: Classroom) -> dict[str, str | int]:
    cells = student.cells or ("",) * len(classroom.columns)
    return {
        "name": student.handle,
        "attempts": student.attempts,
        "last seen": local(student.seen_at),
        "joined": local(student.joined_at),
        "PIN": "yes" if student.has_pin else "none yet",
        **{f"list: {column}": cell for column, cell in zip(classroom.columns, cells, strict=True)},
    }
