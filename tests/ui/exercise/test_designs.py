"""A schedule is designed: the numbers belong to the shape, its curve appears when they are given, and it is run."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.grading import variant
from lrlab.grading.load import read_exercise
from lrlab.grading.starting import starter


def page(task):
    import streamlit as st

    from lrlab.grading.judging import form
    from lrlab.ui.exercise import designs

    st.session_state["sent"] = designs.design(form(task), task, "task")


@pytest.fixture
def at():
    task = variant(read_exercise(starter("schedule").replace("TODO", "Here").encode(), "made/schedule"), 7)
    return AppTest.from_function(page, kwargs={"task": task}, default_timeout=60).run()


def charts(at):
    return len(at.get("vega_lite_chart") + at.get("arrow_vega_lite_chart"))


def test_a_shape_brings_its_own_numbers_and_its_curve(at):
    assert not at.text_input
    at.selectbox[0].set_value("cosine").run()
    assert [field.label for field in at.text_input] == ["Rate at the start", "Rate at the end"]
    assert charts(at) == 0
    for field, text in zip(at.text_input, ("0,5", "0.001"), strict=True):
        field.set_value(text)
    at.run()
    assert charts(at) == 1
    at.button[0].click().run()
    assert at.session_state["sent"] == "cosine rate=0,5 end=0.001"
    at.selectbox[0].set_value("constant").run()
    assert [field.value for field in at.text_input] == [""]
    assert charts(at) == 0


@pytest.mark.parametrize("text", ["", "fast", "1e9", "-1", "<script>", "0.1 0.2"])
def test_what_is_no_number_draws_no_curve(at, text):
    at.selectbox[0].set_value("constant").run()
    at.text_input[0].set_value(text).run()
    assert not at.exception, at.exception
    assert charts(at) == 0
