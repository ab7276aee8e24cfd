"""The tab “Students”: the list, a timeline, and every deed for one student, as the store has it afterwards."""

import json

import pytest

from lrlab.classroom import access, classes, people, predictions, students
from lrlab.classroom.predictions import Prediction
from lrlab.ui.account import store


@pytest.fixture
def chosen(open_desk, ada, kept, student):
    """The tab with one of two students chosen."""
    heron, otter = student("calm heron"), student("amber *otter*")
    predictions.keep(kept, heron, Prediction("too_small", "prediction", "crawls", "crawls", 80), store.now())
    at = open_desk(ada, tab="Students")
    next(each for each in at.selectbox if each.label == "One student").set_value(heron.id).run()
    return at, heron, otter


def names(kept, room):
    return [student.handle for student in students.of_class(kept, access.Operator(), room.id, store.now())]


def test_the_list_and_the_timeline(chosen):
    at, *_ = chosen
    listed, timeline = (frame.value.to_dict("records") for frame in at.dataframe)
    assert [row["name"] for row in listed] == ["amber *otter*", "calm heron"]
    assert [(row["deed"], row["where"], row["said"], row["came of it"]) for row in timeline] == [
        ("predicted", "too_small", "crawls", "right"),
        ("joined", "", "", ""),
    ]


def test_a_new_pin_ends_the_old_session_and_is_seen_once(chosen, press, kept, room):
    at, heron, _ = chosen
    press(at, "New PIN")
    _, (slip,) = at.session_state["teacher.slips"]
    assert slip.handle == "calm heron"
    assert people.sign_in(kept, room.code, "calm heron", slip.pin, store.now()).learner.id == heron.id


def test_unlock_rename_merge(chosen, press, kept, room, said):
    at, _heron, otter = chosen
    press(at, "Unlock")
    assert "calm heron can try the PIN again" in said(at)[0]
    next(each for each in at.text_input if each.label == "Name in the lab").set_value("AMBER *otter*")
    press(at, "Rename")
    assert "already" in said(at)[0]
    next(each for each in at.text_input if each.label == "Name in the lab").set_value("calm crane")
    press(at, "Rename")
    assert names(kept, room) == ["amber *otter*", "calm crane"]
    at.selectbox(key="student.other").set_value(otter.id)
    press(at, "Merge")
    assert names(kept, room) == ["calm crane"]


def test_move(chosen, press, kept, room, ada):
    at, _heron, _ = chosen
    assert any("no other class" in text.value for text in at.markdown)
    other = classes.create(kept, ada.teacher, "Tuesday", store.now())
    at.run()
    at.selectbox(key="student.room").set_value(other.id)
    press(at, "Move")
    assert (names(kept, room), names(kept, other)) == (["amber *otter*"], ["calm heron"])


def test_their_data_and_erasure(chosen, press, kept, room, said):
    at, heron, _ = chosen
    press(at, "Prepare the file")
    number, data = at.session_state["student.file"]
    assert number == heron.id
    assert json.loads(data)["predictions"][0]["said"] == "crawls"
    at.text_input(key="student.typed").set_value("calm")
    press(at, "Erase")
    assert "Nothing was erased" in said(at)[0]
    at.text_input(key="student.typed").set_value("calm  heron")
    press(at, "Erase")
    assert names(kept, room) == ["amber *otter*"]
    assert "student.file" not in at.session_state


def test_an_empty_class_says_how_it_fills(open_desk, ada, room):
    at = open_desk(ada, tab="Students")
    assert any("Nobody is here yet" in text.value for text in at.markdown)
