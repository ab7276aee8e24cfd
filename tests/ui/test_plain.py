"""Sentences are shown letter by letter."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.mark.parametrize("text", ["<b>x</b>", "*x* :smile: $y$ [a](b)", "&lt;"])
def test_a_sentence_is_text(text):
    def script(sentence):
        from lrlab.ui import plain

        plain.say(sentence, plain.Tone.REFUSED)

    at = AppTest.from_function(script, args=(text,)).run()
    (box,) = [html.value for html in at.get("html")]
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert box.endswith(f"{escaped}</div>")
    assert 'role="alert"' in box
