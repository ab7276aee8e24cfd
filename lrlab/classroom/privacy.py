"""What privacy law gives people: everything about them in one file, and the erasure of all of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from lrlab.classroom import access, audit, locks
from lrlab.classroom.access import Keeper, Learner
from lrlab.classroom.database import Found, Store, scrub
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import (
    assignments,
    attempts,
    classrooms,
    judgements,
    keepers,
    learners,
    openings,
    predictions,
    regrades,
    rounds,
    standings,
    teachers,
    votes,
)
from lrlab.classroom.tables import (
    audit as audit_table,
)

WARNING = timedelta(days=7)
_NOT_FOR_EXPORT = frozenset(
    {"pin_hash", "handle_key", "answer_key", "secret", "epoch", "learner_id", "classroom_id"}
)


def my_data(store: Store, who: Learner, at: datetime) -> dict[str, Any]:
    """Everything the store knows of a student, for themselves, as plain values for JSON."""
    with store.reading() as connection:
        return _student(connection, access.the_learner(connection, who, at).id)


def student_data(store: Store, who: Keeper, learner: int, at: datetime) -> dict[str, Any]:
    """Everything the store knows of a student, for their teacher to hand over."""
    with store.writing() as connection:
        row = access.a_student(connection, who, learner, at)
        audit.note(connection, who, row.classroom_id, "exported a student's data", at, student=learner)
        return _student(connection, learner)


def class_data(store: Store, who: Keeper, classroom: int, at: datetime) -> dict[str, Any]:
    """A whole class as plain values for JSON: nothing left out but what lets people in."""
    audit.log(store, who, classroom, "exported the whole class", at)
    with store.reading() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        here = {"classroom_id": classroom}
        students = connection.execute(
            select(learners.c.id).filter_by(**here).order_by(learners.c.handle_key)
        ).scalars()
        names = (
            select(teachers.c.name)
            .join(keepers, keepers.c.teacher_id == teachers.c.id)
            .where(keepers.c.classroom_id == classroom)
        )
        return {
            **_plain(room),
            "teachers": list(connection.execute(names.order_by(teachers.c.name_key)).scalars()),
            "assigned": _rows(connection, assignments, **here),
            "students": [_student(connection, number) for number in students.all()],
            "rounds": _rows(connection, rounds, **here),
            "regrades": _rows(connection, regrades, **here),
            "audit": _rows(connection, audit_table, **here),
        }


def erase_me(store: Store, who: Learner, at: datetime) -> bool:
    """Erase a student at their own wish; False when traces may be left in the file until it is scrubbed again."""
    with store.writing() as connection:
        row = access.the_learner(connection, who, at)
        _erase(connection, row)
        audit.note(connection, who, row.classroom_id, "erased their own data", at, student=row.id)
    return scrub(store)


def erase(store: Store, who: Keeper, learner: int, at: datetime) -> bool:
    """Remove a student with everything they did; False when traces may be left in the file until scrubbed again."""
    with store.writing() as connection:
        row = access.a_student(connection, who, learner, at)
        _erase(connection, row)
        audit.note(connection, who, row.classroom_id, "erased a student", at, student=learner)
    return scrub(store)


def keep_house(store: Store, at: datetime) -> tuple[str, ...]:
    """What the lab does by itself, at its start and once a day: forget what is over, warn of deletions, delete.

    A class whose retention is over is first announced for deletion (its `warned_at`, which teachers see) and deleted
    a week later at the earliest, so also where the lab slept through the date. Returns the names of deleted classes.
    """
    with store.writing() as connection:
        access.forget_the_sleeping(connection, at)
        locks.forget_the_old(connection, at)
        ending = connection.execute(
            select(classrooms).where(
                classrooms.c.archived_at.is_not(None), classrooms.c.retention_days.is_not(None)
            )
        ).all()
        over = []
        for room in ending:
            end = room.archived_at + timedelta(days=room.retention_days)
            if room.warned_at is None and at >= end - WARNING:
                connection.execute(update(classrooms).where(classrooms.c.id == room.id).values(warned_at=at))
                audit.note(connection, None, room.id, "announced the deletion of the class", at)
            elif room.warned_at is not None and at >= max(end, room.warned_at + WARNING):
                connection.execute(delete(classrooms).where(classrooms.c.id == room.id))
                audit.note(
                    connection, None, None, "deleted a class whose retention was over", at, number=room.id
                )
                over.append(room.name)
    if over:
        scrub(store)
    return tuple(over)


def tidy_up(store: Store, who: Keeper, at: datetime) -> None:
    """Scrub the file again, after an erasure that could not."""
    with store.reading() as connection:
        access.the_teacher(connection, who, at)
    if not scrub(store):
        raise Refusal(
            Reason.UNREACHABLE,
            "Others were at work in the file. Everything erased is gone from use; try this again.",
        )


def _erase(connection: Connection, row: Found) -> None:
    locks.clear(connection, locks.name("learner", row.classroom_id, row.handle_key))
    connection.execute(delete(learners).where(learners.c.id == row.id))


def _student(connection: Connection, number: int) -> dict[str, Any]:
    row = connection.execute(select(learners).where(learners.c.id == number)).one()
    mine = {"learner_id": number}
    judged_again = (
        select(judgements)
        .join(attempts, attempts.c.id == judgements.c.attempt_id)
        .where(attempts.c.learner_id == number)
        .order_by(judgements.c.id)
    )
    return {
        **_plain(row),
        "attempts": _rows(connection, attempts, **mine),
        "judged_again": [_plain(found) for found in connection.execute(judged_again)],
        "standings": _rows(connection, standings, **mine),
        "opened": _rows(connection, openings, **mine),
        "predictions": _rows(connection, predictions, **mine),
        "votes": _rows(connection, votes, **mine),
    }


def _rows(connection: Connection, table: Table, **mine: int) -> list[dict[str, Any]]:
    query = select(table).filter_by(**mine).order_by(*table.primary_key)
    return [_plain(row) for row in connection.execute(query)]


def _plain(row: Found) -> dict[str, Any]:
    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()
        if name not in _NOT_FOR_EXPORT
    }
