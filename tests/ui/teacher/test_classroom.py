"""The tab “Class”: name, code, door, what is assigned, teachers, archive, retention."""

from datetime import UTC, date, datetime

import pytest

from lrlab.classroom import access, assigned, classes
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.classes import Door
from lrlab.ui.account import store
from lrlab.ui.teacher import poster

SLUG = "too-small/cross-the-plateau"


@pytest.fixture
def now_is(kept, room):
    """The class as the store has it."""
    return lambda: classes.get(kept, access.Operator(), room.id, store.now())


def test_the_class_itself(open_desk, ada, room, press, now_is, come_in, kept, said):
    at = open_desk(ada, tab="Class")
    field = next(
        each for each in at.text_input if each.label == "Name of the class" and each.value == room.name
    )
    field.set_value("Tuesday")
    press(at, "Rename")
    assert now_is().name == "Tuesday"

    press(at, "Change the code")
    assert now_is().code != room.code
    assert now_is().code in said(at)[0]

    next(radio for radio in at.radio if radio.label == "Who may come in").set_value(Door.CLOSED).run()
    assert now_is().door is Door.CLOSED

    next(each for each in at.number_input).set_value(180)
    press(at, "Save the retention")
    press(at, "Archive the class")
    assert (now_is().retention_days, now_is().archived_at is None) == (180, False)
    assert any("To be deleted on" in caption.value for caption in at.caption)
    press(at, "Take it out of the archive")
    assert now_is().archived_at is None

    come_in("Ben Okafor")
    at.text_input(key="class.colleague").set_value("Nobody")
    press(at, "Share the class")
    assert "no teacher called “Nobody”" in said(at)[0]
    at.text_input(key="class.colleague").set_value("ben okafor")
    press(at, "Share the class")
    assert [name for _, name in classes.teachers_of(kept, ada.teacher, room.id, store.now())] == [
        "Ada Weber",
        "Ben Okafor",
    ]
    press(at, "Leave the class")
    assert not at.tabs
    assert classes.mine(kept, ada.teacher, store.now()) == ()


def test_chapters_and_exercises_with_and_without_a_day(open_desk, ada, room, press, kept):
    at = open_desk(ada, tab="Class")
    at.multiselect[0].set_value([("chapter", "just-right"), ("exercise", SLUG)]).run()
    due = at.date_input(key=f"assign.{room.id}.exercise.{SLUG}")
    due.set_value(date(2030, 5, 17))
    press(at, "Save what is assigned")
    assert assigned.of_class(kept, ada.teacher, room.id, store.now()) == (
        Assignment("chapter", "just-right"),
        Assignment("exercise", SLUG, datetime(2030, 5, 17, 23, 59, 59, tzinfo=UTC)),
    )
    at = open_desk(ada, tab="Class")
    assert at.date_input(key=f"assign.{room.id}.exercise.{SLUG}").value == date(2030, 5, 17)
    at.multiselect[0].set_value([]).run()
    press(at, "Save what is assigned")
    assert assigned.of_class(kept, ada.teacher, room.id, store.now()) == ()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost:8501/teacher", "http://localhost:8501"),
        ("https://lab.school.example/teacher?class=3", "https://lab.school.example"),
        ("https://school.example/lrlab/teacher/", "https://school.example/lrlab"),
        ("https://school.example", "https://school.example"),
        ("https://lrlab.streamlit.app/~/+/teacher?class=1", "https://lrlab.streamlit.app"),
        ("", "this lab's address"),
    ],
)
def test_the_address_on_the_poster(monkeypatch, url, shown):
    monkeypatch.setattr(poster, "st", type("Page", (), {"context": type("Context", (), {"url": url})}))
    assert poster.where() == shown
