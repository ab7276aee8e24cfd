"""The table of contents names every page there is, and points the right way."""

from pathlib import Path

from lrlab.ui import navigation

PAGES = Path(__file__).parents[2] / "pages"


def test_every_page_stands_in_the_table_of_contents():
    assert {entry.name for entry in navigation.CONTENTS} == {path.stem for path in PAGES.glob("*.py")}


def test_home_is_first_and_progress_is_not_a_topic():
    assert navigation.CONTENTS[0].name == "home"
    assert {"home", "progress"}.isdisjoint(entry.name for entry in navigation.TOPICS)


def test_neighbours_walk_the_course_from_end_to_end():
    walk, here = [], navigation.TOPICS[0]
    while here is not None:
        walk.append(here)
        here = navigation.neighbours(here.name)[1]
    assert tuple(walk) == navigation.TOPICS
    assert navigation.neighbours(navigation.TOPICS[0].name)[0] is None
    assert navigation.neighbours("home") == (None, None)
