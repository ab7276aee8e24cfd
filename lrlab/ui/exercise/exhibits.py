"""What is given to be read before answering: a printed log, or a curve, each as a picture and as numbers."""

import streamlit as st

from lrlab.charts.losses import losses_chart
from lrlab.charts.range_test import range_curve_chart
from lrlab.grading import Variant
from lrlab.ui import frame


def exhibit(task: Variant, key: str) -> None:
    """The exhibit of a task, where it has one; its second form is made when it is asked for."""
    shown = task.exhibit
    if shown is None:
        return
    key = f"{key}.exhibit"
    if shown.kind == "range_test":
        frame.show(range_curve_chart(shown.across, shown.losses), key=key)
        with st.expander("The same as numbers"):
            st.markdown(shown.text)
        return
    st.markdown(shown.text)
    picture = st.expander("The same as a picture", key=f"{key}.open", on_change="rerun")
    if picture.open:
        with picture:
            frame.show(losses_chart(shown.across, shown.losses), key=key)
