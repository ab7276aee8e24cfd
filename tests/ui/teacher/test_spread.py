"""A class's answers become dots, bars and bins that say what was answered, and no more."""

import math

import pytest

from lrlab.charts.classes import Bar
from lrlab.classroom.tasks import Task
from lrlab.ui import asked, remembered
from lrlab.ui.asked import Given
from lrlab.ui.teacher import live, spread

RATE, NUMBER, CHOICE = "first-step/home-in-one-step", "first-step/one-step-by-hand", "first-step/which-way"


def bowl(curvature):
    """One step to the bottom of ½·λx², within two per cent: the door is 0.98/λ to 1.02/λ."""
    return asked.again(Task(RATE, 1, "", "", 1, {"curvature": curvature, "start": 4.0}))


def test_what_was_asked_comes_back_with_the_numbers_on_record():
    task = bowl(2.0)
    assert (task.numbers["curvature"], task.numbers["start"]) == (2.0, 4.0)
    fresh = remembered.task(RATE, 7)
    assert asked.again(Task(RATE, 1, "", "", 7, dict(fresh.given))) is fresh
    assert asked.again(Task("gone/retired", 1, "", "", 1, {})) is None


def test_every_rate_lies_to_the_one_door_as_it_lay_to_its_own():
    steep, gentle = bowl(2.0), bowl(0.5)
    given = [
        Given(gentle, "2.0", True, "converged"),  # the best of its own; the best of the other is 0.5
        Given(gentle, "0,196", False, "moving"),  # a tenth of 0.98/0.5, so a tenth of 0.98/2
        Given(steep, "5.1", False, "diverged"),  # ten times 1.02/2, already there
        Given(steep, "fast", False, "moving"),  # no number, no dot
    ]
    dots = spread.dots(steep, given)
    assert [dot.side for dot in dots] == ["passes", "too small", "too large"]
    assert [dot.rate for dot in dots] == [pytest.approx(value, rel=2e-3) for value in (0.5, 0.049, 5.1)]
    assert (dots[0].steps, dots[2].steps) == (1, math.inf)
    assert spread.dots(steep, []) == ()


def test_what_failed_is_on_one_side_of_the_door_whatever_word_its_run_ended_with():
    # Thrown far out onto flat ground a run ends "stuck" like one that never left; the rate says which it was.
    steep = bowl(2.0)
    assert spread.side(Given(steep, "9", False, "stuck"), 9.0) == "too large"
    assert spread.side(Given(steep, "0.001", False, "stuck"), 0.001) == "too small"


def test_options_stand_in_their_order_also_those_nobody_chose():
    task = remembered.task(CHOICE, 1)
    first, *others = task.options
    votes = {"first vote": [Given(task, first.name, False, "wrong")] * 2, "second vote": []}
    bars = spread.bars(votes)
    assert [bar.students for bar in bars if bar.vote == "first vote"] == [2, *([0] * len(others))]
    assert len(bars) == 2 * len(task.options)


def test_rare_answers_share_a_bar():
    task = remembered.task(NUMBER, 1)
    given = [Given(task, "1", True, "right")] * 5 + [
        Given(task, str(n), False, "wrong") for n in range(2, 14)
    ]
    bars = spread.bars({"all": given})
    assert bars[0] == Bar("1", "all", 5, True)
    assert len(bars) == spread.MOST_BARS + 1
    assert bars[-1] == Bar(spread.OTHERS, "all", 12 - (spread.MOST_BARS - 1), False)


def test_numbers_become_multiples_of_the_right_one():
    task = remembered.task(NUMBER, 1)
    right = float(task.numbers[task.task.answer])
    texts = [repr(2 * right), repr(right), repr(-right), "0", "none"]
    assert spread.ratios([Given(task, text, False, "") for text in texts]) == pytest.approx((2.0, 1.0))
    edges = spread.ratio_edges([2.0, 1.0])
    assert edges[0] < 1 / 3 < 3 < edges[-1]
    below, above = max(edge for edge in edges if edge < 1), min(edge for edge in edges if edge > 1)
    assert below * above == pytest.approx(1.0)  # the bin of the right answer has it in its middle
    assert len(spread.ratio_edges([1e9])) < 30  # far off is heaped at the end


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It *stays* at $\\alpha = \\tfrac{1}{2}$", "It stays at α = 1/2"),
        ("`a` \n b", "a b"),
        ("x" * 80, "x" * 59 + "…"),
    ],
)
def test_words_for_a_picture_have_no_signs_of_markdown(text, plain):
    assert asked.plainly(text) == plain


def test_the_runs_worth_looking_at():
    steep = bowl(2.0)
    dots = spread.dots(
        steep,
        [
            Given(steep, "0.5", True, "converged"),
            Given(steep, "0.6", False, "overshot"),
            Given(steep, "3", False, "diverged"),
            Given(steep, "0.1", False, "moving"),
        ],
    )
    assert live.to_look_at(dots) == {"the winning run": 0.5, "the run that was too large": 3.0}
    assert live.to_look_at(dots[3:]) == {"the run that was too small": 0.1}
    assert live.to_look_at(()) == {}
