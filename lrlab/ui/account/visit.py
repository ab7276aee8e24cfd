"""What a visitor without a class has tried: in this browser session only, in the same records that a class keeps."""

import hashlib
import secrets
from datetime import datetime

import streamlit as st

from lrlab.classroom.records import Attempt, Carried, Receipt, Submission

_ATTEMPTS = "attempts"
_SEED = "learner_seed"


def seed(exercise: str, variant: int) -> int:
    """The seed of a visitor's variant: the first is the visitor's own number, the next ones follow from it."""
    mine = int(st.session_state.setdefault(_SEED, secrets.randbits(48)))
    if variant == 1:
        return mine
    digest = hashlib.sha256(f"{mine}\x00{exercise}\x00{variant}".encode()).digest()
    return int.from_bytes(digest[:6])


def keep(submission: Submission, at: datetime) -> Receipt:
    """Keep an answer, once: the same answer to the same variant is answered from what is kept."""
    task, answer = submission.task, submission.answer.split()
    past = kept(task.exercise)
    here = [attempt for attempt in past if attempt.task.variant == task.variant]
    for attempt in here:
        if attempt.answer.split() == answer:
            return Receipt(attempt, repeated=True)
    taken = {attempt.number for attempt in here}
    number = submission.number if submission.number not in taken else max(taken) + 1
    attempt = Attempt(
        len(kept()) + 1,
        0,
        task,
        number,
        submission.answer,
        submission.judgement,
        submission.hints,
        min(submission.started, at),
        at,
        "",
        regraded=False,
    )
    st.session_state[_ATTEMPTS] = (*kept(), attempt)
    return Receipt(attempt, repeated=False)


def kept(exercise: str | None = None) -> tuple[Attempt, ...]:
    """All attempts of this browser session in order, or those at one exercise."""
    attempts: tuple[Attempt, ...] = st.session_state.get(_ATTEMPTS, ())
    return attempts if exercise is None else tuple(a for a in attempts if a.task.exercise == exercise)


def carried() -> tuple[Carried, ...]:
    """All attempts in the form in which a class takes them in."""
    return tuple(
        (
            Submission(
                attempt.task,
                attempt.number,
                attempt.answer,
                attempt.judgement,
                attempt.hints,
                attempt.started,
            ),
            attempt.ended,
        )
        for attempt in kept()
    )


def forget() -> None:
    """Forget it all, once a class has it."""
    st.session_state.pop(_ATTEMPTS, None)
    st.session_state.pop(_SEED, None)
