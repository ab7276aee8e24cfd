"""The desk: which class, what stands in the address, and that another teacher's class is not reached through it."""

from datetime import timedelta

from sqlalchemy import update

from lrlab.classroom import access, classes, privacy
from lrlab.classroom.tables import classrooms
from lrlab.ui.account import store


def test_a_teacher_begins_a_class_and_sees_its_code(open_desk, ada, press, kept, said):
    at = open_desk(ada)
    at.text_input(key="desk.name").set_value("  Optimisation,   *Monday* ")
    press(at, "Begin the class")
    (room,) = classes.mine(kept, ada.teacher, store.now())
    assert room.name == "Optimisation, *Monday*"
    assert "“Optimisation, *Monday*” has begun" in said(at)[0]
    assert at.query_params["class"] == str(room.id)
    assert any(f"{room.code[:4]} {room.code[4:]}" in html.value for html in at.get("html"))


def test_the_class_in_the_address_is_shown_and_a_strangers_is_not(open_desk, come_in, ada, room, kept):
    other = classes.create(kept, ada.teacher, "Tuesday", store.now())
    ben = come_in("Ben Okafor")
    mine = classes.create(kept, ben.teacher, "Ben's own", store.now())
    assert open_desk(ada, **{"class": str(room.id)}).selectbox(key="desk.class").value == room.id
    for asked in (str(mine.id), "x", "-1"):
        at = open_desk(ada, **{"class": asked})
        assert at.selectbox(key="desk.class").value == other.id
        assert mine.code not in str(at)


def test_names_in_a_message_are_text(open_desk, ada, press, said):
    at = open_desk(ada)
    at.text_input(key="desk.name").set_value("<img src=x onerror=alert(1)>")
    press(at, "Begin the class")
    assert "&lt;img src=x onerror=alert(1)&gt;" in said(at)[0]
    assert not any("<img" in html.value for html in at.get("html"))


def test_a_deletion_that_is_near_is_said_above_every_tab(open_desk, ada, room, kept, said):
    classes.set_retention(kept, ada.teacher, room.id, 30, store.now())
    long_ago = store.now() - timedelta(days=29)
    classes.archive(kept, ada.teacher, room.id, store.now())
    with kept.writing() as connection:
        connection.execute(update(classrooms).values(archived_at=long_ago))
    privacy.keep_house(kept, store.now())
    at = open_desk(ada, tab="Log")
    due = store.now() + timedelta(days=7)
    assert any(f"on {due:%d %B %Y}" in words for words in said(at))


def test_when_the_last_class_is_deleted_the_desk_is_empty(open_desk, ada, room, press, kept):
    at = open_desk(ada, tab="Class")
    at.text_input(key="end.typed").set_value("optimisation")
    press(at, "Delete everything")
    assert at.tabs, "another name deletes nothing"
    at.text_input(key="end.typed").set_value("Optimisation, Monday")
    press(at, "Delete everything")
    assert not at.tabs
    assert classes.mine(kept, access.Operator(), store.now()) == ()
