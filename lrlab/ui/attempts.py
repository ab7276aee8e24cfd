"""What the person at this screen has tried, whether a class keeps it or only this browser session.

`desk` says what is in hand at an exercise; a tab stays with the variant it has shown until it asks for another, also
when another tab goes on. `record` keeps an answer before its verdict may be shown, once: a double-click, a second tab
and a retry are answered from the record.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from lrlab.classroom import attempts as class_attempts
from lrlab.classroom import progress, records, standings
from lrlab.classroom.assigned import Assignment, of_learner
from lrlab.classroom.database import Store
from lrlab.classroom.records import Judgement, Receipt, Submission
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.standings import Standing
from lrlab.grading import Variant, Verdict
from lrlab.ui import places, this_run
from lrlab.ui.account import person, visit
from lrlab.ui.account.store import now, store
from lrlab.ui.teacher.zone import zone

_HINTS = "hints"
_GONE = (
    "You are signed out, or your class's records do not answer. This answer was not kept and cost no attempt. "
    "Copy it, load the page again and hand it in once more."
)
_OTHER_NUMBERS = (
    "This exercise has changed since it was shown to you, so the answer was not kept and cost no attempt. "
    "Load the page again; then answer what you see."
)


@dataclass(frozen=True)
class Attempt:
    """An answer that was judged and kept.

    `number` counts within the variant; `receipt` is the sentence that proves it is kept in a class, None outside of
    one. `repeated` says that the same answer was there already, so it counts once.
    """

    exercise: str
    variant: int
    number: int
    version: str
    seed: int
    answer: str
    passed: bool
    score: int
    outcome: str
    message: str
    misconception: str | None
    hints: int
    at: datetime
    receipt: str | None = None
    repeated: bool = False


@dataclass(frozen=True)
class Unkept:
    """An answer that was not kept, so that no verdict may be shown; the sentence says why and what to do."""

    sentence: str


@dataclass(frozen=True)
class Desk:
    """What is in hand at an exercise.

    `variant` counts what was drawn, from 1; `number` is the attempt the next form is for; `version` is the digest of
    the exercise's file when this variant was first seen; `past` are all attempts at the exercise, the oldest first.
    """

    variant: int
    seed: int
    number: int
    version: str
    hints: int
    past: tuple[Attempt, ...]


def desk(slug: str) -> Desk:
    """What is in hand at an exercise: ask before its form is shown, and name the form after variant and seed."""
    if person.has_left():
        st.rerun()
    return this_run.once(("desk", slug), lambda: _desk(slug))


def _desk(slug: str) -> Desk:
    place = places.in_hand(slug)
    return Desk(place.variant, place.seed, place.number, place.version, hints_seen(slug), kept(slug))


def task(slug: str) -> Variant:
    """The exercise with the numbers in hand, as they were when they were first seen."""
    return places.drawn(slug, places.in_hand(slug))


def another(slug: str, after: int | None = None) -> None:
    """Draw the next variant after the one in hand, or after the one named: pressed twice it is drawn once."""
    in_hand = places.in_hand(slug).variant
    if after in (None, in_hand):
        places.draw(slug, in_hand)
        this_run.forget()


def record(slug: str, answered: Variant, text: str, verdict: Verdict) -> Attempt | Unkept:
    """Keep an answer with its verdict; once this returns an attempt it is committed and the verdict may be shown."""
    who, kept_in, at = person.learner(), store(), now()
    if person.is_missing():
        return Unkept(_GONE)
    place = places.in_hand(slug)
    if place.seed != answered.seed:
        return Unkept(_OTHER_NUMBERS)
    given = Submission(
        places.as_task(slug, place),
        place.number,
        text.strip(),
        Judgement(verdict.passed, verdict.score, verdict.outcome, verdict.message, verdict.misconception),
        hints_seen(slug),
        place.since,
    )
    if who is None or not isinstance(kept_in, Store):
        receipt = visit.keep(given, at)
    else:
        try:
            places.open_in_class(slug)
            receipt = class_attempts.record(kept_in, who, given, at)
        except Refusal as refusal:
            return Unkept(refusal.sentence)
    this_run.forget()
    return _shown(receipt.attempt, repeated=receipt.repeated)


def kept(slug: str | None = None) -> tuple[Attempt, ...]:
    """All attempts in order, or those at one exercise."""
    return tuple(_shown(attempt) for attempt in places.past(slug))


def standing() -> Mapping[str, Standing]:
    """Where one stands with every exercise that was begun, by slug."""
    return this_run.once("standing", _standing)


def solved() -> frozenset[str]:
    """The exercises that were passed at least once."""
    return frozenset(slug for slug, where in standing().items() if where.solved)


def mastered() -> frozenset[str]:
    """The exercises of which two different variants were passed without hints."""
    return frozenset(slug for slug, where in standing().items() if where.mastered)


def assigned() -> tuple[Assignment, ...]:
    """What the class is asked to do, with dates; nothing without a class."""
    return this_run.once("assigned", _assigned)


def hints_seen(slug: str) -> int:
    """How many hints of the variant in hand have been opened."""
    variant = places.in_hand(slug).variant
    here: int = st.session_state.get(_HINTS, {}).get((slug, variant), 0)
    past = (attempt.hints for attempt in kept(slug) if attempt.variant == variant)
    return max(here, max(past, default=0))


def open_hint(slug: str) -> None:
    """Open the next hint of the variant in hand."""
    st.session_state.setdefault(_HINTS, {})[slug, places.in_hand(slug).variant] = hints_seen(slug) + 1
    with suppress(Refusal):
        places.open_in_class(slug)
    this_run.forget()


def forget() -> None:
    """Let go of everything that was kept here: somebody has come in, and their class has it now."""
    visit.forget()
    st.session_state.pop(_HINTS, None)
    places.forget()


def _standing() -> Mapping[str, Standing]:
    who, kept_in = person.learner(), store()
    if who is not None and isinstance(kept_in, Store):
        try:
            return progress.mine(kept_in, who, now())
        except Refusal:
            return {}
    slugs = dict.fromkeys(attempt.task.exercise for attempt in visit.kept())
    return {slug: standings.amount_to(slug, visit.kept(slug)) for slug in slugs}


def _assigned() -> tuple[Assignment, ...]:
    who, kept_in = person.learner(), store()
    if who is None or not isinstance(kept_in, Store):
        return ()
    try:
        return of_learner(kept_in, who, now())
    except Refusal:
        return ()


def _shown(attempt: records.Attempt, *, repeated: bool = False) -> Attempt:
    said = attempt.judgement
    return Attempt(
        attempt.task.exercise,
        attempt.task.variant,
        attempt.number,
        attempt.task.version,
        attempt.task.seed,
        attempt.answer,
        said.passed,
        said.score,
        said.outcome,
        said.message,
        said.misconception,
        attempt.hints,
        attempt.ended,
        f"Saved, {Receipt(attempt, repeated).sentence(zone())}" if attempt.receipt else None,
        repeated,
    )
