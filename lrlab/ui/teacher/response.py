"""The tab “Response”: the class's rates on one curve, and what the class believes; no name is anywhere on it."""

from collections.abc import Sequence

import streamlit as st

from lrlab.charts.classes import class_response_chart
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.insight import beliefs
from lrlab.classroom.insight.beliefs import WrongPrediction
from lrlab.grading.class_curve import class_curve
from lrlab.grading.forms import FORECAST
from lrlab.grading.misconceptions import MISCONCEPTIONS
from lrlab.ui import asked, navigation, pictures, remembered
from lrlab.ui.account.store import now
from lrlab.ui.teacher import dotting

FIRST, EVERY = "First answers", "Every answer"


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """The curve of one exercise, then the beliefs of the class."""
    st.caption(
        "Fit for the projector: there are no names on this tab, and nothing is in the order of anybody."
    )
    _curve(store, who, classroom)
    st.subheader("Misconceptions")
    _misconceptions(store, who, classroom)
    st.subheader("Wrong predictions")
    _predictions(beliefs.wrong_predictions(store, who, classroom.id, now()))


def _curve(store: Store, who: Teacher, classroom: Classroom) -> None:
    exercises = asked.listed(("rate",))
    choose, which = st.columns([3, 2], vertical_alignment="bottom")
    slug = choose.selectbox(
        "Exercise",
        list(exercises),
        format_func=exercises.__getitem__,
        key=f"response.exercise.{classroom.id}",
    )
    kind = which.radio("Which answers", [FIRST, EVERY], horizontal=True, key="response.which")
    picks = beliefs.picks(store, who, classroom.id, slug, now())
    shown = tuple(pick for pick in picks if pick.first or kind == EVERY)
    moved = dotting.moved(slug, shown)
    pictures.show("response.chart", class_response_chart, class_curve(dotting.reference(slug)), moved)
    sides = [dot.side for dot in moved]
    if not sides:
        st.caption("Nobody has answered this exercise yet.")
        return
    st.caption(
        f"{len(sides)} answers: {sides.count('too small')} too small, {sides.count('passes')} pass, "
        f"{sides.count('too large')} too large. Everyone has their own numbers; each rate keeps its factor to the "
        "door, so a dot lies in the shade exactly when it passed. A number over a dot says how many it stands for."
    )


def _misconceptions(store: Store, who: Teacher, classroom: Classroom) -> None:
    found = beliefs.misconceptions(store, who, classroom.id, now())
    if not found:
        st.caption("No answer of this class has shown one yet.")
        return
    sides = st.columns(2)
    for place, belief in enumerate(found):
        with sides[place % 2].container(border=True):
            count = "1 student" if belief.students == 1 else f"{belief.students} students"
            times = "1 answer" if belief.answers == 1 else f"{belief.answers} answers"
            st.markdown(f"**{MISCONCEPTIONS.get(belief.tag, belief.tag)}**  \n{count}, {times}.")
            _treatment(belief.tag)


def _treatment(tag: str) -> None:
    """The exercises whose known mistakes come from this belief: each has a message of its own for it."""
    track = remembered.track()
    treating = [
        slug
        for chapter in track.chapters
        for slug in chapter.exercises
        if any(mistake.misconception == tag for mistake in track.exercises[slug].sheet.mistakes)
    ]
    for slug in treating[:2]:
        page = next(chapter.page for chapter in track.chapters if slug in chapter.exercises)
        st.page_link(
            navigation.page(page),
            label=f"Treated by “{track.exercises[slug].title}”",
            icon=":material/healing:",
        )


def _predictions(found: Sequence[WrongPrediction]) -> None:
    if not found:
        st.caption("No prediction of this class has been wrong yet.")
        return
    rows = [
        {
            "students": wrong.students,
            "where": _place(wrong.place),
            "expected": _words(wrong.said),
            "happened": _words(wrong.truth),
        }
        for wrong in found
    ]
    st.dataframe(rows, hide_index=True, key="response.predictions")


def _place(name: str) -> str:
    entry = next((entry for entry in navigation.CONTENTS if entry.name == name), None)
    return asked.title(name) if entry is None else entry.title


def _words(name: str) -> str:
    """A forecast in its words; other predictions are kept by names that read as words."""
    offer = next((offer for offer in FORECAST if offer.name == name), None)
    return name.replace("_", " ").replace("-", " ") if offer is None else offer.text
