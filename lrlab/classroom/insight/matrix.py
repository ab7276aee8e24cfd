"""The live matrix: students × exercises, those who need help first.

Somebody needs help with an exercise that is not solved when the last three attempts failed in one direction, or when
they are here, have it in hand, and have been at it for ten minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, case, func, select

from lrlab.classroom import access
from lrlab.classroom.access import LEARNER_IDLE, Keeper
from lrlab.classroom.database import Found, Store
from lrlab.classroom.tables import learners, sessions, standings

SAME_FAILURES = 3
STUCK_AFTER = timedelta(minutes=10)


class State(StrEnum):
    """Where a student stands with an exercise."""

    UNTOUCHED = "not begun"
    TRYING = "trying"
    STUCK = "needs help"
    SOLVED = "solved"
    MASTERED = "mastered"


@dataclass(frozen=True, slots=True)
class Cell:
    """A student at an exercise; `best` in thousandths, `last` the last answer, `why` the reason for needing help."""

    state: State
    attempts: int = 0
    best: int = 0
    last: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A student; `cells` in the order of the matrix's exercises, `stuck` the exercises that need help."""

    learner: int
    handle: str
    here: bool
    stuck: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def solved(self) -> int:
        """How many exercises are solved."""
        return sum(cell.state in (State.SOLVED, State.MASTERED) for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """A class at one moment; those who are stuck and here come first, then those who are stuck, then by name."""

    exercises: tuple[str, ...]
    rows: tuple[Row, ...]
    at: datetime


_UNTOUCHED = Cell(State.UNTOUCHED)
_STATES = {state.value: state for state in State}


def matrix(
    store: Store,
    who: Keeper,
    classroom: int,
    exercises: Sequence[str],
    at: datetime,
    *,
    anonymous: bool = False,
) -> Matrix:
    """The matrix of a class; `anonymous` is for the projector: numbers for names, in an order that tells nothing."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        students = connection.execute(_students(classroom)).all()
        standings_ = connection.execute(_standings(classroom, exercises)).all()
    sitting = {row.id: row.in_hand for row in students if _is_here(row, at)}
    cells: dict[int, dict[str, Cell]] = {row.id: {} for row in students}
    for learner, exercise, *standing in standings_:
        cells[learner][exercise] = _cell(*standing, in_hand=sitting.get(learner) == exercise, at=at)
    rows = [_row(student, cells[student.id], exercises, student.id in sitting) for student in students]
    if anonymous:
        rows.sort(key=lambda row: (-row.solved, -sum(cell.attempts for cell in row.cells)))
        rows = [Row(0, f"Student {n}", row.here, row.stuck, row.cells) for n, row in enumerate(rows, 1)]
    else:
        rows.sort(key=lambda row: (not (row.stuck and row.here), not row.stuck))
    return Matrix(tuple(exercises), tuple(rows), at)


def _is_here(student: Found, at: datetime) -> bool:
    return student.seen_at is not None and at - student.seen_at < LEARNER_IDLE


def _cell(
    tried: int,
    best: int,
    state: str,
    last: str,
    way: str,
    in_a_row: int,
    since: datetime | None,
    last_at: datetime | None,
    *,
    in_hand: bool,
    at: datetime,
) -> Cell:
    if since is None or last_at is None:
        return Cell(_STATES[state], tried, best, last)
    why = ""
    if in_a_row >= SAME_FAILURES:
        why = f"{in_a_row} times in a row: {way}"
    elif in_hand and at - last_at < LEARNER_IDLE and at - since >= STUCK_AFTER:
        why = f"{(at - since) // timedelta(minutes=1)} minutes without progress"
    return Cell(State.STUCK if why else State.TRYING, tried, best, last, why)


def _row(student: Found, cells: dict[str, Cell], exercises: Sequence[str], here: bool) -> Row:
    mine = tuple(cells.get(exercise, _UNTOUCHED) for exercise in exercises)
    stuck = [name for name, cell in zip(exercises, mine, strict=True) if cell.state is State.STUCK]
    return Row(student.id, student.handle, here, tuple(stuck), mine)


def _students(classroom: int) -> Select[Any]:
    """The students by name, when each was seen last, and which exercise each touched last."""
    seen_at = select(func.max(sessions.c.seen_at)).where(sessions.c.learner_id == learners.c.id)
    in_hand = (
        select(standings.c.exercise)
        .where(standings.c.learner_id == learners.c.id)
        .order_by(standings.c.last_at.desc())
        .limit(1)
    )
    return (
        select(
            learners.c.id,
            learners.c.handle,
            seen_at.scalar_subquery().label("seen_at"),
            in_hand.scalar_subquery().label("in_hand"),
        )
        .where(learners.c.classroom_id == classroom)
        .order_by(learners.c.handle_key)
    )


def _standings(classroom: int, exercises: Sequence[str]) -> Select[Any]:
    # Times are read for what is not solved only: reading them is most of the work in a large class.
    unsolved = standings.c.solved_at.is_(None)
    return (
        select(
            standings.c.learner_id,
            standings.c.exercise,
            standings.c.attempts,
            standings.c.best,
            case((unsolved, "trying"), (standings.c.mastered_at.is_(None), "solved"), else_="mastered"),
            standings.c.last_answer,
            standings.c.way,
            standings.c.in_a_row,
            case((unsolved, standings.c.since)),
            case((unsolved, standings.c.last_at)),
        )
        .join(learners, learners.c.id == standings.c.learner_id)
        .where(learners.c.classroom_id == classroom, standings.c.exercise.in_(exercises))
    )
