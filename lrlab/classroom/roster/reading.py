"""From lines of cells to a roster: which columns name a student, and what is to come back unchanged.

Canvas: the columns up to “Section” identify a student; a row whose first cell holds “Points Possible” says what each
assignment is worth; rows about posting policies and the test student are no students.
Moodle: one column (number, user name or address) is the key by which grades are taken back.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lrlab.classroom import names
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.roster.sheet import MOST_ROWS, Fault, Sheet, Unreadable, read_sheet, unreadable

_ASSIGNMENT = re.compile(r".*\S \(\d+\)")
_NO_STUDENT = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_MOODLE_NAMES = ("First name", "Last name", "Surname")
_MOODLE_KEYS = ("ID number", "Username", "Email address")


class Kind(StrEnum):
    """Where a roster came from, which is where its grades go."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    CSV = "csv"
    PASTED = "pasted"


@dataclass(frozen=True)
class Fields:
    """Which columns are which: those that make up the name in the lab (none: a pseudonym), those to keep, the key.

    The key is the column by which a grade finds its student again.
    """

    kind: Kind
    handle: tuple[str, ...]
    keep: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class Entry:
    """One student; `handle` is empty where a pseudonym is to be drawn."""

    line: int
    handle: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """A column of the learning platform's gradebook: its header to the letter, and its points as written there."""

    header: str
    points: str


@dataclass(frozen=True)
class Roster:
    """A list that can be put into a class."""

    kind: Kind
    header: tuple[str, ...]
    key: str
    entries: tuple[Entry, ...]
    assignments: tuple[Assignment, ...] = ()
    notes: tuple[Fault, ...] = ()


def from_lines(text: str) -> Roster | Unreadable:
    """A roster of names that were typed or pasted, one a line."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return unreadable(Fault(0, "There is no name in the list. Write one name a line."))
    if len(lines) > MOST_ROWS:
        return unreadable(Fault(0, f"The list has {len(lines)} names and may have {MOST_ROWS}."))
    return _checked(Kind.PASTED, (), "", [Entry(line, handle, ()) for line, handle in lines])


def from_file(data: bytes, fields: Fields | None = None) -> Roster | Unreadable:
    """A roster from a platform's export or any CSV; `fields` are needed where the file is not recognised."""
    sheet = read_sheet(data)
    if isinstance(sheet, Unreadable):
        return sheet
    chosen = fields or recognise(sheet)
    if chosen is None:
        return unreadable(
            Fault(
                0, "The columns are not those of a Canvas or Moodle export. Say which columns name a student."
            )
        )
    unknown = [
        name for name in (*chosen.handle, *chosen.keep, chosen.key) if name and name not in sheet.header
    ]
    if unknown:
        return unreadable(Fault(1, f"There is no column called {', '.join(unknown)}."))
    twice = [name for name, count in Counter(sheet.header).items() if count > 1 and name in chosen.keep]
    if twice:
        return unreadable(Fault(1, f"There is more than one column called {', '.join(twice)}."))
    return _roster(sheet, chosen)


def headers(data: bytes) -> tuple[str, ...] | Unreadable:
    """The columns of a file, for saying which is which."""
    sheet = read_sheet(data)
    return sheet if isinstance(sheet, Unreadable) else sheet.header


def recognise(sheet: Sheet) -> Fields | None:
    """The columns of a Canvas or Moodle export in English; None for anything else."""
    header = sheet.header
    student, number = (["LastName", "FirstName"], 2) if header[:1] == ("LastName",) else (["Student"], 1)
    section = next((place for place, name in enumerate(header) if "Section" in name), None)
    if (
        section
        and section > number
        and all(name in header[:number] for name in student)
        and "ID" in header[number]
    ):
        handle = tuple(reversed(student))
        return Fields(Kind.CANVAS, handle, header[: section + 1], header[number])
    named = tuple(name for name in _MOODLE_NAMES if name in header)
    keys = [name for name in _MOODLE_KEYS if name in header]
    if named and keys:
        filled = [name for name in keys if all(row[header.index(name)].strip() for _, row in sheet.rows)]
        key = (filled or keys)[0]
        return Fields(Kind.MOODLE, named, (*named, key), key)
    return None


def _roster(sheet: Sheet, fields: Fields) -> Roster | Unreadable:
    rows, notes = list(sheet.rows), list(sheet.notes)
    assignments: tuple[Assignment, ...] = ()
    if fields.kind is Kind.CANVAS:
        assignments = _assignments(sheet)
        rows = [(line, cells) for line, cells in rows if not _is_about_columns(cells)]
        notes += [Fault(line, "The test student was skipped.") for line, cells in rows if _is_a_test(cells)]
        rows = [(line, cells) for line, cells in rows if not _is_a_test(cells)]
    pick = _picker(sheet.header, fields.handle)
    keep = _picker(sheet.header, fields.keep)
    entries = [
        Entry(line, " ".join(cell.strip() for cell in pick(cells)), keep(cells)) for line, cells in rows
    ]
    faults = []
    if fields.key:
        where = fields.keep.index(fields.key) if fields.key in fields.keep else None
        if where is None:
            return unreadable(Fault(1, f"The key column, {fields.key}, must be among those that are kept."))
        faults = _duplicates(entries, lambda entry: entry.cells[where].strip(), fields.key)
        notes += [
            Fault(
                entry.line, f"There is no {fields.key} here; this student's grades cannot be sent back by it."
            )
            for entry in entries
            if not entry.cells[where].strip()
        ]
    roster = _checked(
        fields.kind, fields.keep, fields.key, entries, assignments, notes, named=bool(fields.handle)
    )
    if isinstance(roster, Unreadable) or faults:
        return unreadable(*faults, *(roster.faults if isinstance(roster, Unreadable) else ()))
    return roster


def _checked(
    kind: Kind,
    header: tuple[str, ...],
    key: str,
    entries: Sequence[Entry],
    assignments: tuple[Assignment, ...] = (),
    notes: Iterable[Fault] = (),
    *,
    named: bool = True,
) -> Roster | Unreadable:
    """The roster, if every name can be used and none is there twice."""
    if not named:
        return Roster(kind, header, key, tuple(entries), assignments, tuple(notes))
    tidy: list[Entry] = []
    faults: list[Fault] = []
    for entry in entries:
        try:
            tidy.append(Entry(entry.line, names.tidy(entry.handle, "name"), entry.cells))
        except Refusal as refusal:
            faults.append(Fault(entry.line, refusal.sentence))
    faults += _duplicates(tidy, lambda entry: names.key(entry.handle), "name")
    if faults:
        return unreadable(*sorted(faults, key=lambda fault: fault.line))
    return Roster(kind, header, key, tuple(tidy), assignments, tuple(notes))


def _duplicates(entries: Iterable[Entry], of: Callable[[Entry], str], what: str) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for entry in entries:
        value = of(entry)
        if value and value in first:
            faults.append(Fault(entry.line, f"The {what} is the same as in line {first[value]}."))
        first.setdefault(value, entry.line)
    return faults


def _picker(header: tuple[str, ...], wanted: tuple[str, ...]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    places = [header.index(name) for name in wanted]
    return lambda cells: tuple(cells[place] for place in places)


def _is_about_columns(cells: Sequence[str]) -> bool:
    return "Points Possible" in cells[0] or all(_NO_STUDENT.fullmatch(cell) for cell in cells)


def _is_a_test(cells: Sequence[str]) -> bool:
    return cells[0].strip() == "Student, Test" or tuple(cells[:2]) == ("Student", "Test")


def _assignments(sheet: Sheet) -> tuple[Assignment, ...]:
    points = next(
        (cells for _, cells in sheet.rows if "Points Possible" in cells[0]), ("",) * len(sheet.header)
    )
    return tuple(
        Assignment(name, points[place].strip())
        for place, name in enumerate(sheet.header)
        if _ASSIGNMENT.fullmatch(name) and "read only" not in points[place]
    )
