"""What one student did, in the order it was done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from lrlab.classroom import access
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Found, Store
from lrlab.classroom.records import in_force
from lrlab.classroom.tables import attempts, openings, predictions, rounds, votes


@dataclass(frozen=True)
class Event:
    """One thing a student did: `deed` is a word, `place` an exercise or page, `words` what they said.

    `right` is None where nothing was right or wrong.
    """

    at: datetime
    deed: str
    place: str
    words: str
    right: bool | None


def of_student(store: Store, who: Keeper, learner: int, at: datetime) -> tuple[Event, ...]:
    """The timeline of a student, for their teacher."""
    with store.reading() as connection:
        return tuple(sorted(_events(connection, access.a_student(connection, who, learner, at)), key=_when))


def _when(event: Event) -> datetime:
    return event.at


def _events(connection: Connection, learner: Found) -> list[Event]:
    events = [] if learner.joined_at is None else [Event(learner.joined_at, "joined", "", "", None)]
    for row in connection.execute(select(openings).where(openings.c.learner_id == learner.id)):
        events.append(Event(row.opened_at, "opened", row.exercise, f"variant {row.variant}", None))
    for row in connection.execute(in_force().where(attempts.c.learner_id == learner.id)):
        events.append(Event(row.ended, "answered", row.exercise, row.answer, bool(row.passed)))
    for row in connection.execute(select(predictions).where(predictions.c.learner_id == learner.id)):
        events.append(Event(row.at, "predicted", row.place, row.said, row.said == row.truth))
    cast = select(votes, rounds.c.exercise).join(rounds, rounds.c.id == votes.c.round_id)
    for row in connection.execute(cast.where(votes.c.learner_id == learner.id)):
        events.append(Event(row.at, "voted", row.exercise, row.answer, bool(row.passed)))
    return events
