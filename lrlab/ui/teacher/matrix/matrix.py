"""The matrix on the screen: a sign a cell, sent as one text a row, drawn and kept up to date by the browser.

A row travels as its student's number and name, one letter a cell for the state and one digit a cell for the attempts
(9 stands for nine and more), so 300 students at 80 exercises are some sixty kilobytes and mostly repeat what was there:
the browser touches only the cells that changed. Names are set as text, whatever signs are in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st

from lrlab.classroom.insight.matrix import Matrix, Row, State
from lrlab.grading import Track

_HERE = Path(__file__).parent
_LETTERS: Mapping[State, str] = MappingProxyType(
    {State.UNTOUCHED: "u", State.TRYING: "t", State.STUCK: "h", State.SOLVED: "s", State.MASTERED: "m"}
)
_SIGNS: Mapping[State, str] = MappingProxyType(
    {State.UNTOUCHED: "·", State.TRYING: "◐", State.STUCK: "▲", State.SOLVED: "✓", State.MASTERED: "◆"}
)
_LONGEST_ANSWER = 60
MOST_CALLS = 12
"""So many of those who need help are written out; the others stand first in the table."""

_component = st.components.v2.component(
    "lrlab_matrix",
    html=(_HERE / "matrix.html").read_text(encoding="utf-8"),
    css=(_HERE / "matrix.css").read_text(encoding="utf-8"),
    js=(_HERE / "matrix.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Chosen:
    """A cell that was chosen: a student's number, and an exercise."""

    learner: int
    exercise: str


def draw(matrix: Matrix, track: Track, *, key: str, anonymous: bool) -> Chosen | None:
    """Show the matrix; returns the cell that was chosen in this run. Without names nothing can be chosen."""
    data = {**packed(matrix, track), "anonymous": anonymous}
    told = _component(key=key, data=data, on_chosen_change=_nothing).get("chosen")
    return Chosen(int(told["learner"]), str(told["exercise"])) if told and not anonymous else None


def packed(matrix: Matrix, track: Track) -> dict[str, Any]:
    """What travels: the columns, the rows, who needs help, and what each sign means."""
    columns = []
    for slug in matrix.exercises:
        chapter = next((each.title for each in track.chapters if slug in each.exercises), "")
        columns.append([slug, _title(track, slug), chapter])
    calls = [
        {
            "learner": row.learner,
            "exercise": slug,
            "name": row.handle,
            "title": _title(track, slug),
            "why": cell.why,
            "last": cell.last[:_LONGEST_ANSWER],
            "here": row.here,
        }
        for row in matrix.rows
        for slug, cell in zip(matrix.exercises, row.cells, strict=True)
        if cell.state is State.STUCK
    ]
    return {
        "columns": columns,
        "rows": [_line(row) for row in matrix.rows],
        "calls": calls[:MOST_CALLS],
        "more": max(0, len(calls) - MOST_CALLS),
        "states": [[_LETTERS[state], _SIGNS[state], state.value] for state in State],
    }


def _line(row: Row) -> list[Any]:
    states = "".join(_LETTERS[cell.state] for cell in row.cells)
    tries = "".join(str(min(cell.attempts, 9)) for cell in row.cells)
    return [row.learner, row.handle, int(row.here), states, tries]


def _title(track: Track, slug: str) -> str:
    exercise = track.exercises.get(slug)
    return slug if exercise is None else exercise.title


def slugs_of(track: Track, chapters: Sequence[str] | None = None) -> tuple[str, ...]:
    """The exercises of some chapters, or of all, in the order of the course."""
    return tuple(
        slug
        for chapter in track.chapters
        if chapters is None or chapter.name in chapters
        for slug in chapter.exercises
    )


def _nothing() -> None:
    """A trigger needs a callback to be known to Streamlit; there is nothing to do in it."""
