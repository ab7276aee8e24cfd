"""Runs and what made them."""

import pytest

from lrlab.grading import Refusal, form, judge, read, shown, variant
from lrlab.grading.kinds import match
from lrlab.grading.proof import prove


@pytest.fixture(scope="module")
def exercise(begun):
    return begun("match")


@pytest.mark.parametrize(
    ("claimed", "score", "mistake"),
    [
        ("plain=plain ball=ball decay=decay", 1000, None),
        ("plain=decay ball=ball decay=plain", 333, "stops"),
        ("plain=ball ball=plain decay=decay", 333, "waves"),
        ("plain=ball ball=decay decay=plain", 0, "waves"),
    ],
)
def test_an_answer_earns_the_part_that_is_matched(exercise, claimed, score, mistake):
    for seed in range(4):
        task = variant(exercise, seed)
        verdict = judge(task, match.under_letters(task.task, task, claimed))
        assert (verdict.score, verdict.mistake, verdict.passed) == (score, mistake, score == 1000)


def test_the_curves_are_those_of_the_runners(exercise):
    task = variant(exercise, 2, {"curvature": 1.0})
    letters = {name: letter for letter, name in match.right_match(task.task, task).items()}
    losses = {curve.name.lower(): curve.values for curve in task.exhibit.curves}
    # plain: ½·16·(1 − .3)^(2t); the decay stops at x = 4·Π(1 − .3·.7^t)
    assert losses[letters["plain"]][10] == pytest.approx(8 * 0.7**20)
    left = 4.0
    for step in range(40):
        left *= 1 - 0.3 * 0.7**step
    assert losses[letters["decay"]][40] == pytest.approx(left**2 / 2)
    assert any(b > a for a, b in zip(losses[letters["ball"]], losses[letters["ball"]][1:], strict=False))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing is chosen for run a, b, c"),
        ("a=plain b=ball", "Nothing is chosen for run c"),
        ("a=plain b=ball c=", "Nothing is chosen for run c"),
        ("a=plain b=plain c=ball", "chosen for more than one run"),
        ("a=plain b=ball c=adam", "Run C: 'adam' is none of plain, ball, decay"),
        ("a=plain a=ball", "two answers for run 'a'"),
        ("plain ball decay", "I cannot read 'plain'. Say which for each run: a=… b=… c=…"),
        ("a=" * 500, "too long"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(exercise, text, words):
    reading = read(variant(exercise, 0), text)
    assert isinstance(reading, Refusal)
    assert words in reading.sentence


def test_the_form_makes_the_text(exercise):
    task = variant(exercise, 0)
    asked = form(task)
    chosen = {"a": "ball", "b": "decay", "c": "plain"}
    assert read(task, asked.text(chosen)) == chosen
    assert isinstance(read(task, asked.text({**chosen, "b": None})), Refusal)


def test_schedules_can_be_matched_by_their_rates(begun):
    plain = 'start = [4, 0] }\nplan = { shape = "constant", rate = "rate" }'
    ramp = 'start = [4, 0] }\nplan = { shape = "linear", rate = "rate", end = 0.0 }'
    exercise = begun("match", ("steps = 40", 'steps = 40\nshow = "rates"'), (plain, ramp))
    task = variant(exercise, 0, {"curvature": 1.0})
    letters = {name: letter for letter, name in match.right_match(task.task, task).items()}
    rates = {curve.name.lower(): curve.values for curve in task.exhibit.curves}
    assert task.exhibit.upward == "rate"
    assert rates[letters["ball"]] == (0.3,) * 40
    assert rates[letters["decay"]][2] == pytest.approx(0.3 * 0.49)
    assert rates[letters["plain"]][20] == pytest.approx(0.15)
    assert shown(task, "a=ball b=decay c=plain").rates[0].name.startswith("A: ")


def test_runs_that_look_the_same_are_a_fault(begun):
    alike = begun(
        "match", ('shape = "exponential", rate = "rate", decay = 0.7', 'shape = "constant", rate = "rate"')
    )
    assert any("two runs look the same" in fault.reason for fault in prove(alike, 1).faults)
