"""Grade files for Canvas, taken back by a small importer that keeps Canvas's own rules.

The rules: the last identity column holds “Section”; a title that ends in a number in brackets names an assignment,
else the exact title does, else a new one is made; columns that look like totals are dropped; a header is looked up by
its text, so that of two equal ones the first is read twice; a row whose first cell holds “Points Possible” sets
points; students match by ID, then SIS User ID, then SIS Login ID, then the exact name; a grade is a number, EX, blank
or a dash.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.classroom.gradebook import canvas
from lrlab.classroom.gradebook.grid import Choice, Column, Grid, Line
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.roster.enrolment import enrol
from lrlab.classroom.roster.reading import from_file

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
IDENTITY = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
EXPORT = """\
Student,ID,SIS User ID,SIS Login ID,Section,Too small (123),Old quiz (124),Current Score,Final Score
    Points Possible,,,,,20,10,(read only),(read only)
"Weber, Ada",4001,S-1,ada,"Monday, A",,8.5,85,85
"Öztürk, Ayşe",4002,,=cmd|' /C calc'!A0,Monday B,,,,
"田中, さくら",4003,S-3,sakura,Monday B,,,,
"""


@dataclass
class Course:
    """A course in Canvas: its students by ID, its assignments by number, and what an import changed."""

    students: dict[int, dict[str, str]]
    assignments: dict[int, dict[str, object]]
    grades: dict[tuple[int, str], str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def course():
    people = {
        4001: ("Weber, Ada", "S-1", "ada"),
        4002: ("Öztürk, Ayşe", "", "=cmd|' /C calc'!A0"),
        4003: ("田中, さくら", "S-3", "sakura"),
    }
    return Course(
        {number: {"name": name, "sis": sis, "login": login} for number, (name, sis, login) in people.items()},
        {123: {"title": "Too small", "points": "20"}, 124: {"title": "Old quiz", "points": "10"}},
    )


def take_in(there: Course, data: bytes) -> Course:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    header = rows[0]
    assert "Student" in header[0]
    assert "ID" in header[1]
    width = 3
    if re.search(r"SIS\s+Login\s+ID", header[2]):
        width += 1
    elif re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        width += 2
    assert "Section" in header[width - 1]
    totals = re.compile("(Current|Final|Override) (Score|Points|Grade)|Override Status")
    columns = {}
    for title in header[width:]:
        if totals.search(title):
            continue
        match = re.fullmatch(r"(.*)\s\((\d+)\)", title)
        number = int(match[2]) if match and int(match[2]) in there.assignments else None
        if number is None:
            number = next((n for n, found in there.assignments.items() if found["title"] == title), None)
        if number is None:
            number = -len(there.made) - 1
            there.assignments[number] = {"title": match[1] if match else title, "points": None}
            there.made.append(there.assignments[number]["title"])
        columns[number] = header.index(title)
    for row in rows[1:]:
        assert len(row) == len(header)
        if "Points Possible" in row[0]:
            for number, place in columns.items():
                if row[place]:
                    there.assignments[number]["points"] = row[place]
            continue
        student = whose(there, row)
        for number, place in columns.items():
            grade = row[place].strip()
            assert re.fullmatch(r"(-?\d+(\.\d+)?|EX|-)?", grade), grade
            if student is None:
                there.unknown.append(row[0])
            elif grade not in ("", "-"):
                there.grades[student, there.assignments[number]["title"]] = grade
    return there


def whose(there, row):
    if row[1].isdigit() and int(row[1]) in there.students:
        return int(row[1])
    for place, key in ((2, "sis"), (3, "login"), (0, "name")):
        for number, student in there.students.items():
            if row[place] and student[key] == row[place]:
                return number
    return None


@pytest.fixture
def canvas_class(school):
    enrol(school.store, school.teacher, school.room.id, from_file(EXPORT.encode()), NINE)
    return school


def sign_in(school, handle):
    from lrlab.classroom import people, students

    (one,) = [
        student
        for student in students.of_class(school.store, school.teacher, school.room.id, NINE)
        if student.handle == handle
    ]
    (slip,) = students.new_pins(school.store, school.teacher, school.room.id, [one.id], NINE)
    return people.sign_in(school.store, school.room.code, handle, slip.pin, NINE).learner


def test_grades_arrive_in_the_assignment_that_is_there_and_make_those_that_are_not(canvas_class):
    ada, ayse = sign_in(canvas_class, "Weber, Ada"), sign_in(canvas_class, "Öztürk, Ayşe")
    canvas_class.answer(ada, "0.5", True, exercise="too-small/a")
    canvas_class.answer(ada, "0.5", True, exercise="too-small/b")
    canvas_class.answer(ayse, "0.5", True, exercise="too-small/a")
    canvas_class.answer(ayse, "0.1", False, exercise="terrain/a")
    columns = [
        Column("Too small", {"too-small/a": 1, "too-small/b": 2}),
        Column("The terrain decides", {"terrain/a": 10}),
    ]
    file = canvas.export(
        canvas_class.store, canvas_class.teacher, canvas_class.room.id, columns, Choice.BEST, NINE
    )
    assert file.name == "optimisation-monday-canvas-2026-03-02.csv"
    there = take_in(course(), file.data)
    assert there.grades == {
        (4001, "Too small"): "20",
        (4002, "Too small"): "6.67",
        (4002, "The terrain decides"): "0",
    }
    assert there.made == ["The terrain decides"]
    assert there.unknown == []
    assert there.assignments[123]["points"] == "20"
    assert there.assignments[-1]["points"] == "10"


def test_identity_cells_come_back_to_the_letter_and_without_a_mark(canvas_class):
    columns = [Column("Too small", {"too-small/a": 10})]
    file = canvas.export(
        canvas_class.store, canvas_class.teacher, canvas_class.room.id, columns, Choice.BEST, NINE
    )
    assert not file.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.data.decode(), newline="")))
    before = [row for row in csv.reader(io.StringIO(EXPORT)) if row[1] and row[0] != "Student"]
    assert rows[0] == [*IDENTITY, "Too small (123)"]
    assert rows[1] == ["    Points Possible", "", "", "", "", "20"]
    assert sorted(row[:5] for row in rows[2:]) == sorted(row[:5] for row in before)


def test_who_is_not_in_canvas_is_named_beside_the_file(school):
    stranger = school.student("calm heron").learner
    enrol(school.store, school.teacher, school.room.id, from_file(EXPORT.encode()), NINE)
    school.answer(stranger, "0.5", True, exercise="x/a")
    columns = [Column("X", {"x/a": 1})]
    file = canvas.export(school.store, school.teacher, school.room.id, columns, Choice.BEST, NINE)
    assert file.left_out == ("calm heron",)
    assert b"calm heron" not in file.data


def test_without_a_roster_from_canvas_there_is_no_file(school):
    with pytest.raises(Refusal, match="no roster from Canvas"):
        canvas.export(
            school.store, school.teacher, school.room.id, [Column("X", {"x/a": 1})], Choice.BEST, NINE
        )


TITLES = [
    "Exercise (2)",
    "Final Score",
    "My Current Grade",
    "Student",
    "Section",
    "A, B; C",
    "two\nlines",
    "“x”",
]


def written(titles, assignments=()):
    grid = Grid(
        tuple(Column(title, {"x": 10}) for title in titles),
        (
            Line(
                1,
                "Ada",
                ("Weber, Ada", "4001", "S-1", "ada", "M"),
                tuple(1000 * n for n in range(1, len(titles) + 1)),
            ),
        ),
    )
    return canvas.write(grid, {"header": IDENTITY, "assignments": assignments})


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_canvas_would_take_for_something_else_arrives_as_a_new_assignment(title):
    there = take_in(course(), written([title]))
    assert len(there.made) == 1
    assert there.grades == {(4001, there.made[0]): "1"}
    plain = re.sub(r"[^a-z0-9]", "", title.lower())
    assert re.sub(r"[^a-z0-9]", "", there.made[0].lower()).startswith(plain)


@given(st.lists(st.sampled_from([*TITLES, "Too small", "Old quiz (124)", "X"]), min_size=1, max_size=8))
def test_every_column_arrives_whatever_the_titles(titles):
    there = take_in(course(), written(titles, [["Too small (123)", "20"]]))
    assert len(there.grades) == len(titles)


def test_an_assignment_without_points_takes_the_labs_own(canvas_class):
    there = take_in(course(), written(["Old quiz"], [["Old quiz (124)", ""]]))
    assert there.grades == {(4001, "Old quiz"): "1"}
    assert there.assignments[124]["points"] == "10"
