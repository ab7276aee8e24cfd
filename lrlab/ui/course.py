"""The course as a whole: its map, what is solved, what comes next."""

import streamlit as st

from lrlab.ui import attempts, navigation, reflections, remembered, ring


def slugs(page: str) -> tuple[str, ...]:
    """The exercises that stand on a page, in the order of the course."""
    return tuple(
        slug for chapter in remembered.track().chapters if chapter.page == page for slug in chapter.exercises
    )


def table_of_contents() -> None:
    """Every topic with its teaser, its ring and a link, by section."""
    solved = attempts.solved()
    for section in dict.fromkeys(entry.section for entry in navigation.TOPICS):
        st.subheader(section)
        for entry in navigation.TOPICS:
            if entry.section == section:
                _row(entry, solved)


def rings() -> None:
    """One ring a topic that has exercises."""
    solved = attempts.solved()
    topics = [entry for entry in navigation.TOPICS if slugs(entry.name)]
    done = sum(slug in solved for entry in topics for slug in slugs(entry.name))
    total = sum(len(slugs(entry.name)) for entry in topics)
    st.markdown(f"**{done} of {total} exercises solved.**")
    for entry in topics:
        _row(entry, solved)


def recommended() -> None:
    """The first topic with an exercise that is not solved yet."""
    solved = attempts.solved()
    for entry in navigation.TOPICS:
        if any(slug not in solved for slug in slugs(entry.name)):
            st.page_link(navigation.page(entry.name), label=f"Go on with: {entry.title}")
            return
    st.markdown("You have solved every exercise. The sandbox is still open.")
    st.page_link(navigation.page("sandbox"))


def reflections_so_far() -> None:
    """What was predicted and seen, beside what the runs did."""
    kept = reflections.kept()
    if not kept:
        st.caption("None yet. Every topic opens with a question; answer it before you look.")
        return
    for moment, words in (("prediction", "Predictions"), ("observation", "Observations")):
        of_kind = [reflection for reflection in kept if reflection.moment == moment]
        right = sum(reflection.right for reflection in of_kind)
        st.markdown(f"{words}: **{right} of {len(of_kind)}** agreed with the run.")
    st.caption(
        "Being wrong before you look is how the picture sticks; being wrong after is a reason to look again."
    )


def attempts_so_far() -> None:
    """Every attempt as a row: when, what, the answer, what came of it."""
    kept = attempts.kept()
    if not kept:
        st.caption("None yet.")
        return
    exercises = remembered.track().exercises
    st.dataframe(
        [
            {
                "time (UTC)": attempt.at.strftime("%H:%M:%S"),
                "exercise": exercises[attempt.exercise].title,
                "answer": attempt.answer,
                "result": "passed" if attempt.passed else "not yet",
                "hints": attempt.hints,
            }
            for attempt in reversed(kept)
        ],
        hide_index=True,
    )


def _row(entry: navigation.Entry, solved: frozenset[str]) -> None:
    mine = slugs(entry.name)
    picture, words = st.columns([1, 9], vertical_alignment="center")
    if mine:
        picture.html(ring.html(sum(slug in solved for slug in mine), len(mine), label=entry.title))
    with words:
        st.page_link(navigation.page(entry.name))
        st.caption(entry.teaser)
