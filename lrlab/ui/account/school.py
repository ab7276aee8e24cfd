"""The students' door through an identity provider: come in with it, or let it open a place that one has already."""

import streamlit as st

from lrlab.classroom import people
from lrlab.classroom.access import Learner
from lrlab.classroom.database import Store
from lrlab.classroom.names import LONGEST_HANDLE
from lrlab.classroom.refusals import Refusal
from lrlab.ui import plain
from lrlab.ui.account import identity, visit, welcome
from lrlab.ui.account.store import now

_LINKED = "account.linked"


@st.fragment
def way_in(kept: Store) -> None:
    """Sign in at the provider first; then the class, and the first time a name in it."""
    here = identity.vouched(now())
    if here is None:
        st.markdown(
            "Your school's sign-in vouches for you, so there is no PIN to keep. Of what it says, the class keeps only "
            "the number under which the school knows you."
        )
        identity.buttons("Sign in with your school account", key="school.sign_in")
        return
    with st.form("school.enter", border=False):
        st.markdown("Your school has signed you in. Which class is it?")
        code = st.text_input("Class code", max_chars=20, autocomplete="off", key="school.code")
        name = st.text_input(
            "Your name in this class, if this is your first time in it",
            max_chars=LONGEST_HANDLE,
            autocomplete="off",
            key="school.name",
        )
        come, leave = st.columns(2)
        leave.form_submit_button("This is not me", on_click=identity.sign_out, width="stretch")
        if not come.form_submit_button("Come in", type="primary", width="stretch"):
            return
    before = visit.carried()
    try:
        welcome.come_in(
            (code, name, here.issuer, here.subject),
            lambda: people.enter_with_identity(
                kept, code, here.issuer, here.subject, now(), handle=name or None, carried=before
            ),
            code=code,
            own_device=False,
        )
    except Refusal as refusal:
        plain.say(refusal.sentence, plain.Tone.REFUSED)
        return
    st.session_state[_LINKED] = True
    st.rerun()


@st.fragment
def link(kept: Store, who: Learner) -> None:
    """Let the school's sign-in open this place from now on."""
    if st.session_state.get(_LINKED) or not identity.providers():
        return
    with st.expander("Come back with your school account instead of the PIN", icon=":material/badge:"):
        here = identity.vouched(now())
        if here is None:
            identity.buttons("Sign in with your school account", key="school.link")
            return
        st.markdown(
            "Your school has signed you in. From now on this sign-in can open your place in the class."
        )
        if not st.button("Link it", key="school.link_it", type="primary"):
            return
        try:
            people.link(kept, who, here.issuer, here.subject, now())
        except Refusal as refusal:
            plain.say(refusal.sentence, plain.Tone.REFUSED)
            return
    st.session_state[_LINKED] = True
    plain.say("Linked. The PIN stays good as well.", plain.Tone.DONE)
