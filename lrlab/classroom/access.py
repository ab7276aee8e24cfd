"""Who is acting, and whether they may: tokens become people here, and every function asks again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from lrlab.classroom import credentials
from lrlab.classroom.database import Found, Store
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import classrooms, keepers, learners, sessions, teachers

LEARNER_IDLE = timedelta(minutes=60)
TEACHER_IDLE = timedelta(minutes=20)
OWN_DEVICE = timedelta(days=30)
_SEEN_EVERY = timedelta(minutes=1)

# Asked in every transaction, so built once.
_LEARNER = (
    select(
        learners,
        classrooms.c.name.label("classroom"),
        classrooms.c.archived_at,
        classrooms.c.secret,
        sessions.c.seen_at,
        sessions.c.opened_at,
        sessions.c.own_device,
    )
    .join(sessions, sessions.c.learner_id == learners.c.id)
    .join(classrooms, classrooms.c.id == learners.c.classroom_id)
    .where(
        sessions.c.token_hash == bindparam("session"),
        learners.c.id == bindparam("person"),
        sessions.c.epoch == learners.c.epoch,
    )
)
_LEARNER_ALONE = _LEARNER.with_for_update(of=learners)
_TEACHER = (
    select(teachers.c.id, sessions.c.seen_at, sessions.c.opened_at, sessions.c.own_device)
    .join(sessions, sessions.c.teacher_id == teachers.c.id)
    .where(
        sessions.c.token_hash == bindparam("session"),
        teachers.c.id == bindparam("person"),
        sessions.c.epoch == teachers.c.epoch,
    )
)


@dataclass(frozen=True)
class Learner:
    """A signed-in student of one class; `session` names the session, and is not the token."""

    id: int
    handle: str
    classroom: int
    session: str = field(repr=False)


@dataclass(frozen=True)
class Teacher:
    """A signed-in teacher; `session` names the session, and is not the token."""

    id: int
    name: str
    session: str = field(repr=False)


@dataclass(frozen=True)
class Operator:
    """Whoever sits at the machine itself, where the database lies open anyway: the command line."""

    name: str = "the command line"


Keeper = Teacher | Operator


def who(store: Store, token: str | None, at: datetime, *, active: bool = True) -> Learner | Teacher | None:
    """The person a token belongs to, if it still does; `active` keeps the session from falling asleep.

    A page that refreshes itself passes `active=False`: only a person keeps a session awake.
    """
    if not token:
        return None
    session = credentials.token_hash(token)
    with store.reading() as connection:
        found = _person(connection, session, at)
    if found is None:
        return None
    person, seen_at = found
    if active and at - seen_at >= _SEEN_EVERY:
        with store.writing() as connection:
            connection.execute(
                update(sessions)
                .where(sessions.c.token_hash == session, sessions.c.seen_at < at)
                .values(seen_at=at)
            )
    return person


def sign_out(store: Store, who: Learner | Teacher) -> None:
    """End the session in every tab that shares its cookie."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.token_hash == who.session))


def open_session(
    connection: Connection, person: Found, at: datetime, *, teacher: bool = False, own_device: bool = False
) -> str:
    """Begin a session for a row of learners or teachers and return its token, which only the cookie will know."""
    token = credentials.token()
    connection.execute(
        sessions.insert().values(
            token_hash=credentials.token_hash(token),
            teacher_id=person.id if teacher else None,
            learner_id=None if teacher else person.id,
            epoch=person.epoch,
            opened_at=at,
            seen_at=at,
            own_device=own_device,
        )
    )
    return token


def the_learner(connection: Connection, who: Learner, at: datetime, *, alone: bool = False) -> Found:
    """The row of a student whose session still holds, with `classroom` (its name), `archived_at` and `secret`."""
    if not isinstance(who, Learner):
        raise Refusal(Reason.NOT_YOURS, "Only a student of a class can do this. Nothing was changed.")
    row = connection.execute(
        _LEARNER_ALONE if alone else _LEARNER, {"session": who.session, "person": who.id}
    ).one_or_none()
    if row is None or not _is_awake(row, LEARNER_IDLE, at):
        raise Refusal(
            Reason.SIGNED_OUT,
            "You are signed out. What you had handed in is kept. Return with class code, name and PIN.",
        )
    return row


def the_open_learner(connection: Connection, who: Learner, at: datetime) -> Found:
    """The same, for a class that is not archived and so may get something new; the student's other writers wait."""
    row = the_learner(connection, who, at, alone=True)
    if row.archived_at is not None:
        raise Refusal(
            Reason.CLOSED,
            "This class has ended. What you did is still here to read and to download; nothing new is kept.",
        )
    return row


def the_teacher(connection: Connection, who: Keeper, at: datetime) -> int | None:
    """The number of a teacher whose session still holds; None for the command line."""
    if isinstance(who, Operator):
        return None
    if not isinstance(who, Teacher):
        raise Refusal(Reason.NOT_YOURS, "Only a teacher can do this. Nothing was changed.")
    row = connection.execute(_TEACHER, {"session": who.session, "person": who.id}).one_or_none()
    if row is None or not _is_awake(row, TEACHER_IDLE, at):
        raise Refusal(Reason.SIGNED_OUT, "You are signed out. Nothing was changed. Sign in again.")
    return who.id


def the_classroom(
    connection: Connection, who: Keeper, classroom: int, at: datetime, *, alone: bool = False
) -> Found:
    """The row of a class, for one of its teachers; `alone` makes others who ask so wait until this is done."""
    teacher = the_teacher(connection, who, at)
    query = select(classrooms).where(classrooms.c.id == classroom)
    if teacher is not None:
        query = query.join(keepers, keepers.c.classroom_id == classrooms.c.id).where(
            keepers.c.teacher_id == teacher
        )
    row = connection.execute(query.with_for_update(of=classrooms) if alone else query).one_or_none()
    if row is None:
        raise Refusal(Reason.NOT_YOURS, "There is no such class among yours. Nothing was changed.")
    return row


def a_student(connection: Connection, who: Keeper, learner: int, at: datetime) -> Found:
    """The row of a student, for a teacher of their class."""
    teacher = the_teacher(connection, who, at)
    query = select(learners).where(learners.c.id == learner)
    if teacher is not None:
        query = query.join(keepers, keepers.c.classroom_id == learners.c.classroom_id).where(
            keepers.c.teacher_id == teacher
        )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Refusal(Reason.NOT_YOURS, "There is no such student in your classes. Nothing was changed.")
    return row


def hold(connection: Connection, students: Iterable[int]) -> None:
    """Let others who would add something to these students wait until this is done."""
    connection.execute(
        select(learners.c.id).where(learners.c.id.in_(students)).order_by(learners.c.id).with_for_update()
    )


def forget_the_sleeping(connection: Connection, at: datetime) -> None:
    """Remove sessions that can never be used again."""
    over = sessions.c.own_device & (sessions.c.opened_at <= at - OWN_DEVICE)
    asleep = ~sessions.c.own_device & (sessions.c.seen_at <= at - LEARNER_IDLE)
    connection.execute(delete(sessions).where(or_(over, asleep)))


def _person(connection: Connection, session: str, at: datetime) -> tuple[Learner | Teacher, datetime] | None:
    row = connection.execute(
        select(
            sessions,
            learners.c.handle,
            learners.c.classroom_id,
            learners.c.epoch.label("learner_epoch"),
            teachers.c.name,
            teachers.c.epoch.label("teacher_epoch"),
        )
        .outerjoin(learners, learners.c.id == sessions.c.learner_id)
        .outerjoin(teachers, teachers.c.id == sessions.c.teacher_id)
        .where(sessions.c.token_hash == session)
    ).one_or_none()
    if row is None or row.epoch not in (row.learner_epoch, row.teacher_epoch):
        return None
    if row.learner_id is not None:
        person: Learner | Teacher = Learner(row.learner_id, row.handle, row.classroom_id, session)
        idle = LEARNER_IDLE
    else:
        person, idle = Teacher(row.teacher_id, row.name, session), TEACHER_IDLE
    return (person, row.seen_at) if _is_awake(row, idle, at) else None


def _is_awake(session: Found, idle: timedelta, at: datetime) -> bool:
    if session.own_device:
        return bool(at - session.opened_at < OWN_DEVICE)
    return bool(at - session.seen_at < idle)
