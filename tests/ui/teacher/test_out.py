"""The tabs “Grades” and “Log”: what is prepared is what was chosen, refusals are said, and everything is noted."""

import csv

from lrlab.classroom import assigned, attempts, people, students
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.gradebook.files import Format
from lrlab.classroom.records import Judgement, Submission
from lrlab.classroom.roster import enrolment, reading
from lrlab.classroom.tasks import Task
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


def test_moodle_gets_its_key_back_and_grades_out_of_what_it_wants(open_desk, ada, room, press, kept):
    listed = b"First name,Last name,ID number\nAda,Weber,7\n\xc3\x96zg\xc3\xbcr,=Can,8\nNo,Number,\n"
    enrolment.enrol(kept, ada.teacher, room.id, reading.from_file(listed), store.now())
    everyone = students.of_class(kept, ada.teacher, room.id, store.now())
    slips = students.new_pins(kept, ada.teacher, room.id, [each.id for each in everyone], store.now())
    pin = {slip.handle: slip.pin for slip in slips}["Ada Weber"]
    who = people.sign_in(kept, room.code, "Ada Weber", pin, store.now()).learner
    task = Task(SLUG, 1, "digest", "0.1.0", 7, {"curvature": 0.5})
    said = Judgement(False, 250, "close", "Close.")
    attempts.record(kept, who, Submission(task, 1, "0.5", said, 0, store.now()), store.now())
    assigned.assign(kept, ada.teacher, room.id, [Assignment("exercise", SLUG)], store.now())

    at = open_desk(ada, tab="Grades")
    at.selectbox(key="grades.format").set_value(Format.MOODLE).run()
    at.number_input(key="grades.out_of").set_value(20)
    press(at, "Prepare the file")
    assert prepared(at).data.decode() == (
        "First name,Last name,ID number,Too small: the eternal descent\r\nAda,Weber,7,5\r\nÖzgür,=Can,8,-\r\n"
    )
    assert prepared(at).left_out == ("No Number",)


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
