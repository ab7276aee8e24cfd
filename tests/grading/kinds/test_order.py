"""Runs in the order of their rates: letters are the learner's own, the order is the rates'."""

import pytest

from lrlab.grading import Refusal, form, judge, read, shown, variant, write
from lrlab.grading.kinds import order
from lrlab.grading.proof import prove


@pytest.fixture(scope="module")
def exercise(begun):
    return begun("order")


def in_letters(task, places):
    return order.under_letters(task.task, task, places)


@pytest.mark.parametrize(
    ("places", "score", "outcome"),
    [
        ("1 2 3 4", 1000, "right"),
        ("4 3 2 1", 0, "reversed"),
        ("2 1 3 4", 833, "swapped"),  # 5 of 6 pairs
        ("4 1 3 2", 333, "by_loss"),  # leaving, slow and swinging end high, good ends lowest
        ("2 4 1 3", 500, "wrong"),
    ],
)
def test_an_order_earns_the_part_of_the_pairs_that_stand_right(exercise, places, score, outcome):
    for seed in range(4):
        task = variant(exercise, seed)
        verdict = judge(task, in_letters(task, places))
        assert (verdict.score, verdict.outcome, verdict.passed) == (score, outcome, score == 1000)


def test_learners_see_the_runs_under_letters_of_their_own(exercise):
    rights = {
        write(task, order.right_order(task.task, task)) for task in (variant(exercise, s) for s in range(12))
    }
    assert len(rights) >= 6
    task = variant(exercise, 0)
    assert [offer.text for offer in task.options] == ["Run A", "Run B", "Run C", "Run D"]
    assert [curve.name for curve in task.exhibit.curves] == ["A", "B", "C", "D"]


def test_the_curves_under_the_letters_are_those_of_the_rates(exercise):
    task = variant(exercise, 3)
    slow, good, _, leaving = order.right_order(task.task, task)
    losses = {curve.name.lower(): curve.values for curve in task.exhibit.curves}
    assert losses[leaving][-1] > losses[leaving][0]
    assert losses[good][-1] < 1e-3 * losses[slow][-1]
    assert all(later < earlier for earlier, later in zip(losses[slow], losses[slow][1:], strict=False))


@pytest.mark.parametrize("text", ["b a d c", "B, A, D, C", "b<a<d<c", "badc", "B → A → D → C"])
def test_letters_are_read_however_they_are_written(exercise, text):
    assert read(variant(exercise, 0), text) == ("b", "a", "d", "c")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Still without a place: A, B, C, D"),
        ("a b c", "Still without a place: D"),
        ("a b c z", "'z' is none of the runs. They are A, B, C, D"),
        ("a a b c", "Run A stands twice"),
        ("x" * 999, "is none of the runs"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(exercise, text, words):
    reading = read(variant(exercise, 0), text)
    assert isinstance(reading, Refusal)
    assert words in reading.sentence


def test_the_form_makes_the_text_and_knows_nothing(exercise):
    task = variant(exercise, 1)
    asked = form(task)
    assert read(task, asked.text(["d", "c", "b", "a"])) == ("d", "c", "b", "a")
    assert isinstance(read(task, asked.text(["d", None, "b", "a"])), Refusal)


def test_after_a_pass_the_rates_stand_at_the_curves(exercise):
    task = variant(exercise, 0, {"steepest": 4})
    names = [curve.name for curve in shown(task, order.right_order(task.task, task)).curves]
    assert sorted(name.split("= ")[1] for name in names) == ["0.015", "0.375", "0.49", "0.515"]  # of 2/4


def test_runs_that_look_the_same_are_a_fault(begun):
    alike = begun("order", ("factor = 0.98", "factor = 0.7501"))
    assert any("two runs look the same" in fault.reason for fault in prove(alike, 1).faults)
