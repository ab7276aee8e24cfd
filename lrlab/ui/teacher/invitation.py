"""How the first teacher comes in: an invitation in the server's own log, for whoever runs the server can read it."""

import logging

import streamlit as st

from lrlab.classroom import teachers
from lrlab.classroom.database import Store
from lrlab.classroom.refusals import Refusal
from lrlab.ui.account.store import address, store
from lrlab.ui.teacher import owner

PARAMETER = "invitation"

_TYPED = "gate.invitation"
_log = logging.getLogger("lrlab")


def announce() -> None:
    """Print the first teacher's invitation, once in the life of a server, where there is no other way in."""
    told, opened = _told(), store()
    if address() in told or not isinstance(opened, Store):
        return
    told.add(address())
    if owner.key() or owner.emails():
        return
    try:
        token = teachers.first_invitation(opened)
    except Refusal:
        return
    if token is not None:
        _log.warning(words(token))


@st.cache_resource(show_spinner=False)
def _told() -> set[str]:
    """The databases for which this server has looked."""
    return set()


def words(token: str) -> str:
    """What stands in the log. The host is never taken from a visitor's request, who could have made it up."""
    port = st.get_option("server.port")
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"{folder}/teacher" if folder else "teacher"
    return (
        "\n    This lab has no teacher yet. To become its first one, open\n\n"
        f"        http://localhost:{port}/{path}?{PARAMETER}={token}\n\n"
        f"    or open /{path} at the lab's own address, choose “Set up an account” and paste the invitation\n\n"
        f"        {token}\n\n"
        "    It can be used once, and ends with the first account that is made.\n"
    )


def take_from_address() -> None:
    """Move an invitation from the address of the page into its form, so that it stays in no link."""
    given = st.query_params.get(PARAMETER)
    if given is not None:
        del st.query_params[PARAMETER]
        st.session_state[_TYPED] = given[:200]


def typed() -> str:
    """The key of the form's field for the invitation."""
    return _TYPED
