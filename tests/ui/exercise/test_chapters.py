"""The exercises of a page: which lie open, which are folded, and what is said of one whose file is broken."""

import shutil
from pathlib import Path

from streamlit.testing.v1 import AppTest

from lrlab.grading import load_track, variant
from lrlab.ui import remembered

COURSE = Path(__file__).parents[3] / "exercises"


def chapter():
    from lrlab.ui import exercise

    exercise.chapter("too_large")


def shown(course, monkeypatch):
    monkeypatch.setattr(remembered, "COURSE", course)
    remembered.track.clear()
    remembered.task.clear()
    try:
        at = AppTest.from_function(chapter, default_timeout=60).run()
    finally:
        remembered.track.clear()
        remembered.task.clear()
    assert not at.exception, at.exception
    return at


def test_a_broken_exercise_is_named_and_the_others_are_there(tmp_path, monkeypatch):
    course = tmp_path / "exercises"
    shutil.copytree(COURSE, course)
    (course / "too-large" / "bug-or-rate.toml").write_text("title = 'no end")
    at = shown(course, monkeypatch)
    assert "1 exercise of this page could not be read (`too-large/bug-or-rate`)" in at.warning[0].value
    there = load_track(COURSE).chapters[3].exercises
    assert len(titles(at)) + len(lines(at)) == len(there) - 1


def titles(at):
    return [text.value[4:] for text in at.markdown if text.value.startswith("### ")]


def lines(at):
    """The exercises that are folded, by what stands on their line."""
    return [fold.label for fold in at.expander if fold.label.endswith((" to do", " solved]", " mastered]"))]


class Chapter:
    """The chapter of a page as a student of one seed meets it in a tab."""

    def __init__(self, **state):
        self.slugs = remembered.track().chapters[3].exercises
        self.names = [remembered.track().exercises[slug].title for slug in self.slugs]
        self.at = AppTest.from_function(chapter, default_timeout=60)
        for key, value in {"learner_seed": 7, **state}.items():
            self.at.session_state[key] = value
        self.run()

    def run(self):
        self.at.run()
        assert not self.at.exception, self.at.exception

    def press(self, slug, label):
        next(
            button
            for button in self.at.button
            if slug in (button.key or "") and button.label.startswith(label)
        ).click()
        self.run()

    def solve(self, slug):
        exercise = remembered.track().exercises[slug]
        answer = str(variant(exercise, 7).numbers[exercise.sheet.task.answer])
        next(field for field in self.at.text_input if field.key.startswith(slug)).set_value(answer)
        self.press(slug, "Check")


def test_one_guide_and_the_first_to_be_done_alone_lie_open_and_the_rest_are_a_line_each():
    fresh = Chapter()
    worked, half, alone, *rest = fresh.names
    assert titles(fresh.at) == [worked, alone]
    assert lines(fresh.at) == [f"Begun for you: {half} · ○ to do", *(f"{name} · ○ to do" for name in rest)]


def test_a_line_opens_to_its_exercise():
    slug = remembered.track().chapters[3].exercises[-1]
    opened = Chapter(**{f"{slug}.folded": True})
    assert titles(opened.at)[-1] == opened.names[-1]


def test_what_was_solved_stays_open_beside_the_next_and_is_a_line_when_one_comes_again():
    tab = Chapter()
    tab.solve(tab.slugs[2])
    tab.run()
    worked, half, alone, following, *_ = tab.names
    assert titles(tab.at) == [worked, alone, following], "nothing folds up under the student's eyes"
    again = Chapter(attempts=tab.at.session_state["attempts"])
    assert titles(again.at) == [following], "who can do it alone needs no guide"
    assert lines(again.at)[:3] == [
        f"Worked example: {worked} · ○ to do",
        f"Begun for you: {half} · ○ to do",
        f"{alone} · :green[✓ solved]",
    ]


def test_after_a_pass_one_click_opens_the_next():
    tab = Chapter()
    tab.solve(tab.slugs[2])
    onward = next(button for button in tab.at.button if button.label.startswith("Next on this page: "))
    assert onward.label.removeprefix("Next on this page: ") == tab.names[3]
    tab.press(tab.slugs[2], "Next on this page")
    assert tab.names[3] in titles(tab.at)
