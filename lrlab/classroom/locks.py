"""The lock that slows guessing: one per account, never per address, because a school shares one address."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from lrlab.classroom.database import Store, insert_once
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import locks

FREE_TRIES = 5
LONGEST_PAUSE = 900
_FORGOTTEN_AFTER = timedelta(days=1)


def name(*parts: object) -> str:
    """The name of an account's lock, whether the account exists or not; it tells nobody whose it is."""
    return hashlib.sha256("\x00".join(str(part) for part in parts).encode("utf-8", "replace")).hexdigest()


def pause(failures: int) -> int:
    """How many seconds an account stays shut after so many wrong tries: 1 after five, doubling to 15 minutes."""
    return 0 if failures < FREE_TRIES else min(2 ** (failures - FREE_TRIES), LONGEST_PAUSE)


def count_try(store: Store, lock: str, at: datetime) -> None:
    """Count a try as wrong before it is looked at; refuse it while the lock is shut.

    Committed on its own, so that a hundred tries at once, or one whose connection breaks, are all counted.
    """
    with store.writing() as connection:
        insert_once(connection, locks, name=lock, failures=0, until=None, tried_at=at)
        row = connection.execute(select(locks).where(locks.c.name == lock).with_for_update()).one()
        if row.until is None or row.until <= at:
            failures = 1 + (row.failures if row.tried_at > at - _FORGOTTEN_AFTER else 0)
            shut = pause(failures)
            until = at + timedelta(seconds=shut) if shut else None
            connection.execute(
                update(locks).where(locks.c.name == lock).values(failures=failures, until=until, tried_at=at)
            )
            return
    wait = max(1, round((row.until - at).total_seconds()))
    raise Refusal(
        Reason.LOCKED,
        f"There were too many wrong tries. Wait {_in_words(wait)} and try again, or ask your teacher to unlock it. "
        "Nothing that was saved is lost.",
        wait=wait,
    )


def clear(connection: Connection, lock: str) -> None:
    """Forget all tries: the right secret was given, or a teacher unlocked the account."""
    connection.execute(delete(locks).where(locks.c.name == lock))


def forget_the_old(connection: Connection, at: datetime) -> None:
    """Remove the locks of accounts that nobody has tried for a day."""
    connection.execute(delete(locks).where(locks.c.tried_at <= at - _FORGOTTEN_AFTER))


def _in_words(seconds: int) -> str:
    if seconds < 90:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    return f"{round(seconds / 60)} minutes"
