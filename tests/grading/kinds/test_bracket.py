"""Two rates that both pass: on curvature 1, ten steps to 1 % let pass from .369 to 1.631 (fact 37)."""

import math

import pytest

from lrlab.grading import Refusal, form, judge, read, shown, stars, variant, write
from lrlab.grading.forms import Pair
from lrlab.grading.proof import prove


@pytest.fixture(scope="module")
def task(begun):
    return variant(begun("bracket"), 0, {"curvature": 1.0})


@pytest.mark.parametrize(
    ("text", "passed", "outcome", "mistake"),
    [
        ("0.37 ; 1.63", True, "covers", None),
        ("0.5 ; 1.06", True, "covers", None),  # .326 decades, half of the door is .323
        ("0.5 ; 1.05", False, "narrow", "narrow"),  # .322
        ("1 ; 1.7", False, "high_fails", "high-end"),
        ("0.3 ; 1", False, "low_fails", "low-end"),
        ("0.1 ; 3", False, "both_fail", "both-ends"),
    ],
)
def test_a_bracket_is_judged_by_walking_with_both_rates(task, text, passed, outcome, mistake):
    verdict = judge(task, text)
    assert (verdict.passed, verdict.outcome, verdict.mistake) == (passed, outcome, mistake)


@pytest.mark.parametrize(("text", "low", "high"), [("0.37 ; 1.63", 0.37, 1.63), ("0.5 ; 1.06", 0.5, 1.06)])
def test_the_score_is_the_part_of_the_door_in_thousandths(task, text, low, high):
    q = 0.01 ** (1 / 10)
    whole = math.log10((1 + q) / (1 - q))
    assert judge(task, text).score == pytest.approx(1000 * math.log10(high / low) / whole, abs=1)


def test_the_widest_possible_is_said_after_a_pass(task):
    verdict = judge(task, "0.37 1.63")
    assert verdict.message.endswith("Decades: yours 0.644, the best possible 0.645.")
    assert stars(verdict) == 3
    assert stars(judge(task, "0.5 1.06")) == 1


def test_both_runs_are_named_and_can_be_replayed(task):
    verdict = judge(task, "1 ; 2")
    assert "Your low rate, 1: converged:" in verdict.message
    assert "Your high rate, 2: bouncing" in verdict.message
    picture = shown(task, "1 ; 2")
    assert picture.run.rates[:, 0].tolist() == [1.0, 2.0]
    assert picture.names == ("your low rate", "your high rate")


@pytest.mark.parametrize("text", ["0,37 ; 1,63", "1.63 0.37", "0.37 and 1.63", "37e-2;163/100"])
def test_two_numbers_are_read_in_any_order(task, text):
    assert read(task, text) == (0.37, 1.63)
    assert read(task, write(task, (0.37, 1.63))) == (0.37, 1.63)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing was typed"),
        ("0.5", "Give two"),
        ("0.5 ; 0.5", "the same"),
        ("0.5 ; -1", "Number 2 of 2: A learning rate is above zero"),
        ("0.5 ; ", "Number 2 of 2: Nothing was typed"),
        ("1 2 3", "That is 3 rates"),
        ("0.5 ; nan", "not a finite number"),
        ("1" * 500, "too long"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(task, text, words):
    reading = read(task, text)
    assert isinstance(reading, Refusal)
    assert words in reading.sentence


def test_the_form_makes_the_text_that_is_read(task):
    asked = form(task)
    assert isinstance(asked, Pair)
    assert read(task, asked.text("0,4", "1.5")) == (0.4, 1.5)


def test_a_door_with_several_openings_is_a_fault(begun):
    wells = begun(
        "bracket",
        ('surface = "bowl_1d", shape = { curvature = "curvature" }, start = [4, 0]', 'surface = "two_wells"'),
        ("budget = 10", "budget = 40\ntolerance = 0.05"),
    )
    assert any("openings; a bracket needs one" in fault.reason for fault in prove(wells, 1).faults)
