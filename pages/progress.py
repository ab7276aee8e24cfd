import streamlit as st

from lrlab.ui import course, frame

frame.begin("progress")

st.markdown(
    """
What you have done in this browser session. It is kept in the server's memory only, under no name, and is gone when you
close or reload the page.
"""
)

course.rings()

st.header("Predictions and observations")
course.reflections_so_far()

st.header("Attempts")
course.attempts_so_far()

st.header("Next")
course.recommended()
