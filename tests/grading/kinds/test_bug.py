"""One line is wrong: which?"""

import pytest

from lrlab.grading import Refusal, form, judge, read, variant
from lrlab.grading.kinds import bug
from lrlab.grading.load import Unreadable


@pytest.fixture(scope="module")
def exercise(begun):
    return begun("bug")


def test_every_learner_has_one_flaw_and_both_are_drawn(exercise):
    seen = set()
    for seed in range(12):
        task = variant(exercise, seed)
        line, flaw = bug.flawed(task.task, task)
        wrong = [offer for offer in task.options if offer.of]
        assert [offer.name for offer in wrong] == [line]
        seen.add(flaw.name)
        for offer in task.options:
            verdict = judge(task, offer.name)
            assert verdict.passed == (offer.name == line)
            assert verdict.mistake == {"1": "starts-at-rest", "2": "the-loop", "3": "the-gradient"}.get(
                offer.name
            )
    assert seen == {"uphill", "forgets"}


def test_the_lines_hold_the_learners_numbers(exercise):
    lines = [offer.text for offer in variant(exercise, 0, {"rate": 0.05, "momentum": 0.9}).options]
    assert lines[0] == "velocity = 0.0"
    assert any(line in lines for line in ("    theta = theta + 0.05 * velocity", "    velocity = 0.9 + g"))


def test_the_form_does_not_say_which_line_it_is(exercise):
    asked = form(variant(exercise, 0))
    assert asked.code
    assert {offer.of for offer in asked.lines} == {0}


@pytest.mark.parametrize(("text", "line"), [("3", "3"), (" line 3 ", "3"), ("03", "3"), ("Line 5", "5")])
def test_a_line_is_read(exercise, text, line):
    assert read(variant(exercise, 0), text) == line


@pytest.mark.parametrize("text", ["", "0", "6", "the last", "1 2", "²", "9" * 400, "-1", "1.0"])
def test_anything_else_is_refused_with_a_sentence(exercise, text):
    reading = read(variant(exercise, 0), text)
    assert isinstance(reading, Refusal)
    assert "lines 1 to 5" in reading.sentence


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("line = 5", "line = 9", "task.flaws.0.line: is 9, but there are 5 lines"),
        ("theta = theta + {rate}", "theta = theta - {rate}", "task.flaws.0.text: is line 5 as it should be"),
        ('name = "forgets"', 'name = "uphill"', "task.flaws: 'uphill' is the name of 2 flaws"),
        ('option = "3"', 'option = "7"', "mistakes.2.option: unknown option '7'"),
        ('option = "3"', 'outcome = "uphil"', "mistakes.2.outcome: is 'uphil'; here it names a flaw"),
    ],
)
def test_flaws_that_do_not_fit_are_named(begun, old, new, words):
    with pytest.raises(Unreadable) as caught:
        begun("bug", (old, new))
    assert words in str(caught.value)
