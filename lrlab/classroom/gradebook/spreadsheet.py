"""Grades for a spreadsheet: one line a student, one column an exercise or chapter, and the sum."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from lrlab.classroom import access, audit
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Store
from lrlab.classroom.gradebook.cells import File, decimal, file_name, safe, table
from lrlab.classroom.gradebook.grid import Choice, Column, Grid, count


def export(
    store: Store, who: Keeper, classroom: int, columns: Sequence[Column], choice: Choice, at: datetime
) -> File:
    """The grades of a class as CSV."""
    audit.log(store, who, classroom, "exported grades for a spreadsheet", at, choice=choice)
    with store.reading() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        grades = count(connection, classroom, columns, choice)
    form = room.roster or {}
    return File(file_name(room.name, "grades", at, "csv"), write(grades, form.get("header", [])))


def write(grades: Grid, header: Sequence[str]) -> bytes:
    """The file itself; `header` names the roster's own columns, which every student of the roster has."""
    titles = [f"{column.title} (of {column.points})" for column in grades.columns]
    total = f"Total (of {sum(column.points for column in grades.columns)})"
    rows = [["Name", *map(safe, header), *map(safe, titles), total]]
    for line in grades.lines:
        cells = line.cells or ("",) * len(header)
        earned = ["" if value is None else decimal(Fraction(value, 1000)) for value in line.earned]
        whole = decimal(Fraction(sum(value or 0 for value in line.earned), 1000))
        rows.append([safe(line.handle), *map(safe, cells), *earned, whole])
    return table(rows, for_excel=True)
