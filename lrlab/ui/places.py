"""What is in hand at each exercise in this tab: a variant that stays until another is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

import lrlab
from lrlab.classroom import attempts as class_attempts
from lrlab.classroom.access import Learner
from lrlab.classroom.database import Store
from lrlab.classroom.records import Attempt
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.tasks import Task
from lrlab.grading import Variant, variant
from lrlab.ui import remembered, this_run
from lrlab.ui.account import person, visit
from lrlab.ui.account.store import now, store

_PLACES = "places"
_TRIES = 8


@dataclass(frozen=True)
class Place:
    """One variant on the screen: whose it is, with which numbers, for which attempt, since when.

    `owner` is the number of a student, None for a visitor. `opened` says that the class has noted it.
    """

    owner: int | None
    variant: int
    seed: int
    version: str
    parameters: Mapping[str, float | str] | None
    number: int
    since: datetime
    opened: bool


def in_hand(slug: str) -> Place:
    """What this tab has shown of an exercise; where it has shown nothing, what the class says is in hand."""
    return this_run.once(("place", slug), lambda: _in_hand(slug))


def draw(slug: str, after: int) -> None:
    """Take the next variant after this one in hand, drawn now or as it was when it was first seen."""
    who, kept_in, at = person.learner(), store(), now()
    if person.is_missing():
        return
    if who is None or not isinstance(kept_in, Store):
        _put(slug, _other_numbers(slug, None, after, lambda number: visit.seed(slug, number), at))
        return
    try:
        place = _other_numbers(
            slug, who, after, lambda number: class_attempts.seed(kept_in, who, slug, number, at), at
        )
        _put(slug, _of_task(who, class_attempts.open_task(kept_in, who, as_task(slug, place), at), at))
    except Refusal as refusal:
        st.toast(refusal.sentence, icon=":material/cloud_off:")


def open_in_class(slug: str) -> None:
    """Let the class know that the variant in hand is being worked on; from then on it keeps its numbers."""
    place, who, kept_in = in_hand(slug), person.learner(), store()
    if who is None or not isinstance(kept_in, Store) or place.opened or place.owner != who.id:
        return
    opened = class_attempts.open_task(kept_in, who, as_task(slug, place), now())
    _put(slug, replace(_of_task(who, opened, place.since), number=place.number))


def drawn(slug: str, place: Place) -> Variant:
    """The exercise with the numbers of a place, also where its file was mended since they were first seen."""
    exercise = remembered.track().exercises[slug]
    if place.parameters is None or place.version == exercise.version:
        return remembered.task(slug, place.seed)
    known = {name: value for name, value in place.parameters.items() if name in exercise.sheet.parameters}
    try:
        return variant(exercise, place.seed, known)
    except ValueError:
        return remembered.task(slug, place.seed)


def as_task(slug: str, place: Place) -> Task:
    """A place in the class's words, with the version of the file that asks and judges now."""
    asked = drawn(slug, place)
    parameters = {name: asked.numbers[name] for name in asked.exercise.sheet.parameters}
    return Task(slug, place.variant, asked.exercise.version, lrlab.__version__, place.seed, parameters)


def past(slug: str | None = None) -> tuple[Attempt, ...]:
    """All attempts in order, or those at one exercise, as they were kept."""
    return this_run.once(("past", slug), lambda: _past(slug))


def forget() -> None:
    """Let go of everything that was in hand."""
    st.session_state.pop(_PLACES, None)
    this_run.forget()


def _in_hand(slug: str) -> Place:
    who = person.learner()
    shown: Place | None = st.session_state.get(_PLACES, {}).get(slug)
    if shown is None or (who is not None and shown.owner != who.id):
        shown = _sit_down(slug, who)
    here = (attempt.number for attempt in past(slug) if attempt.task.variant == shown.variant)
    return _put(slug, replace(shown, number=1 + max(here, default=0)))


def _sit_down(slug: str, who: Learner | None) -> Place:
    kept_in, at = store(), now()
    if who is not None and isinstance(kept_in, Store):
        try:
            found = class_attempts.desk(kept_in, who, slug, at)
        except Refusal:
            found = None
        if found is not None and found.task is not None:
            return _of_task(who, found.task, at)
        if found is not None:
            return _fresh(slug, who, found.variant, found.seed, at)
    last = max((attempt.task.variant for attempt in visit.kept(slug)), default=1)
    return _fresh(slug, None, last, visit.seed(slug, last), at)


def _fresh(slug: str, who: Learner | None, number: int, seed: int, at: datetime) -> Place:
    version = remembered.track().exercises[slug].version
    return Place(None if who is None else who.id, number, seed, version, None, 1, at, opened=False)


def _other_numbers(
    slug: str, who: Learner | None, after: int, seed: Callable[[int], int], at: datetime
) -> Place:
    """One of the next variants: the first that shares no number with the one in hand, else as few as there are."""
    asked = as_task(slug, in_hand(slug)).parameters
    tried: list[tuple[int, int, Place]] = []
    for number in range(after + 1, after + 1 + _TRIES):
        place = _fresh(slug, who, number, seed(number), at)
        other = as_task(slug, place).parameters
        tried.append((sum(other.get(name) == value for name, value in asked.items()), number, place))
        if tried[-1][0] == 0:
            break
    return min(tried, key=lambda row: row[:2])[2]


def _of_task(who: Learner, task: Task, at: datetime) -> Place:
    return Place(who.id, task.variant, task.seed, task.version, task.parameters, 1, at, opened=True)


def _put(slug: str, place: Place) -> Place:
    st.session_state.setdefault(_PLACES, {})[slug] = place
    return place


def _past(slug: str | None) -> tuple[Attempt, ...]:
    who, kept_in = person.learner(), store()
    if who is None or not isinstance(kept_in, Store):
        return visit.kept(slug)
    try:
        return class_attempts.history(kept_in, who, now(), slug)
    except Refusal:
        return ()
