"""What is kept of an answer and read back: the task, what was said, what was judged, the receipt."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, select

from lrlab.classroom import names, tasks
from lrlab.classroom.database import Found
from lrlab.classroom.tables import attempts, judgements
from lrlab.classroom.tasks import Task

_JUDGED = ("passed", "score", "outcome", "message", "misconception")


@dataclass(frozen=True)
class Judgement:
    """What a judge said: `score` in thousandths, `outcome` one word for what happened, `message` for the student."""

    passed: bool
    score: int
    outcome: str
    message: str
    misconception: str | None = None

    def __post_init__(self) -> None:  # noqa: D105
        if self.score != int(self.score) or not 0 <= self.score <= 1000:
            raise ValueError(f"a score is a whole number of thousandths, 0 to 1000, not {self.score}")


@dataclass(frozen=True)
class Submission:
    """An answer on its way in; `number` is the attempt number that stood on the form, from 1 within the variant."""

    task: Task
    number: int
    answer: str
    judgement: Judgement
    hints: int
    started: datetime


Carried = tuple[Submission, datetime]  # an answer from before joining, and when it was given


@dataclass(frozen=True)
class Attempt:
    """An answer as it was kept; `judgement` is the one that stands, which a regrade may have put there."""

    id: int
    learner: int
    task: Task
    number: int
    answer: str
    judgement: Judgement
    hints: int
    started: datetime
    ended: datetime
    receipt: str
    regraded: bool


@dataclass(frozen=True)
class Receipt:
    """Proof that an answer is kept; `repeated` says that it was there already and counts once."""

    attempt: Attempt
    repeated: bool

    def sentence(self, zone: tzinfo = UTC) -> str:
        """The receipt in words, with the time in the reader's zone."""
        attempt = self.attempt
        return (
            f"attempt {attempt.number}, {attempt.ended.astimezone(zone):%H:%M:%S}, receipt {attempt.receipt}"
        )


@cache
def in_force(*names: str) -> Select[Any]:
    """Every attempt with the judgement that stands: the latest regrade's where there is one, else its own.

    Only the columns called `names`, where any are named.
    """
    found: dict[str, ColumnElement[Any]] = {
        column.name: column for column in attempts.c if column.name != "answer_key"
    }
    for name in _JUDGED:
        found[name] = case((judgements.c.id.is_(None), attempts.c[name]), else_=judgements.c[name]).label(
            name
        )
    found["regraded"] = judgements.c.id.is_not(None).label("regraded")
    return select(*(found[name] for name in names or found)).outerjoin_from(
        attempts, judgements, and_(judgements.c.attempt_id == attempts.c.id, judgements.c.stands)
    )


def from_row(row: Found) -> Attempt:
    """An attempt from a row of `in_force`."""
    return Attempt(
        row.id,
        row.learner_id,
        tasks.from_row(row),
        row.number,
        row.answer,
        judgement(row),
        row.hints,
        row.started,
        row.ended,
        row.receipt,
        bool(row.regraded),
    )


def judgement(row: Found) -> Judgement:
    """A judgement from a row that has its columns."""
    return Judgement(bool(row.passed), row.score, row.outcome, row.message, row.misconception)


def columns(said: Judgement) -> dict[str, object]:
    """A judgement as columns of a table."""
    return {
        "passed": said.passed,
        "score": said.score,
        "outcome": said.outcome,
        "message": names.storable(said.message),
        "misconception": said.misconception,
    }


def of_learner(connection: Connection, learner: int, exercise: str | None = None) -> tuple[Attempt, ...]:
    """The attempts of a student in the order they were made, all or those at one exercise."""
    if exercise is None:
        rows = connection.execute(_OF_LEARNER, {"learner": learner})
    else:
        rows = connection.execute(_AT_EXERCISE, {"learner": learner, "exercise": exercise})
    return tuple(from_row(row) for row in rows)


_OF_LEARNER = (
    in_force().where(attempts.c.learner_id == bindparam("learner")).order_by(attempts.c.ended, attempts.c.id)
)
_AT_EXERCISE = _OF_LEARNER.where(attempts.c.exercise == bindparam("exercise"))
