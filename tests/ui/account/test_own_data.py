"""My progress: what is kept, all of it as a file, and the end of all of it."""

import json
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom import access, predictions
from lrlab.classroom.predictions import Prediction
from lrlab.ui.account import own_data

SLUG = "first-step/home-in-one-step"


def page(slug, answers):
    import streamlit as st

    from lrlab.grading import judge, read
    from lrlab.ui import attempts, looking_back
    from lrlab.ui.account import badge, own_data, person

    person.arrive()
    badge.show("home")
    attempts.desk(slug)
    task = attempts.task(slug)
    right = str(1.0 / task.numbers["curvature"])
    for text in answers:
        text = right if text == "right" else text
        attempts.record(slug, task, text, judge(task, read(task, text)))
    st.text(f"{len(attempts.kept())} kept")
    own_data.where()
    looking_back.stars_so_far()
    looking_back.predictions_so_far()
    own_data.show()


def opened(token=None, answers=()):
    at = AppTest.from_function(page, kwargs={"slug": SLUG, "answers": answers}, default_timeout=60)
    if token:
        at.session_state["account.token"] = token
    at.run()
    assert not at.exception, at.exception
    return at


def erase(at, typed):
    at.text_input(key="own_data.name").set_value(typed)
    next(button for button in at.button if button.label == "Erase everything").click().run()
    assert not at.exception, at.exception
    return at


def test_all_of_it_is_in_the_file(kept, student):
    welcome = student("Søren")
    opened(welcome.token, ["0.001", "right"])
    predictions.keep(
        kept, welcome.learner, Prediction("too_small", "prediction", "a", "b", 80), datetime.now(UTC)
    )
    written = json.loads(own_data._of_class(kept, welcome.learner)())
    assert written["handle"] == "Søren"
    assert written["attempts"][0]["answer"] == "0.001"
    assert [attempt["passed"] for attempt in written["attempts"]] == [False, True]
    assert [said["confidence"] for said in written["predictions"]] == [80]
    assert "pin_hash" not in written


def test_a_visitor_takes_away_what_this_session_holds_and_can_forget_it(kept):
    at = opened(answers=["0.001"])
    assert "1 kept" in [text.value for text in at.text]
    next(button for button in at.button if button.label == "Forget this session").click().run()
    assert not at.exception, at.exception


@pytest.mark.parametrize("typed", ["", "someone else"])
def test_nothing_is_erased_before_the_name_is_typed(kept, student, typed):
    welcome = student("wren")
    at = erase(opened(welcome.token, ["0.001"]), typed)
    assert "Nothing was erased" in at.get("html")[-1].proto.body
    assert access.who(kept, welcome.token, datetime.now(UTC)) is not None


def test_what_is_erased_is_gone_from_the_tab_and_from_every_byte_of_the_files(kept, student, tmp_path):
    welcome = student("unmistakable heron")
    at = opened(welcome.token, ["0.0012345"])
    assert b"0.0012345" in everything(tmp_path)
    at.session_state["draft"] = "x"
    at = erase(at, "Unmistakable  Heron")
    assert "is erased" in at.info[0].value
    assert "draft" not in at.session_state
    assert access.who(kept, welcome.token, datetime.now(UTC)) is None
    found = everything(tmp_path)
    assert b"unmistakable" not in found.lower()
    assert b"0.0012345" not in found


def everything(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.glob("lrlab.db*")))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([(95, "no")] * 3, "95 %** sure, and **0 %** came true. You trust your picture of the run more"),
        ([(40, "yes")] * 3, "40 %** sure, and **100 %** came true. Your picture of the run is better"),
        ([(60, "yes"), (80, "yes"), (60, "no")], "67 %** sure, and **67 %** came true. You know rather well"),
    ],
)
def test_being_sure_is_held_against_being_right(kept, student, said, words):
    welcome = student("wren")
    for number, (sure, truth) in enumerate(said, start=1):
        given = Prediction("p", "prediction", "yes", truth, sure, number=number)
        predictions.keep(kept, welcome.learner, given, datetime.now(UTC))
    at = opened(welcome.token)
    assert any(words in text.value for text in at.markdown)
    assert at.get("vega_lite_chart")


def test_stars_are_those_of_the_best_pass(kept, student):
    at = opened(student("wren").token, ["0.001", "right"])
    assert any("of 3 stars" in text.value for text in at.markdown), "one exercise, at most three stars"
