"""How each form is drawn: widgets in, the canonical text of an answer out.

The keys of the widgets carry the variant, so that what was typed for one task is never sent to another.
"""

from dataclasses import dataclass

import streamlit as st

from lrlab.charts.answers import run_chart
from lrlab.grading import Offer, Variant
from lrlab.grading.forms import (
    Design,
    Form,
    Lines,
    Matching,
    OneOf,
    Ordering,
    Pair,
    Questions,
    Trials,
    Typed,
)
from lrlab.ui import pictures
from lrlab.ui.exercise import designs, fields, forecasts, trials
from lrlab.ui.exercise.forecasts import Forecast


@dataclass(frozen=True)
class Sent:
    """What was sent in this run: the text of the answer, and what was expected of it where that was asked."""

    text: str
    forecast: Forecast | None = None


def draw(form: Form, task: Variant, key: str, *, number: int = 1, word: str | None = None) -> Sent | None:
    """Draw the form of a task; returns what was sent in this run, None where nothing was.

    `number` is the attempt it is for: each is forecast anew. `word` stands on the button of a form that is sent as a
    whole, instead of what its kind would say.
    """
    if isinstance(form, Trials | Design):
        text = trials.spend(form, task, key) if isinstance(form, Trials) else designs.design(form, task, key)
        return None if text is None else Sent(text)
    with st.form(f"{key}.form", border=False):
        if isinstance(form, Typed):
            return _typed(form, key, number, word)
        text = _text(form, task, key)
        own = "Run it" if isinstance(form, OneOf) and form.runs else "Check"
        return Sent(text) if fields.send(word or own) else None


def _typed(form: Typed, key: str, number: int, word: str | None) -> Sent | None:
    label = f"{form.label} ({form.unit})" if form.unit else form.label
    text = form.text(fields.number(label, f"{key}.answer"))
    forecast = forecasts.ask(form.forecast, f"{key}.{number}") if form.forecast else None
    return Sent(text, forecast) if fields.send(word or ("Run it" if form.runs else "Check")) else None


def _text(form: OneOf | Pair | Ordering | Matching | Questions | Lines, task: Variant, key: str) -> str:
    match form:
        case OneOf():
            return form.text(fields.one_of("Your answer", form.options, f"{key}.answer"))
        case Pair():
            left, right = st.columns(2)
            with left:
                low = fields.number(form.low, f"{key}.low")
            with right:
                high = fields.number(form.high, f"{key}.high")
            return form.text(low, high)
        case Ordering():
            return form.text([_place(form, place, key) for place in range(len(form.items))])
        case Matching():
            return form.text({item.name: _match(form, item, task, key) for item in form.items})
        case Questions():
            return form.text(
                {
                    question.name: fields.one_of(question.text, question.options, f"{key}.{question.name}")
                    for question in form.questions
                }
            )
        case Lines():
            return form.text(_line(form, key))


def _place(form: Ordering, place: int, key: str) -> str | None:
    """One select box a place: by keyboard and by ear the plainest way to put things in order."""
    ends = {0: f" ({form.first})", len(form.items) - 1: f" ({form.last})"}
    return fields.selected(f"Place {place + 1}{ends.get(place, '')}", form.items, f"{key}.place{place + 1}")


def _match(form: Matching, item: Offer, task: Variant, key: str) -> str | None:
    """A select box, beside the picture of what is to be matched where there is one."""
    curves = task.exhibit.curves if task.exhibit else ()
    curve = next((curve for curve in curves if curve.name.lower() == item.name), None)
    if curve is None or task.exhibit is None:
        return fields.selected(item.text, form.choices, f"{key}.{item.name}")
    picture, choice = st.columns([3, 2], vertical_alignment="center")
    with picture:
        pictures.show(f"{key}.{item.name}.picture", run_chart, curve, curves, upward=task.exhibit.upward)
    with choice:
        return fields.selected(item.text, form.choices, f"{key}.{item.name}")


def _line(form: Lines, key: str) -> str | None:
    if not form.code:
        return fields.one_of("Which one is it?", form.lines, f"{key}.line")
    st.code("\n".join(line.text for line in form.lines), language=None, line_numbers=True)
    numbers = [Offer(line.name, f"line {line.name}") for line in form.lines]
    return fields.one_of("Which line is it?", numbers, f"{key}.line", in_a_row=True)
