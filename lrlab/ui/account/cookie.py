"""The one cookie of the lab: a random token under which the store knows who is here.

A page cannot set a cookie through Streamlit, so a component without a picture writes it in the browser. The token
passes once from the server to that component and from then on only in the browser's own requests; it is never part of
an address.
"""

import secrets
from dataclasses import dataclass, field

import streamlit as st

NAME = "lrlab_session"

_PENDING = "account.cookie"
_REFUSED = "account.cookie_refused"

_write = st.components.v2.component(
    "lrlab_cookie",
    js="""
export default function ({ data, setTriggerValue }) {
    const age = data.seconds === null ? "" : `; Max-Age=${data.seconds}`;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${data.name}=${data.token}; Path=/; SameSite=Strict${secure}${age}`;
    const kept = document.cookie.split("; ").includes(`${data.name}=${data.token}`);
    setTriggerValue("written", { number: data.number, kept: kept || data.token === "" });
}
""",
)


@dataclass(frozen=True)
class _Order:
    """A cookie that the browser has not confirmed yet; `seconds` None lets it end with the browser."""

    token: str = field(repr=False)
    seconds: int | None
    number: str


def read() -> str | None:
    """The token that this browser sent when it opened the page."""
    token = st.context.cookies.get(NAME)
    return token if isinstance(token, str) and token else None


def order(token: str, *, seconds: int | None = None) -> None:
    """Have the browser keep a token from the next run on; an empty one with 0 seconds removes the cookie."""
    st.session_state[_PENDING] = _Order(token, seconds, secrets.token_hex(8))


def deliver() -> None:
    """Write what was ordered, until the browser says that it is done."""
    pending: _Order | None = st.session_state.get(_PENDING)
    if pending is None:
        return
    told = _write(
        key="account.cookie_writer",
        data={
            "name": NAME,
            "token": pending.token,
            "seconds": pending.seconds,
            "number": pending.number,
        },
        on_written_change=_nothing,
    ).get("written")
    if told and told.get("number") == pending.number:
        st.session_state[_PENDING] = None
        st.session_state[_REFUSED] = not told.get("kept")


def was_refused() -> bool:
    """Whether the browser does not keep cookies, so that a refresh will sign the student out."""
    return bool(st.session_state.get(_REFUSED, False))


def _nothing() -> None:
    """A trigger needs a callback to be known to Streamlit; there is nothing to do in it."""
