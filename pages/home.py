import streamlit as st

from lrlab.ui import controls, course, descent_lab, frame
from lrlab.ui.account import door

frame.begin("home")
door.show()

st.markdown(
    """
One number decides whether a model learns. Below are three walks down the same bowl from the same place, one rate each.
Press play.
"""
)

descent_lab.race("home", controls.Settings("bowl", low=0.01, high=0.5, steps=40), rates=(0.01, 0.3, 0.5))

st.markdown(
    """
**Too small** creeps. **Just right** arrives. **Too large** is thrown out. You will learn to tell them apart at a glance,
why each one happens, and what to turn first. Everything here is computed while you watch; drag anything that can be
dragged, and commit to a guess before you look.
"""
)

st.header("The course")
course.table_of_contents()
