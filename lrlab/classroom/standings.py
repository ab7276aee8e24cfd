"""Where somebody stands with an exercise: solved with one pass, mastered with two variants passed without hints.

A standing is what attempts and openings amount to. It is stored beside them, and counted anew from them in the same
transaction whenever one of them is added, judged again or moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, delete, select

from lrlab.classroom.database import Found, put
from lrlab.classroom.records import Attempt, of_learner
from lrlab.classroom.tables import openings, standings

VARIANTS_TO_MASTER = 2
A_BREAK = timedelta(minutes=60)

_TOO_SMALL, _TOO_LARGE = "too small", "too large"
DIRECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "too low": _TOO_SMALL,
        "moving": _TOO_SMALL,
        "stuck": "stuck on flat ground",  # a rate that never leaves it, or one that throws a run out there
        "converged": _TOO_SMALL,
        "too high": _TOO_LARGE,
        "overshot": _TOO_LARGE,
        "bouncing": _TOO_LARGE,
        "diverged": _TOO_LARGE,
    }
)
"""Which way an answer with this outcome failed; a run that converged and failed came too late."""

_OPENED = select(openings.c.opened_at).where(
    openings.c.learner_id == bindparam("learner"), openings.c.exercise == bindparam("exercise")
)


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with one exercise; `best` in thousandths.

    `since` is when the present stretch of work began, `last_at` when something was done last. `way` is the direction
    in which the last `in_a_row` attempts failed.
    """

    exercise: str
    attempts: int
    best: int
    hints: int
    solved_at: datetime | None
    mastered_at: datetime | None
    since: datetime
    last_at: datetime
    last_answer: str
    way: str
    in_a_row: int

    @property
    def solved(self) -> bool:
        """Whether it was passed at least once."""
        return self.solved_at is not None

    @property
    def mastered(self) -> bool:
        """Whether two different variants were passed without hints."""
        return self.mastered_at is not None


def amount_to(exercise: str, tried: Sequence[Attempt], opened: Sequence[datetime] = ()) -> Standing:
    """The standing that attempts at one exercise, in the order they were made, and openings amount to."""
    moments = sorted([*opened, *(moment for attempt in tried for moment in (attempt.started, attempt.ended))])
    since = moments[-1]
    for moment in reversed(moments):
        if since - moment >= A_BREAK:
            break
        since = moment
    passes = [attempt for attempt in tried if attempt.judgement.passed]
    way, in_a_row = _last_way(tried)
    return Standing(
        exercise,
        len(tried),
        max((attempt.judgement.score for attempt in tried), default=0),
        max((attempt.hints for attempt in tried), default=0),
        passes[0].ended if passes else None,
        _mastered_at(passes),
        since,
        moments[-1],
        tried[-1].answer if tried else "",
        way,
        in_a_row,
    )


def count_again(
    connection: Connection, learner: int, exercise: str, tried: Sequence[Attempt] | None = None
) -> None:
    """Store the standing anew, from the attempts given or else from those that are kept.

    The caller holds the student's row, so that no other attempt passes by unseen.
    """
    if tried is None:
        tried = of_learner(connection, learner, exercise)
    moments = connection.execute(_OPENED, {"learner": learner, "exercise": exercise}).scalars().all()
    if tried or moments:
        put(connection, standings, learner_id=learner, **vars(amount_to(exercise, tried, moments)))
    else:
        connection.execute(
            delete(standings).where(standings.c.learner_id == learner, standings.c.exercise == exercise)
        )


def from_row(row: Found) -> Standing:
    """A standing from its row."""
    return Standing(**{name: getattr(row, name) for name in Standing.__dataclass_fields__})


def _mastered_at(passes: Sequence[Attempt]) -> datetime | None:
    variants: set[int] = set()
    for attempt in passes:
        if attempt.hints == 0:
            variants.add(attempt.task.variant)
        if len(variants) == VARIANTS_TO_MASTER:
            return attempt.ended
    return None


def _last_way(tried: Sequence[Attempt]) -> tuple[str, int]:
    way, in_a_row = "", 0
    for attempt in reversed(tried):
        said = attempt.judgement
        this = "" if said.passed else DIRECTIONS.get(said.outcome, said.misconception or said.outcome)
        if not this or (in_a_row and this != way):
            break
        way, in_a_row = this, in_a_row + 1
    return way, in_a_row
