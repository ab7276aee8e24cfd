"""Grade files for Moodle, taken back by a small importer that keeps Moodle's own rules.

The rules: the teacher maps one column to the students and the others to items; one unknown student or one grade that
is no number stops everything; over 100 is refused; a line without a key goes to the student of the line above.
"""

import csv
import io
from datetime import UTC, datetime

import pytest

from lrlab.classroom import people, students
from lrlab.classroom.gradebook import moodle
from lrlab.classroom.gradebook.grid import Choice, Column
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.roster.enrolment import enrol
from lrlab.classroom.roster.reading import from_file

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EXPORT = """\
"First name","Last name","Email address","Course total (Real)"
Ada,Weber,ada@school.example,-
Ayşe,Öztürk,Ayse@school.example,-
Ben,Okafor,ben@school.example,-
"""
THERE = {"ada@school.example", "Ayse@school.example", "ben@school.example"}


class AbortedError(Exception):
    pass


def take_in(data: bytes, key: str, known=frozenset(THERE)):
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    header = [name.strip() for name in rows[0]]
    assert len(set(header)) == len(header)
    items = [place for place, name in enumerate(header) if name not in ("First name", "Last name", key)]
    grades, student = {}, None
    for row in rows[1:]:
        if len(row) <= 1:
            continue
        who = row[header.index(key)].strip()
        if who:
            if who not in known:
                raise AbortedError(f"unknown {who}")
            student = who
        for place in items:
            value = row[place].strip()
            if value == "-":
                continue
            if float(value) > 100:
                raise AbortedError(f"{value} is too much")
            grades[student, header[place]] = value
    return grades


@pytest.fixture
def moodle_class(school):
    enrol(school.store, school.teacher, school.room.id, from_file(EXPORT.encode()), NINE)
    listed = students.of_class(school.store, school.teacher, school.room.id, NINE)
    slips = students.new_pins(school.store, school.teacher, school.room.id, [one.id for one in listed], NINE)
    for slip, passed in zip(slips, (True, False, None), strict=True):
        if passed is not None:
            learner = people.sign_in(school.store, school.room.code, slip.handle, slip.pin, NINE).learner
            school.answer(learner, "0.5", passed, exercise="too-small/a")
    return school


def export(school, columns, **given):
    return moodle.export(school.store, school.teacher, school.room.id, columns, Choice.BEST, NINE, **given)


COLUMNS = [Column("Too small", {"too-small/a": 1, "too-small/b": 2}), Column("Terrain", {"terrain/a": 500})]


def test_grades_arrive_out_of_a_hundred_and_missing_ones_as_a_dash(moodle_class):
    file = export(moodle_class, COLUMNS)
    assert take_in(file.data, "Email address") == {
        ("ada@school.example", "Too small"): "33.33",
        ("Ayse@school.example", "Too small"): "0",
    }
    assert file.left_out == ()
    assert file.data.decode().splitlines()[0] == "First name,Last name,Email address,Too small,Terrain"


def test_nothing_is_ever_over_what_moodle_takes(moodle_class):
    for out_of in (1, 10, 100):
        grades = take_in(export(moodle_class, COLUMNS, out_of=out_of).data, "Email address")
        assert all(float(grade) <= out_of for grade in grades.values())
    for out_of in (0, 101):
        with pytest.raises(Refusal, match="out of 1 to 100"):
            export(moodle_class, COLUMNS, out_of=out_of)


def test_who_is_not_in_moodle_is_beside_the_file_because_one_stops_the_import(school):
    school.student("calm heron")
    enrol(school.store, school.teacher, school.room.id, from_file(EXPORT.encode()), NINE)
    file = export(school, COLUMNS)
    assert file.left_out == ("calm heron",)
    assert take_in(file.data, "Email address") == {}
    with pytest.raises(AbortedError):
        take_in(file.data + b"calm,heron,x@y,-,-\r\n", "Email address")


def test_a_student_without_the_key_is_left_out_because_the_line_above_would_get_the_grades(school):
    no_key = "First name,ID number\nAda,1\nBen,\n"
    enrol(school.store, school.teacher, school.room.id, from_file(no_key.encode()), NINE)
    file = export(school, COLUMNS)
    assert file.left_out == ("Ben",)
    assert b"Ben" not in file.data
    broken = b"First name,ID number,X\r\nAda,1,5\r\nBen,,9\r\n"
    assert take_in(broken, "ID number", {"1"}) == {("1", "X"): "9"}


def test_titles_are_told_apart(moodle_class):
    twice = [
        Column("Email address", {"too-small/a": 1}),
        Column("X", {"too-small/a": 1}),
        Column("X", {"b/b": 1}),
    ]
    header = export(moodle_class, twice).data.decode().splitlines()[0]
    assert header.endswith("Email address,Email address – 2,X,X – 2")


def test_without_a_roster_from_moodle_there_is_no_file(school):
    with pytest.raises(Refusal, match="no roster from Moodle"):
        export(school, COLUMNS)
