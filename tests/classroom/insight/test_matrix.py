from datetime import UTC, datetime, timedelta

import pytest

from lrlab.classroom import access, attempts
from lrlab.classroom.insight.matrix import Cell, State, matrix

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EXERCISES = ("a/1", "a/2", "a/3")


def minute(number):
    return NINE + timedelta(minutes=number)


def now(school, at, **given):
    return matrix(school.store, access.Operator(), school.room.id, EXERCISES, at, **given)


def row(school, handle, at):
    (found,) = [one for one in now(school, at).rows if one.handle == handle]
    return found


def test_every_state_of_a_cell(school):
    ada = school.student("Ada").learner
    school.answer(ada, "0.1", at=minute(1), exercise="a/1")
    assert row(school, "Ada", minute(2)).cells == (
        Cell(State.TRYING, 1, 0, "0.1"),
        Cell(State.UNTOUCHED),
        Cell(State.UNTOUCHED),
    )
    school.answer(ada, "0.5", True, at=minute(2), exercise="a/1")
    assert row(school, "Ada", minute(2)).cells[0] == Cell(State.SOLVED, 2, 1000, "0.5")
    school.answer(ada, "0.5", True, at=minute(3), exercise="a/1", variant=2)
    assert row(school, "Ada", minute(3)).cells[0] == Cell(State.MASTERED, 3, 1000, "0.5")
    assert row(school, "Ada", minute(3)).solved == 1


@pytest.mark.parametrize(
    ("outcomes", "why"),
    [
        (["moving", "moving"], ""),
        (["moving", "moving", "moving"], "3 times in a row: too small"),
        (["diverged", "bouncing", "overshot", "too high"], "4 times in a row: too large"),
        (["moving", "diverged", "moving"], ""),
        (["moving", "moving", "diverged"], ""),
    ],
)
def test_three_failures_in_one_direction_need_help(school, outcomes, why):
    ada = school.student("Ada").learner
    for place, outcome in enumerate(outcomes):
        school.answer(ada, f"0.{place}", at=minute(0), exercise="a/2", outcome=outcome)
    cell = row(school, "Ada", minute(1)).cells[1]
    assert (cell.why, cell.state) == (why, State.STUCK if why else State.TRYING)
    assert row(school, "Ada", minute(1)).stuck == (("a/2",) if why else ())


def test_a_pass_ends_the_need(school):
    ada = school.student("Ada").learner
    for place in range(3):
        school.answer(ada, f"0.{place}", exercise="a/2")
    school.answer(ada, "0.9", True, exercise="a/2")
    assert row(school, "Ada", minute(1)).cells[1].state is State.SOLVED


def test_ten_minutes_at_the_exercise_in_hand_need_help(school):
    welcome = school.student("Ada")
    school.answer(welcome.learner, "0.1", at=minute(1), exercise="a/1")
    assert row(school, "Ada", minute(9)).stuck == ()
    stuck = row(school, "Ada", minute(10))
    assert stuck.cells[0].why == "10 minutes without progress"
    access.who(school.store, welcome.token, minute(11))
    school.answer(welcome.learner, "0.2", at=minute(11), exercise="a/2")
    assert row(school, "Ada", minute(12)).stuck == ()
    assert row(school, "Ada", minute(20)).stuck == ("a/2",)


def test_ten_minutes_count_from_opening_it_even_without_an_answer(school, make_submission):
    ada = school.student("Ada").learner
    attempts.open_task(school.store, ada, make_submission("", exercise="a/3").task, minute(2))
    assert row(school, "Ada", minute(11)).cells[2] == Cell(State.TRYING)
    assert row(school, "Ada", minute(12)).cells[2].why == "10 minutes without progress"


def test_who_has_left_or_made_a_break_is_not_stuck_for_ten_minutes(school):
    welcome = school.student("Ada")
    school.answer(welcome.learner, "0.1", at=minute(1), exercise="a/1")
    assert row(school, "Ada", minute(59)).here
    assert row(school, "Ada", minute(60)).stuck == ()
    assert not row(school, "Ada", minute(60)).here
    access.sign_out(school.store, welcome.learner)
    assert row(school, "Ada", minute(15)).stuck == ()


def test_those_who_are_stuck_and_here_come_first(school):
    people = {handle: school.student(handle) for handle in ("Ada", "Ben", "Cleo", "Dan")}
    for handle in ("Cleo", "Dan"):
        for place in range(3):
            school.answer(people[handle].learner, f"0.{place}", exercise="a/1")
    access.sign_out(school.store, people["Cleo"].learner)
    assert [one.handle for one in now(school, minute(1)).rows] == ["Dan", "Cleo", "Ada", "Ben"]


def test_the_projector_shows_no_names(school):
    for handle in ("Ada", "Ben"):
        school.answer(school.student(handle).learner, "0.5", handle == "Ben", exercise="a/1")
    shown = now(school, minute(1), anonymous=True)
    assert [(one.learner, one.handle) for one in shown.rows] == [(0, "Student 1"), (0, "Student 2")]
    assert [one.solved for one in shown.rows] == [1, 0]
    assert "Ada" not in repr(shown)


def test_only_the_class_asked_for_and_the_exercises_asked_for_are_shown(school, other_school):
    school.answer(school.student("Ada").learner, "0.5", exercise="b/1")
    other_school.student("Eve")
    shown = now(school, minute(1))
    assert [one.handle for one in shown.rows] == ["Ada"]
    assert shown.rows[0].cells == (Cell(State.UNTOUCHED),) * 3
