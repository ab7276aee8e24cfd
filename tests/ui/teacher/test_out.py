"""The tabs “Grades” and “Log”: what is prepared is what was chosen, refusals are said, and everything is noted."""

import csv

from lrlab.classroom import assigned
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.gradebook.files import Format
from lrlab.ui.account import store
from lrlab.ui.teacher import out

SLUG = "too-small/cross-the-plateau"


def prepared(at):
    return at.session_state["grades.file"][2]


def test_what_is_prepared_is_what_was_chosen(open_desk, ada, room, student, press, kept):
    student("calm heron")
    assigned.assign(kept, ada.teacher, room.id, [Assignment("exercise", SLUG)], store.now())
    at = open_desk(ada, tab="Grades")
    assert next(iter(at.dataframe[0].value.columns)) == "name"
    press(at, "Prepare the file")
    rows = list(csv.reader(prepared(at).data.decode("utf-8-sig").splitlines()))
    assert [title.partition(" (of")[0] for title in rows[0]] == [
        "Name",
        "Too small: the eternal descent",
        "Total",
    ]
    assert any(prepared(at).name in button.proto.label for button in at.get("download_button"))

    at.checkbox(key="grades.assigned").uncheck().run()
    assert not at.get("download_button"), "a file of other columns is not offered any more"
    at.radio(key="grades.by").set_value("an exercise").run()
    press(at, "Prepare the file")
    rows = list(csv.reader(prepared(at).data.decode("utf-8-sig").splitlines()))
    assert len(rows[0]) > 40


def test_a_platform_whose_list_is_missing_is_refused_in_words(open_desk, ada, room, student, press, said):
    student("calm heron")
    at = open_desk(ada, tab="Grades")
    for form, words in ((Format.CANVAS, "no roster from Canvas"), (Format.MOODLE, "no roster from Moodle")):
        at.selectbox(key="grades.format").set_value(form).run()
        press(at, "Prepare the file")
        assert words in said(at)[0]
        assert not at.get("download_button")


def test_every_format_has_its_words_and_its_type():
    assert set(out._FORMATS) == set(Format)


def test_every_file_is_in_the_log(open_desk, ada, room, student, press):
    student("calm heron")
    at = open_desk(ada, tab="Grades")
    for form in (Format.LINES, Format.CLASS):
        at.selectbox(key="grades.format").set_value(form).run()
        press(at, "Prepare the file")
    at = open_desk(ada, tab="Log")
    rows = at.dataframe[0].value.to_dict("records")
    assert [(row["who"], row["did"]) for row in rows] == [
        ("Ada Weber", "exported the whole class"),
        ("Ada Weber", "exported all attempts as JSON lines"),
        ("Ada Weber", "began the class"),
    ]
