"""At the student's desk: a variant is opened, answers are added once and never changed, each with a receipt."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from lrlab.classroom import access, credentials, names, records, standings, tasks
from lrlab.classroom.access import Keeper, Learner
from lrlab.classroom.database import Found, Store
from lrlab.classroom.records import Attempt, Carried, Receipt, Submission
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import attempts, learners, openings
from lrlab.classroom.tasks import Task

LONGEST_ANSWER = 4000
_RECEIPT_LENGTH = 4


@dataclass(frozen=True)
class Desk:
    """Where a student stands with one exercise: the variant in hand, the number the next form must carry, the past.

    `task` is None while the variant has not been opened; it is then to be drawn from `seed`.
    """

    variant: int
    seed: int
    task: Task | None
    number: int
    past: tuple[Attempt, ...]


def desk(store: Store, who: Learner, exercise: str, at: datetime) -> Desk:
    """Where a student stands with an exercise."""
    with store.reading() as connection:
        learner = access.the_learner(connection, who, at)
        opening = connection.execute(
            select(openings)
            .where(openings.c.learner_id == learner.id, openings.c.exercise == exercise)
            .order_by(openings.c.variant.desc())
            .limit(1)
        ).one_or_none()
        past = records.of_learner(connection, learner.id, exercise)
    task = None if opening is None else tasks.from_row(opening)
    variant = 1 if task is None else task.variant
    drawn = tasks.draw_seed(learner, exercise, variant) if task is None else task.seed
    number = 1 + max((attempt.number for attempt in past if attempt.task.variant == variant), default=0)
    return Desk(variant, drawn, task, number, past)


def seed(store: Store, who: Learner, exercise: str, variant: int, at: datetime) -> int:
    """The seed of a student's variant: the same on every device, and no use for guessing another student's."""
    with store.reading() as connection:
        return tasks.draw_seed(access.the_learner(connection, who, at), exercise, variant)


def open_task(store: Store, who: Learner, task: Task, at: datetime) -> Task:
    """Note that a student has seen a variant, and return it as it was when first seen, in whatever version that was."""
    with store.writing() as connection:
        learner = access.the_open_learner(connection, who, at)
        kept = tasks.keep(connection, learner.id, task, at)
        standings.count_again(connection, learner.id, task.exercise)
    return kept


def record(store: Store, who: Learner, submission: Submission, at: datetime) -> Receipt:
    """Keep an answer, once: the same answer to the same variant is answered from the record, however it came again.

    An answer whose number is taken (two tabs) gets the next free one.
    """
    if len(submission.answer) > LONGEST_ANSWER:
        raise Refusal(
            Reason.UNFIT,
            f"The answer has {len(submission.answer)} characters and may have {LONGEST_ANSWER}. "
            "It was not kept and cost no attempt; shorten it.",
        )
    with store.writing() as connection:
        learner = access.the_open_learner(connection, who, at)
        exercise = submission.task.exercise
        past = list(records.of_learner(connection, learner.id, exercise))
        receipt = _keep(connection, learner, submission, at, past)
        if not receipt.repeated:
            standings.count_again(connection, learner.id, exercise, past)
    return receipt


def carry(connection: Connection, learner: Found, carried: Sequence[Carried]) -> int:
    """Keep what a student did before coming in, at the times it was done; says how many attempts were new.

    `learner` is a row of `access.the_learner` that is held against the student's other writers.
    """
    if learner.archived_at is not None:
        return 0
    new = 0
    for submission, ended in sorted(carried, key=lambda pair: pair[1]):
        task = tasks.settle(connection, learner.id, submission.task, submission.started)
        past = list(records.of_learner(connection, learner.id, task.exercise))
        new += not _keep(connection, learner, replace(submission, task=task), ended, past).repeated
    for exercise in {submission.task.exercise for submission, _ in carried}:
        standings.count_again(connection, learner.id, exercise)
    return new


def history(store: Store, who: Learner, at: datetime, exercise: str | None = None) -> tuple[Attempt, ...]:
    """A student's own attempts in order, all or those at one exercise."""
    with store.reading() as connection:
        return records.of_learner(connection, access.the_learner(connection, who, at).id, exercise)


def of_student(
    store: Store, who: Keeper, learner: int, at: datetime, exercise: str | None = None
) -> tuple[Attempt, ...]:
    """The attempts of a student in order, all or those at one exercise, for their teacher."""
    with store.reading() as connection:
        return records.of_learner(connection, access.a_student(connection, who, learner, at).id, exercise)


def with_receipt(
    store: Store, who: Keeper, classroom: int, receipt: str, at: datetime
) -> tuple[Attempt, ...]:
    """The attempts in a class that carry this receipt: one, and rarely two."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            records.in_force()
            .join(learners, learners.c.id == attempts.c.learner_id)
            .where(learners.c.classroom_id == classroom, attempts.c.receipt == credentials.read_code(receipt))
        )
        return tuple(records.from_row(row) for row in rows)


def _keep(
    connection: Connection, learner: Found, submission: Submission, ended: datetime, past: list[Attempt]
) -> Receipt:
    """Add an attempt to the exercise's past ones, unless its answer is there; the student's row is held meanwhile."""
    task, answer = submission.task, names.storable(submission.answer)
    here = [attempt for attempt in past if attempt.task.variant == task.variant]
    plain = answer.split()
    for attempt in here:
        if attempt.answer.split() == plain:
            return Receipt(attempt, repeated=True)
    taken = {attempt.number for attempt in here}
    number = submission.number if submission.number not in taken else max(taken) + 1
    key = hashlib.sha256(" ".join(plain).encode()).hexdigest()
    said = replace(submission.judgement, message=names.storable(submission.judgement.message))
    started, receipt = min(submission.started, ended), _receipt(learner, task, number, key)
    kept: Any = connection.execute(
        attempts.insert(),
        {
            "learner_id": learner.id,
            "variant": task.variant,
            "number": number,
            **tasks.columns(task),
            "answer": answer,
            "answer_key": key,
            **vars(said),
            "hints": submission.hints,
            "started": started,
            "ended": ended,
            "receipt": receipt,
        },
    ).inserted_primary_key
    attempt = Attempt(
        kept[0],
        learner.id,
        task,
        number,
        answer,
        said,
        submission.hints,
        started,
        ended,
        receipt,
        regraded=False,
    )
    past.append(attempt)
    return Receipt(attempt, repeated=False)


def _receipt(learner: Found, task: Task, number: int, key: str) -> str:
    message = f"{learner.id}\x00{task.exercise}\x00{task.variant}\x00{number}\x00{key}".encode()
    return credentials.in_signs(hmac.digest(learner.secret, message, hashlib.sha256), _RECEIPT_LENGTH)
