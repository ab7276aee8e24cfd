"""The tab “Roster”: lists in, faults by line, columns mapped, slips that are seen once."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom import access, classes, people, students
from lrlab.classroom.classes import Door
from lrlab.classroom.roster.reading import Fields, Kind
from lrlab.classroom.students import Slip
from lrlab.ui.account import store
from lrlab.ui.teacher.slips import slips

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Quiz (7)\n"
    "    Points Possible,,,,,10\n"
    '"Weber, Ada",101,s1,ada,Monday,3\n'
    '"Öz, Ben",102,s2,ben,Monday,\n'
)
MOODLE = "First name,Last name,ID number,Email address\nAda,Weber,7,ada@x.example\n李,小龙,8,li@x.example\n"
OTHER = "Matrikel;Vorname;Nachname\n7;Ada;Weber\n8;Ben;Öz\n"


def paste(at, press, text):
    next(iter(at.text_area)).set_value(text)
    return press(at, "Read the list")


def upload(at, data, name="list.csv"):
    next(iter(at.get("file_uploader"))).upload(name, data.encode(), "text/csv")
    at.run()
    assert not at.exception, at.exception
    return at


def handles(kept, room):
    everyone = students.of_class(kept, access.Operator(), room.id, store.now())
    return [(student.handle, student.cells) for student in everyone]


def test_a_pasted_list_closes_the_class_to_strangers_and_slips_let_in(
    open_desk, ada, room, press, kept, said
):
    at = paste(open_desk(ada, tab="Roster"), press, "Zoë *bold*\n\n李小龙\n")
    press(at, "Put 2 students into the class")
    assert "2 new, 0 already in the class" in said(at)[0]
    assert handles(kept, room) == [("Zoë *bold*", ()), ("李小龙", ())]
    assert classes.get(kept, ada.teacher, room.id, store.now()).door is Door.ROSTER
    assert next(iter(at.text_area)).value == "", "the field is empty for the next list"

    press(at, "Make slips for those without a PIN")
    _, made = at.session_state["teacher.slips"]
    assert [slip.handle for slip in made] == ["Zoë *bold*", "李小龙"]
    assert people.sign_in(kept, room.code, "李小龙", made[1].pin, store.now()).learner.handle == "李小龙"
    assert any("only time" in text.value for text in at.markdown)
    press(at, "Put the slips away")
    assert "teacher.slips" not in at.session_state
    assert any("Everyone in the class has a PIN" in text.value for text in at.markdown)

    press(at, "Make 2 new PINs")
    _, again = at.session_state["teacher.slips"]
    assert {slip.pin for slip in again}.isdisjoint({slip.pin for slip in made})


def test_faults_are_listed_by_line_and_nothing_is_taken(open_desk, ada, room, press, kept, said):
    at = paste(open_desk(ada, tab="Roster"), press, "Ada\nBen\nada\n")
    assert "Nothing was taken" in said(at)[0]
    assert at.dataframe[0].value.to_dict("records") == [
        {"line": "3", "what is wrong": "The name is the same as in line 1."}
    ]
    assert not any(button.label.startswith("Put") for button in at.button)
    assert handles(kept, room) == []


@pytest.mark.parametrize(
    ("data", "choice", "expected"),
    [
        (CANVAS, "Use the names", [
            ("Weber, Ada", ("Weber, Ada", "101", "s1", "ada", "Monday")),
            ("Öz, Ben", ("Öz, Ben", "102", "s2", "ben", "Monday")),
        ]),
        (MOODLE, "Use the names", [
            ("Ada Weber", ("Ada", "Weber", "7")), ("李 小龙", ("李", "小龙", "8")),
        ]),
        (MOODLE, "Give pseudonyms", [(None, ("7",)), (None, ("8",))]),
    ],
    ids=["canvas", "moodle", "moodle without names"],
)  # fmt: skip
def test_the_platforms_own_files(open_desk, ada, room, press, kept, data, choice, expected):
    at = open_desk(ada, tab="Roster")
    at.session_state["roster.way"] = "Upload a file"
    at = upload(at.run(), data)
    next(radio for radio in at.radio if radio.label == "Names in the lab").set_value(choice).run()
    press(at, "Put 2 students into the class")
    found = handles(kept, room)
    assert sorted(cells for _, cells in found) == sorted(cells for _, cells in expected)
    for handle, cells in expected:
        if handle is None:
            assert not {"Ada", "Weber", "李"} & {name for name, _ in found}
        else:
            assert (handle, cells) in found


def test_any_other_file_is_mapped_by_hand(open_desk, ada, room, press, kept):
    at = open_desk(ada, tab="Roster")
    at.session_state["roster.way"] = "Upload a file"
    at = upload(at.run(), OTHER)
    assert any("Choose at least" in caption.value for caption in at.caption)
    name = next(each for each in at.multiselect if each.label.startswith("Columns that make up"))
    name.set_value(["Vorname", "Nachname"]).run()
    next(radio for radio in at.radio if radio.label == "Grades go to").set_value(Kind.MOODLE).run()
    assert any("Moodle needs a column" in caption.value for caption in at.caption)
    key = next(each for each in at.selectbox if each.label.startswith("Column by which"))
    key.set_value("Matrikel").run()
    press(at, "Put 2 students into the class")
    assert handles(kept, room) == [("Ada Weber", ("7",)), ("Ben Öz", ("8",))]
    assert classes.get(kept, ada.teacher, room.id, store.now()).roster == "moodle"


def test_fields_that_were_mapped():
    def script():
        import streamlit as st

        from lrlab.ui.teacher import mapping

        st.session_state["fields"] = mapping.ask(b"Nr,Name\n1,Ada\n", ["Nr", "Name"], key="k")

    at = AppTest.from_function(script).run()
    assert at.session_state["fields"] is None
    at.multiselect(key="k.handle").set_value(["Name"]).run()
    assert at.session_state["fields"] == Fields(Kind.CSV, ("Name",), (), "")
    at.selectbox(key="k.key").set_value("Nr").run()
    assert at.session_state["fields"] == Fields(Kind.CSV, ("Name",), ("Nr",), "Nr")


@pytest.mark.parametrize(
    ("handle", "cells", "shown"),
    [
        ("Ada Weber", ("Ada", "Weber", "7"), ""),
        ("Weber, Ada", ("Weber, Ada", "101"), ""),
        ("calm heron", ("Weber, Ada", " ", "101"), "Weber, Ada · 101"),
        ("calm heron", (), ""),
    ],
)
def test_a_slip_says_whose_it_is_where_its_name_does_not(handle, cells, shown):
    assert slips._who_it_is(Slip(handle, "123456", cells)) == shown
