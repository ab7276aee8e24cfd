"""How each form is drawn: widgets in, the canonical text of an answer out.

Widgets keep what was typed for the whole session, so that a look at another page loses nothing. Their keys carry the
variant, so that what was typed for one task is never sent to another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from lrlab.grading.answers import LONGEST_ANSWER
from lrlab.grading.forms import Form, Lines, Matching, OneOf, Ordering, Pair, Questions, Typed
from lrlab.grading.variants import Offer, Variant
from lrlab.ui.exercise import forecasts
from lrlab.ui.exercise.forecasts import Forecast

_ROOM = LONGEST_ANSWER + 20
"""A little more than an answer may be long, so that a pasted essay is refused in words and not cut."""


@dataclass(frozen=True)
class Sent:
    """What was sent in this run: the text of the answer, and what was expected of it where that was asked."""

    text: str
    forecast: Forecast | None = None


def draw(form: Form, task: Variant, key: str) -> Sent | None:
    """Draw a form that is sent as a whole; returns what was sent in this run, None where nothing was."""
    with st.form(f"{key}.form", border=False):
        if isinstance(form, Typed):
            return _typed(form, key)
        text = _text(form, key)
        word = "Run it" if isinstance(form, OneOf) and form.runs else "Check"
        return Sent(text) if send(word) else None


def send(word: str) -> bool:
    """The button of a form; True in the run that it caused."""
    return st.form_submit_button(word, type="primary")


def _text(form: Form, key: str) -> str:
    match form:
        case OneOf():
            return form.text(one_of("Your answer", form.options, f"{key}.answer"))
        case Pair():
            left, right = st.columns(2)
            with left:
                low = typed(form.low, f"{key}.low")
            with right:
                high = typed(form.high, f"{key}.high")
            return form.text(low, high)
        case Ordering():
            return form.text([_place(form, place, key) for place in range(len(form.items))])
        case Matching():
            return form.text({item.name: _match(form, item, key) for item in form.items})
        case Questions():
            return form.text(
                {
                    question.name: one_of(question.text, question.options, f"{key}.{question.name}")
                    for question in form.questions
                }
            )
        case Lines():
            return form.text(_line(form, key))
        case _:
            raise TypeError(f"{type(form).__name__} is not sent as a whole")


def _typed(form: Typed, key: str) -> Sent | None:
    text = typed(f"{form.label} ({form.unit})" if form.unit else form.label, f"{key}.answer")
    forecast = forecasts.ask(form.forecast, key) if form.forecast else None
    return Sent(form.text(text), forecast) if send("Run it" if form.runs else "Check") else None


def typed(label: str, key: str, *, example: str = "for example 0.05") -> str:
    """A text field; numbers are read by the lab and not by the browser, which knows only one decimal mark."""
    said: str = st.text_input(
        label, placeholder=example, max_chars=_ROOM, key=key, persist_state="session", autocomplete="off"
    )
    return said


def one_of(label: str, options: Sequence[Offer], key: str) -> str | None:
    """Radio buttons, none of them chosen at first."""
    words = {offer.name: offer.text for offer in options}
    chosen: str | None = st.radio(
        label, list(words), format_func=words.__getitem__, index=None, key=key, persist_state="session"
    )
    return chosen


def pick(label: str, options: Sequence[Offer], key: str) -> str | None:
    """A select box with nothing selected at first."""
    words = {offer.name: offer.text for offer in options}
    chosen: str | None = st.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        index=None,
        placeholder="Choose",
        key=key,
        persist_state="session",
    )
    return chosen


def _place(form: Ordering, place: int, key: str) -> str | None:
    ends = {0: f" ({form.first})", len(form.items) - 1: f" ({form.last})"}
    return pick(f"Place {place + 1}{ends.get(place, '')}", form.items, f"{key}.place{place + 1}")


def _match(form: Matching, item: Offer, key: str) -> str | None:
    return pick(item.text, form.choices, f"{key}.{item.name}")


def _line(form: Lines, key: str) -> str | None:
    if not form.code:
        return one_of("Which line is it?", form.lines, f"{key}.line")
    st.code("\n".join(line.text for line in form.lines), language="python", line_numbers=True)
    chosen: str | None = st.radio(
        "Which line is it?",
        [line.name for line in form.lines],
        format_func=lambda name: f"line {name}",
        index=None,
        horizontal=True,
        key=f"{key}.line",
        persist_state="session",
    )
    return chosen
