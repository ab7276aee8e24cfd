"""The course as a whole: its map, what is solved, what comes next."""

import streamlit as st

from lrlab.classroom.progress import next_step
from lrlab.ui import attempts, navigation, remembered, ring
from lrlab.ui.unfolded import unfold


def slugs(page: str) -> tuple[str, ...]:
    """The exercises that stand on a page, in the order of the course."""
    return tuple(
        slug for chapter in remembered.track().chapters if chapter.page == page for slug in chapter.exercises
    )


def table_of_contents() -> None:
    """Where to go on, then every topic with its teaser, its ring and a link, by section."""
    recommended()
    for section in dict.fromkeys(entry.section for entry in navigation.TOPICS):
        st.subheader(section)
        for entry in navigation.TOPICS:
            if entry.section == section:
                _row(entry)


def rings() -> None:
    """One ring a topic that has exercises, and what is solved and mastered over all of them."""
    topics = [entry for entry in navigation.TOPICS if slugs(entry.name)]
    mine = [slug for entry in topics for slug in slugs(entry.name)]
    solved, mastered = (len(done.intersection(mine)) for done in (attempts.solved(), attempts.mastered()))
    st.markdown(f"**{solved} of {len(mine)} exercises solved, {mastered} mastered.**")
    st.caption(
        "Solved is one pass. Mastered is two, with different numbers and without hints; it gets a diamond, ◆."
    )
    for entry in topics:
        _row(entry)


def recommended() -> None:
    """The exercise to go on with: what is due, what is assigned, then the course in its order."""
    track = remembered.track()
    step = next_step(_in_order(), attempts.standing(), attempts.assigned())
    if step is None:
        st.markdown("You have solved every exercise. The sandbox is still open.")
        st.page_link(navigation.page("sandbox"))
        return
    unfold(step)
    exercise = track.exercises[step]
    where = navigation.page(exercise.page)
    word = "Go on with" if attempts.standing() else "Begin with"
    st.page_link(where, label=f"{word}: {exercise.title} ({where.title})", icon=":material/arrow_forward:")


def next_exercise(after: str) -> None:
    """Where to go from an exercise that was just solved: first what is left on its page, then what follows it."""
    track, order = remembered.track(), _in_order()
    page = track.exercises[after].page
    here = next(place for place, (_, slug) in enumerate(order) if slug == after)
    ahead = [*order[here + 1 :], *order[:here]]
    ahead.sort(key=lambda step: track.exercises[step[1]].page != page)
    step = next_step(ahead, attempts.standing())
    if step is None:
        st.markdown("That was the last open exercise of the course.")
        return
    exercise = track.exercises[step]
    if exercise.page == page:
        word = f"Next on this page: {exercise.title}"
        if st.button(word, key=f"{after}.next", icon=":material/arrow_downward:", type="tertiary"):
            unfold(step)
            st.rerun()
    else:
        unfold(step)
        where = navigation.page(exercise.page)
        st.page_link(where, label=f"Next: {exercise.title} ({where.title})", icon=":material/arrow_forward:")


def _in_order() -> list[tuple[str, str]]:
    """Chapter and slug of every exercise, in the order of the course."""
    return [(chapter.name, slug) for chapter in remembered.track().chapters for slug in chapter.exercises]


def _row(entry: navigation.Entry) -> None:
    mine = slugs(entry.name)
    picture, words = st.columns([1, 9], vertical_alignment="center")
    if mine:
        solved, mastered = (len(done.intersection(mine)) for done in (attempts.solved(), attempts.mastered()))
        picture.html(ring.html(solved, len(mine), mastered, label=entry.title))
    with words:
        st.page_link(navigation.page(entry.name))
        st.caption(entry.teaser)
