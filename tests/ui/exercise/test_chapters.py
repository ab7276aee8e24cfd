"""The exercises of a page: a broken file is named and the others are there."""

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
    titles = [text.value for text in at.markdown if text.value.startswith("### ")]
    assert len(titles) == len(load_track(COURSE).chapters[3].exercises) - 1


def titles(at):
    return [text.value[4:] for text in at.markdown if text.value.startswith("### ")]


def test_the_guides_fold_away_once_the_first_exercise_done_alone_is_solved():
    at = AppTest.from_function(chapter, default_timeout=60)
    at.session_state["learner_seed"] = 7
    at.run()
    exercises = remembered.track().chapters[3].exercises
    all_of_them = [remembered.track().exercises[slug].title for slug in exercises]
    assert titles(at) == all_of_them
    alone = remembered.track().exercises[exercises[2]]
    drawn = variant(alone, 7)
    next(field for field in at.text_input if field.key.startswith(alone.slug)).set_value(
        str(drawn.numbers[alone.sheet.task.answer])
    )
    next(
        button for button in at.button if alone.slug in (button.key or "") and button.label == "Check"
    ).click()
    at.run()
    at.run()
    assert titles(at) == all_of_them[2:]
    assert [fold.label for fold in at.expander if ": " in fold.label][:2] == [
        f"Worked example: {all_of_them[0]}",
        f"Begun for you: {all_of_them[1]}",
    ]
