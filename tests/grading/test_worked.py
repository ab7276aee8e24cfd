"""Worked and half-worked exercises: steps that unfold, each with a question, in the student's own numbers."""

import pytest

from lrlab.grading import judge, variant
from lrlab.grading.load import Unreadable

STEP = """
[[worked]]
text = "The curvature is {curvature}."
why = "Why does it matter?"
options = ["It does not.", "The limit is {limit:.2f}."]
right = 2
reply = "Two over {curvature}."
"""
BEFORE = "[parameters]"


def worked(made, steps, role="worked"):
    return made("number", ("minutes = 1", f'minutes = 1\nrole = "{role}"'), (BEFORE, STEP * steps + BEFORE))


def test_a_worked_solution_unfolds_in_the_students_numbers(made):
    drawn = variant(worked(made, 2), 0, {"curvature": 4.0})
    assert len(drawn.worked) == 2
    step = drawn.worked[0]
    assert (step.text, step.reply) == ("The curvature is 4.", "Two over 4.")
    assert step.options[step.right] == "The limit is 0.50."
    assert judge(drawn, "0.5").passed


@pytest.mark.parametrize(
    ("steps", "role", "words"),
    [
        (1, "worked", "role is 'worked', which needs at least 2 [[worked]]; here are 1"),
        (0, "half", "role is 'half', which needs at least 1 [[worked]]; here are 0"),
        (1, "free", "there are [[worked]] steps, but role is 'free'"),
        (1, "hal", "must be 'worked', 'half' or 'free'"),
    ],
)
def test_a_role_without_its_steps_is_refused(made, steps, role, words):
    with pytest.raises(Unreadable) as caught:
        worked(made, steps, role)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("right = 2", "right = 3", "worked.0: right is 3, but there are 2 options"),
        ("right = 2", "right = 0", "worked.0.right: is 0; it must be greater than or equal to 1"),
        ('why = "Why does it matter?"\n', "", "worked.0.why: is missing"),
        (
            "is {curvature}.",
            "is {curvatur}.",
            "worked.0.text: unknown name 'curvatur'; did you mean 'curvature'?",
        ),
    ],
)
def test_a_step_is_checked_like_everything_else(made, old, new, words):
    assert old in STEP
    with pytest.raises(Unreadable) as caught:
        made(
            "number",
            ("minutes = 1", 'minutes = 1\nrole = "half"'),
            (BEFORE, STEP.replace(old, new) + BEFORE),
        )
    assert words in str(caught.value)
