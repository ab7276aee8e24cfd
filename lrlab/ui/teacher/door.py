"""The teachers' door: sign in, or set up an account with an invitation or the lab's teacher key."""

import streamlit as st

from lrlab.classroom import teachers
from lrlab.classroom.database import Store
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.teachers import Entrance
from lrlab.ui.account import person
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds, invitation, owner, vouched

SIGN_IN, SET_UP = "Sign in", "Set up an account"


def show(store: Store) -> None:
    """Ask a visitor who they are."""
    invitation.take_from_address()
    vouched.offer(store)
    arrived = bool(st.session_state.get(invitation.typed()))
    way = st.segmented_control(
        "Way in",
        [SIGN_IN, SET_UP],
        default=SET_UP if arrived else SIGN_IN,
        required=True,
        key="gate.way",
        label_visibility="collapsed",
    )
    if way == SET_UP:
        _set_up_form(store)
    else:
        _sign_in_form(store)


def _sign_in_form(store: Store) -> None:
    with st.form("gate.sign_in"):
        st.text_input("Your name", max_chars=120, key="gate.name", autocomplete="username")
        st.text_input(
            "Passphrase",
            type="password",
            max_chars=1000,
            key="gate.passphrase",
            autocomplete="current-password",
        )
        st.form_submit_button("Sign in", type="primary", on_click=_sign_in, args=(store,))


def _sign_in(store: Store) -> None:
    name, passphrase = st.session_state["gate.name"], st.session_state["gate.passphrase"]
    _welcome(deeds.do("", teachers.sign_in, store, name, passphrase))


def _set_up_form(store: Store) -> None:
    has_key = bool(owner.key())
    if has_key:
        st.markdown(
            "You need an invitation from a teacher of this lab, or the teacher key its owner has set."
        )
    else:
        st.markdown(
            "You need an invitation. Where there is no teacher yet, the server's own log shows the first one; "
            "after that, teachers invite each other."
        )
    with st.form("gate.set_up"):
        st.text_input(
            "Invitation or teacher key" if has_key else "Invitation",
            type="password",
            max_chars=200,
            key=invitation.typed(),
            autocomplete="one-time-code",
        )
        st.text_input("Your name, as students will see it", max_chars=60, key="gate.new_name")
        st.text_input(
            "A new passphrase, 15 characters or more",
            type="password",
            max_chars=1000,
            key="gate.new_passphrase",
            autocomplete="new-password",
            help="Four or five unrelated words do well. The eye in the field shows what you type.",
        )
        st.form_submit_button("Set up the account", type="primary", on_click=_set_up, args=(store,))


def _set_up(store: Store) -> None:
    given = st.session_state[invitation.typed()].strip()
    name, passphrase = st.session_state["gate.new_name"], st.session_state["gate.new_passphrase"]
    expected = owner.key()
    try:
        entrance = teachers.set_up(store, given, name, passphrase, now())
    except Refusal as refusal:
        if refusal.reason is not Reason.WRONG or not expected:
            deeds.refuse(refusal.sentence)
            return
        # It was no invitation, so it can only be the key.
        made = deeds.do("", teachers.set_up_with_key, store, given, expected, name, passphrase)
        if made is None:
            return
        entrance = made
    _welcome(entrance)


def _welcome(entrance: Entrance | None) -> None:
    if entrance is not None:
        person.remember(entrance.token)
        for field in ("gate.passphrase", "gate.new_passphrase", invitation.typed()):
            st.session_state.pop(field, None)
