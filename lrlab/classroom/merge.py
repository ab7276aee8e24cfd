"""Two names that turn out to be one student: what both did ends up under one of them."""

from datetime import datetime

from sqlalchemy import Connection, Table, and_, delete, func, select, update

from lrlab.classroom import access, audit, standings
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Found, Store
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import attempts, learners, openings, predictions, votes


def merge(store: Store, who: Keeper, kept: int, other: int, at: datetime) -> None:
    """Put everything that `other` did under `kept`, and remove `other`.

    The same answer to the same variant counts once. Where both had the same variant with different numbers, the
    other's becomes a further one. In a live round the vote of `kept` stays. Name and PIN are those of `kept`.
    """
    with store.writing() as connection:
        access.hold(connection, (kept, other))
        mine = access.a_student(connection, who, kept, at)
        theirs = access.a_student(connection, who, other, at)
        if kept == other or mine.classroom_id != theirs.classroom_id:
            raise Refusal(
                Reason.UNFIT,
                "Two different students of one class can be merged. Nothing was changed; move one first.",
            )
        variants = _variants(connection, kept, other)
        _attempts(connection, kept, other, variants)
        _predictions(connection, kept, other)
        _votes(connection, kept, other)
        connection.execute(delete(learners).where(learners.c.id == other))
        for exercise in {exercise for exercise, _ in variants}:
            standings.count_again(connection, kept, exercise)
        _what_is_missing(connection, mine, theirs)
        audit.note(connection, who, mine.classroom_id, "merged two students", at, student=kept, merged=other)


def _variants(connection: Connection, kept: int, other: int) -> dict[tuple[str, int], int]:
    """Move the openings, and say which variant of `other` is which one now."""
    last: dict[str, int] = {}
    seeds: dict[tuple[str, int], int] = {}
    for table in (openings, attempts):
        for row in _rows(connection, table, kept):
            last[row.exercise] = max(row.variant, last.get(row.exercise, 0))
            seeds[row.exercise, row.variant] = row.seed
    now: dict[tuple[str, int], int] = {}
    for table in (openings, attempts):
        for row in _rows(connection, table, other):
            task = (row.exercise, row.variant)
            if task in now:
                continue
            known = [
                number for (slug, number), seed in seeds.items() if slug == row.exercise and seed == row.seed
            ]
            variant = known[0] if known else row.variant
            if not known and task in seeds:
                variant = last[row.exercise] + 1
            now[task] = variant
            seeds[row.exercise, variant] = row.seed
            last[row.exercise] = max(variant, last.get(row.exercise, 0))
            if table is openings and not known:
                connection.execute(
                    update(openings).where(openings.c.id == row.id).values(learner_id=kept, variant=variant)
                )
    return now


def _attempts(connection: Connection, kept: int, other: int, now: dict[tuple[str, int], int]) -> None:
    for row in _rows(connection, attempts, other):
        variant = now[row.exercise, row.variant]
        here = and_(
            attempts.c.learner_id == kept,
            attempts.c.exercise == row.exercise,
            attempts.c.variant == variant,
        )
        there_already = select(attempts.c.id).where(here, attempts.c.answer_key == row.answer_key)
        if connection.execute(there_already).first() is None:
            last = connection.execute(select(func.max(attempts.c.number)).where(here)).scalar_one() or 0
            connection.execute(
                update(attempts)
                .where(attempts.c.id == row.id)
                .values(learner_id=kept, variant=variant, number=last + 1)
            )


def _predictions(connection: Connection, kept: int, other: int) -> None:
    for row in _rows(connection, predictions, other):
        here = {"learner_id": kept, "place": row.place, "variant": row.variant, "moment": row.moment}
        last = connection.execute(select(func.max(predictions.c.number)).filter_by(**here)).scalar_one() or 0
        connection.execute(
            update(predictions).where(predictions.c.id == row.id).values(learner_id=kept, number=last + 1)
        )


def _votes(connection: Connection, kept: int, other: int) -> None:
    cast = select(votes.c.round_id, votes.c.turn).where(votes.c.learner_id == kept)
    mine = {(row.round_id, row.turn) for row in connection.execute(cast)}
    for row in connection.execute(select(votes).where(votes.c.learner_id == other)).all():
        if (row.round_id, row.turn) not in mine:
            connection.execute(
                update(votes)
                .where(
                    votes.c.round_id == row.round_id, votes.c.turn == row.turn, votes.c.learner_id == other
                )
                .values(learner_id=kept)
            )


def _what_is_missing(connection: Connection, mine: Found, theirs: Found) -> None:
    """The other's link to an identity provider and line of the roster, where the kept student has none."""
    missing: dict[str, object] = {}
    if mine.issuer is None and theirs.issuer is not None:
        missing |= {"issuer": theirs.issuer, "subject": theirs.subject}
    if mine.roster_cells is None and theirs.roster_cells is not None:
        missing["roster_cells"] = theirs.roster_cells
    if missing:
        connection.execute(update(learners).where(learners.c.id == mine.id).values(**missing))


def _rows(connection: Connection, table: Table, learner: int) -> list[Found]:
    return list(connection.execute(select(table).where(table.c.learner_id == learner).order_by(table.c.id)))
