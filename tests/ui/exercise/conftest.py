"""An exercise of the course on a page of its own, with what is on record printed below it."""

import pytest
from streamlit.testing.v1 import AppTest

SEED = 7


def _page(slug):
    import streamlit as st

    from lrlab.ui import attempts, exercise

    exercise.ask(slug)
    for attempt in attempts.kept():
        said = "passed" if attempt.passed else "failed"
        st.text(f"{attempt.variant}.{attempt.number} {attempt.answer!r} {said} after {attempt.hints} hints")


class Asked:
    """One exercise as a student works on it."""

    def __init__(self, slug):
        self.at = AppTest.from_function(_page, kwargs={"slug": slug}, default_timeout=60)
        self.at.session_state["learner_seed"] = SEED
        self.run()

    def run(self):
        self.at.run()
        assert not self.at.exception, self.at.exception

    def press(self, label):
        next(button for button in self.at.button if button.label.startswith(label)).click()
        self.run()

    def answer(self, text, word="Run it"):
        self.at.text_input[0].set_value(text)
        self.press(word)

    def has(self, label):
        return any(button.label.startswith(label) for button in self.at.button)

    @property
    def kept(self):
        return [text.value for text in self.at.text]

    @property
    def said(self):
        return "\n".join(text.value for text in [*self.at.markdown, *self.at.caption])


@pytest.fixture
def asked():
    return Asked
