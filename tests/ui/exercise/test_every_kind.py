"""One exercise of every kind: an untouched form and nonsense cost nothing; wrong and right answers are shown."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.grading import judge, shown, variant, write
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.templates import fill
from lrlab.ui import remembered
from tests.ui.exercise.conftest import SEED

FIRST = {
    exercise.kind: exercise
    for exercise in reversed(remembered.track().exercises.values())
    if exercise.sheet.role == "free"
}
NONSENSE = "<b>0.1</b> 1e999 nan $"


@pytest.mark.parametrize("kind", FIRST)
def test_nothing_and_nonsense_cost_no_attempt(asked, kind):
    task = asked(FIRST[kind].slug)
    words = [
        button.label for button in task.at.button if button.label.startswith(("Run it", "Check", "Try it"))
    ]
    assert len(words) == 1
    task.press(words[0])
    assert "did not c" in task.at.info[0].value
    for field in task.at.text_input:
        field.set_value(NONSENSE)
    task.press(words[0])
    assert "did not c" in task.at.info[0].value
    assert task.kept == []


def page(task, text):
    from lrlab.ui.exercise import results

    results.result(task, text, "task", opened=True)


def came_of(task, text):
    at = AppTest.from_function(page, kwargs={"task": task, "text": text}, default_timeout=60).run()
    assert not at.exception, at.exception
    drawn = at.get("bidi_component") + at.get("vega_lite_chart") + at.get("arrow_vega_lite_chart")
    assert bool(drawn) == (shown(task, text) is not None)
    return at


@pytest.mark.parametrize("kind", FIRST)
def test_a_wrong_answer_is_told_its_mistake_and_replayed(kind):
    exercise = FIRST[kind]
    wrong = exercise.sheet.self_test.wrong[0]
    task = variant(exercise, SEED, wrong.given)
    text = KINDS[kind].under_letters(task.task, task, fill(wrong.answer, task.numbers))
    at = came_of(task, text)
    verdict = judge(task, text)
    assert not verdict.passed
    assert at.warning[0].value == verdict.message
    assert not at.success


@pytest.mark.parametrize("kind", FIRST)
def test_a_right_answer_is_told_how_far_off_the_best_it_is(kind):
    task = variant(FIRST[kind], SEED)
    text = write(task, KINDS[kind].solve(task.task, task))
    at = came_of(task, text)
    assert at.success[0].value == judge(task, text).message
    stars = [line.value for line in at.markdown if "★" in line.value]
    assert bool(stars) == (judge(task, text).measure is not None)
