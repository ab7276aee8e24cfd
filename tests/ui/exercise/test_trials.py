"""Trials are spent one after another: each shows its loss, nonsense costs none, and all of them are one answer."""

SLUG = "search/five-trials"
COUNT = 5


def spend(task, text):
    task.at.text_input[0].set_value(text)
    task.press("Try it")


def test_a_trial_shows_its_loss_and_leaves_one_fewer(asked):
    task = asked(SLUG)
    assert task.has(f"Try it ({COUNT} left)")
    assert not task.has("Hand in")
    for text in ("fast", "", "1e9", "0.1 0.2"):
        spend(task, text)
        assert "did not cost a trial" in task.at.info[0].value
    assert task.has(f"Try it ({COUNT} left)")
    spend(task, "0,1")
    assert not task.at.info
    assert task.has(f"Try it ({COUNT - 1} left)")
    assert "| 1 | 0.1 | " in task.said
    assert task.at.text_input[0].value == ""
    assert task.kept == []


def test_all_trials_together_are_one_answer_and_may_be_spent_anew(asked):
    task = asked(SLUG)
    for text in ("0.0001", "0.0002", "0.0003", "0.0004", "0.0005"):
        spend(task, text)
    assert not task.has("Try it"), "all are spent"
    task.press("Hand them in")
    assert len(task.kept) == 1
    assert "failed" in task.kept[0]
    task.press("Hand them in")
    assert len(task.kept) == 1, "the same trials handed in again are the same answer"
    task.press("Spend them anew")
    assert task.has(f"Try it ({COUNT} left)")


def test_a_second_click_on_the_button_of_a_trial_spends_no_other():
    from streamlit.testing.v1 import AppTest

    def page(slug):
        import streamlit as st

        from lrlab.grading.judging import form
        from lrlab.ui import attempts
        from lrlab.ui.exercise import trials

        task = attempts.task(slug)
        for number in (0, 0, 1):
            st.session_state["task.try"] = "0.1"
            trials._try(form(task), task, "task", number)
        st.text(len(st.session_state["task.tried"]))

    at = AppTest.from_function(page, kwargs={"slug": SLUG}, default_timeout=60).run()
    assert not at.exception, at.exception
    assert at.text[0].value == "2"
