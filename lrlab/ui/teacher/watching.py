"""The tab “Now”: who is stuck on what, at this moment, and what they tried."""

from dataclasses import dataclass

import streamlit as st

from lrlab.classroom import assigned, attempts
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.insight.matrix import matrix
from lrlab.classroom.records import Attempt
from lrlab.ui import asked, remembered
from lrlab.ui.account.store import now
from lrlab.ui.exercise.replays import replay
from lrlab.ui.teacher import deeds
from lrlab.ui.teacher.matrix import Chosen, draw, slugs_of
from lrlab.ui.teacher.zone import local

EVERY = 2
"""Seconds between two looks at the class."""

_ASSIGNED, _ALL = "What is assigned", "The whole course"
_CELL = "now.cell"


@dataclass(frozen=True)
class _Held:
    """The cell that is looked at: in which class, by what name, and which."""

    classroom: int
    handle: str
    chosen: Chosen


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """The live matrix, and below it the cell that was chosen."""
    choose, names = st.columns([3, 2], vertical_alignment="bottom")
    with choose:
        slugs = _exercises(store, who, classroom)
    anonymous = names.toggle(
        "For the projector: no names",
        key="now.anonymous",
        help="Numbers for names, in an order that tells nothing.",
    )
    if anonymous:
        st.session_state.pop(_CELL, None)
    _live(store, who, classroom, slugs, anonymous)
    held: _Held | None = st.session_state.get(_CELL)
    if held is not None and held.classroom == classroom.id:
        with st.container(border=True, key="now-cell"):
            _attempts(store, who, held)


@st.fragment(run_every=EVERY)
def _live(store: Store, who: Teacher, classroom: Classroom, slugs: tuple[str, ...], anonymous: bool) -> None:
    with deeds.answering():
        seen = matrix(store, who, classroom.id, slugs, now(), anonymous=anonymous)
        if not seen.rows:
            st.markdown(
                "Nobody is here yet. Students appear within seconds of joining, with every answer they give."
            )
            return
        chosen = draw(seen, remembered.track(), key="now.matrix", anonymous=anonymous)
        st.caption(
            "Refreshed every two seconds. Needs help: three failures in a row in one direction, or ten minutes "
            "without progress. "
            + ("" if anonymous else "Choose a cell, with a click or with arrow keys and Enter.")
        )
        handle = next((row.handle for row in seen.rows if chosen and row.learner == chosen.learner), None)
        if chosen is None or handle is None:
            return
        held = _Held(classroom.id, handle, chosen)
        if st.session_state.get(_CELL) != held:
            st.session_state[_CELL] = held
            st.rerun()


def _exercises(store: Store, who: Teacher, classroom: Classroom) -> tuple[str, ...]:
    """The columns: what is assigned where something is, the whole course, or one chapter."""
    track = remembered.track()
    tasks = assigned.of_class(store, who, classroom.id, now())
    names = {(task.kind, task.name) for task in tasks}
    wanted = tuple(
        slug
        for chapter in track.chapters
        for slug in chapter.exercises
        if ("chapter", chapter.name) in names or ("exercise", slug) in names
    )
    views = {**({_ASSIGNED: wanted} if wanted else {}), _ALL: slugs_of(track)}
    views |= {
        chapter.title: slugs_of(track, [chapter.name]) for chapter in track.chapters if chapter.exercises
    }
    view: str = st.selectbox("Exercises", list(views), key=f"now.exercises.{classroom.id}.{bool(wanted)}")
    return views[view]


@st.fragment
def _attempts(store: Store, who: Teacher, held: _Held) -> None:
    chosen = held.chosen
    with deeds.answering():
        name, done = st.columns([5, 1], vertical_alignment="center")
        found = attempts.of_student(store, who, chosen.learner, now(), chosen.exercise)
        name.text(f"{held.handle} · {asked.title(chosen.exercise)}")
        done.button("Close", key="now.close", on_click=_close)
        if not found:
            st.caption("No attempt yet.")
            return
        st.dataframe([_row(attempt) for attempt in found], hide_index=True, key="now.attempts")
        place = st.selectbox(
            "Replay",
            range(len(found)),
            index=len(found) - 1,
            format_func=lambda place: f"Attempt {place + 1} of {len(found)}",
            key=f"now.replay.{chosen.learner}.{chosen.exercise}.{len(found)}",
        )
        _replay(found[place])


def _row(attempt: Attempt) -> dict[str, str | int]:
    task = asked.again(attempt.task)
    said = attempt.judgement
    return {
        "time": local(attempt.ended),
        "variant": attempt.task.variant,
        "answer": attempt.answer if task is None else asked.label(task, attempt.answer),
        "came of it": "✓ passed" if said.passed else f"✕ {said.outcome}",
        "hints": attempt.hints,
    }


def _replay(attempt: Attempt) -> None:
    """What this attempt was asked, what it was told, and its run."""
    task = asked.again(attempt.task)
    if task is None:
        st.caption(
            "The course has this exercise no more, so the run cannot be shown. The record above stays."
        )
        return
    with st.expander("What was asked, with this student's numbers"):
        st.markdown(task.prompt)
    st.markdown(f"**The student read:** {attempt.judgement.message}")
    evidence = asked.evidence(task, attempt.answer)
    if evidence is None:
        st.caption("There is no run to replay for this kind of answer.")
        return
    replay(evidence, f"now.run.{attempt.id}", revealed=True)


def _close() -> None:
    st.session_state.pop(_CELL, None)
