from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lrlab.classroom import access, attempts, classes, people, students, teachers
from lrlab.classroom.access import Learner, Teacher
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import sessions


def minutes(at, number):
    return at + timedelta(minutes=number)


@pytest.fixture
def nine():
    from datetime import UTC, datetime

    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_token_becomes_its_person_again(school, nine):
    welcome = school.student("Ada")
    assert access.who(school.store, welcome.token, nine) == welcome.learner
    for nobody in (None, "", "another token", "\x00", "ä" * 500):
        assert access.who(school.store, nobody, nine) is None


def test_the_store_keeps_the_hash_of_a_token_only(school):
    welcome = school.student("Ada")
    with school.store.reading() as connection:
        rows = connection.execute(select(sessions)).all()
    assert welcome.token not in repr(rows)
    assert welcome.token not in repr(welcome)
    assert welcome.pin not in repr(welcome)


@pytest.mark.parametrize(("pause", "awake"), [(59, True), (60, False)])
def test_a_student_is_signed_out_after_an_hour_without_a_sign_of_life(school, nine, pause, awake):
    welcome = school.student("Ada")
    later = minutes(nine, pause)
    assert (access.who(school.store, welcome.token, later) is not None) is awake


@pytest.mark.parametrize(("pause", "awake"), [(19, True), (20, False)])
def test_a_teacher_is_signed_out_after_twenty_minutes(school, nine, pause, awake):
    entrance = teachers.sign_in(school.store, "Ada Weber", "four quite unrelated words", nine)
    assert (access.who(school.store, entrance.token, minutes(nine, pause)) is not None) is awake


def test_being_active_keeps_a_session_awake_and_a_page_that_refreshes_itself_does_not(school, nine):
    active, watching = school.student("Ada"), school.student("Ben")
    for pause in (30, 59):
        assert access.who(school.store, active.token, minutes(nine, pause))
        assert access.who(school.store, watching.token, minutes(nine, pause), active=False)
    assert access.who(school.store, active.token, minutes(nine, 118))
    assert access.who(school.store, watching.token, minutes(nine, 61)) is None


def test_an_own_device_is_remembered_for_thirty_days(school, nine):
    welcome = people.join(school.store, school.room.code, "Ada", nine, own_device=True)
    assert access.who(school.store, welcome.token, nine + timedelta(days=29, hours=23))
    assert access.who(school.store, welcome.token, nine + timedelta(days=30)) is None


def test_signing_out_ends_every_tab_and_no_other_device(school, nine):
    here = school.student("Ada")
    there = people.sign_in(school.store, school.room.code, "Ada", here.pin, nine)
    tab = access.who(school.store, here.token, nine)
    access.sign_out(school.store, here.learner)
    assert access.who(school.store, here.token, nine) is None
    assert access.who(school.store, there.token, nine)
    with pytest.raises(Refusal) as refused:
        attempts.history(school.store, tab, nine)
    assert refused.value.reason is Reason.SIGNED_OUT
    assert "kept" in refused.value.sentence


@pytest.mark.parametrize("ending", ["new PIN", "closed class", "moved", "removed"])
def test_what_ends_a_session_ends_it_in_the_middle_of_a_page(school, nine, ending):
    welcome = school.student("Ada")
    store, teacher, room = school.store, school.teacher, school.room
    if ending == "new PIN":
        students.new_pins(store, teacher, room.id, [welcome.learner.id], nine)
    elif ending == "closed class":
        classes.set_door(store, teacher, room.id, classes.Door.CLOSED, nine)
        classes.set_door(store, teacher, room.id, classes.Door.OPEN, nine)
    elif ending == "moved":
        students.move(store, teacher, welcome.learner.id, classes.create(store, teacher, "B", nine).id, nine)
    else:
        from lrlab.classroom import privacy

        privacy.erase(store, teacher, welcome.learner.id, nine)
    assert access.who(store, welcome.token, nine) is None
    with pytest.raises(Refusal) as refused:
        school.answer(welcome.learner, "0.5")
    assert refused.value.reason is Reason.SIGNED_OUT


def test_a_session_belongs_to_its_person(school, nine):
    ada, ben = school.student("Ada").learner, school.student("Ben").learner
    with pytest.raises(Refusal):
        attempts.history(school.store, replace(ada, session=ben.session), nine)
    with pytest.raises(Refusal):
        attempts.history(school.store, Learner(ada.id, "Ada", school.room.id, school.teacher.session), nine)
    with pytest.raises(Refusal):
        classes.mine(school.store, Teacher(ada.id, "Ada", ada.session), nine)


def test_sessions_that_sleep_for_ever_are_removed(school, nine):
    school.student("Ada")
    people.join(school.store, school.room.code, "Ben", nine, own_device=True)
    with school.store.writing() as connection:
        access.forget_the_sleeping(connection, minutes(nine, 60))
        left = connection.execute(select(func.count()).select_from(sessions)).scalar_one()
        assert left == 1
        access.forget_the_sleeping(connection, nine + timedelta(days=30))
        assert connection.execute(select(func.count()).select_from(sessions)).scalar_one() == 0
