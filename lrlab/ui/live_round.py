"""A live round on a student's page: it appears while it is open, takes one vote a turn, and shows what came of it.

Every page looks for a round every two seconds, for signed-in students only; where there is none, that costs two small
questions to the store and sends nothing. What was typed and not sent stays, because the form keeps its key.
"""

from dataclasses import replace

import streamlit as st

from lrlab.classroom import rounds
from lrlab.classroom.database import Store
from lrlab.classroom.records import Judgement
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.rounds import Ballot, Stage
from lrlab.grading import Refusal as NoAnswer
from lrlab.grading import Variant, form, read
from lrlab.grading.forms import Typed
from lrlab.ui import asked, plain, remembered, this_run
from lrlab.ui.account import person
from lrlab.ui.account.store import now, store
from lrlab.ui.exercise import exhibits, forms, replays

EVERY = 2
"""Seconds between two looks."""

_TURN = {Stage.FIRST: 1, Stage.FIRST_SHOWN: 1, Stage.SECOND: 2, Stage.SECOND_SHOWN: 2}


def watch() -> None:
    """Look for a round now and from now on; nothing for visitors and teachers."""
    if person.learner() is not None:
        _board()


@st.fragment(run_every=EVERY)
def _board() -> None:
    who, kept = person.learner(active=False), store()
    if who is None or not isinstance(kept, Store):
        return
    try:
        ballot = rounds.ballot(kept, who, now())
    except Refusal:
        return
    task = None if ballot is None else asked.again(ballot.round.task)
    if ballot is not None and task is not None:
        with st.container(border=True, key="live-round"):
            _show(kept, ballot, task)


def _show(kept: Store, ballot: Ballot, task: Variant) -> None:
    turn = _TURN[ballot.round.stage]
    key = f"round.{ballot.round.id}.{turn}"
    words = "Live round" if turn == 1 else "Live round, second vote"
    st.markdown(f"#### {words}: {task.exercise.title}")
    st.markdown(task.prompt)
    exhibits.exhibit(task, key)
    if turn == 2 and 1 in ballot.answers:
        plain.say(
            f"The first time you said {_said(task, ballot.answers[1])}. Say it again, or change your mind."
        )
    if ballot.round.takes_votes:
        _vote(kept, ballot, task, turn, key)
    else:
        _result(ballot, task, turn, key)


def _vote(kept: Store, ballot: Ballot, task: Variant, turn: int, key: str) -> None:
    slot = st.empty()
    mine = ballot.answers.get(turn)
    if mine is None:
        with slot.container():
            shape = form(task)
            shape = replace(shape, forecast=()) if isinstance(shape, Typed) else shape
            sent = forms.draw(shape, task, key, word="Vote")
            if sent is not None:
                mine = _commit(kept, ballot, task, sent.text, key)
            trouble = st.session_state.get(f"{key}.trouble")
            if trouble:
                plain.say(trouble, plain.Tone.REFUSED)
    if mine is not None:
        with slot.container():
            plain.say(
                f"Your vote is in: {_said(task, mine)}. The result appears here when your teacher shows it.",
                plain.Tone.DONE,
            )


def _commit(kept: Store, ballot: Ballot, task: Variant, text: str, key: str) -> str | None:
    """Cast the vote; returns the one that counts, None where it could not be cast."""
    trouble = f"{key}.trouble"
    reading = read(task, text)
    if isinstance(reading, NoAnswer):
        st.session_state[trouble] = f"{reading.sentence} Nothing was sent."
        return None
    this_run.forget()
    who = person.learner()  # a person did this, so their session stays awake
    if who is None:
        st.session_state[trouble] = (
            "You are signed out, so the vote was not cast. Return to your class on Home."
        )
        return None
    try:
        counted = rounds.commit(kept, who, ballot.round.id, text, _judged(task, text), now())
    except Refusal as refusal:
        st.session_state[trouble] = refusal.sentence
        return None
    st.session_state.pop(trouble, None)
    return counted


def _judged(task: Variant, text: str) -> Judgement:
    said = remembered.verdict(task, text)
    return Judgement(said.passed, said.score, said.outcome, said.message, said.misconception)


def _result(ballot: Ballot, task: Variant, turn: int, key: str) -> None:
    said = ballot.judgements.get(turn)
    if said is None:
        plain.say("This vote is over, and you cast none. The result is on your teacher's screen.")
        return
    plain.say(f"You said {_said(task, ballot.answers[turn])}.")
    if said.passed:
        st.success(said.message, icon=":material/check:")
    else:
        st.warning(said.message, icon=":material/groups:")
    shown = st.expander("Your answer, replayed", key=f"{key}.replayed", on_change="rerun")
    if shown.open:
        evidence = asked.evidence(task, ballot.answers[turn])
        with shown:
            if evidence is None:
                st.caption("There is nothing to replay for this kind of answer.")
            else:
                replays.replay(evidence, f"{key}.replay", revealed=True)


def _said(task: Variant, answer: str) -> str:
    return f"“{asked.label(task, answer)}”"
