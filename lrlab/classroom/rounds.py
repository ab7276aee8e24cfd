"""Live rounds: one exercise for the whole class, everyone commits, then all look; and once more after talking.

The stages follow each other: a first vote, its result, a second vote, its result. Everything is in the store, so a
refresh on any side loses nothing, and a step taken twice is taken once.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, select, update

from lrlab.classroom import access, audit, names, records, tasks
from lrlab.classroom.access import Keeper, Learner
from lrlab.classroom.attempts import LONGEST_ANSWER
from lrlab.classroom.database import Found, Store, insert_once
from lrlab.classroom.records import Judgement, judgement
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import rounds, votes
from lrlab.classroom.tasks import Task


class Stage(StrEnum):
    """Where a round is."""

    FIRST = "first vote"
    FIRST_SHOWN = "first result"
    SECOND = "second vote"
    SECOND_SHOWN = "second result"


_TURN = {Stage.FIRST: 1, Stage.FIRST_SHOWN: 1, Stage.SECOND: 2, Stage.SECOND_SHOWN: 2}
_REVEALED = {Stage.FIRST: Stage.FIRST_SHOWN, Stage.SECOND: Stage.SECOND_SHOWN}


@dataclass(frozen=True)
class Round:
    """A round as everyone may see it; all students have the same task, with variant 0."""

    id: int
    task: Task
    stage: Stage
    opened_at: datetime
    moved_at: datetime
    closed_at: datetime | None

    @property
    def takes_votes(self) -> bool:
        """Whether an answer given now counts."""
        return self.closed_at is None and self.stage in _REVEALED


@dataclass(frozen=True)
class Vote:
    """An answer in a round; `turn` is 1 before talking and 2 after."""

    learner: int
    turn: int
    answer: str
    judgement: Judgement
    at: datetime


@dataclass(frozen=True)
class Ballot:
    """What one student sees of the round: their own votes, and a vote's judgement only once it is revealed."""

    round: Round
    answers: Mapping[int, str]
    judgements: Mapping[int, Judgement]


@dataclass(frozen=True)
class Tally:
    """What a class has said: all votes, and how those who voted twice changed their minds."""

    round: Round
    votes: tuple[Vote, ...]
    changes: Mapping[tuple[bool, bool], int]

    def of(self, turn: int) -> tuple[Vote, ...]:
        """The votes of one turn."""
        return tuple(vote for vote in self.votes if vote.turn == turn)


def open_round(store: Store, who: Keeper, classroom: int, task: Task, at: datetime) -> Round:
    """Put one task before the whole class; a round that was still open is closed."""
    with store.writing() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        if room.archived_at is not None:
            raise Refusal(Reason.CLOSED, "This class has ended. Take it out of the archive to open a round.")
        _close(connection, classroom, at)
        began = insert_once(
            connection,
            rounds,
            classroom_id=classroom,
            **tasks.columns(task),
            stage=Stage.FIRST,
            opened_at=at,
            moved_at=at,
        )
        if not began:
            raise Refusal(
                Reason.CHANGED, "Another teacher opened a round at the same moment; theirs is open."
            )
        audit.note(connection, who, classroom, "opened a live round", at, exercise=task.exercise)
        return _round(_open_one(connection, classroom))


def current(store: Store, who: Keeper, classroom: int, at: datetime) -> Round | None:
    """The open round of a class, for its teacher."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        row = _maybe(connection, classroom)
        return None if row is None else _round(row)


def ballot(store: Store, who: Learner, at: datetime) -> Ballot | None:
    """The open round of a student's class, with their own part in it."""
    with store.reading() as connection:
        learner = access.the_learner(connection, who, at)
        row = _maybe(connection, learner.classroom_id)
        if row is None:
            return None
        mine = connection.execute(
            select(votes).where(votes.c.round_id == row.id, votes.c.learner_id == learner.id)
        ).all()
    now = _round(row)
    shown = _TURN[now.stage] if not now.takes_votes else _TURN[now.stage] - 1
    return Ballot(
        now,
        {vote.turn: vote.answer for vote in mine},
        {vote.turn: judgement(vote) for vote in mine if vote.turn <= shown},
    )


def commit(store: Store, who: Learner, number: int, answer: str, said: Judgement, at: datetime) -> str:
    """Cast a vote in the round with this number and return the answer that counts: the first one of this turn."""
    if len(answer) > LONGEST_ANSWER:
        raise Refusal(
            Reason.UNFIT, f"The answer is longer than {LONGEST_ANSWER} characters. It was not kept."
        )
    with store.writing() as connection:
        learner = access.the_open_learner(connection, who, at)
        row = _maybe(connection, learner.classroom_id, lock=True)
        if row is None or row.id != number or not _round(row).takes_votes:
            raise Refusal(
                Reason.CLOSED,
                "This vote is over, so the answer does not count. Look up: the result is shown.",
            )
        turn = _TURN[Stage(row.stage)]
        insert_once(
            connection,
            votes,
            round_id=row.id,
            learner_id=learner.id,
            turn=turn,
            answer=names.storable(answer),
            **records.columns(said),
            at=at,
        )
        return str(
            connection.execute(
                select(votes.c.answer).where(
                    votes.c.round_id == row.id, votes.c.learner_id == learner.id, votes.c.turn == turn
                )
            ).scalar_one()
        )


def reveal(store: Store, who: Keeper, classroom: int, at: datetime) -> Round:
    """End the vote and show its result; revealing twice is revealing once."""
    with store.writing() as connection:
        row = _the_open_one(connection, who, classroom, at)
        return _move(connection, row, _REVEALED.get(Stage(row.stage)), at)


def vote_again(store: Store, who: Keeper, classroom: int, at: datetime) -> Round:
    """Open the second vote, after the class has talked."""
    with store.writing() as connection:
        row = _the_open_one(connection, who, classroom, at)
        if row.stage == Stage.FIRST:
            raise Refusal(Reason.CHANGED, "The first vote is still open. Reveal it before the second one.")
        return _move(connection, row, Stage.SECOND if row.stage == Stage.FIRST_SHOWN else None, at)


def close(store: Store, who: Keeper, classroom: int, at: datetime) -> None:
    """Take the round off the students' pages; its votes stay to be read."""
    with store.writing() as connection:
        access.the_classroom(connection, who, classroom, at)
        _close(connection, classroom, at)


def tally(store: Store, who: Keeper, classroom: int, number: int, at: datetime) -> Tally:
    """What the class said in a round, open or past."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        row = connection.execute(
            select(rounds).where(rounds.c.id == number, rounds.c.classroom_id == classroom)
        ).one_or_none()
        if row is None:
            raise Refusal(Reason.NOT_YOURS, "There is no such round in this class.")
        cast = connection.execute(
            select(votes)
            .where(votes.c.round_id == number)
            .order_by(votes.c.turn, votes.c.at, votes.c.learner_id)
        ).all()
    all_votes = tuple(
        Vote(vote.learner_id, vote.turn, vote.answer, judgement(vote), vote.at) for vote in cast
    )
    first = {vote.learner: vote.judgement.passed for vote in all_votes if vote.turn == 1}
    changes = Counter(
        (first[vote.learner], vote.judgement.passed)
        for vote in all_votes
        if vote.turn == 2 and vote.learner in first
    )
    return Tally(_round(row), all_votes, dict(changes))


def past(store: Store, who: Keeper, classroom: int, at: datetime) -> tuple[tuple[Round, int], ...]:
    """The rounds of a class, newest first, each with how many students voted."""
    with store.reading() as connection:
        access.the_classroom(connection, who, classroom, at)
        rows = connection.execute(
            select(rounds, func.count(votes.c.learner_id.distinct()).label("voters"))
            .outerjoin(votes, votes.c.round_id == rounds.c.id)
            .where(rounds.c.classroom_id == classroom)
            .group_by(rounds.c.id)
            .order_by(rounds.c.id.desc())
        ).all()
    return tuple((_round(row), row.voters) for row in rows)


def _maybe(connection: Connection, classroom: int, *, lock: bool = False) -> Found | None:
    query = select(rounds).where(rounds.c.classroom_id == classroom, rounds.c.closed_at.is_(None))
    # A vote and the end of the vote must not pass each other; many votes may.
    return connection.execute(query.with_for_update(read=True) if lock else query).one_or_none()


def _open_one(connection: Connection, classroom: int) -> Found:
    row = _maybe(connection, classroom)
    if row is None:
        raise Refusal(Reason.CHANGED, "No round is open in this class any more. Open a new one.")
    return row


def _the_open_one(connection: Connection, who: Keeper, classroom: int, at: datetime) -> Found:
    access.the_classroom(connection, who, classroom, at)
    return _open_one(connection, classroom)


def _move(connection: Connection, row: Found, stage: Stage | None, at: datetime) -> Round:
    if stage is not None:
        connection.execute(
            update(rounds)
            .where(rounds.c.id == row.id, rounds.c.stage == row.stage)
            .values(stage=stage, moved_at=at)
        )
    return _round(_open_one(connection, row.classroom_id))


def _close(connection: Connection, classroom: int, at: datetime) -> None:
    connection.execute(
        update(rounds)
        .where(rounds.c.classroom_id == classroom, rounds.c.closed_at.is_(None))
        .values(closed_at=at)
    )


def _round(row: Found) -> Round:
    task = Task(row.exercise, 0, row.version, row.engine, row.seed, row.parameters)
    return Round(row.id, task, Stage(row.stage), row.opened_at, row.moved_at, row.closed_at)
