"""Grades for Moodle's grade import, by the rules of its own importer.

There the teacher maps one column to the students and the others to grades. One unknown student or one grade that is
no number stops the whole import, and a line without a key would give its grades to the student of the line above it:
so only students with the key are in the file, and the others are named beside it. A grade that is missing is a dash,
which Moodle takes for none in new and in existing items alike. Items it makes itself are out of 100, and it refuses
more than that.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from lrlab.classroom import access, audit
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Store
from lrlab.classroom.gradebook.cells import File, decimal, file_name, table
from lrlab.classroom.gradebook.grid import Choice, Column, Grid, Line, count
from lrlab.classroom.refusals import Reason, Refusal

MOST = 100


def export(
    store: Store,
    who: Keeper,
    classroom: int,
    columns: Sequence[Column],
    choice: Choice,
    at: datetime,
    *,
    out_of: int = MOST,
) -> File:
    """The grades of a class whose roster names Moodle's key; every column is scaled to `out_of`, at most 100."""
    if not 1 <= out_of <= MOST:
        raise Refusal(Reason.UNFIT, f"Moodle takes grades out of 1 to {MOST}, not out of {out_of}.")
    audit.log(store, who, classroom, "exported grades for Moodle", at, choice=choice)
    with store.reading() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        if room.roster is None or room.roster["kind"] != "moodle":
            raise Refusal(
                Reason.UNFIT,
                "This class has no roster from Moodle, so Moodle could not tell whose grades these are. Export the "
                "grades in Moodle, put that file in as the roster, and come back.",
            )
        grades = count(connection, classroom, columns, choice)
    left_out = tuple(line.handle for line in grades.lines if not _has_key(line, room.roster))
    return File(file_name(room.name, "moodle", at, "csv"), write(grades, room.roster, out_of), left_out)


def write(grades: Grid, roster: Mapping[str, Any], out_of: int = MOST) -> bytes:
    """The file itself; `roster` is the form of the roster as the class keeps it."""
    header: list[str] = roster["header"]
    titles: list[str] = []
    for column in grades.columns:
        name = " ".join(column.title.split())
        taken = {*titles, *header}
        candidates = (name, *(f"{name} – {number}" for number in range(2, len(taken) + 3)))
        titles.append(next(candidate for candidate in candidates if candidate not in taken))
    rows = [[*header, *titles]]
    for line in grades.lines:
        if _has_key(line, roster):
            earned = [
                "-" if value is None else decimal(Fraction(value, 1000 * column.points) * out_of)
                for value, column in zip(line.earned, grades.columns, strict=True)
            ]
            rows.append([*line.cells, *earned])
    return table(rows, for_excel=False)


def _has_key(line: Line, roster: Mapping[str, Any]) -> bool:
    return bool(line.cells) and bool(line.cells[roster["header"].index(roster["key"])].strip())
