"""Predict, then look: nothing is shown before the student commits or declines, and the run is the judge."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from lrlab.ui import reflections

    options = {"CONVERGED": "It arrives.", "DIVERGED": "It leaves."}
    if reflections.predict("a_page", "What will it do?", options):
        reflections.compare("a_page", options, "DIVERGED", "αλ = 2.25.")
        st.text("the run")
    reflections.observe("a_page", options, "DIVERGED", "It left at step 9.", run="0.5")
    st.text(f"{len(reflections.kept())} kept, {sum(r.right for r in reflections.kept())} right")


def shown(at):
    return [text.value for text in at.text]


def test_the_run_is_hidden_until_the_student_commits():
    at = AppTest.from_function(page).run()
    assert "the run" not in shown(at)
    at.radio[0].set_value("DIVERGED")
    at.button[0].click().run()
    assert "the run" in shown(at)
    assert "As you predicted" in at.success[0].value
    assert "1 kept, 1 right" in shown(at)


def test_committing_to_nothing_asks_again():
    at = AppTest.from_function(page).run()
    at.button[0].click().run()
    assert "the run" not in shown(at)
    assert "Pick one" in at.info[0].value


def test_a_wrong_prediction_is_held_beside_what_happened():
    at = AppTest.from_function(page).run()
    at.radio[0].set_value("CONVERGED")
    at.button[0].click().run()
    assert "It arrives." in at.info[0].value
    assert "It leaves." in at.info[0].value
    assert "1 kept, 0 right" in shown(at)


def test_a_visitor_may_skip_and_nothing_is_kept():
    at = AppTest.from_function(page).run()
    at.button[1].click().run()
    assert "the run" in shown(at)
    assert "0 kept, 0 right" in shown(at)


def test_an_observation_is_checked_against_the_run():
    at = AppTest.from_function(page).run()
    at.button_group[0].set_value("CONVERGED").run()
    assert "It leaves." in at.warning[0].value
    at.button_group[0].set_value("DIVERGED").run()
    assert "the numbers say too" in at.success[0].value


def test_a_prediction_is_kept_with_how_sure_it_was():
    at = AppTest.from_function(page).run()
    at.radio[0].set_value("CONVERGED")
    at.radio[1].set_value(80)
    at.button[0].click().run()
    (kept,) = at.session_state["reflections"].values()
    assert (kept.said, kept.confidence) == ("CONVERGED", 80)


def test_the_first_look_counts():
    at = AppTest.from_function(page).run()
    at.button_group[0].set_value("CONVERGED").run()
    at.button_group[0].set_value("DIVERGED").run()
    assert "1 kept, 0 right" in shown(at)
