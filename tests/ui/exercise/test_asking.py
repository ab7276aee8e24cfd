"""An exercise on the page: what is no answer costs nothing, what is wrong teaches, what is right leads on."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.grading import variant
from lrlab.ui import remembered
from tests.ui.exercise.conftest import SEED

HOME = "first-step/home-in-one-step"


def best(seed=SEED):
    return 1.0 / variant(remembered.track().exercises[HOME], seed).numbers["curvature"]


@pytest.mark.parametrize(
    "text", ["", "1e400", "nan", "fast", "0.1 0.2", "-1", "9" * 70, "<script>", "$\\alpha$"]
)
def test_what_is_no_answer_is_said_and_not_counted(asked, text):
    task = asked(HOME)
    task.answer(text)
    assert "did not count as an attempt" in task.at.info[0].value
    assert task.kept == []


def test_a_wrong_answer_is_counted_told_and_replayed_and_the_next_one_too(asked):
    task = asked(HOME)
    task.answer("0,0001")
    assert task.kept == ["1.1 '0,0001' failed after 0 hints"]
    assert task.at.warning[0].value.startswith("You stopped short.")
    assert "The budget was 1 step" in task.at.warning[0].value
    assert "The belief behind it: *A smaller rate is always the careful choice.*" in task.said
    assert task.at.get("bidi_component"), "the student's own run is drawn"
    task.answer("9.9")
    assert task.kept == ["1.1 '0,0001' failed after 0 hints", "1.2 '9.9' failed after 0 hints"]
    assert "more than twice as long as the way" in task.at.warning[0].value
    assert not task.has("Another one")


def test_the_same_answer_sent_twice_counts_once(asked):
    task = asked(HOME)
    for text in ("0.01", "0.01", " 0.01 "):
        task.answer(text)
    assert task.kept == ["1.1 '0.01' failed after 0 hints"]
    assert len(task.at.warning) == 1


def test_hints_are_free_but_counted_and_a_pass_is_explained(asked):
    task = asked(HOME)
    for number in (1, 2, 3):
        task.press(f"Hint {number} of 3")
    assert task.said.count("**Hint") == 3
    task.answer(str(best()))
    assert task.kept[0].endswith("passed after 3 hints")
    assert "✓ solved" in task.said
    assert "★★★ 3 of 3 stars" in task.said
    assert "Steps: yours 1, the best possible 1." in task.at.success[0].value
    assert any(caption.value.startswith("Source:") for caption in task.at.caption)
    assert "**Solved**, with hints." in task.said


def test_a_second_click_on_the_button_of_a_hint_opens_no_other():
    def page():
        import streamlit as st

        from lrlab.ui import attempts
        from lrlab.ui.exercise import hints

        for seen in (0, 0, 1, 1):
            hints._open("first-step/home-in-one-step", seen)
        st.text(attempts.hints_seen("first-step/home-in-one-step"))

    assert AppTest.from_function(page, default_timeout=60).run().text[0].value == "2"


def test_two_variants_without_hints_make_it_mastered_and_both_stay_on_record(asked):
    task = asked(HOME)
    task.answer(str(best()))
    assert "Solve one more" in task.said
    prompt = task.at.markdown[2].value
    task.press("Another one")
    assert task.at.markdown[2].value != prompt
    assert "✓ solved" in task.said
    assert not task.at.success, "the verdict on the old numbers is not shown with the new ones"
    assert task.at.text_input[0].value == ""
    second = task.at.session_state["places"][HOME].seed
    task.answer(str(best(second)))
    assert [row.split()[0] for row in task.kept] == ["1.1", "2.1"]
    assert "◆ mastered" in task.said


def test_a_choice_wants_a_choice(asked):
    task = asked("too-large/bug-or-rate")
    task.press("Check")
    assert "did not count as an attempt" in task.at.info[0].value
    assert task.kept == []


def test_a_refresh_finds_the_last_answer_with_its_verdict_on_record(asked):
    task = asked(HOME)
    task.answer("0.01")
    for key in [key for key in task.at.session_state if str(key).endswith(".latest")]:
        del task.at.session_state[key]
    task.run()
    assert "You stopped short." in task.at.warning[0].value
    assert not task.at.get("bidi_component"), "its picture is made when it is looked at"


def test_an_answer_that_is_none_any_more_keeps_what_was_said_of_it(asked):
    task = asked(HOME)
    task.answer("0.01")
    (key,) = [str(key) for key in task.at.session_state if str(key).endswith(".latest")]
    task.at.session_state[key] = replace(task.at.session_state[key], answer="two words", message="As it was.")
    task.run()
    assert task.at.warning[0].value == "As it was."


def test_a_forecast_is_asked_for_once_held_against_the_run_and_kept(asked):
    task = asked("just-right/tight-budget")
    task.answer("0.9")
    assert "Say first what the run will do" in task.at.info[0].value
    assert task.kept == []
    task.at.radio[0].set_value("converge")
    task.at.radio[1].set_value(80)
    task.answer("0.9")
    assert "You predicted (sure): *It comes in on one side and arrives.*" in task.said
    assert "What happened: *It is thrown further out with every step.*" in task.said
    (kept,) = task.at.session_state["reflections"].values()
    assert (kept.page, kept.moment, kept.said, kept.truth, kept.confidence) == (
        "just-right/tight-budget",
        "prediction",
        "converge",
        "diverge",
        80,
    )
    assert [radio.value for radio in task.at.radio] == [None, None], "the next run is forecast anew"
    task.at.radio[0].set_value("diverge")
    task.answer("0.8")
    assert "You predicted: *It is thrown further out with every step.* It did." in task.said
