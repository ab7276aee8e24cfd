"""What teachers do for themselves: another passphrase, an invitation for a colleague."""

import streamlit as st

from lrlab.classroom import teachers
from lrlab.classroom.access import Teacher
from lrlab.classroom.database import Store
from lrlab.ui.account import person
from lrlab.ui.teacher import deeds

_INVITED = "you.invitation"


def show(store: Store, who: Teacher) -> None:
    """The menu of the account."""
    with st.popover("Your account", icon=":material/person:", width="stretch"):
        _passphrase_form(store, who)
        st.divider()
        _invite(store, who)


def _passphrase_form(store: Store, who: Teacher) -> None:
    st.markdown("**Another passphrase.** Your other sessions end with it.")
    with st.form("you.passphrase", border=False, clear_on_submit=True):
        st.text_input("The old one", type="password", max_chars=1000, key="you.old")
        st.text_input("The new one, 15 characters or more", type="password", max_chars=1000, key="you.new")
        st.form_submit_button("Change the passphrase", on_click=_change, args=(store, who))


def _change(store: Store, who: Teacher) -> None:
    old, new = st.session_state["you.old"], st.session_state["you.new"]
    entrance = deeds.do("Your passphrase is changed.", teachers.change_passphrase, store, who, old, new)
    if entrance is not None:
        person.remember(entrance.token)


def _invite(store: Store, who: Teacher) -> None:
    st.markdown(
        "**Invite a teacher.** They open this page, choose *Set up an account* and paste the invitation. It can be "
        "used once, within a week. You share a class with them afterwards, under *Class*."
    )
    st.button("Make an invitation", key="you.invite", on_click=_make, args=(store, who))
    token = st.session_state.get(_INVITED)
    if token:
        st.code(token, language=None, wrap_lines=True)
        st.button("Hide it", key="you.hide", on_click=_hide)


def _make(store: Store, who: Teacher) -> None:
    st.session_state[_INVITED] = deeds.do("", teachers.invite, store, who)


def _hide() -> None:
    st.session_state.pop(_INVITED, None)
