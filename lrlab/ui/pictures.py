"""A chart on the page."""

import streamlit as st

from lrlab.charts import Chart


def show(chart: Chart, *, key: str) -> None:
    """Draw a chart of `lrlab.charts`; Streamlit makes its description, written from the data, its accessible name."""
    st.altair_chart(chart, key=key)
