"""A schedule is designed: a shape, its numbers, and the curve they make while one turns them."""

import numpy as np
import streamlit as st

from lrlab.charts.answers import curves_chart
from lrlab.grading import Offer, Refusal, Variant, plans, read, walks
from lrlab.grading.evidence import Curve, Curves
from lrlab.grading.forms import Design
from lrlab.ui import pictures
from lrlab.ui.exercise import fields


def design(form: Design, task: Variant, key: str) -> str | None:
    """Draw the shape, its numbers and its curve; returns the answer in the run in which it is sent."""
    chosen = fields.selected(
        "Shape", [Offer(shape.name, shape.text) for shape in form.shapes], f"{key}.shape"
    )
    shape = next((shape for shape in form.shapes if shape.name == chosen), None)
    dials: dict[str, str] = {}
    if shape is not None:
        columns = st.columns(len(shape.dials))
        for column, dial in zip(columns, shape.dials, strict=True):
            with column:
                span = f"from {dial.low:g} to {dial.high:g}"
                dials[dial.name] = fields.number(
                    f"{dial.text[:1].upper()}{dial.text[1:]}", f"{key}.{shape.name}.{dial.name}", example=span
                )
    text = form.text(chosen, dials)
    _curve(task, text, key)
    return text if st.button("Run it", key=f"{key}.send", type="primary") else None


def _curve(task: Variant, text: str, key: str) -> None:
    """The rates of the schedule as far as it is one."""
    planned = read(task, text)
    if isinstance(planned, Refusal):
        st.caption("The curve appears here when a shape is chosen and all its numbers are given.")
        return
    steps = walks.whole(task.task.steps, task.numbers)
    rates = plans.rates(planned.shape, dict(planned.dials), steps)
    line = Curve("your schedule", tuple(np.arange(float(steps)).tolist()), tuple(rates.tolist()))
    pictures.show(f"{key}.curve", curves_chart, Curves("step", "rate α", (line,), log=False), height=170)
