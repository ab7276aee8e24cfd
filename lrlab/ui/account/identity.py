"""Whom an identity provider vouches for, where the secrets configure one in [auth]."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

import streamlit as st

from lrlab.ui.account.secrets import section


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows them: the account is issuer and subject; the address only where it is verified."""

    issuer: str
    subject: str
    email: str
    until: datetime


def providers() -> tuple[str | None, ...]:
    """The providers to offer, as `st.login` takes them: None for the one without a name."""
    if find_spec("authlib") is None:
        return ()
    auth = section("auth")
    named = [name for name in auth if hasattr(auth[name], "keys") and "client_id" in auth[name]]
    return (*((None,) if "client_id" in auth else ()), *named)


def buttons(label: str, *, key: str) -> None:
    """A button for each provider that leads to its page and back; a named one is called by its name."""
    for name in providers():
        said = label if name is None else f"{label} ({name})"
        if st.button(said, key=f"{key}.{name or 'only'}", icon=":material/badge:"):
            st.login(name)


def vouched(at: datetime) -> Identity | None:
    """Who has come from a provider in this browser, for as long as the provider said that holds."""
    found = read(st.user.to_dict())
    return None if found is None or at >= found.until else found


def read(claims: dict[str, Any]) -> Identity | None:
    """An identity from the claims of a token; None where it names nobody, or does not say until when."""
    issuer, subject, expires = claims.get("iss"), claims.get("sub"), claims.get("exp")
    if claims.get("is_logged_in") is not True or not issuer or not subject:
        return None
    if not isinstance(expires, int | float) or isinstance(expires, bool):
        return None
    # Some providers let people write any address into their account: only a verified one says who they are.
    email = claims.get("email") if claims.get("email_verified") in (True, "true") else ""
    return Identity(str(issuer), str(subject), str(email or ""), datetime.fromtimestamp(expires, UTC))


def sign_out() -> None:
    """Let go of the provider's word in this browser too, so that nobody else enters with it."""
    if st.user.to_dict().get("is_logged_in") is True:
        st.logout()
