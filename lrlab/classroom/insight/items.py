"""What each exercise tells about a class: how hard it is, whether it tells students apart, what it costs them."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Select

from lrlab.classroom import access
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Found, Store
from lrlab.classroom.insight.statistics import Correlation, correlation
from lrlab.classroom.records import in_force
from lrlab.classroom.standings import A_BREAK
from lrlab.classroom.tables import attempts, learners


@dataclass(frozen=True)
class Item:
    """One exercise in one class.

    `facility` is the mean score of first attempts, from 0 to 1. `discrimination` is the correlation of an exercise's
    first score with the mean first score at all others (corrected item–rest; None below ten students).
    `attempts_to_pass` and `minutes_to_pass` are medians over those who passed, without breaks of an hour and more.
    `hint_use` is the part of students who opened a hint. `misconception` comes with how many students showed it.
    """

    exercise: str
    students: int
    passed: int
    facility: float | None
    discrimination: Correlation | None
    attempts_to_pass: float | None
    minutes_to_pass: float | None
    hint_use: float | None
    misconception: str | None
    misconception_students: int


def items(
    store: Store, who: Keeper, classroom: int, exercises: Sequence[str], at: datetime
) -> tuple[Item, ...]:
    """The exercises of a class, in the order asked for."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(_attempts(classroom, exercises)).all()
    tried: dict[str, dict[int, list[Found]]] = {exercise: {} for exercise in exercises}
    for row in rows:
        tried[row.exercise].setdefault(row.learner_id, []).append(row)
    first = {
        exercise: {student: made[0].score / 1000 for student, made in students.items()}
        for exercise, students in tried.items()
    }
    return tuple(_item(exercise, tried[exercise], first) for exercise in exercises)


def _item(
    exercise: str, tried: Mapping[int, Sequence[Found]], first: Mapping[str, Mapping[int, float]]
) -> Item:
    if not tried:
        return Item(exercise, 0, 0, None, None, None, None, None, None, 0)
    to_pass = [needed for needed in map(_until_passed, tried.values()) if needed]
    beliefs = Counter(
        tag for made in tried.values() for tag in {row.misconception for row in made if row.misconception}
    )
    belief, believers = beliefs.most_common(1)[0] if beliefs else (None, 0)
    scores = first[exercise].values()
    return Item(
        exercise,
        len(tried),
        len(to_pass),
        sum(scores) / len(tried),
        _discrimination(exercise, first),
        median(len(needed) for needed in to_pass) if to_pass else None,
        median(_minutes(needed) for needed in to_pass) if to_pass else None,
        sum(any(row.hints for row in made) for made in tried.values()) / len(tried),
        belief,
        believers,
    )


def _until_passed(made: Sequence[Found]) -> Sequence[Found]:
    """The attempts up to the first that passed; nothing where none did."""
    place = next((place for place, row in enumerate(made) if row.passed), None)
    return () if place is None else made[: place + 1]


def _minutes(made: Sequence[Found]) -> float:
    moments = sorted(moment for row in made for moment in (row.started, row.ended))
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    return sum((gap for gap in gaps if gap < A_BREAK), timedelta()) / timedelta(minutes=1)


def _discrimination(exercise: str, first: Mapping[str, Mapping[int, float]]) -> Correlation | None:
    own, rest = [], []
    for student, score in first[exercise].items():
        others = [scores[student] for name, scores in first.items() if name != exercise and student in scores]
        if others:
            own.append(score)
            rest.append(sum(others) / len(others))
    return correlation(own, rest)


def _attempts(classroom: int, exercises: Sequence[str]) -> Select[Any]:
    return (
        in_force("learner_id", "exercise", "hints", "started", "ended", "passed", "score", "misconception")
        .join(learners, learners.c.id == attempts.c.learner_id)
        .where(learners.c.classroom_id == classroom, attempts.c.exercise.in_(exercises))
        .order_by(attempts.c.ended, attempts.c.id)
    )
