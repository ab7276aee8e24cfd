"""Which columns a grade file has, and that every format is made by its own writer and noted."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lrlab.classroom import audit
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.gradebook import files
from lrlab.classroom.gradebook.files import Format, Wish
from lrlab.classroom.gradebook.grid import Column
from lrlab.grading import load_track

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "too-small/cross-the-plateau"


@pytest.fixture(scope="module")
def track():
    return load_track(Path(__file__).parents[3] / "exercises")


def test_a_column_a_chapter_is_worth_what_its_exercises_are(track):
    found = files.columns(track)
    assert [column.title for column in found] == [
        chapter.title for chapter in track.chapters if chapter.exercises
    ]
    first = track.chapters[0]
    assert found[0].points == sum(track.exercises[slug].sheet.points for slug in first.exercises)


def test_a_column_an_exercise_in_the_order_of_the_course(track):
    found = files.columns(track, by_chapter=False)
    assert [slug for column in found for slug in column.worth] == [
        slug for chapter in track.chapters for slug in chapter.exercises
    ]


def test_only_what_is_assigned(track):
    tasks = (
        Assignment("exercise", SLUG),
        Assignment("chapter", "just-right"),
        Assignment("exercise", "gone/away"),
    )
    chapters = {chapter.name: chapter for chapter in track.chapters}
    found = files.columns(track, tasks)
    assert [(column.title, tuple(column.worth)) for column in found] == [
        (chapters["too-small"].title, (SLUG,)),
        (chapters["just-right"].title, chapters["just-right"].exercises),
    ]
    assert files.columns(track, [Assignment("exercise", "gone/away")]) == ()


def test_every_format_is_made_and_noted(sqlite_school):
    ada = sqlite_school.student("Ada").learner
    sqlite_school.answer(ada, "0.5", passed=True)
    columns = (Column("One", {SLUG: 2}),)
    made = {
        form: files.make(
            sqlite_school.store, sqlite_school.teacher, sqlite_school.room.id, Wish(form, columns), NINE
        )
        for form in Format
        if form not in (Format.CANVAS, Format.MOODLE)
    }
    assert made[Format.SPREADSHEET].data.decode("utf-8-sig") == "Name,One (of 2),Total (of 2)\r\nAda,2,2\r\n"
    assert (
        made[Format.ATTEMPTS]
        .data.decode("utf-8-sig")
        .splitlines()[1]
        .startswith(f"Ada,{SLUG},1,1,0.5,1,1000,")
    )
    assert json.loads(made[Format.LINES].data)["student"] == "Ada"
    whole = json.loads(made[Format.CLASS].data)
    assert [student["handle"] for student in whole["students"]] == ["Ada"]
    assert made[Format.CLASS].name == "optimisation-monday-class-2026-03-02.json"
    noted = audit.read(sqlite_school.store, sqlite_school.teacher, sqlite_school.room.id, NINE)
    assert {entry.action for entry in noted if entry.action.startswith("exported")} == {
        "exported grades for a spreadsheet",
        "exported all attempts as CSV",
        "exported all attempts as JSON lines",
        "exported the whole class",
    }
