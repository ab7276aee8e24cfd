"""Coming in: what was done in this tab goes along, and a click that is sent twice comes in once."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable

import streamlit as st

from lrlab.classroom import classes
from lrlab.classroom.access import Learner
from lrlab.classroom.database import Store
from lrlab.classroom.people import Welcome
from lrlab.classroom.refusals import Refusal
from lrlab.ui import attempts, reflections, this_run
from lrlab.ui.account import person
from lrlab.ui.account.store import now, store

_TICKET = "account.ticket"
_SLIP = "account.slip"
_CARRIED = "account.carried"
_MOST = 512
_AT_ONCE = 4


class _Lobby:
    """Who has just come in, by the ticket of their form, until their tab has taken note of it.

    A second click may stop the first one's run after the class has taken the student in and before the tab knows:
    the second run then finds here what the first one was given.
    """

    def __init__(self) -> None:
        self._came: OrderedDict[tuple[str, ...], Welcome] = OrderedDict()
        self._lock = threading.Lock()
        # A whole class at once would only get in each other's way; so who came first is through first.
        self._at_once = threading.BoundedSemaphore(_AT_ONCE)

    def once(self, ticket: tuple[str, ...], come_in: Callable[[], Welcome]) -> Welcome:
        with self._lock:
            known = self._came.get(ticket)
        if known is not None:
            return known
        with self._at_once:
            welcome = come_in()
        with self._lock:
            self._came[ticket] = welcome
            while len(self._came) > _MOST:
                self._came.popitem(last=False)
        return welcome

    def forget(self, ticket: tuple[str, ...]) -> None:
        with self._lock:
            self._came.pop(ticket, None)


def come_in(form: tuple[str, ...], enter: Callable[[], Welcome], *, code: str, own_device: bool) -> Welcome:
    """Bring a student in with `enter`, once for what stands on the form, and sign this tab and browser in.

    Raises the Refusal of `enter`; then nothing has changed.
    """
    ticket = (st.session_state.setdefault(_TICKET, secrets.token_hex(8)), *form)
    welcome = _lobby().once(ticket, enter)
    said_before = reflections.kept()
    attempts.forget()
    person.remember(welcome.token, own_device)
    reflections.carry(said_before)
    st.session_state[_CARRIED] = welcome.carried
    if welcome.pin is not None:
        st.session_state[_SLIP] = (code, welcome.learner.handle, welcome.pin)
    st.session_state.pop(_TICKET, None)
    _lobby().forget(ticket)
    return welcome


def slip() -> tuple[str, str, str] | None:
    """Class code, name and PIN of a student who has just joined, until they say that they have them."""
    kept: tuple[str, str, str] | None = st.session_state.get(_SLIP)
    return kept


def tear_up_slip() -> None:
    """Show the PIN no more."""
    st.session_state.pop(_SLIP, None)


def carried() -> int:
    """How many answers from before came along, said once."""
    return int(st.session_state.pop(_CARRIED, 0))


def class_title(who: Learner) -> str:
    """The name of the student's class; empty while the store does not answer."""
    return this_run.once("class title", lambda: _class_title(who))


def _class_title(who: Learner) -> str:
    kept = store()
    if not isinstance(kept, Store):
        return ""
    try:
        return classes.title(kept, who, now())
    except Refusal:
        return ""


@st.cache_resource(show_spinner=False)
def _lobby() -> _Lobby:
    return _Lobby()
