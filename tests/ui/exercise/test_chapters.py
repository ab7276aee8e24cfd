"""The exercises of a page: a broken file is named and the others are there."""

import shutil
from pathlib import Path

from streamlit.testing.v1 import AppTest

from lrlab.grading import load_track
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
    titles = [text.value for text in at.markdown if text.value.startswith("#### ")]
    assert len(titles) == len(load_track(COURSE).chapters[3].exercises) - 1
