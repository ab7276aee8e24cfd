import streamlit as st

from lrlab.ui import course, frame, looking_back
from lrlab.ui.account import own_data

frame.begin("progress")

own_data.where()
course.recommended()
course.rings()

st.header("Stars")
looking_back.stars_so_far()

st.header("Predictions and observations")
st.markdown(
    "Being wrong before you look is how the picture sticks; being wrong after is a reason to look again. "
    "Being sure is a skill of its own: of the things you are 80 % sure of, four in five should come true."
)
looking_back.predictions_so_far()

st.header("Attempts")
looking_back.attempts_so_far()

st.header("Your data")
own_data.show()
