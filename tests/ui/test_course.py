"""Where to go on: what is left on the page comes first, then the course in its order, then what was left out."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom.standings import Standing
from lrlab.ui import attempts, remembered

ORDER = [slug for chapter in remembered.track().chapters for slug in chapter.exercises]


def page(after):
    from lrlab.ui import course

    course.recommended()
    course.rings()
    if after:
        course.next_exercise(after)


def standing(solved, mastered=()):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return {
        slug: Standing(slug, 1, 1000, 0, at, at if slug in mastered else None, at, at, "1", "", 0)
        for slug in solved
    }


def shown(monkeypatch, solved, after=None, mastered=()):
    made = standing(solved, mastered)
    monkeypatch.setattr(attempts, "standing", lambda: made)
    at = AppTest.from_function(page, kwargs={"after": after}, default_timeout=60).run()
    assert not at.exception, at.exception
    links = [link.proto.label for link in at.get("page_link")]
    said = [*(text.value for text in at.markdown), *(button.label for button in at.button)]
    return links, "\n".join(said), at


def title(slug):
    return remembered.track().exercises[slug].title


def test_the_first_exercise_is_where_to_begin_and_the_first_open_one_where_to_go_on(monkeypatch):
    assert shown(monkeypatch, [])[0][0].startswith(f"Begin with: {title(ORDER[0])} (")
    assert shown(monkeypatch, ORDER[:3])[0][0].startswith(f"Go on with: {title(ORDER[3])} (")


@pytest.mark.parametrize(
    ("solved", "after", "words"),
    [
        ([ORDER[0]], ORDER[0], f"Next on this page: {title(ORDER[1])}"),
        ([ORDER[3]], ORDER[3], f"Next on this page: {title(ORDER[0])}"),
        (ORDER, ORDER[5], "That was the last open exercise of the course."),
    ],
)
def test_what_is_left_on_the_page_comes_first(monkeypatch, solved, after, words):
    assert words in shown(monkeypatch, solved, after)[1]


def test_a_finished_page_leads_to_the_next_one(monkeypatch):
    here = remembered.track().chapters[1]
    following = remembered.track().chapters[2].exercises[0]
    links, _, _ = shown(monkeypatch, here.exercises, here.exercises[-1])
    assert links[-1].startswith(f"Next: {title(following)} (")


def test_rings_count_what_is_solved_and_what_is_mastered(monkeypatch):
    first = remembered.track().chapters[0]
    _, said, at = shown(monkeypatch, first.exercises[:2], mastered=first.exercises[:1])
    assert f"**2 of {len(ORDER)} exercises solved, 1 mastered.**" in said
    rings = [each.proto.body for each in at.get("html")]
    assert f"{first.title}: 2 of {len(first.exercises)} solved, 1 mastered" in rings[0]
