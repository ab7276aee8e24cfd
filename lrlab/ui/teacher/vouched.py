"""Teachers whom an identity provider vouches for, if their verified addresses are on the owner's list."""

import streamlit as st

from lrlab.classroom import teachers
from lrlab.classroom.database import Store
from lrlab.ui.account import identity, person
from lrlab.ui.account.identity import Identity
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds, owner


def offer(store: Store) -> None:
    """The way in through a provider; nothing where there is none, or no list."""
    allowed = owner.emails()
    if not allowed or not identity.providers():
        return
    found = identity.vouched(now())
    if found is None:
        identity.buttons("Sign in with your school account", key="gate.provider")
        return
    if found.email:
        st.text(f"Your provider says that you are {found.email}.")
        st.button("Enter", key="gate.enter", type="primary", on_click=_enter, args=(store, found, allowed))
    else:
        st.text(
            "Your provider does not say that your e-mail address is verified, so it cannot let you in here."
        )
    st.button("Use another account", key="gate.other", on_click=st.logout)


def _enter(store: Store, found: Identity, allowed: tuple[str, ...]) -> None:
    entrance = deeds.do(
        "", teachers.sign_in_with_identity, store, found.issuer, found.subject, found.email, allowed
    )
    if entrance is not None:
        person.remember(entrance.token)
