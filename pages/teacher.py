import streamlit as st

from lrlab.ui import frame
from lrlab.ui.teacher import desk

frame.begin("teacher")

st.markdown(
    """
Open a class, see who is stuck on what while it matters, and take the results to your gradebook. Students need a class
code and a name of their choosing; no e-mail, no password.
"""
)

desk.show()
