"""The tab “Live round”: one exercise for the whole class; all commit, all look, talk, and commit once more."""

import secrets
from collections.abc import Sequence

import streamlit as st

import lrlab
from lrlab.charts.classes import Dot, class_response_chart, votes_chart
from lrlab.classroom import rounds
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.rounds import Round, Stage, Tally
from lrlab.classroom.tasks import Task
from lrlab.descent.outcomes import endings
from lrlab.grading import Variant
from lrlab.grading.class_curve import class_curve
from lrlab.grading.evidence import Walked
from lrlab.grading.kinds.doors import walk
from lrlab.ui import asked, pictures, remembered
from lrlab.ui.account.store import now
from lrlab.ui.asked import Given
from lrlab.ui.exercise.exhibits import exhibit
from lrlab.ui.exercise.replays import replay
from lrlab.ui.teacher import deeds, items, spread
from lrlab.ui.teacher.zone import local

EVERY = 2
"""Seconds between two counts of the votes."""

VOTES = {1: "first vote", 2: "second vote"}
_CHANGES = {
    (True, True): "right both times",
    (False, True): "turned to the right answer",
    (True, False): "turned away from it",
    (False, False): "not right either time",
}


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """The round that is open, or a way to open one; and earlier rounds."""
    running = rounds.current(store, who, classroom.id, now())
    if running is not None:
        _running(store, who, classroom, running)
        return
    _open_form(store, who, classroom)
    _earlier(store, who, classroom)


def _open_form(store: Store, who: Teacher, classroom: Classroom) -> None:
    st.markdown(
        "Put one exercise before the whole class, the same numbers for all. It appears on every student's page within "
        "three seconds, wherever they are. They commit; you reveal; they talk; they may vote once more."
    )
    titles = asked.listed()
    with st.form("round.open", border=False):
        st.selectbox("Exercise", list(titles), format_func=titles.__getitem__, key="round.exercise")
        st.form_submit_button("Open the round", type="primary", on_click=_open, args=(store, who, classroom))


def _open(store: Store, who: Teacher, classroom: Classroom) -> None:
    slug: str = st.session_state["round.exercise"]
    task = remembered.task(slug, secrets.randbits(48))
    given = Task(slug, 0, task.exercise.version, lrlab.__version__, task.seed, dict(task.given))
    deeds.do("", rounds.open_round, store, who, classroom.id, given)


def _running(store: Store, who: Teacher, classroom: Classroom, running: Round) -> None:
    task = asked.again(running.task)
    st.subheader(asked.title(running.task.exercise))
    if task is None:
        st.markdown("The course has this exercise no more. Close the round; the votes stay on record.")
    else:
        with st.expander(
            "The question", expanded=running.takes_votes, key=f"round.question.{running.id}.{running.stage}"
        ):
            st.markdown(task.prompt)
            exhibit(task, f"round.{running.id}")
    if running.takes_votes:
        _counting(store, who, classroom, running)
    elif task is not None:
        _result(task, rounds.tally(store, who, classroom.id, running.id, now()))
    with st.container(horizontal=True):
        held = (store, who, classroom)
        if running.takes_votes:
            st.button(
                "Reveal", type="primary", key="round.reveal", on_click=_move, args=(rounds.reveal, *held)
            )
        if running.stage is Stage.FIRST_SHOWN:
            st.button(
                "Vote once more",
                type="primary",
                key="round.again",
                on_click=_move,
                args=(rounds.vote_again, *held),
            )
        st.button("Close the round", key="round.close", on_click=_close, args=held)


@st.fragment(run_every=EVERY)
def _counting(store: Store, who: Teacher, classroom: Classroom, running: Round) -> None:
    with deeds.answering():
        tally = rounds.tally(store, who, classroom.id, running.id, now())
        if (tally.round.stage, tally.round.closed_at) != (running.stage, None):
            st.rerun()
        turn = 1 if running.stage is Stage.FIRST else 2
        cast = len(tally.of(turn))
        students = max(classroom.students, cast)
        st.progress(
            cast / max(students, 1), text=f"{VOTES[turn].capitalize()}: {cast} of {students} have voted"
        )
        st.caption("What they said stays hidden until you reveal it.")


def _move(move: object, store: Store, who: Teacher, classroom: Classroom) -> None:
    deeds.do("", move, store, who, classroom.id)  # type: ignore[arg-type]


def _close(store: Store, who: Teacher, classroom: Classroom) -> None:
    deeds.succeeds("The round is closed. It stays to be read below.", rounds.close, store, who, classroom.id)


def _earlier(store: Store, who: Teacher, classroom: Classroom) -> None:
    past = {round_.id: (round_, voters) for round_, voters in rounds.past(store, who, classroom.id, now())}
    if not past:
        return
    st.subheader("Earlier rounds")
    number = st.selectbox(
        "Look at a round",
        list(past),
        index=None,
        format_func=lambda number: _name(*past[number]),
        placeholder="Choose",
        key=f"round.past.{classroom.id}",
    )
    if number is None:
        return
    task = asked.again(past[number][0].task)
    if task is None:
        st.caption("The course has this exercise no more, so its answers cannot be laid out.")
        return
    _result(task, rounds.tally(store, who, classroom.id, number, now()))


def _name(past: Round, voters: int) -> str:
    count = "1 student" if voters == 1 else f"{voters} students"
    return f"{local(past.opened_at)} · {asked.title(past.task.exercise)} · {count}"


def _result(task: Variant, tally: Tally) -> None:
    """Distribution, curve, the runs to look at, and how minds changed; no names."""
    votes = by_vote(task, tally)
    if not votes:
        st.caption("Nobody has voted.")
        return
    key = f"round.{tally.round.id}"
    if task.exercise.kind == "rate":
        _rates(task, votes, key)
    else:
        pictures.show(f"{key}.votes", votes_chart, spread.bars(votes))
        _run(task, votes, key)
    if len(votes) > 1:
        _changes(tally)
    with st.expander("Why"):
        st.markdown(task.explanation)


def by_vote(task: Variant, tally: Tally) -> dict[str, list[Given]]:
    """The votes that were cast, turn by turn; a turn in which nobody voted is left out."""
    return {
        VOTES[turn]: [
            Given(task, vote.answer, vote.judgement.passed, vote.judgement.outcome) for vote in tally.of(turn)
        ]
        for turn in VOTES
        if tally.of(turn)
    }


def _rates(task: Variant, votes: dict[str, list[Given]], key: str) -> None:
    turns = list(votes)
    vote = turns[-1]
    if len(turns) > 1:
        vote = st.radio("Show", turns, index=len(turns) - 1, horizontal=True, key=f"{key}.vote")
    curve, dots = class_curve(task), spread.dots(task, votes[vote])
    pictures.show(f"{key}.curve", class_response_chart, curve, dots)
    pictures.show(f"{key}.spread", items.rates_picture, curve, dots, "learning rate α")
    chosen = to_look_at(dots)
    if chosen:
        run = walk(task.task, task, list(chosen.values()))
        replay(
            Walked(run, endings(run, task.task.tolerance), tuple(chosen)), f"{key}.runs.{vote}", revealed=True
        )


def to_look_at(dots: Sequence[Dot]) -> dict[str, float]:
    """The runs worth looking at: the fastest that passes, the wildest that is too large, else the slowest."""
    passing = [dot for dot in dots if dot.side == "passes"]
    large = [dot for dot in dots if dot.side == "too large"]
    small = [dot for dot in dots if dot.side == "too small"]
    chosen = {}
    if passing:
        chosen["the winning run"] = min(passing, key=lambda dot: dot.steps).rate
    if large:
        chosen["the run that was too large"] = max(large, key=lambda dot: dot.rate).rate
    if small and not large:
        chosen["the run that was too small"] = min(small, key=lambda dot: dot.rate).rate
    return chosen


def _run(task: Variant, votes: dict[str, list[Given]], key: str) -> None:
    """What a right answer shows, else the most common one."""
    everything = [one for given in votes.values() for one in given]
    best = next((one for one in everything if one.passed), everything[0])
    seen = asked.evidence(task, best.answer)
    if seen is not None:
        replay(seen, f"{key}.run", revealed=True)


def _changes(tally: Tally) -> None:
    both = sum(tally.changes.values())
    st.markdown(
        f"**Between the votes**, of {'1 student' if both == 1 else f'{both} students'} who voted twice:"
    )
    for place, (change, words) in zip(st.columns(len(_CHANGES)), _CHANGES.items(), strict=True):
        place.metric(words, tally.changes.get(change, 0))
