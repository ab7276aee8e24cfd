"""What a teacher does for single students: PINs, names, places."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from lrlab.classroom import access, audit, credentials, names, people
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Found, Store
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import attempts, classrooms, learners, sessions


@dataclass(frozen=True)
class Student:
    """A student in the teacher's list; `cells` are what the roster said of them, in the order of its header."""

    id: int
    handle: str
    has_pin: bool
    cells: tuple[str, ...]
    joined_at: datetime | None
    seen_at: datetime | None
    attempts: int


@dataclass(frozen=True)
class Slip:
    """A slip to print: this is the only time the PIN is seen."""

    handle: str
    pin: str = field(repr=False)
    cells: tuple[str, ...] = ()


def of_class(store: Store, who: Keeper, classroom: int, at: datetime) -> tuple[Student, ...]:
    """All students of a class by name."""
    counted = (
        select(func.count()).where(attempts.c.learner_id == learners.c.id).scalar_subquery().label("attempts")
    )
    seen = (
        select(func.max(sessions.c.seen_at))
        .where(sessions.c.learner_id == learners.c.id)
        .scalar_subquery()
        .label("seen_at")
    )
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            select(learners, counted, seen)
            .where(learners.c.classroom_id == classroom)
            .order_by(learners.c.handle_key)
        ).all()
    return tuple(
        Student(
            row.id,
            row.handle,
            row.pin_hash is not None,
            tuple(row.roster_cells or ()),
            row.joined_at,
            row.seen_at,
            row.attempts,
        )
        for row in rows
    )


def new_pins(
    store: Store, who: Keeper, classroom: int, chosen: Collection[int], at: datetime
) -> tuple[Slip, ...]:
    """Give students new PINs and return their slips; their old PINs and all their sessions end.

    A hash takes a moment: for a large class, call this for a few dozen students at a time.
    """
    with store.reading() as connection:
        found = _chosen(connection, who, classroom, chosen, at)
    made = {row.id: credentials.pin() for row in found}
    hashed = dict(zip(made, credentials.slow_hashes(made.values()), strict=True))
    with store.writing() as connection:
        now = _chosen(connection, who, classroom, chosen, at)
        for row in now:
            connection.execute(
                update(learners)
                .where(learners.c.id == row.id)
                .values(pin_hash=hashed[row.id], epoch=learners.c.epoch + 1)
            )
            people.unlock(connection, row)
            audit.note(connection, who, classroom, "made a new PIN", at, student=row.id)
    return tuple(Slip(row.handle, made[row.id], tuple(row.roster_cells or ())) for row in now)


def unlock(store: Store, who: Keeper, learner: int, at: datetime) -> None:
    """Let a student try their PIN again at once."""
    with store.writing() as connection:
        row = access.a_student(connection, who, learner, at)
        people.unlock(connection, row)
        audit.note(connection, who, row.classroom_id, "unlocked a student", at, student=learner)


def rename(store: Store, who: Keeper, learner: int, handle: str, at: datetime) -> str:
    """Give a student another name, and return it as it is kept."""
    name = names.tidy(handle, "name")
    with store.writing() as connection:
        row = access.a_student(connection, who, learner, at)
        _check_free(connection, row.classroom_id, name, learner)
        connection.execute(
            update(learners).where(learners.c.id == learner).values(handle=name, handle_key=names.key(name))
        )
        audit.note(connection, who, row.classroom_id, "renamed a student", at, student=learner)
    return name


def move(store: Store, who: Keeper, learner: int, classroom: int, at: datetime) -> None:
    """Take a student with everything they did to another class of the same teacher; they return with its code.

    What a roster said of them goes along only where both classes have lists of the same form.
    """
    with store.writing() as connection:
        row = access.a_student(connection, who, learner, at)
        there = access.the_classroom(connection, who, classroom, at)
        if classroom == row.classroom_id:
            return
        here = connection.execute(select(classrooms).where(classrooms.c.id == row.classroom_id)).one()
        _check_free(connection, classroom, row.handle, learner)
        same_list = (here.roster or {}).get("header") == (there.roster or {}).get("header")
        connection.execute(
            update(learners)
            .where(learners.c.id == learner)
            .values(
                classroom_id=classroom,
                epoch=learners.c.epoch + 1,
                roster_cells=row.roster_cells if same_list else None,
            )
        )
        for room in (here.id, there.id):
            audit.note(connection, who, room, "moved a student between classes", at, student=learner)


def _chosen(
    connection: Connection, who: Keeper, classroom: int, chosen: Collection[int], at: datetime
) -> Sequence[Found]:
    access.the_classroom(connection, who, classroom, at)
    rows = connection.execute(
        select(learners)
        .where(learners.c.classroom_id == classroom, learners.c.id.in_(chosen))
        .order_by(learners.c.handle_key)
    ).all()
    if len(rows) != len(set(chosen)):
        raise Refusal(Reason.NOT_YOURS, "Not all of these students are in this class. Nothing was changed.")
    return rows


def _check_free(connection: Connection, classroom: int, name: str, but: int) -> None:
    other = connection.execute(
        select(learners.c.id, classrooms.c.name)
        .join(classrooms, classrooms.c.id == learners.c.classroom_id)
        .where(
            learners.c.classroom_id == classroom,
            learners.c.handle_key == names.key(name),
            learners.c.id != but,
        )
    ).first()
    if other is not None:
        raise Refusal(
            Reason.TAKEN,
            f"There is a “{name}” in “{other.name}” already. Nothing was changed; rename one of them first.",
        )
