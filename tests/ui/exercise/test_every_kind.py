"""An exercise of every kind, tried out: an untouched form and nonsense are refused, wrong and right answers shown."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.grading import judge, shown, variant, write
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.load import read_exercise
from lrlab.grading.starting import starter
from lrlab.grading.templates import fill
from tests.ui.exercise.conftest import SEED

MADE = {kind: read_exercise(starter(kind).replace("TODO", "Here").encode(), f"made/{kind}") for kind in KINDS}
NONSENSE = "<b>0.1</b> 1e999 nan $"


def page(task, text):
    import streamlit as st

    from lrlab.ui import attempts, exercise

    if text is not None:
        st.session_state["task.sent"] = text
    exercise.try_out(task, "task")
    st.text(len(attempts.kept()))


def tried(task, text=None):
    at = AppTest.from_function(page, kwargs={"task": task, "text": text}, default_timeout=60).run()
    assert not at.exception, at.exception
    assert at.text[0].value == "0", "nothing is kept of what is only tried out"
    return at


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_and_nonsense_are_refused(kind):
    at = tried(variant(MADE[kind], SEED))
    for nonsense in ("", NONSENSE):
        for field in at.text_input if nonsense else ():
            field.set_value(nonsense)
        (button,) = [each for each in at.button if each.label.startswith(("Run it", "Check", "Try it"))]
        button.click().run()
        assert not at.exception, at.exception
        assert "did not c" in at.info[0].value
        assert not at.warning
        assert not at.success


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_is_told_its_mistake_and_a_right_one_how_far_off_the_best_it_is(kind):
    exercise = MADE[kind]
    for wrong in (exercise.sheet.self_test.wrong[0], None):
        task = variant(exercise, SEED, wrong.given if wrong else None)
        answer = (
            fill(wrong.answer, task.numbers) if wrong else write(task, KINDS[kind].solve(task.task, task))
        )
        text = KINDS[kind].under_letters(task.task, task, answer) if wrong else answer
        verdict, at = judge(task, text), tried(task, text)
        assert verdict.passed == (wrong is None)
        assert (at.warning if wrong else at.success)[0].value == verdict.message
        stars = [line.value for line in at.markdown if "★" in line.value]
        assert bool(stars) == (verdict.measure is not None)
        pictures = [each for each in at.expander if each.label.startswith(("Your run", "What your answer"))]
        nothing_new = kind == "diagnose" and wrong is not None
        assert bool(pictures) == (shown(task, text) is not None and not nothing_new)
