"""The line in the sidebar that says who is here, and what that person has to be told."""

import streamlit as st

from lrlab.classroom.database import Trouble
from lrlab.ui import navigation
from lrlab.ui.account import cookie, person, welcome
from lrlab.ui.account.store import store


def show(page: str) -> None:
    """Who is here, in the sidebar, with the way out or in; news of the account above the page."""
    said = person.notice()
    if said:
        st.info(said, icon=":material/logout:")
    student, teacher = person.learner(), person.teacher()
    with st.sidebar:
        if student is not None:
            st.text(f"{student.handle}\n{welcome.class_title(student)}".strip())
        elif teacher is not None:
            st.text(f"{teacher.name}\nteacher")
        elif isinstance(store(), Trouble):
            st.caption("Classes are closed at the moment; Home says why. Labs and exercises work.")
        elif page != "home":
            st.page_link(navigation.page("home"), label="Join a class", icon=":material/groups:")
        if student is not None or teacher is not None:
            st.button("Sign out", on_click=person.leave, key="badge.sign_out", width="stretch")
    if cookie.was_refused() and (student is not None or teacher is not None):
        st.warning(
            "This browser keeps no cookies, so loading the page again will sign you out. What you hand in is kept.",
            icon=":material/cookie_off:",
        )
