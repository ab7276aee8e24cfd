"""What is given to be read before answering: a log, a range test, a response curve or several runs.

Each is shown as a picture and as numbers; the one that is not read first is made when somebody asks for it.
"""

import streamlit as st

from lrlab.charts import Chart
from lrlab.charts.answers import curves_chart, response_points_chart
from lrlab.charts.losses import losses_chart
from lrlab.charts.range_test import range_curve_chart
from lrlab.grading import Variant
from lrlab.grading.evidence import Curves
from lrlab.grading.exhibits import Shown
from lrlab.grading.forms import Matching
from lrlab.grading.judging import form
from lrlab.ui import pictures


def exhibit(task: Variant, key: str) -> None:
    """The exhibit of a task, where it has one."""
    shown, key = task.exhibit, f"{key}.exhibit"
    if shown is None:
        return
    if shown.kind == "log":
        st.markdown(shown.text)
    elif not isinstance(form(task), Matching):  # whose form has a picture beside every choice
        pictures.show(key, _picture, shown)
    if shown.rates:
        rates = Curves(shown.along, "rate α", shown.rates)
        pictures.show(f"{key}.rates", curves_chart, rates, height=200)
    if shown.caption:
        st.caption(shown.caption)
    words = "The same as a picture" if shown.kind == "log" else "The same as numbers"
    other = st.expander(words, key=f"{key}.open", on_change="rerun")
    if other.open:
        with other:
            if shown.kind == "log":
                pictures.show(key, _picture, shown)
            else:
                st.markdown(shown.text)


def _picture(shown: Shown) -> Chart:
    match shown.kind:
        case "range_test":
            return range_curve_chart(shown.across, shown.losses)
        case "response":
            return response_points_chart(shown.across, shown.losses)
        case "runs":
            return curves_chart(Curves(shown.along, shown.upward, shown.curves))
        case _:
            return losses_chart(shown.across, shown.losses)
