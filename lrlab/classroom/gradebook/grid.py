"""The scores of a class, exercise by exercise or chapter by chapter, in whole thousandths of a point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from lrlab.classroom import access
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Found, Store
from lrlab.classroom.records import in_force
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import attempts, learners


class Choice(StrEnum):
    """Which attempt counts where there were several."""

    BEST = "best"
    FIRST = "first"
    LATEST = "latest"


@dataclass(frozen=True)
class Column:
    """One column of grades: a title, and what each of its exercises is worth in points (one, or a chapter's)."""

    title: str
    worth: Mapping[str, int]

    @property
    def points(self) -> int:
        """What the whole column is worth."""
        return sum(self.worth.values())


@dataclass(frozen=True)
class Line:
    """One student: `earned` has thousandths of a point for every column, None where nothing was tried."""

    learner: int
    handle: str
    cells: tuple[str, ...]
    earned: tuple[int | None, ...]


@dataclass(frozen=True)
class Grid:
    """A class's grades, its students by name."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def grid(
    store: Store, who: Keeper, classroom: int, columns: Sequence[Column], choice: Choice, at: datetime
) -> Grid:
    """The grades of a class as a teacher looks at them."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        return count(connection, classroom, columns, choice)


def count(connection: Connection, classroom: int, columns: Sequence[Column], choice: Choice) -> Grid:
    """The grades of a class, for a caller that has checked who is asking.

    An exercise that was not tried counts as nothing in a chapter that was begun.
    """
    if not columns or any(column.points < 1 for column in columns):
        raise Refusal(Reason.UNFIT, "Choose at least one exercise, each worth at least a point.")
    wanted = {exercise for column in columns for exercise in column.worth}
    scores: dict[tuple[int, str], int] = {}
    rows = connection.execute(
        in_force("learner_id", "exercise", "score")
        .join(learners, learners.c.id == attempts.c.learner_id)
        .where(learners.c.classroom_id == classroom, attempts.c.exercise.in_(wanted))
        .order_by(attempts.c.ended, attempts.c.id)
    )
    for row in rows:
        cell = (row.learner_id, row.exercise)
        scores[cell] = _chosen(choice, scores.get(cell), row.score)
    students = connection.execute(
        select(learners).where(learners.c.classroom_id == classroom).order_by(learners.c.handle_key)
    )
    return Grid(tuple(columns), tuple(_line(student, columns, scores) for student in students))


def _chosen(choice: Choice, before: int | None, now: int) -> int:
    if before is None or choice is Choice.LATEST:
        return now
    return max(before, now) if choice is Choice.BEST else before


def _line(student: Found, columns: Sequence[Column], scores: Mapping[tuple[int, str], int]) -> Line:
    earned = []
    for column in columns:
        tried = [
            worth * scores[student.id, exercise]
            for exercise, worth in column.worth.items()
            if (student.id, exercise) in scores
        ]
        earned.append(sum(tried) if tried else None)
    return Line(student.id, student.handle, tuple(student.roster_cells or ()), tuple(earned))
