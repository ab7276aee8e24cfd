"""What a class believes: its misconceptions, its wrong predictions, and everyone's picks without their names."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lrlab.classroom import access, tasks
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Store
from lrlab.classroom.records import in_force
from lrlab.classroom.tables import attempts, learners, predictions
from lrlab.classroom.tasks import Task

_TASK = ("exercise", "variant", "version", "engine", "seed", "parameters")


@dataclass(frozen=True)
class Belief:
    """A misconception by its tag: how many students showed it, and in how many answers."""

    tag: str
    students: int
    answers: int


@dataclass(frozen=True)
class WrongPrediction:
    """What was expected at a place, what happened instead, and how many students expected it."""

    place: str
    moment: str
    said: str
    truth: str
    students: int


@dataclass(frozen=True)
class Pick:
    """Somebody's answer to an exercise, for dots on its curve; `first` marks a student's first, with its `task`."""

    answer: str
    passed: bool
    outcome: str
    misconception: str | None
    first: bool
    task: Task


def misconceptions(store: Store, who: Keeper, classroom: int, at: datetime) -> tuple[Belief, ...]:
    """The misconceptions of a class, those of most students first."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            in_force("learner_id", "misconception")
            .join(learners, learners.c.id == attempts.c.learner_id)
            .where(learners.c.classroom_id == classroom)
        ).all()
    shown = [(row.misconception, row.learner_id) for row in rows if row.misconception]
    answers = Counter(tag for tag, _ in shown)
    students = Counter(tag for tag, _ in set(shown))
    return tuple(
        Belief(tag, students[tag], answers[tag])
        for tag in sorted(students, key=lambda tag: (-students[tag], -answers[tag], tag))
    )


def wrong_predictions(
    store: Store, who: Keeper, classroom: int, at: datetime, *, most: int = 10
) -> tuple[WrongPrediction, ...]:
    """The most common wrong predictions and observations of a class."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            select(
                predictions.c.place,
                predictions.c.moment,
                predictions.c.said,
                predictions.c.truth,
                predictions.c.learner_id,
            )
            .distinct()
            .join(learners, learners.c.id == predictions.c.learner_id)
            .where(learners.c.classroom_id == classroom, predictions.c.said != predictions.c.truth)
        ).all()
    counted = Counter((row.place, row.moment, row.said, row.truth) for row in rows)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(WrongPrediction(*what, students) for what, students in ordered[:most])


def picks(store: Store, who: Keeper, classroom: int, exercise: str, at: datetime) -> tuple[Pick, ...]:
    """Everyone's answers to an exercise, by answer, so that neither name nor order says whose they are."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            in_force("learner_id", "answer", "passed", "outcome", "misconception", *_TASK)
            .join(learners, learners.c.id == attempts.c.learner_id)
            .where(learners.c.classroom_id == classroom, attempts.c.exercise == exercise)
            .order_by(attempts.c.ended, attempts.c.id)
        ).all()
    seen: set[int] = set()
    made = []
    for row in rows:
        first = row.learner_id not in seen
        seen.add(row.learner_id)
        given = (row.answer, bool(row.passed), row.outcome, row.misconception)
        made.append(Pick(*given, first, tasks.from_row(row)))
    return tuple(sorted(made, key=lambda pick: (pick.answer, not pick.first)))
