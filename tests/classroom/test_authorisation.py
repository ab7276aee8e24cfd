"""Every function that takes who is acting asks for itself: signed out, wrong role, another class — nothing happens."""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from lrlab import classroom
from lrlab.classroom import (
    access,
    assigned,
    attempts,
    audit,
    classes,
    merge,
    people,
    predictions,
    privacy,
    progress,
    regrade,
    rounds,
    schema,
    students,
    teachers,
    timeline,
)
from lrlab.classroom.gradebook import attempt_log, canvas, files, grid, moodle, spreadsheet
from lrlab.classroom.gradebook.grid import Choice, Column
from lrlab.classroom.insight import beliefs, items, matrix
from lrlab.classroom.predictions import Prediction
from lrlab.classroom.records import Judgement
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.regrade import Mode, Rejudged
from lrlab.classroom.roster import enrolment, reading
from lrlab.classroom.tables import metadata

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "too-small/cross-the-plateau"
COLUMNS = [Column("x", {SLUG: 1})]
RIGHT = Judgement(True, 1000, "right", "")
SAID = Prediction("p", "m", "x", "y")


def again(_):
    return Rejudged(RIGHT, "v", "e")


# Everything a teacher does to one class: its name, and how it is called by `who` on the class `it`.
OF_A_CLASS = {
    "classes.get": lambda who, it: classes.get(it.store, who, it.room, NINE),
    "classes.rename": lambda who, it: classes.rename(it.store, who, it.room, "Mine now", NINE),
    "classes.change_code": lambda who, it: classes.change_code(it.store, who, it.room, NINE),
    "classes.set_door": lambda who, it: classes.set_door(it.store, who, it.room, classes.Door.CLOSED, NINE),
    "classes.archive": lambda who, it: classes.archive(it.store, who, it.room, NINE),
    "classes.reopen": lambda who, it: classes.reopen(it.store, who, it.room, NINE),
    "classes.set_retention": lambda who, it: classes.set_retention(it.store, who, it.room, 9, NINE),
    "classes.remove": lambda who, it: classes.remove(it.store, who, it.room, it.name, NINE),
    "classes.add_teacher": lambda who, it: classes.add_teacher(it.store, who, it.room, "Ben Okafor", NINE),
    "classes.remove_teacher": lambda who, it: classes.remove_teacher(
        it.store, who, it.room, it.teacher.id, NINE
    ),
    "classes.teachers_of": lambda who, it: classes.teachers_of(it.store, who, it.room, NINE),
    "assigned.assign": lambda who, it: assigned.assign(it.store, who, it.room, [], NINE),
    "assigned.of_class": lambda who, it: assigned.of_class(it.store, who, it.room, NINE),
    "audit.log": lambda who, it: audit.log(it.store, who, it.room, "did nothing", NINE),
    "audit.read": lambda who, it: audit.read(it.store, who, it.room, NINE),
    "students.of_class": lambda who, it: students.of_class(it.store, who, it.room, NINE),
    "students.new_pins": lambda who, it: students.new_pins(it.store, who, it.room, [it.ada.id], NINE),
    "students.unlock": lambda who, it: students.unlock(it.store, who, it.ada.id, NINE),
    "students.rename": lambda who, it: students.rename(it.store, who, it.ada.id, "Mine", NINE),
    "students.move": lambda who, it: students.move(it.store, who, it.ada.id, it.elsewhere, NINE),
    "merge.merge": lambda who, it: merge.merge(it.store, who, it.ada.id, it.cleo.id, NINE),
    "timeline.of_student": lambda who, it: timeline.of_student(it.store, who, it.ada.id, NINE),
    "attempts.of_student": lambda who, it: attempts.of_student(it.store, who, it.ada.id, NINE),
    "attempts.with_receipt": lambda who, it: attempts.with_receipt(it.store, who, it.room, "7F3K", NINE),
    "predictions.of_student": lambda who, it: predictions.of_student(it.store, who, it.ada.id, NINE),
    "progress.of_student": lambda who, it: progress.of_student(it.store, who, it.ada.id, NINE),
    "insight.matrix.matrix": lambda who, it: matrix.matrix(it.store, who, it.room, [SLUG], NINE),
    "insight.items.items": lambda who, it: items.items(it.store, who, it.room, [SLUG], NINE),
    "insight.beliefs.misconceptions": lambda who, it: beliefs.misconceptions(it.store, who, it.room, NINE),
    "insight.beliefs.wrong_predictions": lambda who, it: beliefs.wrong_predictions(
        it.store, who, it.room, NINE
    ),
    "insight.beliefs.picks": lambda who, it: beliefs.picks(it.store, who, it.room, SLUG, NINE),
    "rounds.open_round": lambda who, it: rounds.open_round(it.store, who, it.room, it.task, NINE),
    "rounds.current": lambda who, it: rounds.current(it.store, who, it.room, NINE),
    "rounds.reveal": lambda who, it: rounds.reveal(it.store, who, it.room, NINE),
    "rounds.vote_again": lambda who, it: rounds.vote_again(it.store, who, it.room, NINE),
    "rounds.close": lambda who, it: rounds.close(it.store, who, it.room, NINE),
    "rounds.tally": lambda who, it: rounds.tally(it.store, who, it.room, it.round, NINE),
    "rounds.past": lambda who, it: rounds.past(it.store, who, it.room, NINE),
    "regrade.preview": lambda who, it: regrade.preview(it.store, who, it.room, SLUG, again, NINE),
    "regrade.apply": lambda who, it: regrade.apply(it.store, who, it.preview, Mode.REPLACE, "", NINE),
    "regrade.undo": lambda who, it: regrade.undo(it.store, who, it.room, it.regrade, NINE),
    "regrade.past": lambda who, it: regrade.past(it.store, who, it.room, NINE),
    "roster.enrolment.enrol": lambda who, it: enrolment.enrol(it.store, who, it.room, it.roster, NINE),
    "gradebook.grid.grid": lambda who, it: grid.grid(it.store, who, it.room, COLUMNS, Choice.BEST, NINE),
    "gradebook.spreadsheet.export": lambda who, it: spreadsheet.export(
        it.store, who, it.room, COLUMNS, Choice.BEST, NINE
    ),
    "gradebook.canvas.export": lambda who, it: canvas.export(
        it.store, who, it.room, COLUMNS, Choice.BEST, NINE
    ),
    "gradebook.moodle.export": lambda who, it: moodle.export(
        it.store, who, it.room, COLUMNS, Choice.BEST, NINE
    ),
    "gradebook.attempt_log.as_csv": lambda who, it: attempt_log.as_csv(it.store, who, it.room, NINE),
    "gradebook.attempt_log.as_json_lines": lambda who, it: attempt_log.as_json_lines(
        it.store, who, it.room, NINE
    ),
    "gradebook.files.make": lambda who, it: files.make(
        it.store, who, it.room, files.Wish(files.Format.CLASS), NINE
    ),
    "privacy.student_data": lambda who, it: privacy.student_data(it.store, who, it.ada.id, NINE),
    "privacy.class_data": lambda who, it: privacy.class_data(it.store, who, it.room, NINE),
    "privacy.erase": lambda who, it: privacy.erase(it.store, who, it.ada.id, NINE),
}
# What a teacher does that is about no class.
OF_A_TEACHER = {
    "classes.create": lambda who, it: classes.create(it.store, who, "New", NINE),
    "classes.mine": lambda who, it: classes.mine(it.store, who, NINE),
    "teachers.invite": lambda who, it: teachers.invite(it.store, who, NINE),
    "teachers.change_passphrase": lambda who, it: teachers.change_passphrase(
        it.store, who, "four quite unrelated words", "another set of words", NINE
    ),
    "privacy.tidy_up": lambda who, it: privacy.tidy_up(it.store, who, NINE),
}
# What a student does, who can only be about themselves.
OF_A_STUDENT = {
    "classes.title": lambda who, it: classes.title(it.store, who, NINE),
    "assigned.of_learner": lambda who, it: assigned.of_learner(it.store, who, NINE),
    "people.link": lambda who, it: people.link(it.store, who, "https://id", "s", NINE),
    "attempts.desk": lambda who, it: attempts.desk(it.store, who, SLUG, NINE),
    "attempts.seed": lambda who, it: attempts.seed(it.store, who, SLUG, 1, NINE),
    "attempts.open_task": lambda who, it: attempts.open_task(it.store, who, it.task, NINE),
    "attempts.record": lambda who, it: attempts.record(it.store, who, it.submission, NINE),
    "attempts.history": lambda who, it: attempts.history(it.store, who, NINE),
    "predictions.keep": lambda who, it: predictions.keep(it.store, who, SAID, NINE),
    "predictions.mine": lambda who, it: predictions.mine(it.store, who, NINE),
    "progress.mine": lambda who, it: progress.mine(it.store, who, NINE),
    "rounds.ballot": lambda who, it: rounds.ballot(it.store, who, NINE),
    "rounds.commit": lambda who, it: rounds.commit(it.store, who, it.round, "0.5", RIGHT, NINE),
    "privacy.my_data": lambda who, it: privacy.my_data(it.store, who, NINE),
    "privacy.erase_me": lambda who, it: privacy.erase_me(it.store, who, NINE),
}
# Signing out needs no permission; accounts of others are for the command line, which a test of teachers holds.
ELSEWHERE = {
    "access.sign_out", "teachers.add", "teachers.everyone", "teachers.remove", "teachers.set_passphrase",
}  # fmt: skip


def test_every_function_that_takes_who_is_acting_is_in_one_of_these_tables():
    found = set()
    for module in pkgutil.walk_packages(classroom.__path__, "lrlab.classroom."):
        if ".migrations" in module.name:
            continue
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            parameters = inspect.signature(function).parameters
            if (
                function.__module__ == module.name
                and not name.startswith("_")
                and {"store", "who"} <= set(parameters)
            ):
                assert list(parameters)[:2] == ["store", "who"], f"{module.name}.{name}"
                found.add(f"{module.name.removeprefix('lrlab.classroom.')}.{name}")
    assert found == {*OF_A_CLASS, *OF_A_TEACHER, *OF_A_STUDENT, *ELSEWHERE}


class It:
    """A class with two students, an attempt, an open round and a regrade."""

    def __init__(self, school, other_school, submission):
        self.store, self.teacher, self.room, self.name = (
            school.store,
            school.teacher,
            school.room.id,
            school.room.name,
        )
        self.elsewhere = other_school.room.id
        self.ada, self.cleo = school.student("Ada").learner, school.student("Cleo").learner
        self.submission, self.task = submission("0.5"), submission("").task
        school.answer(self.ada, "0.1")
        seen = regrade.preview(self.store, self.teacher, self.room, SLUG, again, NINE)
        self.regrade = regrade.apply(self.store, self.teacher, seen, Mode.REPLACE, "", NINE).id
        school.answer(self.cleo, "0.2")
        self.preview = regrade.preview(self.store, self.teacher, self.room, SLUG, again, NINE)
        self.round = rounds.open_round(self.store, self.teacher, self.room, self.task, NINE).id
        self.roster = reading.from_lines("Ada\nDan")


@pytest.fixture
def it(school, other_school, make_submission):
    return It(school, other_school, make_submission)


def everything(store):
    """Every row of every table."""
    with store.reading() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(metadata.tables[name])).all()))
            for name in schema.table_names()
        }


def reasons(it, calls, who):
    """Call everything as `who`; nothing must happen. Returns the reasons for which it was refused, with the calls."""
    before, given = everything(it.store), {}
    for name, call in calls.items():
        with pytest.raises(Refusal) as caught:
            call(who, it)
        given.setdefault(caught.value.reason, []).append(name)
        assert everything(it.store) == before, name
    return given


def test_only_a_teacher_of_the_class_who_is_signed_in_can(it, other_school):
    stranger = other_school.student("Eve").learner
    for who in (other_school.teacher, stranger, it.ada, None):
        assert reasons(it, OF_A_CLASS, who) == {Reason.NOT_YOURS: list(OF_A_CLASS)}
    for who in (replace(it.teacher, session="made up"), replace(other_school.teacher, id=it.teacher.id)):
        assert reasons(it, OF_A_CLASS, who) == {Reason.SIGNED_OUT: list(OF_A_CLASS)}
    access.sign_out(it.store, it.teacher)
    assert reasons(it, OF_A_CLASS, it.teacher) == {Reason.SIGNED_OUT: list(OF_A_CLASS)}


def test_only_a_teacher_who_is_signed_in_can(it):
    for who in (it.ada, None):
        assert reasons(it, OF_A_TEACHER, who) == {Reason.NOT_YOURS: list(OF_A_TEACHER)}
    access.sign_out(it.store, it.teacher)
    assert reasons(it, OF_A_TEACHER, it.teacher) == {Reason.SIGNED_OUT: list(OF_A_TEACHER)}


def test_only_a_student_who_is_signed_in_can(it):
    for who in (it.teacher, access.Operator(), None):
        assert reasons(it, OF_A_STUDENT, who) == {Reason.NOT_YOURS: list(OF_A_STUDENT)}
    assert reasons(it, OF_A_STUDENT, replace(it.ada, session=it.cleo.session)) == {
        Reason.SIGNED_OUT: list(OF_A_STUDENT)
    }
    access.sign_out(it.store, it.ada)
    assert reasons(it, OF_A_STUDENT, it.ada) == {Reason.SIGNED_OUT: list(OF_A_STUDENT)}


@pytest.mark.parametrize(
    "name", ["classes.rename", "students.of_class", "insight.matrix.matrix", "privacy.erase"]
)
def test_the_teacher_of_the_class_can(it, name):
    OF_A_CLASS[name](it.teacher, it)


def test_a_student_of_another_class_has_no_part_in_its_round_and_sees_none_of_it(it, other_school):
    eve = other_school.student("Eve").learner
    assert rounds.ballot(it.store, eve, NINE) is None
    with pytest.raises(Refusal) as caught:
        OF_A_STUDENT["rounds.commit"](eve, it)
    assert caught.value.reason is Reason.CLOSED
    assert attempts.history(it.store, eve, NINE) == ()
    assert rounds.ballot(it.store, it.ada, NINE).round.id == it.round


def test_a_teacher_of_two_classes_cannot_reach_into_a_third_through_them(it, other_school):
    ben = other_school.teacher
    mine = classes.create(it.store, ben, "Third", NINE).id
    calls = {
        "pins": lambda who, it: students.new_pins(it.store, who, mine, [it.ada.id], NINE),
        "tally": lambda who, it: rounds.tally(it.store, who, mine, it.round, NINE),
        "undo": lambda who, it: regrade.undo(it.store, who, mine, it.regrade, NINE),
        "move": lambda who, it: students.move(it.store, who, it.ada.id, mine, NINE),
    }
    assert reasons(it, calls, ben) == {Reason.NOT_YOURS: list(calls)}
    assert attempts.with_receipt(it.store, ben, mine, "7F3K", NINE) == ()
