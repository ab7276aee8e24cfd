"""Verdicts: right, wrong and why, the same today and tomorrow."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.grading import Refusal, judge, read, shown, variant

ANY = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def rate(made):
    """One learner's rate task: curvature 1, ten steps to 1 %: passing from .369 to 1.631 (fact 37)."""
    return variant(made("rate"), 0, {"curvature": 1.0})


@pytest.mark.parametrize(
    ("answer", "passed", "outcome", "mistake", "misconception"),
    [
        (1.0, True, "converged", None, None),
        (0.3691, True, "converged", None, None),
        (1.6309, True, "overshot", None, None),
        (0.3689, False, "converged", "too-small", "smaller-is-safer"),
        (1.6311, False, "overshot", "too-small", "smaller-is-safer"),
        (0.001, False, "moving", "too-small", "smaller-is-safer"),
        (2.0, False, "bouncing", None, None),
        (2.5, False, "diverged", "too-large", "limit-is-one-over-l"),
        (1e300, False, "diverged", "too-large", "limit-is-one-over-l"),
    ],
)
def test_a_rate_is_judged_by_walking_with_it(rate, answer, passed, outcome, mistake, misconception):
    verdict = judge(rate, answer)
    assert (verdict.passed, verdict.outcome) == (passed, outcome)
    assert (verdict.mistake, verdict.misconception) == (mistake, misconception)
    assert verdict.score == (1000 if passed else 0)
    assert isinstance(verdict.score, int)


def test_the_verdict_on_a_rate_says_what_happened_with_numbers(rate):
    verdict = judge(rate, 0.3)
    assert verdict.message == (
        "0.3 is too small. Converged: from step 13 on it stays within 1 % of the starting distance. "
        "αλ = 0.3: each step keeps 0.7 of the error. The budget was 10 steps, and 10 more to stay there."
    )
    assert dict(verdict.evidence) == {
        "rate": 0.3,
        "budget": 10,
        "steps": 20,
        "tolerance": 0.01,
        "start_distance": 4.0,
        "finite_states": 21,
        "settled_at": 13,
        "end_distance": pytest.approx(4 * 0.7**20),
    }


def test_fact_36_flying_through_the_target_is_not_settling(made):
    # The ball passes the minimum at steps 10 and 11 (2.3 % and 7.7 % away) and leaves again (16.5 % at step 12).
    passing_by = made(
        "rate",
        ("budget = 10\ntolerance = 0.01", "budget = 11\ntolerance = 0.1"),
        ("[task.walk]", '[task.walk]\noptimizer = "momentum"\ncoefficients = { momentum = 0.9 }'),
    )
    task = variant(passing_by, 0, {"curvature": 1.0})
    walk = shown(task, 0.03125).run
    distances = np.abs(walk.points[0, :, 0]) / 4
    assert distances[10:12] == pytest.approx([0.023, 0.077], abs=1e-3)
    assert distances[12] > 0.1
    verdict = judge(task, 0.03125)
    assert not verdict.passed
    assert "settled_at" not in verdict.evidence


@pytest.mark.parametrize(
    ("answer", "passed", "outcome", "mistake"),
    [
        (0.5, True, "right", None),
        (0.525, True, "right", None),
        (0.475, True, "right", None),
        (0.526, False, "too high", None),
        (0.25, False, "too low", "half"),
        (0.26, False, "too low", "half"),
        (0.3, False, "too low", None),
        (1.5, False, "too high", "high"),
        (-0.5, False, "too low", None),
        (0.0, False, "too low", None),
    ],
)
def test_a_number_is_right_within_its_tolerance(made, answer, passed, outcome, mistake):
    verdict = judge(variant(made("number"), 0, {"curvature": 4.0}), answer)
    assert (verdict.passed, verdict.outcome, verdict.mistake) == (passed, outcome, mistake)
    assert ("right" in verdict.evidence) == passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (0.3, "0.3 is too low."),
        (0.05, "0.05 is too low, by about a factor of ten."),
        (0.12, "0.12 is too low."),
        (0.0005, "0.0005 is too low, by about 3 factors of ten."),
        (0.6, "0.6 is too high."),
        (-1.0, "-1 is too low."),
        (0.25, "0.25 is half of it."),
        (0.49, "0.49 is close enough; more exactly it is 0.5."),
        (0.5, "0.5 is right."),
    ],
)
def test_a_wrong_number_is_told_which_way_it_is_off(made, answer, words):
    assert judge(variant(made("number"), 0, {"curvature": 4.0}), answer).message == words


@pytest.mark.parametrize(
    ("tolerance", "right", "wrong"),
    [
        ("relative = 0.1", (0.45, 0.55), (0.449, 0.551)),
        ("absolute = 0.02", (0.48, 0.52), (0.479, 0.521)),
        ("factor = 2", (0.25, 1.0), (0.249, 1.001)),
    ],
)
def test_three_ways_to_be_close_enough(made, tolerance, right, wrong):
    task = variant(made("number", ("relative = 0.05", tolerance)), 0, {"curvature": 4.0})
    assert all(judge(task, answer).passed for answer in right)
    assert not any(judge(task, answer).passed for answer in wrong)


@pytest.mark.parametrize(("steps", "right"), [(3, "crawling"), (50, "converged")])
def test_the_right_option_may_depend_on_the_numbers_drawn(made, steps, right):
    task = variant(made("choice"), 0, {"steps": steps, "curvature": 1.0})
    passed = {offer.name for offer in task.options if judge(task, offer.name).passed}
    assert passed == {right}


def test_every_wrong_option_has_its_own_answer(made):
    task = variant(made("choice"), 0, {"steps": 3, "curvature": 1.0})
    verdict = judge(task, "converged")
    assert (verdict.message, verdict.misconception) == ("Not yet.", "plateau-is-converged")
    assert judge(task, "unclear").message == "One can."


@pytest.mark.parametrize(
    ("rate", "right", "outcome"),
    [(0.5, "glides", "converged"), (1.5, "zigzags", "overshot"), (2.5, "leaves", "diverged")],
)
def test_a_prediction_is_held_against_the_walk(made, rate, right, outcome):
    task = variant(made("predict"), 0, {"rate": rate})
    for option in ("glides", "zigzags", "leaves"):
        verdict = judge(task, option)
        assert verdict.passed == (option == right)
        assert verdict.outcome == outcome
        assert verdict.evidence["rate"] == rate
    assert judge(task, right).message.startswith("As you predicted. ")


def test_a_mistake_may_depend_on_what_was_true(made):
    crossing = judge(variant(made("predict"), 0, {"rate": 1.5}), "leaves")
    assert (crossing.mistake, crossing.misconception) == ("lost", "overshoot-is-divergence")
    assert crossing.message.startswith("Crossing is not leaving. Converged, with overshoot")
    assert judge(variant(made("predict"), 0, {"rate": 0.5}), "leaves").mistake == "too-wild"


@pytest.mark.parametrize(
    ("rate", "word", "words"),
    [
        (0.5, "short", "from a distance of 5 to one of 2.5, on the same side"),
        (1.0, "lands", "from a distance of 5 to one of 0,"),
        (1.5, "nearer", "from a distance of 5 to one of 2.5, on the other side"),
        (2.0, "further", "from a distance of 5 to one of 5, on the other side"),
        (2.5, "further", "from a distance of 5 to one of 7.5, on the other side"),
    ],
)
def test_where_the_first_step_lands_can_be_predicted(made, rate, word, words):
    exercise = made(
        "predict",
        ('"outcome"', '"first_step"'),
        ("[0.5, 1.5, 2.5]", "[0.5, 1, 1.5, 2, 2.5]"),
        ('["converged"]', '["short", "lands"]'),
        ('["overshot"]', '["nearer"]'),
        ('["diverged"]', '["further"]'),
    )
    verdict = judge(variant(exercise, 0, {"rate": rate}), "glides")
    assert verdict.outcome == word
    assert words in verdict.message


ANSWERS = {
    "rate": st.floats(1e-9, 1e9).map(repr),
    "number": st.floats(-1e9, 1e9).map(repr),
    "choice": st.sampled_from(["converged", "crawling", "unclear"]),
    "predict": st.sampled_from(["glides", "zigzags", "leaves"]),
}


@pytest.mark.parametrize("kind", list(ANSWERS))
def test_judging_again_gives_the_same_verdict(made, kind):
    @ANY
    @given(seed=st.integers(0, 2**48), text=ANSWERS[kind])
    def check(seed, text):
        first = judge(variant(made(kind), seed), text)
        again = judge(variant(made(kind), seed), text)
        assert first == again
        assert first.score == 1000 * first.passed
        assert first.message
        assert all(math.isfinite(number) for number in first.evidence.values())
        json.dumps(dict(first.evidence), allow_nan=False)

    check()


@pytest.mark.parametrize("kind", list(ANSWERS))
def test_no_text_whatever_breaks_the_reading(made, kind):
    task = variant(made(kind), 0)

    @ANY
    @given(st.text())
    def check(text):
        answer = read(task, text)
        if isinstance(answer, Refusal):
            with pytest.raises(ValueError, match=r"\S"):
                judge(task, text)
        else:
            judge(task, answer)

    check()


@pytest.mark.parametrize("text", ["0", "-0.1", "-1e-300"])
def test_a_rate_that_is_not_above_zero_is_no_answer(rate, text):
    assert "above zero" in read(rate, text).sentence


@pytest.mark.parametrize("answer", [math.nan, math.inf, -1.0])
def test_a_float_that_is_no_answer_is_refused_too(rate, answer):
    with pytest.raises(ValueError, match=r"number|above zero"):
        judge(rate, answer)


def test_the_walk_of_a_verdict_can_be_replayed(made, rate):
    run = shown(rate, 0.3).run
    assert run.rates.shape == (1, 20)
    assert run.rates[0, 0] == 0.3
    assert shown(rate, "0,3").run.points.tolist() == run.points.tolist()
    assert shown(variant(made("predict"), 0, {"rate": 1.5}), "leaves").run.rates[0, 0] == 1.5
    assert shown(variant(made("number"), 0), 0.3) is None
    assert shown(variant(made("choice"), 0), "unclear") is None
