"""A worked example unfolds: one step, its question, the next step, and then the task itself."""

from lrlab.grading import variant
from lrlab.ui import remembered
from tests.ui.exercise.conftest import SEED

SLUG = "first-step/one-step-by-hand"


def steps():
    return variant(remembered.track().exercises[SLUG], SEED).worked


def reply(task, number, chosen):
    task.at.radio[0].set_value(chosen)
    task.press("Answer")
    assert f"**Step {min(number + 1, len(steps()))} of {len(steps())}.**" in task.said


def test_every_step_is_asked_about_before_the_next_and_a_wrong_answer_is_answered(asked):
    task = asked(SLUG)
    assert "**Step 2" not in task.said
    assert not task.has("Check"), "the task is asked when its solution has been gone through"
    first = steps()[0]
    wrong = 1 - first.right
    reply(task, 1, wrong)
    assert f"Not quite: *{first.options[first.right]}* {first.reply}" in task.said
    for number, step in enumerate(steps()[1:], start=2):
        reply(task, number, step.right)
        assert f"Yes. {step.reply}" in task.said
    assert task.has("Check")
    assert task.kept == [], "questions on the way are no attempts"


def test_a_step_cannot_be_answered_with_nothing(asked):
    task = asked(SLUG)
    task.press("Answer")
    assert "Choose one first." in task.said
    assert "**Step 2" not in task.said


def test_whoever_knows_it_may_skip_to_the_question(asked):
    task = asked(SLUG)
    task.press("Skip to the question")
    drawn = variant(remembered.track().exercises[SLUG], SEED)
    task.answer(str(drawn.numbers["there"]), word="Check")
    assert "✓ solved" in task.said
