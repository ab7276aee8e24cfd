"""What teachers changed and took out, for teachers to read.

A row names students by number only, so that erasing a student leaves no name behind.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from lrlab.classroom import access
from lrlab.classroom.access import Keeper, Learner, Operator, Teacher
from lrlab.classroom.database import Store
from lrlab.classroom.tables import audit, learners


@dataclass(frozen=True)
class Entry:
    """One action: `action` is a phrase that follows the actor's name; `student` is whom it was about, if anyone."""

    at: datetime
    actor: str
    action: str
    student: str | None
    detail: dict[str, Any]


def note(
    connection: Connection,
    who: Teacher | Learner | Operator | None,
    classroom: int | None,
    action: str,
    at: datetime,
    **detail: object,
) -> None:
    """Add a row, in the transaction of the action itself; `who` is None for what the lab does by itself."""
    # A student goes without a name here: what is noted of one is that they erased themselves.
    actor = "the lab" if who is None else "a student" if isinstance(who, Learner) else who.name
    connection.execute(
        audit.insert().values(
            at=at,
            classroom_id=classroom,
            teacher_id=who.id if isinstance(who, Teacher) else None,
            actor=actor,
            action=action,
            detail=detail,
        )
    )


def log(store: Store, who: Keeper, classroom: int, action: str, at: datetime, **detail: object) -> None:
    """Add a row by itself, before something is taken out that is too long to be read inside a writing transaction."""
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        note(connection, who, classroom, action, at, **detail)


def read(store: Store, who: Keeper, classroom: int, at: datetime, *, limit: int = 500) -> tuple[Entry, ...]:
    """The latest actions in a class, newest first."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            select(audit)
            .where(audit.c.classroom_id == classroom)
            .order_by(audit.c.at.desc(), audit.c.id.desc())
            .limit(limit)
        ).all()
        handles = dict(
            connection.execute(
                select(learners.c.id, learners.c.handle).where(learners.c.classroom_id == classroom)
            ).all()
        )
    return tuple(
        Entry(row.at, row.actor, row.action, _student(row.detail.get("student"), handles), row.detail)
        for row in rows
    )


def _student(number: int | None, handles: dict[int, str]) -> str | None:
    if number is None:
        return None
    return handles.get(number, "a student who is no longer here")
