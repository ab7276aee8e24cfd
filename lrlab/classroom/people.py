"""The students' door: join with a class code, return with name and PIN, or through an identity provider."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from lrlab.classroom import access, attempts, credentials, locks, names, pseudonyms
from lrlab.classroom.access import Learner
from lrlab.classroom.classes import Door
from lrlab.classroom.database import Found, Store, insert_once
from lrlab.classroom.records import Carried
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import classrooms, learners

JOINS_AN_HOUR = 400

_WRONG = "Class code, name and PIN do not fit together. Check all three, or ask your teacher for a new PIN."
_ANOTHER_WAY = "This name is in use in the class. Take another one, or return with its PIN if it is yours."


@dataclass(frozen=True)
class Welcome:
    """A student who has just come in.

    The token belongs in the cookie and nowhere else; the PIN, where there is one, is shown now and never again.
    """

    learner: Learner
    token: str = field(repr=False)
    pin: str | None = field(default=None, repr=False)
    carried: int = 0


def suggestions(store: Store, code: str, *, count: int = 5) -> tuple[str, ...]:
    """Pseudonyms that are free in the class with this code."""
    with store.reading() as connection:
        room = _open_room(connection, code)
        taken = set(
            connection.execute(
                select(learners.c.handle_key).where(learners.c.classroom_id == room.id)
            ).scalars()
        )
    return pseudonyms.draw(taken, count)


def join(
    store: Store,
    code: str,
    handle: str,
    at: datetime,
    *,
    own_device: bool = False,
    carried: Sequence[Carried] = (),
) -> Welcome:
    """Join a class under a handle, with a new PIN, and bring along what was done before joining."""
    name = names.tidy(handle, "name")
    with store.reading() as connection:
        _check_place(connection, _open_room(connection, code), name, at)
    pin = credentials.pin()
    hashed = credentials.slow_hash(pin)
    with store.writing() as connection:
        room = _open_room(connection, code)
        _check_place(connection, room, name, at)
        row = _insert(connection, room.id, name, at, pin_hash=hashed)
        return _enter(connection, row, at, own_device, carried, pin=pin)


def sign_in(
    store: Store,
    code: str,
    handle: str,
    pin: str,
    at: datetime,
    *,
    own_device: bool = False,
    carried: Sequence[Carried] = (),
) -> Welcome:
    """Return from any device with class code, handle and PIN.

    A wrong code, an unknown name and a wrong PIN cost the same and are answered in the same words.
    """
    key = names.key(handle)
    with store.reading() as connection:
        room = _room(connection, code)
        row = None if room is None else _learner(connection, room.id, key)
    lock = _lock(credentials.read_code(code) if room is None else room.id, key)
    locks.count_try(store, lock, at)
    hashed = None if row is None else row.pin_hash
    right = credentials.verify(hashed, "".join(pin.split()))
    if not right or row is None or room is None:
        raise Refusal(Reason.WRONG, _WRONG)
    with store.writing() as connection:
        now = _learner(connection, room.id, key)
        if now is None or now.pin_hash != hashed:
            raise Refusal(Reason.WRONG, _WRONG)
        _check_open(connection, room.id)
        locks.clear(connection, lock)
        return _enter(connection, now, at, own_device, carried)


def link(store: Store, who: Learner, issuer: str, subject: str, at: datetime) -> None:
    """Let an identity provider open this student's place from now on, beside the PIN."""
    with store.writing() as connection:
        row = access.the_open_learner(connection, who, at)
        other = connection.execute(
            select(learners.c.id).where(
                learners.c.classroom_id == row.classroom_id,
                learners.c.issuer == issuer,
                learners.c.subject == subject,
                learners.c.id != who.id,
            )
        ).first()
        if other is not None:
            raise Refusal(
                Reason.TAKEN,
                "This sign-in belongs to another name in the class. Nothing was changed; "
                "your teacher can merge the two.",
            )
        connection.execute(
            update(learners).where(learners.c.id == who.id).values(issuer=issuer, subject=subject)
        )


def enter_with_identity(
    store: Store,
    code: str,
    issuer: str,
    subject: str,
    at: datetime,
    *,
    handle: str | None = None,
    carried: Sequence[Carried] = (),
) -> Welcome:
    """Return to a class, or join it under `handle`, vouched for by an identity provider; nothing else of it is kept."""
    with store.writing() as connection:
        room = _room(connection, code)
        row = None
        if room is not None:
            row = connection.execute(
                select(learners).where(
                    learners.c.classroom_id == room.id,
                    learners.c.issuer == issuer,
                    learners.c.subject == subject,
                )
            ).one_or_none()
        if row is not None and room is not None:
            _check_open(connection, room.id)
            return _enter(connection, row, at, False, carried)
        room = _open_room(connection, code)
        name = names.tidy(handle or "", "name")
        _check_place(connection, room, name, at)
        row = _insert(connection, room.id, name, at, issuer=issuer, subject=subject)
        return _enter(connection, row, at, False, carried)


def unlock(connection: Connection, learner: Found) -> None:
    """Forget the wrong tries at a student's PIN."""
    locks.clear(connection, _lock(learner.classroom_id, learner.handle_key))


def _lock(room: object, key: str) -> str:
    return locks.name("learner", room, key)


def _room(connection: Connection, code: str) -> Found | None:
    return connection.execute(
        select(classrooms).where(classrooms.c.code == credentials.read_code(code))
    ).one_or_none()


def _open_room(connection: Connection, code: str) -> Found:
    room = _room(connection, code)
    if room is None:
        raise Refusal(Reason.WRONG, "There is no class with this code. Check it with your teacher.")
    if room.door == Door.ROSTER:
        raise Refusal(
            Reason.CLOSED,
            "This class has a list of its students. Return with the name and PIN on your slip, "
            "or ask your teacher to put you on the list.",
        )
    if room.door == Door.CLOSED or room.archived_at is not None:
        raise Refusal(Reason.CLOSED, "This class takes nobody new at the moment. Ask your teacher.")
    return room


def _check_open(connection: Connection, room: int) -> None:
    door = connection.execute(select(classrooms.c.door).where(classrooms.c.id == room)).scalar_one_or_none()
    if door is None or door == Door.CLOSED:
        raise Refusal(
            Reason.CLOSED,
            "Your teacher has closed this class. What you handed in is kept; ask when it opens.",
        )


def _check_place(connection: Connection, room: Found, name: str, at: datetime) -> None:
    lately = connection.execute(
        select(func.count())
        .select_from(learners)
        .where(learners.c.classroom_id == room.id, learners.c.joined_at > at - timedelta(hours=1))
    ).scalar_one()
    if lately >= JOINS_AN_HOUR:
        raise Refusal(
            Reason.LOCKED,
            f"{JOINS_AN_HOUR} students have joined this class within the hour, which is as many as it takes. "
            "Nothing was kept. Try again later, or ask your teacher to put you on a list.",
            wait=3600,
        )
    if _learner(connection, room.id, names.key(name)) is not None:
        raise Refusal(Reason.TAKEN, _ANOTHER_WAY)


def _learner(connection: Connection, room: int, key: str) -> Found | None:
    return connection.execute(
        select(learners).where(learners.c.classroom_id == room, learners.c.handle_key == key)
    ).one_or_none()


def _insert(connection: Connection, room: int, name: str, at: datetime, **credentials_: object) -> Found:
    key = names.key(name)
    if not insert_once(
        connection,
        learners,
        classroom_id=room,
        handle=name,
        handle_key=key,
        epoch=0,
        created_at=at,
        **credentials_,
    ):
        raise Refusal(Reason.TAKEN, _ANOTHER_WAY)
    return connection.execute(
        select(learners).where(learners.c.classroom_id == room, learners.c.handle_key == key)
    ).one()


def _enter(
    connection: Connection,
    row: Found,
    at: datetime,
    own_device: bool,
    carried: Sequence[Carried],
    *,
    pin: str | None = None,
) -> Welcome:
    if row.joined_at is None:
        connection.execute(update(learners).where(learners.c.id == row.id).values(joined_at=at))
    token = access.open_session(connection, row, at, own_device=own_device)
    learner = Learner(row.id, row.handle, row.classroom_id, credentials.token_hash(token))
    kept = attempts.carry(connection, access.the_learner(connection, learner, at, alone=True), carried)
    return Welcome(learner, token, pin, kept)
