"""An exercise on a page: what is no answer costs nothing, what is wrong teaches, what is broken is named."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.grading import load_track, variant
from lrlab.ui import remembered

COURSE = Path(__file__).parents[2] / "exercises"
SEED = 7


def page(slug):
    import streamlit as st

    from lrlab.ui import attempts, exercise

    exercise.ask(slug)
    for attempt in attempts.kept():
        st.text(f"{attempt.answer!r} {'passed' if attempt.passed else 'failed'} after {attempt.hints} hints")


def asked(slug):
    at = AppTest.from_function(page, kwargs={"slug": slug}, default_timeout=60)
    at.session_state["learner_seed"] = SEED
    at.run()
    assert not at.exception, at.exception
    return at


def answer(at, text):
    at.text_input[0].set_value(text)
    next(button for button in at.button if button.label in ("Run it", "Check")).click().run()
    assert not at.exception, at.exception


def kept(at):
    return [text.value for text in at.text]


@pytest.mark.parametrize("text", ["", "1e400", "nan", "fast", "0.1 0.2", "-1", "9" * 70])
def test_what_is_no_answer_is_said_and_not_counted(text):
    at = asked("first-step/home-in-one-step")
    answer(at, text)
    assert "did not count as an attempt" in at.info[0].value
    assert kept(at) == []


def test_a_wrong_answer_is_counted_and_told_what_happened():
    at = asked("first-step/home-in-one-step")
    answer(at, "0,0001")
    assert kept(at) == ["'0,0001' failed after 0 hints"]
    assert "The budget was 1 step" in at.warning[0].value
    assert at.get("bidi_component"), "the student's own run is drawn"


def test_hints_are_free_but_counted_and_a_pass_is_explained():
    at = asked("first-step/home-in-one-step")
    for number in (1, 2, 3):
        next(button for button in at.button if button.label.startswith(f"Hint {number}")).click().run()
    assert sum(text.value.startswith("**Hint") for text in at.markdown) == 3
    exercise = load_track(COURSE).exercises["first-step/home-in-one-step"]
    answer(at, str(1.0 / variant(exercise, SEED).numbers["curvature"]))
    assert kept(at)[0].endswith("passed after 3 hints")
    assert any("solved" in caption.value for caption in at.caption)
    assert any(caption.value.startswith("Source:") for caption in at.caption)


def test_a_choice_wants_a_choice():
    at = asked("too-large/bug-or-rate")
    next(button for button in at.button if button.label == "Check").click().run()
    assert "did not count as an attempt" in at.info[0].value


def chapter():
    from lrlab.ui import exercise

    exercise.chapter("too_large")


def test_a_broken_exercise_is_named_and_the_others_are_there(tmp_path, monkeypatch):
    course = tmp_path / "exercises"
    shutil.copytree(COURSE, course)
    (course / "too-large" / "bug-or-rate.toml").write_text("title = 'no end")
    monkeypatch.setattr(remembered, "COURSE", course)
    remembered.track.clear()
    remembered.task.clear()
    try:
        at = AppTest.from_function(chapter, default_timeout=60).run()
    finally:
        remembered.track.clear()
        remembered.task.clear()
    assert not at.exception, at.exception
    assert "1 exercise of this page could not be read (`too-large/bug-or-rate`)" in at.warning[0].value
    titles = [text.value for text in at.markdown if text.value.startswith("#### ")]
    assert len(titles) == len(load_track(COURSE).chapters[3].exercises) - 1
