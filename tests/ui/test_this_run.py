"""A question is asked once a run, and again in the next one."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from lrlab.ui import this_run

    def find():
        st.session_state["asked"] = st.session_state.get("asked", 0) + 1
        return st.session_state["asked"]

    st.text(f"{this_run.once('a', find)} {this_run.once('a', find)} {this_run.once('b', find)}")
    this_run.forget()
    st.text(this_run.once("a", find))

    @st.fragment
    def alone():
        st.button("Again")
        st.text(this_run.once("a", find))

    alone()


def test_a_question_is_asked_once_a_run_and_again_after_something_was_written():
    at = AppTest.from_function(page).run()
    assert [text.value for text in at.text] == ["1 1 2", "3", "3"]
    at.run()
    assert [text.value for text in at.text] == ["4 4 5", "6", "6"]
