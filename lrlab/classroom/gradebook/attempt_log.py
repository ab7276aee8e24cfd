"""Every attempt of a class, one a row: as CSV for a spreadsheet, as JSON lines for a program."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from lrlab.classroom import access, audit
from lrlab.classroom.access import Keeper
from lrlab.classroom.database import Store
from lrlab.classroom.gradebook.cells import File, file_name, safe, table
from lrlab.classroom.records import in_force
from lrlab.classroom.tables import attempts, learners

FIELDS = (
    "student",
    "exercise",
    "variant",
    "number",
    "answer",
    "passed",
    "score_thousandths",
    "outcome",
    "message",
    "misconception",
    "hints",
    "started",
    "ended",
    "receipt",
    "regraded",
    "version",
    "engine",
    "seed",
    "parameters",
)


def as_csv(store: Store, who: Keeper, classroom: int, at: datetime) -> File:
    """The attempts of a class as CSV; times are UTC."""
    audit.log(store, who, classroom, "exported all attempts as CSV", at)
    with store.reading() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        rows = [[_cell(record[name]) for name in FIELDS] for record in records(connection, classroom)]
    return File(file_name(room.name, "attempts", at, "csv"), table([list(FIELDS), *rows], for_excel=True))


def as_json_lines(store: Store, who: Keeper, classroom: int, at: datetime) -> File:
    """The attempts of a class as JSON lines; times are UTC."""
    audit.log(store, who, classroom, "exported all attempts as JSON lines", at)
    with store.reading() as connection:
        room = access.the_classroom(connection, who, classroom, at)
        lines = [json.dumps(record, ensure_ascii=False) for record in records(connection, classroom)]
    data = "".join(f"{line}\n" for line in lines).encode()
    return File(file_name(room.name, "attempts", at, "jsonl"), data)


def records(connection: Connection, classroom: int) -> Iterator[dict[str, Any]]:
    """The attempts of a class by student and time, for a caller that has checked who is asking."""
    rows = connection.execute(
        in_force()
        .add_columns(learners.c.handle)
        .join(learners, learners.c.id == attempts.c.learner_id)
        .where(learners.c.classroom_id == classroom)
        .order_by(learners.c.handle_key, attempts.c.ended, attempts.c.id)
    )
    for row in rows:
        yield {
            "student": row.handle,
            "exercise": row.exercise,
            "variant": row.variant,
            "number": row.number,
            "answer": row.answer,
            "passed": bool(row.passed),
            "score_thousandths": row.score,
            "outcome": row.outcome,
            "message": row.message,
            "misconception": row.misconception,
            "hints": row.hints,
            "started": row.started.isoformat(),
            "ended": row.ended.isoformat(),
            "receipt": row.receipt,
            "regraded": bool(row.regraded),
            "version": row.version,
            "engine": row.engine,
            "seed": row.seed,
            "parameters": row.parameters,
        }


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dict):
        return safe(json.dumps(value, ensure_ascii=False))
    return "" if value is None else safe(str(value))
