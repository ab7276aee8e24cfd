"""Every form draws its widgets, and what they hold becomes the text that the form makes of it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.grading import variant
from lrlab.grading.evidence import Curve
from lrlab.grading.exhibits import of_runs
from lrlab.grading.forms import FORECAST, Lines, Matching, OneOf, Ordering, Pair, Question, Questions, Typed
from lrlab.grading.variants import Offer
from lrlab.ui import remembered

RUNS = (Offer("a", "Run A"), Offer("b", "Run B"), Offer("c", "Run C"))
MAKERS = (Offer("adam", "Adam"), Offer("sgd", "Plain"), Offer("ball", "Heavy ball"))
FORMS = {
    "typed": Typed("Your rate α", runs=True),
    "unit": Typed("Your answer", unit="steps"),
    "forecast": Typed("Your rate α", runs=True, forecast=FORECAST),
    "one of": OneOf(RUNS),
    "pair": Pair("Your low rate", "Your high rate"),
    "ordering": Ordering(RUNS, "smallest rate", "largest rate"),
    "matching": Matching(RUNS, MAKERS),
    "questions": Questions((Question("symptom", "What do you see?", MAKERS), Question("next", "What next?", RUNS))),
    "program": Lines((Offer("1", "m = b * m"), Offer("2", "    m /= 0 <script>")), code=True),
    "sentences": Lines((Offer("1", "It fell."), Offer("2", "It rose.")), code=False),
}  # fmt: skip


def page(form, task):
    import streamlit as st

    from lrlab.ui.exercise import forms

    st.session_state["sent"] = forms.draw(form, task, "task")


def task(*curves):
    drawn = variant(remembered.track().exercises["first-step/which-way"], 7)
    return replace(drawn, exhibit=of_runs(curves)) if curves else drawn


def drawn(name, *curves):
    kwargs = {"form": FORMS[name], "task": task(*curves)}
    at = AppTest.from_function(page, kwargs=kwargs, default_timeout=60).run()
    assert not at.exception, at.exception
    assert at.session_state["sent"] is None
    return at


def sent(at):
    at.button[0].click().run()
    assert not at.exception, at.exception
    return at.session_state["sent"]


def type_each(*texts):
    return lambda at: [field.set_value(text) for field, text in zip(at.text_input, texts, strict=True)]


def choose_each(*names):
    return lambda at: [radio.set_value(name) for radio, name in zip(at.radio, names, strict=True)]


def select_each(*names):
    return lambda at: [box.set_value(name) for box, name in zip(at.selectbox, names, strict=True)]


ANSWERS = [
    ("typed", type_each("0,05"), "0,05", "Run it"),
    ("typed", type_each("<script>alert(1)</script>"), "<script>alert(1)</script>", "Run it"),
    ("unit", type_each("12"), "12", "Check"),
    ("one of", choose_each("b"), "b", "Check"),
    ("pair", type_each("0.1", "0.9"), "0.1 ; 0.9", "Check"),
    ("ordering", select_each("c", "a", "b"), "c a b", "Check"),
    ("matching", select_each("ball", "adam", "sgd"), "a=ball b=adam c=sgd", "Check"),
    ("questions", choose_each("sgd", "a"), "symptom=sgd next=a", "Check"),
    ("program", choose_each("2"), "2", "Check"),
    ("sentences", choose_each("1"), "1", "Check"),
]


@pytest.mark.parametrize(("name", "fill", "text", "word"), ANSWERS)
def test_what_the_widgets_hold_becomes_the_answer(name, fill, text, word):
    at = drawn(name)
    fill(at)
    assert at.button[0].label == word
    assert sent(at).text == text


@pytest.mark.parametrize("name", [name for name in FORMS if name not in ("typed", "unit", "forecast")])
def test_an_untouched_form_sends_what_the_form_makes_of_nothing(name):
    form = FORMS[name]
    nothing = {
        "pair": lambda: form.text("", ""),
        "ordering": lambda: form.text([None] * 3),
        "matching": lambda: form.text({}),
        "questions": lambda: form.text({}),
    }.get(name, lambda: form.text(None))
    assert sent(drawn(name)).text == nothing()


def test_a_forecast_is_sent_along_with_how_sure_one_is():
    at = drawn("forecast")
    assert list(at.radio[0].options) == [offer.text for offer in FORECAST]
    type_each("0.3")(at)
    choose_each("diverge", 80)(at)
    found = sent(at)
    assert (found.text, found.forecast.said, found.forecast.confidence) == ("0.3", "diverge", 80)


def test_the_ends_of_an_order_are_named_and_every_place_has_a_label():
    labels = [box.label for box in drawn("ordering").selectbox]
    assert labels == ["Place 1 (smallest rate)", "Place 2", "Place 3 (largest rate)"]


def test_a_program_keeps_its_indentation():
    assert drawn("program").code[0].value == "m = b * m\n    m /= 0 <script>"


def test_a_run_to_be_matched_has_its_picture_beside_its_choices():
    curves = [
        Curve(letter, (0.0, 1.0, 2.0), (4.0, 2.0, float(number))) for number, letter in enumerate("ABC", 1)
    ]
    at = drawn("matching", *curves)
    assert len(at.get("vega_lite_chart") + at.get("arrow_vega_lite_chart")) == 3
    assert [box.label for box in at.selectbox] == ["Run A", "Run B", "Run C"]
