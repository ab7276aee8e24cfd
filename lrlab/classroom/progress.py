"""How far a student has come, and what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from lrlab.classroom import access
from lrlab.classroom.access import Keeper, Learner
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.database import Store
from lrlab.classroom.standings import Standing, from_row
from lrlab.classroom.tables import standings


def mine(store: Store, who: Learner, at: datetime) -> Mapping[str, Standing]:
    """A student's own standing with every exercise they have opened, by slug."""
    with store.reading() as connection:
        learner = access.the_learner(connection, who, at).id
        rows = connection.execute(select(standings).where(standings.c.learner_id == learner)).all()
    return {row.exercise: from_row(row) for row in rows}


def of_student(store: Store, who: Keeper, learner: int, at: datetime) -> Mapping[str, Standing]:
    """The same of one student, for their teacher."""
    with store.reading() as connection:
        access.a_student(connection, who, learner, at)
        rows = connection.execute(select(standings).where(standings.c.learner_id == learner)).all()
    return {row.exercise: from_row(row) for row in rows}


def next_step(
    course: Sequence[tuple[str, str]],
    standing: Mapping[str, Standing],
    assigned: Iterable[Assignment] = (),
) -> str | None:
    """The exercise to recommend: what is due soonest, then what is assigned, then the course; None when all is solved.

    `course` is (chapter, exercise) in order. Something overdue and unsolved still comes before what has no date.
    """
    dates: dict[str, datetime | None] = {}
    for task in assigned:
        for chapter, exercise in course:
            if task.name == (chapter if task.kind == "chapter" else exercise):
                known = dates.get(exercise)
                dates[exercise] = min((due for due in (known, task.due) if due is not None), default=None)

    def urgency(place: int) -> tuple[int, float, int]:
        exercise = course[place][1]
        if exercise not in dates:
            return 2, 0.0, place
        due = dates[exercise]
        return (1, 0.0, place) if due is None else (0, due.timestamp(), place)

    unsolved = [
        place
        for place, (_, exercise) in enumerate(course)
        if exercise not in standing or not standing[exercise].solved
    ]
    return course[min(unsolved, key=urgency)][1] if unsolved else None
