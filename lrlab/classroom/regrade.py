"""Judging again what was judged before, after an exercise or a judge was mended: look first, then apply, or undo.

The judge comes in as a function, so that this room knows nothing of exercise files. An attempt's own judgement is
never touched: a regrade puts another beside it, which stands until it is undone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select, update

from lrlab.classroom import access, audit, standings
from lrlab.classroom.access import Keeper, Teacher
from lrlab.classroom.database import Store
from lrlab.classroom.records import Attempt, Judgement, columns, from_row, in_force
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import attempts, judgements, learners, regrades


class Mode(StrEnum):
    """Which of the new judgements are taken."""

    RAISE_ONLY = "raise only"
    REPLACE = "replace"


@dataclass(frozen=True)
class Rejudged:
    """A new judgement, by which version of the exercise and of the lab."""

    judgement: Judgement
    version: str
    engine: str


Judge = Callable[[Attempt], Rejudged | None]  # None: this attempt cannot be judged any more


@dataclass(frozen=True)
class Change:
    """An attempt whose judgement would be another; `before` is the one that stands now."""

    attempt: Attempt
    handle: str
    before: Judgement
    after: Rejudged

    @property
    def rises(self) -> bool:
        """Whether the student gains by it: more points, or a pass."""
        return (self.after.judgement.passed, self.after.judgement.score) > (
            self.before.passed,
            self.before.score,
        )

    @property
    def sentence(self) -> str:
        """From what to what, and why."""
        before, after = self.before, self.after.judgement
        return (
            f"{self.handle}, attempt {self.attempt.number}: {before.score / 1000:g} ({before.outcome}) "
            f"becomes {after.score / 1000:g} ({after.outcome}). {after.message}"
        )


@dataclass(frozen=True)
class Preview:
    """A dry run: what would change, how many attempts stay as they are, and which could not be judged again."""

    classroom: int
    exercise: str
    changes: tuple[Change, ...]
    unchanged: int
    unjudged: tuple[Attempt, ...]

    @property
    def scored(self) -> tuple[Change, ...]:
        """The changes that a student's score or pass would show; the others change only words."""
        return tuple(
            change
            for change in self.changes
            if (change.before.passed, change.before.score)
            != (change.after.judgement.passed, change.after.judgement.score)
        )

    def under(self, mode: Mode) -> tuple[Change, ...]:
        """The changes that a mode takes."""
        return tuple(change for change in self.changes if mode is Mode.REPLACE or change.rises)


@dataclass(frozen=True)
class Regrade:
    """A regrade that was applied."""

    id: int
    exercise: str
    mode: Mode
    reason: str
    at: datetime
    undone_at: datetime | None
    changed: int


def preview(store: Store, who: Keeper, classroom: int, exercise: str, judge: Judge, at: datetime) -> Preview:
    """Judge every attempt of a class at an exercise again, and keep nothing."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            in_force()
            .add_columns(learners.c.handle)
            .join(learners, learners.c.id == attempts.c.learner_id)
            .where(learners.c.classroom_id == classroom, attempts.c.exercise == exercise)
            .order_by(learners.c.handle_key, attempts.c.ended, attempts.c.id)
        ).all()
    changes: list[Change] = []
    unjudged: list[Attempt] = []
    for row in rows:
        attempt = from_row(row)
        again = judge(attempt)
        if again is None:
            unjudged.append(attempt)
        elif again.judgement != attempt.judgement:
            changes.append(Change(attempt, row.handle, attempt.judgement, again))
    unchanged = len(rows) - len(changes) - len(unjudged)
    return Preview(classroom, exercise, tuple(changes), unchanged, tuple(unjudged))


def apply(store: Store, who: Keeper, seen: Preview, mode: Mode, reason: str, at: datetime) -> Regrade:
    """Let the judgements of a preview stand; refused when one of its attempts was judged anew since."""
    taken = seen.under(mode)
    if not taken:
        raise Refusal(Reason.UNFIT, "Nothing would change, so nothing was done.")
    with store.writing() as connection:
        access.the_classroom(connection, who, seen.classroom, at, alone=True)
        access.hold(connection, {change.attempt.learner for change in taken})
        _check_unmoved(connection, seen.classroom, taken)
        connection.execute(
            insert(regrades).values(
                classroom_id=seen.classroom,
                teacher_id=who.id if isinstance(who, Teacher) else None,
                exercise=seen.exercise,
                mode=mode,
                reason=reason,
                at=at,
            )
        )
        number = connection.execute(
            select(func.max(regrades.c.id)).where(regrades.c.classroom_id == seen.classroom)
        ).scalar_one()
        _stand(connection, number, taken)
        _count_again(connection, number, seen.exercise)
        audit.note(
            connection, who, seen.classroom, "regraded an exercise", at,
            regrade=number, exercise=seen.exercise, mode=mode, changed=len(taken),
        )  # fmt: skip
    return Regrade(number, seen.exercise, mode, reason, at, None, len(taken))


def undo(store: Store, who: Keeper, classroom: int, number: int, at: datetime) -> None:
    """Put back what stood before a regrade; a later regrade of the same exercise must be undone first."""
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at, alone=True)
        row = connection.execute(
            select(regrades).where(regrades.c.id == number, regrades.c.classroom_id == classroom)
        ).one_or_none()
        if row is None:
            raise Refusal(Reason.NOT_YOURS, "There is no such regrade in this class. Nothing was changed.")
        if row.undone_at is not None:
            return
        later = connection.execute(
            select(regrades.c.id).where(
                regrades.c.classroom_id == classroom,
                regrades.c.exercise == row.exercise,
                regrades.c.undone_at.is_(None),
                regrades.c.id > number,
            )
        ).first()
        if later is not None:
            raise Refusal(
                Reason.CHANGED,
                "This exercise was regraded again since. Nothing was changed; undo the later one first.",
            )
        access.hold(connection, _students(connection, number))
        mine = judgements.c.regrade_id == number
        before = select(judgements.c.replaces).where(mine, judgements.c.replaces.is_not(None))
        replaced = list(connection.execute(before).scalars())
        connection.execute(update(judgements).where(mine).values(stands=False))
        connection.execute(update(judgements).where(judgements.c.id.in_(replaced)).values(stands=True))
        connection.execute(update(regrades).where(regrades.c.id == number).values(undone_at=at))
        _count_again(connection, number, row.exercise)
        audit.note(connection, who, classroom, "undid a regrade", at, regrade=number, exercise=row.exercise)


def past(store: Store, who: Keeper, classroom: int, at: datetime) -> tuple[Regrade, ...]:
    """The regrades of a class, newest first."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            select(regrades, func.count(judgements.c.id).label("changed"))
            .outerjoin(judgements, judgements.c.regrade_id == regrades.c.id)
            .where(regrades.c.classroom_id == classroom)
            .group_by(regrades.c.id)
            .order_by(regrades.c.id.desc())
        ).all()
    return tuple(
        Regrade(row.id, row.exercise, Mode(row.mode), row.reason, row.at, row.undone_at, row.changed)
        for row in rows
    )


def _students(connection: Connection, number: int) -> set[int]:
    """The students whose attempts a regrade is about."""
    return set(
        connection.execute(
            select(attempts.c.learner_id)
            .join(judgements, judgements.c.attempt_id == attempts.c.id)
            .where(judgements.c.regrade_id == number)
        ).scalars()
    )


def _count_again(connection: Connection, number: int, exercise: str) -> None:
    for student in sorted(_students(connection, number)):
        standings.count_again(connection, student, exercise)


def _check_unmoved(connection: Connection, classroom: int, taken: Iterable[Change]) -> None:
    """Every attempt is still there, in this class, with the judgement that the preview showed."""
    wanted = {change.attempt.id: change.before for change in taken}
    rows = connection.execute(
        in_force()
        .join(learners, learners.c.id == attempts.c.learner_id)
        .where(learners.c.classroom_id == classroom, attempts.c.id.in_(wanted))
    )
    if {row.id: from_row(row).judgement for row in rows} != wanted:
        raise Refusal(
            Reason.CHANGED,
            "The attempts have changed since the preview. Nothing was changed; look again first.",
        )


def _stand(connection: Connection, number: int, taken: Iterable[Change]) -> None:
    wanted = {change.attempt.id: change.after for change in taken}
    before = {
        row.attempt_id: row.id
        for row in connection.execute(
            select(judgements.c.id, judgements.c.attempt_id).where(
                judgements.c.attempt_id.in_(wanted), judgements.c.stands
            )
        )
    }
    connection.execute(update(judgements).where(judgements.c.id.in_(before.values())).values(stands=False))
    connection.execute(
        insert(judgements),
        [
            {
                "regrade_id": number,
                "attempt_id": attempt,
                "version": again.version,
                "engine": again.engine,
                **columns(again.judgement),
                "stands": True,
                "replaces": before.get(attempt),
            }
            for attempt, again in wanted.items()
        ],
    )
