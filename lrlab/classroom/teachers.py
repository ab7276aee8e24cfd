"""The teachers' door: a first invitation in the server's own log, then a name and a passphrase.

There is no default account. A lab without teachers prints an invitation or asks for the key its owner has set; after
that, teachers invite each other.
"""

import hmac
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select, update

from lrlab.classroom import access, audit, credentials, locks, names
from lrlab.classroom.access import Keeper, Operator, Teacher
from lrlab.classroom.database import Found, Store, insert_once
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import classrooms, invitations, keepers, teachers

INVITATION_LASTS = timedelta(days=7)

_WRONG = "Name and passphrase do not fit together. Nothing was changed; check both and try again."
_SPENT = "This invitation has been used or is too old. Nothing was changed; ask for a new one."
_KEY_LOCK = locks.name("teacher key")


@dataclass(frozen=True)
class Entrance:
    """A teacher who has just come in; the token belongs in the cookie and nowhere else."""

    teacher: Teacher
    token: str = field(repr=False)


def first_invitation(store: Store) -> str | None:
    """A one-time token for the server's log while the lab has no teacher; None once it has one."""
    token = credentials.token()
    with store.writing() as connection:
        if connection.execute(select(teachers.c.id).limit(1)).first() is not None:
            return None
        connection.execute(invitations.insert().values(token_hash=credentials.token_hash(token)))
    return token


def invite(store: Store, who: Keeper, at: datetime) -> str:
    """A one-time token with which one more teacher can set up an account within a week."""
    token = credentials.token()
    with store.writing() as connection:
        teacher = access.the_teacher(connection, who, at)
        connection.execute(delete(invitations).where(invitations.c.expires_at <= at))
        connection.execute(
            invitations.insert().values(
                token_hash=credentials.token_hash(token), teacher_id=teacher, expires_at=at + INVITATION_LASTS
            )
        )
        audit.note(connection, who, None, "invited a teacher", at)
    return token


def set_up(store: Store, invitation: str, name: str, passphrase: str, at: datetime) -> Entrance:
    """Make an account with an invitation, which is then spent; with the first account all open ones are."""
    valid = (
        invitations.c.token_hash == credentials.token_hash(invitation),
        or_(invitations.c.expires_at.is_(None), invitations.c.expires_at > at),
    )
    with store.reading() as connection:
        if connection.execute(select(invitations.c.token_hash).where(*valid)).first() is None:
            raise Refusal(Reason.WRONG, _SPENT)
    hashed = credentials.slow_hash(_fit(passphrase, name))
    with store.writing() as connection:
        if connection.execute(delete(invitations).where(*valid)).rowcount != 1:
            raise Refusal(Reason.WRONG, _SPENT)
        return _welcome(connection, name, hashed, at)


def set_up_with_key(
    store: Store, key: str, expected: str, name: str, passphrase: str, at: datetime
) -> Entrance:
    """Make an account with the key that the lab's owner has set (`expected`); guesses are slowed and locked."""
    fit = _fit(passphrase, name)
    locks.count_try(store, _KEY_LOCK, at)
    if not expected or not hmac.compare_digest(key.encode(), expected.encode()):
        raise Refusal(Reason.WRONG, "This is not the teacher key of this lab. Nothing was changed.")
    hashed = credentials.slow_hash(fit)
    with store.writing() as connection:
        locks.clear(connection, _KEY_LOCK)
        return _welcome(connection, name, hashed, at)


def add(store: Store, who: Operator, name: str, passphrase: str, at: datetime) -> None:
    """Make an account from the command line."""
    _check_operator(who)
    hashed = credentials.slow_hash(_fit(passphrase, name))
    with store.writing() as connection:
        _insert(connection, name, at, passphrase_hash=hashed)
        audit.note(connection, who, None, "made a teacher's account", at)


def everyone(store: Store, who: Operator, at: datetime) -> tuple[str, ...]:
    """The names of all teachers, for the command line."""
    _check_operator(who)
    with store.reading() as connection:
        return tuple(connection.execute(select(teachers.c.name).order_by(teachers.c.name_key)).scalars())


def set_passphrase(store: Store, who: Operator, name: str, passphrase: str, at: datetime) -> None:
    """Give a teacher who has forgotten theirs another passphrase, from the command line; their sessions end."""
    _check_operator(who)
    hashed = credentials.slow_hash(_fit(passphrase, name))
    with store.writing() as connection:
        row = _called(connection, name)
        connection.execute(
            update(teachers)
            .where(teachers.c.id == row.id)
            .values(passphrase_hash=hashed, epoch=teachers.c.epoch + 1)
        )
        locks.clear(connection, locks.name("teacher", row.name_key))
        audit.note(connection, who, None, "gave a teacher another passphrase", at, teacher=row.id)


def remove(store: Store, who: Operator, name: str, at: datetime) -> None:
    """Remove a teacher's account, from the command line; refused while a class would be left without a teacher."""
    _check_operator(who)
    with store.writing() as connection:
        row = _called(connection, name)
        mine = select(keepers.c.classroom_id).where(keepers.c.teacher_id == row.id)
        shared = select(keepers.c.classroom_id).where(keepers.c.teacher_id != row.id)
        alone = connection.execute(
            select(classrooms.c.name).where(classrooms.c.id.in_(mine), classrooms.c.id.not_in(shared))
        ).scalars()
        left = ", ".join(f"“{title}”" for title in alone)
        if left:
            raise Refusal(
                Reason.UNFIT,
                f"“{row.name}” is the only teacher of {left}. Nothing was changed; share or delete these first.",
            )
        locks.clear(connection, locks.name("teacher", row.name_key))
        connection.execute(delete(teachers).where(teachers.c.id == row.id))
        audit.note(connection, who, None, "removed a teacher's account", at, teacher=row.id)


def sign_in(store: Store, name: str, passphrase: str, at: datetime) -> Entrance:
    """Let a teacher in by name and passphrase."""
    key = names.key(name)
    lock = locks.name("teacher", key)
    locks.count_try(store, lock, at)
    with store.reading() as connection:
        row = connection.execute(select(teachers).where(teachers.c.name_key == key)).one_or_none()
    hashed = None if row is None else row.passphrase_hash
    if not credentials.verify(hashed, unicodedata.normalize("NFC", passphrase)) or row is None:
        raise Refusal(Reason.WRONG, _WRONG)
    with store.writing() as connection:
        now = connection.execute(select(teachers).where(teachers.c.id == row.id)).one_or_none()
        if now is None or now.passphrase_hash != hashed:
            raise Refusal(Reason.WRONG, _WRONG)
        locks.clear(connection, lock)
        return _enter(connection, now, at)


def sign_in_with_identity(
    store: Store, issuer: str, subject: str, email: str, allowed: Collection[str], at: datetime
) -> Entrance:
    """Let a teacher in whom an identity provider vouches for, if the owner of the lab lists their verified address.

    The account belongs to issuer and subject; the address is only held against the list and not kept.
    """
    if email.strip().casefold() not in {address.strip().casefold() for address in allowed}:
        raise Refusal(
            Reason.NOT_YOURS,
            "Your sign-in worked, but its address is not on this lab's list of teachers. Ask its owner to add it.",
        )
    with store.writing() as connection:
        mine = (teachers.c.issuer == issuer, teachers.c.subject == subject)
        row = connection.execute(select(teachers).where(*mine)).one_or_none()
        if row is None:
            row = _insert(connection, _free_name(connection, email), at, issuer=issuer, subject=subject)
        return _enter(connection, row, at)


def change_passphrase(store: Store, who: Teacher, old: str, new: str, at: datetime) -> Entrance:
    """Replace the passphrase; every other session of this teacher ends."""
    with store.reading() as connection:
        access.the_teacher(connection, who, at)
        hashed = connection.execute(
            select(teachers.c.passphrase_hash).where(teachers.c.id == who.id)
        ).scalar_one()
    fit = _fit(new, who.name)
    lock = locks.name("teacher", names.key(who.name))
    locks.count_try(store, lock, at)
    if hashed is not None and not credentials.verify(hashed, unicodedata.normalize("NFC", old)):
        raise Refusal(Reason.WRONG, "The old passphrase is not right. Nothing was changed.")
    new_hash = credentials.slow_hash(fit)
    with store.writing() as connection:
        access.the_teacher(connection, who, at)
        locks.clear(connection, lock)
        connection.execute(
            update(teachers)
            .where(teachers.c.id == who.id)
            .values(passphrase_hash=new_hash, epoch=teachers.c.epoch + 1)
        )
        audit.note(connection, who, None, "changed their passphrase", at)
        return _enter(
            connection, connection.execute(select(teachers).where(teachers.c.id == who.id)).one(), at
        )


def _check_operator(who: Operator) -> None:
    if not isinstance(who, Operator):
        raise Refusal(
            Reason.NOT_YOURS, "Only the command line changes the accounts of others; invite them instead."
        )


def _called(connection: Connection, name: str) -> Found:
    row = connection.execute(select(teachers).where(teachers.c.name_key == names.key(name))).one_or_none()
    if row is None:
        raise Refusal(Reason.UNFIT, f"There is no teacher called “{name}” here. Nothing was changed.")
    return row


def _fit(passphrase: str, name: str) -> str:
    given = unicodedata.normalize("NFC", passphrase)
    if not credentials.SHORTEST_PASSPHRASE <= len(given) <= credentials.LONGEST_SECRET:
        raise Refusal(
            Reason.UNFIT,
            f"The passphrase has {len(given)} characters and needs {credentials.SHORTEST_PASSPHRASE} to "
            f"{credentials.LONGEST_SECRET}. Nothing was kept. Four or five unrelated words do well.",
        )
    if len(set(given)) < 5 or names.key(given) == names.key(name):
        raise Refusal(
            Reason.UNFIT, "This passphrase is easy to guess. Nothing was kept; take unrelated words."
        )
    return given


def _insert(connection: Connection, name: str, at: datetime, **credentials_: object) -> Found:
    title = names.tidy(name, "name")
    key = names.key(title)
    if not insert_once(
        connection, teachers, name=title, name_key=key, epoch=0, created_at=at, **credentials_
    ):
        raise Refusal(
            Reason.TAKEN, f"There is a teacher called “{title}” already. Nothing was kept; take another."
        )
    return connection.execute(select(teachers).where(teachers.c.name_key == key)).one()


def _free_name(connection: Connection, email: str) -> str:
    name = names.tidy(email.partition("@")[0] or "teacher", "name")
    taken = set(connection.execute(select(teachers.c.name_key)).scalars())
    return next(
        candidate
        for candidate in (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
        if names.key(candidate) not in taken
    )


def _welcome(connection: Connection, name: str, hashed: str, at: datetime) -> Entrance:
    row = _insert(connection, name, at, passphrase_hash=hashed)
    connection.execute(delete(invitations).where(invitations.c.expires_at.is_(None)))
    entrance = _enter(connection, row, at)
    audit.note(connection, entrance.teacher, None, "set up an account", at)
    return entrance


def _enter(connection: Connection, row: Found, at: datetime) -> Entrance:
    token = access.open_session(connection, row, at, teacher=True)
    return Entrance(Teacher(row.id, row.name, credentials.token_hash(token)), token)
