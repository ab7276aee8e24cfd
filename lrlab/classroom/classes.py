"""Classes: begun, named, opened and closed, shared between teachers, ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, func, select, update

from lrlab.classroom import access, audit, credentials, names
from lrlab.classroom.access import Keeper, Learner
from lrlab.classroom.database import Found, Store, insert_once, scrub
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import classrooms, keepers, learners, teachers

LONGEST_RETENTION = 3650


class Door(StrEnum):
    """Who may come in."""

    OPEN = "open"  # whoever has the code may join
    ROSTER = "roster"  # only those on the roster
    CLOSED = "closed"  # nobody, and those inside are signed out


@dataclass(frozen=True)
class Classroom:
    """A class as its teachers see it; `roster` is where its list came from, `columns` what it says of students."""

    id: int
    name: str
    code: str
    door: Door
    students: int
    roster: str | None
    created_at: datetime
    archived_at: datetime | None
    retention_days: int | None
    warned_at: datetime | None
    columns: tuple[str, ...] = ()

    @property
    def ends_at(self) -> datetime | None:
        """When the class is deleted with everything in it, if that is set; never before the warning was out a week."""
        if self.archived_at is None or self.retention_days is None:
            return None
        return self.archived_at + timedelta(days=self.retention_days)


def create(store: Store, who: Keeper, name: str, at: datetime) -> Classroom:
    """Begin a class, open to whoever has its new code."""
    title = names.tidy(name, "name of the class", names.LONGEST_TITLE)
    with store.writing() as connection:
        teacher = access.the_teacher(connection, who, at)
        code = _fresh_code(connection)
        connection.execute(
            classrooms.insert().values(
                name=title, code=code, door=Door.OPEN, secret=secrets.token_bytes(32), created_at=at
            )
        )
        number = connection.execute(select(classrooms.c.id).where(classrooms.c.code == code)).scalar_one()
        if teacher is not None:
            connection.execute(keepers.insert().values(classroom_id=number, teacher_id=teacher))
        audit.note(connection, who, number, "began the class", at)
        return _record(connection, access.the_classroom(connection, who, number, at))


def mine(store: Store, who: Keeper, at: datetime) -> tuple[Classroom, ...]:
    """The classes of a teacher, the newest first; all of them for the command line."""
    with store.reading() as connection:
        teacher = access.the_teacher(connection, who, at)
        query = select(classrooms).order_by(classrooms.c.created_at.desc(), classrooms.c.id.desc())
        if teacher is not None:
            query = query.join(keepers, keepers.c.classroom_id == classrooms.c.id).where(
                keepers.c.teacher_id == teacher
            )
        return tuple(_record(connection, row) for row in connection.execute(query).all())


def get(store: Store, who: Keeper, classroom: int, at: datetime) -> Classroom:
    """One class."""
    with store.reading() as connection:
        return _record(connection, access.the_classroom(connection, who, classroom, at))


def title(store: Store, who: Learner, at: datetime) -> str:
    """The name of a student's class."""
    with store.reading() as connection:
        return str(access.the_learner(connection, who, at).classroom)


def rename(store: Store, who: Keeper, classroom: int, name: str, at: datetime) -> Classroom:
    """Give a class another name."""
    new = names.tidy(name, "name of the class", names.LONGEST_TITLE)
    return _change(store, who, classroom, at, "renamed the class", name=new)


def change_code(store: Store, who: Keeper, classroom: int, at: datetime) -> Classroom:
    """Give a class another code; who has joined stays, and who returns needs the new one."""
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        return _set(connection, who, classroom, at, "changed the code", code=_fresh_code(connection))


def set_door(store: Store, who: Keeper, classroom: int, door: Door, at: datetime) -> Classroom:
    """Open a class, restrict it to its roster, or close it, which signs all its students out."""
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        if door is Door.CLOSED:
            connection.execute(
                update(learners)
                .where(learners.c.classroom_id == classroom)
                .values(epoch=learners.c.epoch + 1)
            )
        return _set(connection, who, classroom, at, f"set the door to {door}", door=door)


def archive(store: Store, who: Keeper, classroom: int, at: datetime) -> Classroom:
    """End a class: everything stays to be read, nothing new is kept."""
    with store.writing() as connection:
        row = access.the_classroom(connection, who, classroom, at)
        since = row.archived_at or at
        return _set(connection, who, classroom, at, "archived the class", archived_at=since)


def reopen(store: Store, who: Keeper, classroom: int, at: datetime) -> Classroom:
    """Take a class out of the archive; a deletion that was announced is called off."""
    return _change(
        store, who, classroom, at, "took the class out of the archive", archived_at=None, warned_at=None
    )


def set_retention(store: Store, who: Keeper, classroom: int, days: int | None, at: datetime) -> Classroom:
    """Say how many days after archiving a class is deleted with everything in it; None keeps it."""
    if days is not None and not 1 <= days <= LONGEST_RETENTION:
        raise Refusal(
            Reason.UNFIT,
            f"{days} days cannot be kept to; give 1 to {LONGEST_RETENTION}. Nothing was changed.",
        )
    return _change(store, who, classroom, at, "set the retention", retention_days=days, warned_at=None)


def remove(store: Store, who: Keeper, classroom: int, typed_name: str, at: datetime) -> bool:
    """Delete a class with everything in it, once its name was typed; False when traces may be left in the file."""
    with store.writing() as connection:
        row = access.the_classroom(connection, who, classroom, at)
        if " ".join(typed_name.split()) != row.name:
            raise Refusal(
                Reason.UNFIT,
                f"The name typed is not the name of the class, “{row.name}”. Nothing was deleted.",
            )
        connection.execute(delete(classrooms).where(classrooms.c.id == classroom))
        audit.note(connection, who, None, "deleted a class with everything in it", at, number=classroom)
    return scrub(store)


def add_teacher(store: Store, who: Keeper, classroom: int, name: str, at: datetime) -> None:
    """Share a class with another teacher of this lab."""
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        number = connection.execute(
            select(teachers.c.id).where(teachers.c.name_key == names.key(name))
        ).scalar_one_or_none()
        if number is None:
            raise Refusal(
                Reason.UNFIT,
                f"There is no teacher called “{name}” here. Nothing was changed. Invite them first, then add them.",
            )
        if insert_once(connection, keepers, classroom_id=classroom, teacher_id=number):
            audit.note(connection, who, classroom, "shared the class with a teacher", at, teacher=number)


def remove_teacher(store: Store, who: Keeper, classroom: int, teacher: int, at: datetime) -> None:
    """Take a class from a teacher, who may be oneself; the last one stays."""
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        left = connection.execute(
            select(keepers.c.teacher_id).where(keepers.c.classroom_id == classroom).with_for_update()
        ).scalars()
        if set(left) <= {teacher}:
            raise Refusal(
                Reason.UNFIT,
                "This is the only teacher of the class, so nothing was changed. "
                "Add another one first, or delete the class.",
            )
        connection.execute(
            delete(keepers).where(keepers.c.classroom_id == classroom, keepers.c.teacher_id == teacher)
        )
        audit.note(connection, who, classroom, "took the class from a teacher", at, teacher=teacher)


def teachers_of(store: Store, who: Keeper, classroom: int, at: datetime) -> tuple[tuple[int, str], ...]:
    """The teachers of a class by name: number and name."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        return tuple(
            connection.execute(
                select(teachers.c.id, teachers.c.name)
                .join(keepers, keepers.c.teacher_id == teachers.c.id)
                .where(keepers.c.classroom_id == classroom)
                .order_by(teachers.c.name_key)
            ).all()
        )


def _fresh_code(connection: Connection) -> str:
    while True:
        code = credentials.class_code()
        if not connection.execute(select(classrooms.c.id).where(classrooms.c.code == code)).first():
            return code


def _change(
    store: Store, who: Keeper, classroom: int, at: datetime, action: str, **values: object
) -> Classroom:
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        return _set(connection, who, classroom, at, action, **values)


def _set(
    connection: Connection, who: Keeper, classroom: int, at: datetime, action: str, **values: object
) -> Classroom:
    connection.execute(update(classrooms).where(classrooms.c.id == classroom).values(**values))
    audit.note(connection, who, classroom, action, at)
    return _record(connection, access.the_classroom(connection, who, classroom, at))


def _record(connection: Connection, row: Found) -> Classroom:
    students = connection.execute(
        select(func.count()).select_from(learners).where(learners.c.classroom_id == row.id)
    ).scalar_one()
    return Classroom(
        row.id,
        row.name,
        row.code,
        Door(row.door),
        students,
        None if row.roster is None else row.roster["kind"],
        row.created_at,
        row.archived_at,
        row.retention_days,
        row.warned_at,
        () if row.roster is None else tuple(row.roster["header"]),
    )
