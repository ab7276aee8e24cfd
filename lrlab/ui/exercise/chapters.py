"""The exercises of a page: a worked one first, then one half-worked, then those that are done alone."""

import streamlit as st

from lrlab.grading import Chapter
from lrlab.ui import attempts, remembered
from lrlab.ui.exercise.asking import ask
from lrlab.ui.exercise.onward import GUIDES

_HOW = (
    "The first is worked out with you, the second is begun for you, the rest are yours. Solve the first of those and "
    "the two fold away. Nothing is locked: take them in any order."
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
    exercises = remembered.track().exercises
    roles = {slug: exercises[slug].sheet.role for slug in each.exercises}
    alone = [slug for slug, role in roles.items() if role == "free"]
    can_do = bool(alone) and alone[0] in attempts.solved()
    if len(alone) < len(roles) and not can_do:
        st.caption(_HOW)
    for slug, role in roles.items():
        if role in GUIDES and can_do:
            # The first one done alone is solved: the guides fold away, and are built only when somebody goes back.
            words = f"{GUIDES[role]}: {exercises[slug].title}"
            folded = st.expander(words, key=f"{slug}.folded", on_change="rerun")
            if folded.open:
                with folded:
                    ask(slug)
        else:
            ask(slug)


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
