from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from lrlab.classroom import classes, people, students
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.roster.enrolment import enrol
from lrlab.classroom.roster.reading import Fields, Kind, from_file, from_lines
from lrlab.classroom.tables import learners

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIELDS = Fields(Kind.CSV, ("Name",), ("Name", "Nr"), "Nr")


def listed(school):
    return {
        student.handle: student.cells
        for student in students.of_class(school.store, school.teacher, school.room.id, NINE)
    }


def put(school, text, fields=FIELDS):
    return enrol(school.store, school.teacher, school.room.id, from_file(text.encode(), fields), NINE)


def test_a_roster_closes_the_class_to_strangers_and_slips_let_its_students_in(school):
    result = put(school, "Name,Nr\nAda,7\nBen,8\n")
    assert (result.added, result.found, result.absent) == (2, 0, ())
    room = classes.get(school.store, school.teacher, school.room.id, NINE)
    assert (room.door, room.roster, room.students) == (classes.Door.ROSTER, "csv", 2)
    with pytest.raises(Refusal, match="list of its students"):
        school.student("Eve")
    with pytest.raises(Refusal):
        people.sign_in(school.store, room.code, "Ada", "", NINE)
    chosen = [student.id for student in students.of_class(school.store, school.teacher, room.id, NINE)]
    slips = students.new_pins(school.store, school.teacher, room.id, chosen, NINE)
    assert [(slip.handle, slip.cells) for slip in slips] == [("Ada", ("Ada", "7")), ("Ben", ("Ben", "8"))]
    ada = people.sign_in(school.store, room.code, "Ada", slips[0].pin, NINE)
    assert ada.learner.handle == "Ada"


def test_who_is_there_already_stays_by_key_or_by_name(school):
    school.student("ben")
    school.student("Zoë")
    first = put(school, "Name,Nr\nAda,7\nBen,8\n")
    assert (first.added, first.found, first.absent) == (1, 1, ("Zoë",))
    second = put(school, "Name,Nr\nAda Weber,7\nBen,8\nCleo,9\n")
    assert (second.added, second.found, second.absent) == (1, 2, ("Zoë",))
    assert listed(school) == {
        "Ada": ("Ada Weber", "7"),
        "ben": ("Ben", "8"),
        "Cleo": ("Cleo", "9"),
        "Zoë": (),
    }


def test_two_lines_that_mean_one_student_change_nothing(school):
    put(school, "Name,Nr\nAda,7\n")
    with pytest.raises(Refusal, match="Line 3 is a student whom another line"):
        put(school, "Name,Nr\nAnna,7\nAda,8\nCleo,9\n")
    assert listed(school) == {"Ada": ("Ada", "7")}


def test_pseudonyms_are_drawn_where_no_column_is_a_name(school):
    put(school, "Name,Nr\nAda,7\nBen,8\n", Fields(Kind.CSV, (), ("Nr",), "Nr"))
    drawn = listed(school)
    assert sorted(drawn.values()) == [("7",), ("8",)]
    assert not {"Ada", "Ben"} & set(drawn)
    again = put(school, "Name,Nr\nBen,8\nCleo,9\n", Fields(Kind.CSV, (), ("Nr",), "Nr"))
    assert (again.added, again.found) == (1, 1)


def test_a_roster_of_another_form_forgets_the_old_cells(school):
    put(school, "Name,Nr\nAda,7\n")
    enrol(school.store, school.teacher, school.room.id, from_lines("Ada\nBen"), NINE)
    assert listed(school) == {"Ada": (), "Ben": ()}


def test_ten_thousand_students_are_put_in_at_once(school):
    rows = "\n".join(f"Student {number},{number}" for number in range(10_000))
    assert put(school, f"Name,Nr\n{rows}\n").added == 10_000
    assert put(school, f"Name,Nr\n{rows}\n").found == 10_000
    with school.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(learners)).scalar_one() == 10_000
