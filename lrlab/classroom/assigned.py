"""What a class is asked to do: chapters and exercises, each with a date or without."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from lrlab.classroom import access, audit
from lrlab.classroom.access import Keeper, Learner
from lrlab.classroom.database import Store
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import assignments

KINDS = ("chapter", "exercise")


@dataclass(frozen=True)
class Assignment:
    """A chapter or an exercise by its name in the track, and until when."""

    kind: str
    name: str
    due: datetime | None = None


def assign(store: Store, who: Keeper, classroom: int, tasks: Iterable[Assignment], at: datetime) -> None:
    """Replace what a class is asked to do."""
    given = {(task.kind, task.name): task for task in tasks}
    wrong = next((kind for kind, _ in given if kind not in KINDS), None)
    if wrong is not None:
        raise Refusal(Reason.UNFIT, f"“{wrong}” cannot be assigned, only a chapter or an exercise.")
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        connection.execute(delete(assignments).where(assignments.c.classroom_id == classroom))
        for task in given.values():
            connection.execute(
                assignments.insert().values(
                    classroom_id=classroom, kind=task.kind, name=task.name, due=task.due
                )
            )
        audit.note(connection, who, classroom, "changed what is assigned", at, tasks=len(given))


def of_class(store: Store, who: Keeper, classroom: int, at: datetime) -> tuple[Assignment, ...]:
    """What a class is asked to do, for its teacher."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        return _all(connection, classroom)


def of_learner(store: Store, who: Learner, at: datetime) -> tuple[Assignment, ...]:
    """What a student is asked to do."""
    with store.reading() as connection:
        return _all(connection, access.the_learner(connection, who, at).classroom_id)


def _all(connection: Connection, classroom: int) -> tuple[Assignment, ...]:
    rows = connection.execute(
        select(assignments).where(assignments.c.classroom_id == classroom).order_by("kind", "name")
    )
    return tuple(Assignment(row.kind, row.name, row.due) for row in rows)
