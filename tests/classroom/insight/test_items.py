from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from scipy import stats

from lrlab.classroom import people, predictions
from lrlab.classroom.insight import beliefs
from lrlab.classroom.insight.beliefs import Belief, Pick, WrongPrediction
from lrlab.classroom.insight.items import items
from lrlab.classroom.insight.statistics import correlation, histogram
from lrlab.classroom.predictions import Prediction
from lrlab.classroom.tasks import Task

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def minute(number):
    return NINE + timedelta(minutes=number)


def test_an_exercise_nobody_tried_says_nothing(school):
    (item,) = items(school.store, school.teacher, school.room.id, ["a/1"], NINE)
    assert (item.students, item.passed, item.facility, item.discrimination, item.hint_use) == (
        0,
        0,
        None,
        None,
        None,
    )


def test_facility_is_on_first_attempts_and_medians_are_to_the_first_pass(school):
    ada, ben, cleo, dan = (school.student(name).learner for name in ("Ada", "Ben", "Cleo", "Dan"))
    school.answer(ada, "1", True, minute(4), started=NINE, exercise="a/1")
    for number, passed in enumerate([False, False, True, False], 1):
        school.answer(
            ben, f"{number}", passed, minute(2 * number), started=minute(2 * number - 1), exercise="a/1",
            misconception="smaller-is-safer", hints=number - 1,
        )  # fmt: skip
    school.answer(cleo, "1", False, minute(1), started=NINE, exercise="a/1", misconception="nan-is-a-bug")
    school.answer(dan, "1", False, minute(1), started=NINE, exercise="a/1", misconception="smaller-is-safer")
    school.answer(dan, "2", True, minute(9), started=minute(8), exercise="a/1")
    (item,) = items(school.store, school.teacher, school.room.id, ["a/1"], NINE)
    assert (item.students, item.passed) == (4, 3)
    assert item.facility == 0.25
    assert item.attempts_to_pass == 2  # of 1, 3 and 2
    assert item.minutes_to_pass == 5  # of 4, 5 and 9
    assert item.hint_use == 0.25
    assert (item.misconception, item.misconception_students) == ("smaller-is-safer", 2)
    assert item.discrimination is None


def test_a_break_of_an_hour_is_not_time_at_work(school):
    ada = school.student("Ada")
    school.answer(ada.learner, "1", False, minute(5), started=NINE, exercise="a/1")
    back = people.sign_in(school.store, school.room.code, "Ada", ada.pin, minute(95)).learner
    school.answer(back, "2", True, minute(97), started=minute(95), exercise="a/1")
    (item,) = items(school.store, school.teacher, school.room.id, ["a/1"], NINE)
    assert item.minutes_to_pass == 7


def test_discrimination_is_the_correlation_with_the_rest_and_hidden_below_ten(school):
    scores = {  # student: first scores at a/1, a/2, a/3; None where not tried
        number: (number % 2, (number * 7) % 3 > 0, number % 3 == 0 if number != 4 else None)
        for number in range(10)
    }
    for number, row in scores.items():
        who = school.student(f"s{number}").learner
        for exercise, passed in zip(("a/1", "a/2", "a/3"), row, strict=True):
            if passed is not None:
                school.answer(who, "1", bool(passed), exercise=exercise)
        if number == 8:
            before = items(school.store, school.teacher, school.room.id, ["a/1", "a/2", "a/3"], NINE)
            assert [item.discrimination for item in before] == [None] * 3
    first, _, third = items(school.store, school.teacher, school.room.id, ["a/1", "a/2", "a/3"], NINE)
    own = [float(row[0]) for row in scores.values()]
    rest = [np.mean([float(value) for value in row[1:] if value is not None]) for row in scores.values()]
    expected = stats.pearsonr(own, rest)
    interval = expected.confidence_interval(0.95)
    assert first.discrimination.value == pytest.approx(expected.statistic, abs=1e-12)
    assert (first.discrimination.low, first.discrimination.high) == pytest.approx(
        (interval.low, interval.high)
    )
    assert first.discrimination.pairs == 10
    assert third.discrimination is None


@pytest.mark.parametrize("seed", range(5))
def test_correlation_and_its_interval_are_scipys(seed):
    generator = np.random.default_rng(seed)
    x = generator.integers(0, 2, 30).astype(float)
    y = x * 0.5 + generator.random(30)
    expected = stats.pearsonr(x, y)
    interval = expected.confidence_interval(0.95)
    found = correlation(list(x), list(y))
    assert (found.value, found.low, found.high) == pytest.approx(
        (expected.statistic, interval.low, interval.high)
    )


@pytest.mark.parametrize(
    ("x", "y"), [([0, 1] * 4, [0, 1] * 4), ([1] * 12, [0, 1] * 6), ([0, 1] * 6, [1 / 3] * 12)]
)
def test_too_few_or_all_alike_is_no_correlation(x, y):
    assert correlation(x, y) is None


def test_a_perfect_correlation_has_a_perfect_interval():
    found = correlation([0, 1] * 6, [5, 3] * 6)
    assert (found.value, found.low, found.high) == (-1, -1, -1)


def test_pairs_have_two_sides():
    with pytest.raises(ValueError, match="2 numbers on one, 1"):
        correlation([1, 2], [1])


def test_a_histogram_counts_below_between_and_above():
    assert histogram([0.01, 0.1, 0.2, 1, 99], [0.1, 1, 10]) == (1, 2, 1, 1)
    assert histogram([], [1]) == (0, 0)
    with pytest.raises(ValueError, match="rise"):
        histogram([1], [1, 1])


def test_misconceptions_are_counted_by_students_and_answers(school):
    ada, ben = school.student("Ada").learner, school.student("Ben").learner
    for answer in ("1", "2", "3"):
        school.answer(ada, answer, misconception="smaller-is-safer")
    for who in (ada, ben):
        school.answer(who, "4", exercise="b/1", misconception="nan-is-a-bug")
    school.answer(ben, "5", exercise="b/1")
    assert beliefs.misconceptions(school.store, school.teacher, school.room.id, NINE) == (
        Belief("nan-is-a-bug", 2, 2),
        Belief("smaller-is-safer", 1, 3),
    )


def test_wrong_predictions_are_counted_by_students(school):
    ada, ben = school.student("Ada").learner, school.student("Ben").learner
    for who in (ada, ben):
        for number in (1, 2):
            wrong = Prediction("too_large", "prediction", "converged", "diverged", number=number)
            predictions.keep(school.store, who, wrong, NINE)
    predictions.keep(school.store, ada, Prediction("too_small", "prediction", "x", "y"), NINE)
    predictions.keep(school.store, ben, Prediction("too_small", "prediction", "y", "y"), NINE)
    found = beliefs.wrong_predictions(school.store, school.teacher, school.room.id, NINE)
    assert found == (
        WrongPrediction("too_large", "prediction", "converged", "diverged", 2),
        WrongPrediction("too_small", "prediction", "x", "y", 1),
    )


def test_picks_have_no_names_and_no_order(school):
    ada, ben = school.student("Ada").learner, school.student("Ben").learner
    school.answer(ben, "0.9", misconception="limit-is-one-over-l", exercise="a/1")
    school.answer(ada, "0.5", True, exercise="a/1")
    school.answer(ben, "0.1", exercise="a/1")
    task = Task("a/1", 1, "digest-1", "0.1.0", 7, {"curvature": 0.625, "steps": 40})
    assert beliefs.picks(school.store, school.teacher, school.room.id, "a/1", NINE) == (
        Pick("0.1", False, "too small", None, False, task),
        Pick("0.5", True, "arrived", None, True, task),
        Pick("0.9", False, "too small", "limit-is-one-over-l", True, task),
    )
