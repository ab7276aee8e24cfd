"""What was laid open in a tab stays open in it."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from lrlab.ui import unfolded

    if st.button("Open"):
        unfolded.unfold("a/b")
    st.text(f"{unfolded.is_unfolded('a/b')} {unfolded.is_unfolded('a/c')}")


def test_an_exercise_that_was_laid_open_stays_so():
    at = AppTest.from_function(page).run()
    assert at.text[0].value == "False False"
    assert at.button[0].click().run().text[0].value == "True False"
    assert at.run().text[0].value == "True False"
