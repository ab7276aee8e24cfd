from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lrlab.classroom import (
    attempts,
    classes,
    merge,
    people,
    predictions,
    progress,
    rounds,
    students,
    timeline,
)
from lrlab.classroom.predictions import Prediction
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.standings import amount_to
from lrlab.classroom.tables import learners, openings

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "too-small/cross-the-plateau"


def test_new_pins_are_shown_once_and_end_the_old_ones(school):
    store, room = school.store, school.room
    ada, ben = school.student("Ada"), school.student("Ben")
    (slip,) = students.new_pins(store, school.teacher, room.id, [ada.learner.id], NINE)
    assert (slip.handle, len(slip.pin)) == ("Ada", 6)
    assert slip.pin not in repr(slip)
    assert people.sign_in(store, room.code, "Ada", slip.pin, NINE)
    if slip.pin != ada.pin:
        with pytest.raises(Refusal):
            people.sign_in(store, room.code, "Ada", ada.pin, NINE)
    assert people.sign_in(store, room.code, "Ben", ben.pin, NINE)


def test_a_new_pin_opens_a_lock(school):
    ada = school.student("Ada")
    for _ in range(5):
        with pytest.raises(Refusal):
            people.sign_in(school.store, school.room.code, "Ada", "x", NINE)
    (slip,) = students.new_pins(school.store, school.teacher, school.room.id, [ada.learner.id], NINE)
    assert people.sign_in(school.store, school.room.code, "Ada", slip.pin, NINE)


def test_pins_are_for_students_of_the_class_only(school, other_school):
    stranger = other_school.student("Eve").learner.id
    with pytest.raises(Refusal, match="Not all of these students"):
        students.new_pins(school.store, school.teacher, school.room.id, [stranger], NINE)


def test_a_renamed_student_returns_under_the_new_name(school):
    ada = school.student("Ada")
    school.student("Ben")
    assert students.rename(school.store, school.teacher, ada.learner.id, " Ada  W ", NINE) == "Ada W"
    assert people.sign_in(school.store, school.room.code, "ada w", ada.pin, NINE)
    students.rename(school.store, school.teacher, ada.learner.id, "ADA W", NINE)
    with pytest.raises(Refusal) as refused:
        students.rename(school.store, school.teacher, ada.learner.id, "BEN", NINE)
    assert refused.value.reason is Reason.TAKEN


def test_a_student_moves_with_everything_and_needs_the_new_code(school):
    store, teacher = school.store, school.teacher
    ada = school.student("Ada")
    school.answer(ada.learner, "0.5")
    other = classes.create(store, teacher, "Other", NINE)
    students.move(store, teacher, ada.learner.id, other.id, NINE)
    students.move(store, teacher, ada.learner.id, other.id, NINE)
    with pytest.raises(Refusal):
        people.sign_in(store, school.room.code, "Ada", ada.pin, NINE)
    back = people.sign_in(store, other.code, "Ada", ada.pin, NINE)
    assert back.learner.classroom == other.id
    assert len(attempts.history(store, back.learner, NINE)) == 1
    assert students.of_class(store, teacher, school.room.id, NINE) == ()


def test_a_student_does_not_move_onto_a_taken_name_or_into_anothers_class(school, other_school):
    store, teacher = school.store, school.teacher
    ada = school.student("Ada").learner
    other = classes.create(store, teacher, "Other", NINE)
    people.join(store, other.code, "ada", NINE)
    with pytest.raises(Refusal, match="already"):
        students.move(store, teacher, ada.id, other.id, NINE)
    with pytest.raises(Refusal) as refused:
        students.move(store, teacher, ada.id, other_school.room.id, NINE)
    assert refused.value.reason is Reason.NOT_YOURS


def test_the_list_says_who_was_here_when(school):
    school.student("Ben", NINE + timedelta(minutes=1))
    school.student("ada")
    listed = students.of_class(school.store, school.teacher, school.room.id, NINE)
    assert [(one.handle, one.seen_at) for one in listed] == [
        ("ada", NINE),
        ("Ben", NINE + timedelta(minutes=1)),
    ]


def test_merging_puts_everything_under_one_name_and_counts_the_same_once(school, make_submission):
    store, teacher = school.store, school.teacher
    ada, twin = school.student("Ada"), school.student("ada 2")
    round_ = rounds.open_round(store, teacher, school.room.id, make_submission("").task, NINE)
    for who, seed in ((ada.learner, 11), (twin.learner, 22)):
        attempts.open_task(store, who, make_submission("", seed=seed).task, NINE)
        school.answer(who, "0.1", seed=seed)
        school.answer(who, "0.5", True, seed=seed, at=NINE + timedelta(minutes=seed))
        school.answer(who, "a", exercise="same/seed", seed=5)
        predictions.keep(store, who, Prediction("p", "prediction", f"{seed}", "x"), NINE)
        rounds.commit(store, who, round_.id, f"{seed}", make_submission("", True).judgement, NINE)
    merge.merge(store, teacher, ada.learner.id, twin.learner.id, NINE)
    made = attempts.of_student(store, teacher, ada.learner.id, NINE)
    assert sorted((one.task.exercise, one.task.variant, one.task.seed, one.answer) for one in made) == [
        ("same/seed", 1, 5, "a"),
        (SLUG, 1, 11, "0.1"),
        (SLUG, 1, 11, "0.5"),
        (SLUG, 2, 22, "0.1"),
        (SLUG, 2, 22, "0.5"),
    ]
    standing = progress.mine(store, ada.learner, NINE)[SLUG]
    assert standing.mastered
    assert standing == amount_to(SLUG, [one for one in made if one.task.exercise == SLUG], [NINE, NINE])
    assert [one.said for one in predictions.mine(store, ada.learner, NINE)] == ["11", "22"]
    assert [vote.answer for vote in rounds.tally(store, teacher, school.room.id, round_.id, NINE).votes] == [
        "11"
    ]
    assert [one.handle for one in students.of_class(store, teacher, school.room.id, NINE)] == ["Ada"]
    with store.reading() as connection:
        assert sorted(connection.execute(select(openings.c.variant)).scalars()) == [1, 2]
    with pytest.raises(Refusal):
        people.sign_in(store, school.room.code, "ada 2", twin.pin, NINE)


def test_merging_hands_over_an_identity_and_a_roster_line(school):
    store = school.store
    ada, twin = school.student("Ada").learner, school.student("twin").learner
    people.link(store, twin, "https://id", "s-1", NINE)
    with store.writing() as connection:
        connection.execute(
            learners.update().where(learners.c.id == twin.id).values(roster_cells=["Weber, Ada", "7"])
        )
    merge.merge(store, school.teacher, ada.id, twin.id, NINE)
    assert people.enter_with_identity(store, school.room.code, "https://id", "s-1", NINE).learner.id == ada.id
    (only,) = students.of_class(store, school.teacher, school.room.id, NINE)
    assert only.cells == ("Weber, Ada", "7")


def test_merging_is_for_two_students_of_one_class(school):
    ada = school.student("Ada").learner
    other = classes.create(school.store, school.teacher, "Other", NINE)
    far = people.join(school.store, other.code, "Ada", NINE).learner
    for pair in ((ada.id, ada.id), (ada.id, far.id)):
        with pytest.raises(Refusal, match="Two different students of one class"):
            merge.merge(school.store, school.teacher, *pair, NINE)
    assert len(timeline.of_student(school.store, school.teacher, far.id, NINE)) == 1
