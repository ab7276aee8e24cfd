"""What this visitor has tried, in this browser session: nothing is stored anywhere else."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

_ATTEMPTS = "attempts"
_SEED = "learner_seed"
_HINTS = "hints"


@dataclass(frozen=True)
class Attempt:
    """An answer that was judged: what was asked (slug, version, seed), what was said, what came out."""

    exercise: str
    version: str
    seed: int
    answer: str
    passed: bool
    score: int
    message: str
    misconception: str | None
    hints: int
    at: datetime


def learner_seed() -> int:
    """The number from which this visitor's own tasks are drawn; the same for the whole session."""
    return int(st.session_state.setdefault(_SEED, secrets.randbits(48)))


def record(attempt: Attempt) -> None:
    """Keep an attempt; attempts are only ever added."""
    st.session_state[_ATTEMPTS] = (*kept(), attempt)


def kept(exercise: str | None = None) -> tuple[Attempt, ...]:
    """All attempts of this session in order, or those at one exercise."""
    attempts: tuple[Attempt, ...] = st.session_state.get(_ATTEMPTS, ())
    return attempts if exercise is None else tuple(a for a in attempts if a.exercise == exercise)


def solved() -> frozenset[str]:
    """The slugs of the exercises that were passed at least once."""
    return frozenset(attempt.exercise for attempt in kept() if attempt.passed)


def hints_seen(exercise: str) -> int:
    """How many hints of an exercise have been opened."""
    return int(st.session_state.get(_HINTS, {}).get(exercise, 0))


def open_hint(exercise: str) -> None:
    """Open the next hint of an exercise."""
    st.session_state.setdefault(_HINTS, {})[exercise] = hints_seen(exercise) + 1
