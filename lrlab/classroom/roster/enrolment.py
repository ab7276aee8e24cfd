"""A roster into a class: all of it or none, and the class is then closed to strangers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from lrlab.classroom import access, audit, names, pseudonyms
from lrlab.classroom.access import Keeper
from lrlab.classroom.classes import Door
from lrlab.classroom.database import Found, Store
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.roster.reading import Entry, Roster
from lrlab.classroom.tables import classrooms, learners


@dataclass(frozen=True)
class Enrolment:
    """What came of a roster: how many students are new, how many were there, and who is in the class but not on it."""

    added: int
    found: int
    absent: tuple[str, ...]


def enrol(store: Store, who: Keeper, classroom: int, roster: Roster, at: datetime) -> Enrolment:
    """Put a roster into a class and restrict the class to it.

    A student who is there already, by the roster's key or else by name, stays and keeps name and PIN; nobody is
    removed. New students have no PIN until slips are printed.
    """
    with store.writing() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        known = connection.execute(select(learners).where(learners.c.classroom_id == classroom)).all()
        matches = _match(roster, known, same_list=(room.roster or {}).get("header") == list(roster.header))
        cells = {
            matches[entry.line]: list(entry.cells) or None
            for entry in roster.entries
            if entry.line in matches
        }
        _set_cells(
            connection, {row.id: cells.get(row.id) for row in known if row.roster_cells != cells.get(row.id)}
        )
        new = [entry for entry in roster.entries if entry.line not in matches]
        _insert(connection, classroom, new, {row.handle_key for row in known}, at)
        form = {
            "kind": roster.kind,
            "header": list(roster.header),
            "key": roster.key,
            "assignments": [[column.header, column.points] for column in roster.assignments],
        }
        connection.execute(
            update(classrooms).where(classrooms.c.id == classroom).values(roster=form, door=Door.ROSTER)
        )
        audit.note(
            connection, who, classroom, "put a roster into the class", at, added=len(new), found=len(matches)
        )
    on_it = set(matches.values())
    return Enrolment(len(new), len(matches), tuple(row.handle for row in known if row.id not in on_it))


def _match(roster: Roster, known: Sequence[Found], *, same_list: bool) -> dict[int, int]:
    """Which line of the roster is which student of the class."""
    where = roster.header.index(roster.key) if roster.key else None
    by_cell: dict[str, int] = {}
    if same_list and where is not None:
        by_cell = {row.roster_cells[where].strip(): row.id for row in known if row.roster_cells}
    by_handle = {row.handle_key: row.id for row in known}
    matches: dict[int, int] = {}
    claimed: set[int] = set()
    for entry in roster.entries:
        cell = entry.cells[where].strip() if where is not None else ""
        found = by_cell.get(cell) if cell else None
        if found is None and entry.handle:
            found = by_handle.get(names.key(entry.handle))
        if found is None:
            continue
        if found in claimed:
            raise Refusal(
                Reason.UNFIT,
                f"Line {entry.line} is a student whom another line of the list names too. Nothing was changed; "
                "rename one of them in the class first.",
            )
        claimed.add(found)
        matches[entry.line] = found
    return matches


def _set_cells(connection: Connection, cells: Mapping[int, list[str] | None]) -> None:
    """Write down what the roster says of students who were there already; nothing for those who are not on it."""
    if cells:
        connection.execute(
            update(learners)
            .where(learners.c.id == bindparam("number"))
            .values(roster_cells=bindparam("said")),
            [{"number": number, "said": said} for number, said in cells.items()],
        )


def _insert(connection: Connection, classroom: int, new: list[Entry], taken: set[str], at: datetime) -> None:
    if not new:
        return
    nameless = sum(1 for entry in new if not entry.handle)
    drawn = iter(pseudonyms.draw(taken, nameless))
    handles = [entry.handle or next(drawn) for entry in new]
    connection.execute(
        learners.insert(),
        [
            {
                "classroom_id": classroom,
                "handle": handle,
                "handle_key": names.key(handle),
                "epoch": 0,
                "roster_cells": list(entry.cells) or None,
                "created_at": at,
            }
            for handle, entry in zip(handles, new, strict=True)
        ],
    )
