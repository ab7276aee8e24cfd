"""Grades for Canvas's gradebook import, by the rules of its own importer.

The identity cells go back as Canvas wrote them. A column whose title the roster's export already had takes that
assignment's header and points, so that Canvas finds it; any other becomes a new assignment. Titles that Canvas would
take for something else are altered: it reads a number in brackets at the end as an assignment's number, drops
columns that look like its own totals, and looks headers up by their text, so that none may be there twice. It keeps
two decimals. There is no byte order mark: Canvas does not expect one.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from lrlab.classroom import access, audit
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Store
from lrlab.classroom.gradebook.cells import File, decimal, file_name, table
from lrlab.classroom.gradebook.grid import Choice, Column, Grid, count
from lrlab.classroom.refusals import Reason, Refusal

_TOTALS = re.compile("(Current|Final|Override) (Score|Points|Grade|Status)")
_NUMBER_AT_THE_END = re.compile(r"(.*)\s\((\d+)\)\Z", re.DOTALL)
_OF_A_STUDENT = (
    "Student",
    "LastName",
    "FirstName",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Section",
    "Integration ID",
    "Root Account",
)
_POINTS = re.compile(r"\d+(\.\d+)?")


def export(
    store: Store, who: Keeper, classroom: int, columns: Sequence[Column], choice: Choice, at: datetime
) -> File:
    """The grades of a class whose roster is a Canvas export."""
    audit.log(store, who, classroom, "exported grades for Canvas", at, choice=choice)
    with store.reading() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        if room.roster is None or room.roster["kind"] != "canvas":
            raise Refusal(
                Reason.UNFIT,
                "This class has no roster from Canvas, so Canvas could not tell whose grades these are. Export the "
                "gradebook in Canvas, put that file in as the roster, and come back.",
            )
        grades = count(connection, classroom, columns, choice)
    left_out = tuple(line.handle for line in grades.lines if not line.cells)
    return File(file_name(room.name, "canvas", at, "csv"), write(grades, room.roster), left_out)


def write(grades: Grid, roster: Mapping[str, Any]) -> bytes:
    """The file itself; `roster` is the form of the roster as the class keeps it."""
    header: list[str] = roster["header"]
    known = {_plain_title(name): (name, points) for name, points in roster["assignments"]}
    titles: list[str] = []
    worth: list[Fraction] = []
    points: list[str] = []
    for column in grades.columns:
        name, there = known.get(column.title, (None, ""))
        if name is None or name in titles:
            name, there = _new_title(column.title, {*titles, *header, *known}), str(column.points)
        titles.append(name)
        points.append(there)
        worth.append(Fraction(there) if _POINTS.fullmatch(there) else Fraction(column.points))
    rows = [[*header, *titles], ["    Points Possible", *[""] * (len(header) - 1), *points]]
    for line in grades.lines:
        if line.cells:
            earned = [
                "" if value is None else decimal(Fraction(value, 1000 * column.points) * full)
                for value, column, full in zip(line.earned, grades.columns, worth, strict=True)
            ]
            rows.append([*line.cells, *earned])
    return table(rows, for_excel=False)


def _plain_title(header: str) -> str:
    match = _NUMBER_AT_THE_END.fullmatch(header)
    return match[1] if match else header


def _new_title(title: str, taken: set[str]) -> str:
    name = " ".join(title.split())
    name = _NUMBER_AT_THE_END.sub(r"\1 [\2]", name)
    name = _TOTALS.sub(lambda match: match[0].lower(), name)
    if name in _OF_A_STUDENT:
        name = f"{name} in the lab"
    candidates = (name, *(f"{name} – {number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)
