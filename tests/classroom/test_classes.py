from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from lrlab.classroom import access, assigned, audit, classes, credentials, people, rounds, schema, teachers
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.classes import Door
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import metadata

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_class_begins_open_with_a_code_of_eight_signs(school):
    assert school.room.door is Door.OPEN
    assert school.room.students == 0
    assert len(school.room.code) == 8
    assert set(school.room.code) <= set(credentials.ALPHABET)
    assert classes.mine(school.store, school.teacher, NINE) == (school.room,)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_class_needs_a_name(school, name):
    with pytest.raises(Refusal, match="name of the class"):
        classes.create(school.store, school.teacher, name, NINE)


def test_a_class_is_renamed_and_names_are_text(school):
    renamed = classes.rename(school.store, school.teacher, school.room.id, "<script>alert(1)</script>", NINE)
    assert renamed.name == "<script>alert(1)</script>"


def test_a_new_code_leaves_everyone_in_and_is_needed_to_return(school):
    ada = school.student("Ada")
    changed = classes.change_code(school.store, school.teacher, school.room.id, NINE)
    assert changed.code != school.room.code
    assert access.who(school.store, ada.token, NINE)
    with pytest.raises(Refusal):
        people.sign_in(school.store, school.room.code, "Ada", ada.pin, NINE)
    assert people.sign_in(school.store, changed.code, "Ada", ada.pin, NINE)


def test_an_archived_class_can_be_reopened(school):
    ada = school.student("Ada").learner
    archived = classes.archive(school.store, school.teacher, school.room.id, NINE)
    assert archived.archived_at == NINE
    with pytest.raises(Refusal, match="has ended"):
        school.answer(ada, "0.5")
    again = classes.archive(school.store, school.teacher, school.room.id, NINE + timedelta(minutes=5))
    assert again.archived_at == NINE
    classes.reopen(school.store, school.teacher, school.room.id, NINE)
    assert school.answer(ada, "0.5").attempt.number == 1


def test_deleting_needs_the_name_and_takes_everything(school, make_submission):
    store, teacher, room = school.store, school.teacher, school.room
    ada = school.student("Ada").learner
    school.answer(ada, "0.5")
    assigned.assign(store, teacher, room.id, [Assignment("chapter", "too-small")], NINE)
    rounds.open_round(store, teacher, room.id, make_submission("").task, NINE)
    with pytest.raises(Refusal, match="Nothing was deleted"):
        classes.remove(store, teacher, room.id, "Optimisation", NINE)
    assert classes.remove(store, teacher, room.id, " Optimisation,  Monday ", NINE)
    with store.reading() as connection:
        left = {
            name
            for name in schema.table_names()
            if connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
        }
    assert left == {"teachers", "sessions", "audit"}
    with pytest.raises(Refusal) as refused:
        classes.get(store, teacher, room.id, NINE)
    assert refused.value.reason is Reason.NOT_YOURS


def test_a_class_has_several_teachers_and_keeps_the_last(school, make_teacher):
    store, room = school.store, school.room
    ben = make_teacher(store, "Ben Okafor")
    classes.add_teacher(store, school.teacher, room.id, "ben okafor", NINE)
    classes.add_teacher(store, school.teacher, room.id, "Ben Okafor", NINE)
    assert classes.teachers_of(store, ben, room.id, NINE) == (
        (school.teacher.id, "Ada Weber"),
        (ben.id, "Ben Okafor"),
    )
    assert [one.id for one in classes.mine(store, ben, NINE)] == [room.id]
    with pytest.raises(Refusal, match="no teacher called “Cleo”"):
        classes.add_teacher(store, school.teacher, room.id, "Cleo", NINE)
    classes.remove_teacher(store, ben, room.id, school.teacher.id, NINE)
    assert classes.mine(store, school.teacher, NINE) == ()
    with pytest.raises(Refusal, match="only teacher"):
        classes.remove_teacher(store, ben, room.id, ben.id, NINE)


def test_the_command_line_sees_all_classes(school, other_school):
    operator = access.Operator()
    assert {one.id for one in classes.mine(school.store, operator, NINE)} == {
        school.room.id,
        other_school.room.id,
    }
    made = classes.create(school.store, operator, "From the shell", NINE)
    classes.add_teacher(school.store, operator, made.id, "Ada Weber", NINE)
    assert made.id in {one.id for one in classes.mine(school.store, school.teacher, NINE)}


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_retention_that_cannot_be_kept_to_is_refused(school, days):
    with pytest.raises(Refusal, match=str(days)):
        classes.set_retention(school.store, school.teacher, school.room.id, days, NINE)


def test_what_is_assigned_is_replaced_and_students_see_it(school):
    store, teacher, room = school.store, school.teacher, school.room
    friday = NINE + timedelta(days=4)
    tasks = [Assignment("chapter", "too-small", friday), Assignment("exercise", "terrain/rescue")]
    assigned.assign(store, teacher, room.id, [*tasks, tasks[0]], NINE)
    ada = school.student("Ada").learner
    assert (
        assigned.of_learner(store, ada, NINE)
        == assigned.of_class(store, teacher, room.id, NINE)
        == tuple(tasks)
    )
    assigned.assign(store, teacher, room.id, [], NINE)
    assert assigned.of_learner(store, ada, NINE) == ()
    with pytest.raises(Refusal, match="“page” cannot be assigned"):
        assigned.assign(store, teacher, room.id, [Assignment("page", "home")], NINE)


def test_every_change_is_in_the_audit_newest_first_with_the_name_of_who_did_it(school):
    store, teacher, room = school.store, school.teacher, school.room
    classes.rename(store, teacher, room.id, "Tuesday", NINE + timedelta(seconds=1))
    classes.change_code(store, access.Operator(), room.id, NINE + timedelta(seconds=2))
    entries = audit.read(store, teacher, room.id, NINE)
    assert [(entry.actor, entry.action) for entry in entries] == [
        ("the command line", "changed the code"),
        ("Ada Weber", "renamed the class"),
        ("Ada Weber", "began the class"),
    ]


def test_a_teacher_without_a_class_has_an_empty_list(store, make_teacher):
    assert classes.mine(store, make_teacher(store, "Ada"), NINE) == ()
    assert teachers.first_invitation(store) is None
