from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lrlab.classroom import attempts, predictions, progress, standings, timeline
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.predictions import Bin, Prediction
from lrlab.classroom.records import Attempt, Judgement
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.standings import amount_to
from lrlab.classroom.tables import attempts as attempts_table
from lrlab.classroom.tables import standings as standings_table
from lrlab.classroom.tasks import Task

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "too-small/cross-the-plateau"


def minute(number):
    return NINE + timedelta(minutes=number)


def attempt(passed, *, variant=1, hints=0, at=0, outcome="", misconception=None, score=None):
    said = Judgement(
        passed, (1000 if passed else 0) if score is None else score, outcome or "moving", "", misconception
    )
    task = Task(SLUG, variant, "v", "e", 1, {})
    return Attempt(at, 1, task, 1, f"0.{at}", said, hints, minute(at), minute(at + 1), "7F3K", False)


@pytest.mark.parametrize(
    ("tried", "solved", "mastered"),
    [
        ([attempt(False)], None, None),
        ([attempt(False), attempt(True, at=5)], 6, None),
        ([attempt(True, at=1), attempt(True, at=5)], 2, None),
        ([attempt(True, at=1), attempt(True, variant=2, at=5), attempt(True, variant=3, at=9)], 2, 6),
        ([attempt(True, at=1, hints=1), attempt(True, variant=2, at=5)], 2, None),
        (
            [attempt(True, at=1, hints=1), attempt(True, variant=2, at=5), attempt(True, variant=3, at=8)],
            2,
            9,
        ),
        ([attempt(True, at=1), attempt(False, variant=2, at=3), attempt(True, variant=2, at=5)], 2, 6),
    ],
)
def test_solved_with_one_pass_mastered_with_two_variants_without_hints(tried, solved, mastered):
    standing = amount_to(SLUG, tried)
    assert standing.solved_at == (None if solved is None else minute(solved))
    assert standing.mastered_at == (None if mastered is None else minute(mastered))
    assert (standing.solved, standing.mastered) == (solved is not None, mastered is not None)


@pytest.mark.parametrize(
    ("outcomes", "way", "in_a_row"),
    [
        (["moving"], "too small", 1),
        (["moving", "moving", "too low", "converged"], "too small", 4),
        (["moving", "stuck", "stuck"], "stuck on flat ground", 2),
        (["diverged", "bouncing", "overshot", "too high"], "too large", 4),
        (["moving", "moving", "diverged"], "too large", 1),
        (["diverged", "moving", "moving"], "too small", 2),
        (["wrong", "wrong"], "wrong", 2),
    ],
)
def test_failures_in_a_row_are_counted_by_their_direction(outcomes, way, in_a_row):
    tried = [attempt(False, at=place, outcome=outcome) for place, outcome in enumerate(outcomes)]
    standing = amount_to(SLUG, tried)
    assert (standing.way, standing.in_a_row) == (way, in_a_row)


def test_a_wrong_choice_goes_in_the_direction_of_its_misconception():
    tried = [attempt(False, at=n, outcome="wrong", misconception="nan-is-a-bug") for n in range(2)]
    assert amount_to(SLUG, tried).way == "nan-is-a-bug"
    assert amount_to(SLUG, [*tried, attempt(False, at=3, outcome="wrong")]).in_a_row == 1
    assert amount_to(SLUG, [*tried, attempt(True, at=3)]).in_a_row == 0


def test_the_present_stretch_begins_after_the_last_break_of_an_hour():
    tried = [attempt(False, at=0), attempt(False, at=61), attempt(False, at=180), attempt(False, at=200)]
    assert amount_to(SLUG, tried[:2]).since == minute(61)
    assert amount_to(SLUG, tried).since == minute(180)
    assert amount_to(SLUG, tried[2:], [minute(150)]).since == minute(150)
    assert amount_to(SLUG, [], [minute(3)]).last_at == minute(3)


def test_best_and_hints_are_the_largest():
    standing = amount_to(SLUG, [attempt(False, score=400, hints=2), attempt(False, score=900, hints=1, at=2)])
    assert (standing.best, standing.hints, standing.attempts, standing.last_answer) == (900, 2, 2, "0.2")


def test_standings_in_the_store_are_what_the_attempts_amount_to(school, make_submission):
    store, ada = school.store, school.student("Ada").learner
    attempts.open_task(store, ada, replace(make_submission("").task, exercise="terrain/rescue"), NINE)
    for number, (answer, passed) in enumerate([("0.1", False), ("0.2", False), ("0.5", True)], 1):
        school.answer(ada, answer, passed, minute(number), hints=number)
    mine = progress.mine(store, ada, NINE)
    assert mine[SLUG] == amount_to(SLUG, attempts.history(store, ada, NINE))
    assert mine[SLUG].solved
    assert (mine["terrain/rescue"].attempts, mine["terrain/rescue"].since) == (0, NINE)
    assert progress.of_student(store, school.teacher, ada.id, NINE) == mine


def test_counting_again_mends_and_removes(school):
    store, ada = school.store, school.student("Ada").learner
    school.answer(ada, "0.5", True)
    with store.writing() as connection:
        connection.execute(standings_table.update().values(attempts=99, best=1))
        standings.count_again(connection, ada.id, SLUG)
        row = connection.execute(select(standings_table)).one()
        assert (row.attempts, row.best) == (1, 1000)
        connection.execute(attempts_table.delete())
        standings.count_again(connection, ada.id, SLUG)
        assert connection.execute(select(standings_table)).first() is None


COURSE = [("a", "a/1"), ("a", "a/2"), ("b", "b/1"), ("b", "b/2"), ("c", "c/1")]


@pytest.mark.parametrize(
    ("solved", "assigned", "step"),
    [
        ([], [], "a/1"),
        (["a/1"], [], "a/2"),
        (["a/2"], [], "a/1"),
        ([], [Assignment("chapter", "b")], "b/1"),
        (["b/1"], [Assignment("chapter", "b")], "b/2"),
        ([], [Assignment("chapter", "b"), Assignment("exercise", "c/1", minute(9))], "c/1"),
        ([], [Assignment("chapter", "b", minute(8)), Assignment("exercise", "c/1", minute(9))], "b/1"),
        ([], [Assignment("chapter", "b"), Assignment("exercise", "b/2", minute(9))], "b/2"),
        ([], [Assignment("exercise", "c/1", minute(-999)), Assignment("exercise", "b/1", minute(9))], "c/1"),
        (["a/1", "a/2", "b/1", "b/2", "c/1"], [Assignment("chapter", "a")], None),
    ],
)
def test_what_is_due_soonest_comes_first_then_what_is_assigned_then_the_course(solved, assigned, step):
    done = {slug: replace(amount_to(slug, [attempt(True)])) for slug in solved}
    assert progress.next_step(COURSE, done, assigned) == step


def test_the_first_prediction_for_a_form_counts(school):
    store, ada = school.store, school.student("Ada").learner
    said = Prediction("too_large", "prediction", "converged", "diverged", 80)
    assert predictions.keep(store, ada, said, NINE) == said
    assert predictions.keep(store, ada, replace(said, said="diverged"), NINE) == said
    second = replace(said, said="diverged", number=2)
    assert predictions.keep(store, ada, second, minute(1)) == second
    assert predictions.mine(store, ada, NINE) == (said, second)
    assert predictions.of_student(store, school.teacher, ada.id, NINE) == (said, second)
    assert [prediction.right for prediction in (said, second)] == [False, True]


def test_calibration_sets_confidence_beside_what_came_true():
    made = [
        Prediction("p", "prediction", said, "x", confidence)
        for said, confidence in [
            ("x", 100),
            ("x", 95),
            ("y", 80),
            ("y", 50),
            ("x", 41),
            ("y", 0),
            ("x", None),
        ]
    ]
    assert predictions.calibration(made) == (Bin(0, 20, 1, 0), Bin(40, 60, 2, 1), Bin(80, 100, 3, 2))
    assert predictions.calibration([]) == ()


@pytest.mark.parametrize("confidence", [-1, 101])
def test_a_confidence_is_a_percentage(school, confidence):
    ada = school.student("Ada").learner
    with pytest.raises(Exception, match=r"confidence|CHECK"):
        predictions.keep(school.store, ada, Prediction("p", "m", "x", "y", confidence), NINE)


def test_an_archived_class_keeps_no_predictions(school):
    from lrlab.classroom import classes

    ada = school.student("Ada").learner
    classes.archive(school.store, school.teacher, school.room.id, NINE)
    with pytest.raises(Refusal, match="has ended"):
        predictions.keep(school.store, ada, Prediction("p", "m", "x", "y"), NINE)


def test_the_timeline_tells_everything_in_order(school, make_submission):
    store, ada = school.store, school.student("Ada").learner
    attempts.open_task(store, ada, make_submission("").task, minute(1))
    predictions.keep(store, ada, Prediction("too_large", "prediction", "converged", "diverged"), minute(2))
    school.answer(ada, "0.5", True, minute(3))
    told = timeline.of_student(store, school.teacher, ada.id, NINE)
    assert [(event.deed, event.place, event.words, event.right) for event in told] == [
        ("joined", "", "", None),
        ("opened", SLUG, "variant 1", None),
        ("predicted", "too_large", "converged", False),
        ("answered", SLUG, "0.5", True),
    ]
    assert asdict(told[0])["at"] == NINE
