"""The tab “Regrade”: judge an exercise again after it was mended; look first, then apply, and undo at any time."""

import streamlit as st

import lrlab
from lrlab.classroom import regrade
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.records import Attempt, Judgement
from lrlab.classroom.regrade import Change, Mode, Preview, Regrade, Rejudged
from lrlab.grading import Refusal, judge, read
from lrlab.ui import asked, plain
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds
from lrlab.ui.teacher.zone import local

_SEEN = "regrade.seen"
_TURN = "regrade.turn"
_MODES = {
    Mode.RAISE_ONLY: "Raise only: nobody loses a point or a pass",
    Mode.REPLACE: "Replace: everyone gets the new judgement, also where it is lower",
}


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """Choose an exercise, try it, apply it; and the regrades so far."""
    st.markdown(
        "When an exercise or its judge has been mended, judge the answers on record again. The dry run changes "
        "nothing: it says whose score would change, from what to what, and why."
    )
    titles = asked.listed()
    slug = st.selectbox(
        "Exercise to judge again",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Choose, or type to search",
        key=f"regrade.exercise.{classroom.id}",
    )
    if slug is not None:
        st.button("Dry run", key="regrade.look", on_click=_look, args=(store, who, classroom, slug))
        seen: Preview | None = st.session_state.get(_SEEN)
        if seen is not None and (seen.classroom, seen.exercise) == (classroom.id, slug):
            _preview(store, who, seen)
    st.subheader("Regrades so far")
    _past(store, who, classroom)


def rejudge(attempt: Attempt) -> Rejudged | None:
    """What the judge of today says of an answer on record; None where it can be judged no more."""
    task = asked.again(attempt.task)
    if task is None:
        return None
    reading = read(task, attempt.answer)
    if isinstance(reading, Refusal):
        return None
    said = judge(task, reading)
    judgement = Judgement(said.passed, said.score, said.outcome, said.message, said.misconception)
    return Rejudged(judgement, task.exercise.version, lrlab.__version__)


def _look(store: Store, who: Teacher, classroom: Classroom, slug: str) -> None:
    found = deeds.do("", regrade.preview, store, who, classroom.id, slug, rejudge)
    st.session_state[_SEEN] = found
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _preview(store: Store, who: Teacher, seen: Preview) -> None:
    words_only = len(seen.changes) - len(seen.scored)
    st.markdown(
        f"**{_count(len(seen.scored), 'score')} would change.** {_count(seen.unchanged, 'attempt')} stay as they are"
        + (f", {words_only} get other words only" if words_only else "")
        + (f"; {len(seen.unjudged)} cannot be judged any more and stay" if seen.unjudged else "")
        + "."
    )
    if seen.scored:
        st.dataframe([row(change) for change in seen.scored], hide_index=True, key="regrade.changes")
    if not seen.changes:
        return
    with st.form("regrade.apply", border=False):
        st.radio(
            "What to take",
            list(_MODES),
            format_func=lambda mode: f"{_MODES[mode]} ({_count(len(seen.under(mode)), 'attempt')})",
            key="regrade.mode",
        )
        st.text_input("Why, for the log and for whoever asks", max_chars=300, key=f"regrade.reason.{_turn()}")
        st.form_submit_button("Apply", type="primary", on_click=_apply, args=(store, who, seen))


def row(change: Change) -> dict[str, str | int]:
    """A change as a line: who, from what to what, and why."""
    before, after = change.before, change.after.judgement
    return {
        "student": change.handle,
        "attempt": change.attempt.number,
        "answer": change.attempt.answer,
        "from": f"{before.score / 1000:g} ({before.outcome})",
        "to": f"{after.score / 1000:g} ({after.outcome})",
        "": "▲ up" if change.rises else "▼ down",
        "why": after.message,
    }


def _apply(store: Store, who: Teacher, seen: Preview) -> None:
    reason = " ".join(st.session_state[f"regrade.reason.{_turn()}"].split())
    if not reason:
        deeds.refuse("Say in a few words why. Nothing was changed.")
        return
    done = deeds.do("", regrade.apply, store, who, seen, st.session_state["regrade.mode"], reason)
    st.session_state.pop(_SEEN, None)
    if done is not None:
        deeds.say(
            f"{_count(done.changed, 'attempt')} judged anew. It is in the log, and can be undone below."
        )


def _past(store: Store, who: Teacher, classroom: Classroom) -> None:
    found = regrade.past(store, who, classroom.id, now())
    if not found:
        st.caption("None.")
    for done in found:
        words, out = st.columns([6, 1], vertical_alignment="center")
        with words:
            plain.say(_sentence(done))
        if done.undone_at is None:
            out.button(
                "Undo", key=f"regrade.undo.{done.id}", on_click=_undo, args=(store, who, classroom, done.id)
            )


def _sentence(done: Regrade) -> str:
    undone = f" Undone {local(done.undone_at)}." if done.undone_at else ""
    return (
        f"{local(done.at)} · {asked.title(done.exercise)} · {done.mode.value} · {_count(done.changed, 'attempt')}. "
        f"{done.reason}{undone}"
    )


def _undo(store: Store, who: Teacher, classroom: Classroom, number: int) -> None:
    deeds.succeeds("What stood before stands again.", regrade.undo, store, who, classroom.id, number)


def _turn() -> int:
    """Changes with every dry run, so that a reason is given for each."""
    turn: int = st.session_state.get(_TURN, 0)
    return turn


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
