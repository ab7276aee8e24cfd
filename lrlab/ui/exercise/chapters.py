"""The exercises of a page: a worked one first, then one half-worked, then those that are done alone.

The next to be led through, the next to be done alone and what was begun lie open; the others are a line each.
"""

import streamlit as st

from lrlab.grading import Chapter
from lrlab.ui import attempts, remembered
from lrlab.ui.exercise import onward
from lrlab.ui.exercise.asking import ask
from lrlab.ui.exercise.onward import GUIDES
from lrlab.ui.unfolded import is_unfolded, unfold

_HOW = (
    "The first is worked out with you, the second is begun for you, the rest are yours. What is one line opens at a "
    "click: take them in any order."
)


def chapter(page: str) -> None:
    """All exercises of a page, in the order of the course; says which could not be read."""
    chapters = [chapter for chapter in remembered.track().chapters if chapter.page == page]
    if not any(chapter.exercises or chapter.missing for chapter in chapters):
        return
    st.header("Exercises")
    for each in chapters:
        _in_order(each)
        _missing(each)


def _in_order(each: Chapter) -> None:
    exercises, solved = remembered.track().exercises, attempts.solved()
    guides = [slug for slug in each.exercises if exercises[slug].sheet.role in GUIDES]
    alone = [slug for slug in each.exercises if slug not in guides]
    can_do = bool(alone) and alone[0] in solved
    if guides and not can_do:
        st.caption(_HOW)
    to_do = [[slug for slug in row if slug not in solved] for row in ([] if can_do else guides, alone)]
    begun = [slug for row in to_do for slug in row if slug in attempts.standing()]
    for slug in (*begun, *(row[0] for row in to_do if row)):
        unfold(slug)
    for slug in each.exercises:
        if is_unfolded(slug):
            ask(slug)
        else:
            _folded(slug)


def _folded(slug: str) -> None:
    """An exercise as one line, built only when somebody opens it: a page with seven of them stays light."""
    exercise = remembered.track().exercises[slug]
    role = GUIDES.get(exercise.sheet.role)
    name = exercise.title if role is None else f"{role}: {exercise.title}"
    fold = st.expander(f"{name} · {onward.standing(slug)}", key=f"{slug}.folded", on_change="rerun")
    if fold.open:
        with fold:
            ask(slug, framed=False)


def _missing(each: Chapter) -> None:
    if each.missing:
        names = ", ".join(f"`{slug}`" for slug in each.missing)
        count = len(each.missing)
        st.warning(
            f"{count} {'exercise' if count == 1 else 'exercises'} of this page could not be read ({names}). "
            "The others are here. "
            "Who runs the lab finds the reason with `python -m lrlab exercises check`.",
            icon=":material/report:",
        )
