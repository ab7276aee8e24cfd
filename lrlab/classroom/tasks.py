"""Which numbers a student was given: drawn from a seed nobody can guess, and kept once they were seen."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from lrlab.classroom.database import Found, insert_once
from lrlab.classroom.tables import openings

_SEED_BYTES = 6


@dataclass(frozen=True)
class Task:
    """One variant of an exercise: enough to ask exactly this again, and to judge it again.

    `version` is the digest of the exercise's file, `engine` the version of the lab that drew and judged.
    """

    exercise: str
    variant: int
    version: str
    engine: str
    seed: int
    parameters: Mapping[str, Any]


def draw_seed(learner: Found, exercise: str, variant: int) -> int:
    """A keyed hash of class, student, exercise and variant, 48 bits; `learner` is a row of `access.the_learner`."""
    message = f"{learner.id}\x00{exercise}\x00{variant}".encode()
    digest = hmac.digest(learner.secret, message, hashlib.sha256)
    return int.from_bytes(digest[:_SEED_BYTES])


def keep(connection: Connection, learner: int, task: Task, at: datetime) -> Task:
    """Note that a student has seen a variant, and return it as it was when it was first seen."""
    if _insert(connection, learner, task, at):
        return task
    row = connection.execute(
        select(openings).where(
            openings.c.learner_id == learner,
            openings.c.exercise == task.exercise,
            openings.c.variant == task.variant,
        )
    ).one()
    return from_row(row)


def settle(connection: Connection, learner: int, task: Task, opened_at: datetime) -> Task:
    """Give a task from elsewhere a place among a student's own: its number if that is free, else the next one.

    A task with the same seed is the same task, so settling twice changes nothing.
    """
    mine = (openings.c.learner_id == learner, openings.c.exercise == task.exercise)
    known = connection.execute(select(openings.c.variant).where(*mine, openings.c.seed == task.seed)).scalar()
    if known is not None:
        return replace(task, variant=known)
    if not _insert(connection, learner, task, opened_at):
        last = connection.execute(select(func.max(openings.c.variant)).where(*mine)).scalar_one()
        task = replace(task, variant=last + 1)
        _insert(connection, learner, task, opened_at)
    return task


def columns(task: Task) -> dict[str, object]:
    """A task as columns of a table, but for its variant."""
    return {
        "exercise": task.exercise,
        "version": task.version,
        "engine": task.engine,
        "seed": task.seed,
        "parameters": dict(task.parameters),
    }


def from_row(row: Found) -> Task:
    """A task from a row that has its columns."""
    return Task(row.exercise, row.variant, row.version, row.engine, row.seed, row.parameters)


def _insert(connection: Connection, learner: int, task: Task, at: datetime) -> bool:
    return insert_once(
        connection, openings, learner_id=learner, variant=task.variant, opened_at=at, **columns(task)
    )
