"""The tab “Grades”: everything that can leave a class as a file."""

import streamlit as st

from lrlab.classroom import assigned
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.gradebook import files, grid, moodle
from lrlab.classroom.gradebook.files import Format, Wish
from lrlab.classroom.gradebook.grid import Choice
from lrlab.ui import plain, remembered
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds

_READY = "grades.file"
_FORMATS = {
    Format.SPREADSHEET: "Spreadsheet (CSV)",
    Format.CANVAS: "Canvas gradebook import",
    Format.MOODLE: "Moodle grade import",
    Format.ATTEMPTS: "Every attempt, one a row (CSV)",
    Format.LINES: "Every attempt (JSON lines)",
    Format.CLASS: "The whole class (JSON)",
}
_CHOICES = {
    Choice.BEST: "the best attempt",
    Choice.FIRST: "the first attempt",
    Choice.LATEST: "the latest attempt",
}
_BY_CHAPTER, _BY_EXERCISE = "a chapter", "an exercise"
_MIME = {"csv": "text/csv", "jsonl": "application/x-ndjson", "json": "application/json"}


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """Choose, look, prepare, download."""
    st.markdown("Every file that leaves is noted in the log of the class. A blank grade means not tried.")
    form = st.selectbox("File", list(_FORMATS), format_func=_FORMATS.__getitem__, key="grades.format")
    st.markdown(_advice(form, classroom))
    wish = _grades(store, who, classroom, form) if form.has_grades else Wish(form)
    if wish is None:
        return
    # Not a callback: that would be called with what was chosen one run ago.
    if st.button("Prepare the file", type="primary", key="grades.prepare"):
        _prepare(store, who, classroom, wish)
    _download(classroom, wish)


def _advice(form: Format, classroom: Classroom) -> str:
    if form is Format.CANVAS and classroom.roster != "canvas":
        return (
            "Canvas finds students by its own columns. Export the gradebook in Canvas (*Grades, Export*), put that "
            "file in under *Roster*, and come back."
        )
    if form is Format.MOODLE and classroom.roster != "moodle":
        return (
            "Moodle finds students by number, user name or address. Export the grades in Moodle as plain text, put "
            "that file in under *Roster*, and come back."
        )
    return {
        Format.SPREADSHEET: "A line a student: the list's own columns as they came, then the grades, then the sum.",
        Format.CANVAS: (
            "In Canvas: *Grades, Import*. A column whose title the export already had fills that assignment; any other "
            "becomes a new one, and Canvas shows you which before it does anything."
        ),
        Format.MOODLE: (
            "In Moodle: *Grades, Import, CSV file*. Map the identifying column to the same field, and each grade to a "
            "new grade item or to the one that is there."
        ),
        Format.ATTEMPTS: "Who answered what, when, and what was said to it. Times are UTC.",
        Format.LINES: "The same as attempts in CSV, for a program to read. Times are UTC.",
        Format.CLASS: "Students, attempts, predictions, live rounds, regrades and log; nothing that lets anyone in.",
    }[form]


def _grades(store: Store, who: Teacher, classroom: Classroom, form: Format) -> Wish | None:
    left, right = st.columns(2)
    by = left.radio("One column for", [_BY_CHAPTER, _BY_EXERCISE], key="grades.by", horizontal=True)
    choice = right.radio(
        "What counts", list(_CHOICES), format_func=_CHOICES.__getitem__, key="grades.choice", horizontal=True
    )
    tasks = assigned.of_class(store, who, classroom.id, now())
    only = bool(tasks) and st.checkbox("Only what is assigned", value=True, key="grades.assigned")
    out_of: int = moodle.MOST
    if form is Format.MOODLE:
        out_of = st.number_input(
            "Grades out of",
            min_value=1,
            max_value=moodle.MOST,
            value=moodle.MOST,
            step=1,
            key="grades.out_of",
        )
    columns = files.columns(remembered.track(), tasks if only else (), by_chapter=by == _BY_CHAPTER)
    if not columns:
        st.caption("Nothing that is assigned is in the course any more. Choose again under *Class*.")
        return None
    wish = Wish(form, columns, choice, out_of)
    _preview(store, who, classroom, wish)
    return wish


def _preview(store: Store, who: Teacher, classroom: Classroom, wish: Wish) -> None:
    """The grades on the screen, in points."""
    found = grid.grid(store, who, classroom.id, wish.columns, wish.choice, now())
    titles = [f"{column.title} (of {column.points})" for column in wish.columns]
    rows = []
    for line in found.lines:
        points = (None if value is None else value / 1000 for value in line.earned)
        rows.append({"name": line.handle, **dict(zip(titles, points, strict=True))})
    if rows:
        st.dataframe(rows, hide_index=True, alt="Grades", placeholder="", key="grades.preview")
    else:
        st.caption("Nobody is in the class yet.")


def _prepare(store: Store, who: Teacher, classroom: Classroom, wish: Wish) -> None:
    file = deeds.do("", files.make, store, who, classroom.id, wish)
    if file is None:
        st.rerun()
    st.session_state[_READY] = (classroom.id, wish, file)


def _download(classroom: Classroom, wish: Wish) -> None:
    number, prepared, file = st.session_state.get(_READY, (None, None, None))
    if file is None or number != classroom.id or prepared != wish:
        return
    st.download_button(
        f"Download {file.name}",
        file.data,
        file_name=file.name,
        mime=_MIME[file.name.rpartition(".")[2]],
        on_click="ignore",
        icon=":material/download:",
        key="grades.download",
    )
    if file.left_out:
        plain.say(
            f"Not in the file, because the list does not say who they are there: {', '.join(file.left_out)}."
        )
