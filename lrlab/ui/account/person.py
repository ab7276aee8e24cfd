"""Who is here: nobody in particular, a student of a class, or a teacher.

The cookie's token is looked up in the store in every run, so a session that was ended anywhere is over everywhere at
the next click. `arrive` is called once by every page, before anything is shown; it notices that somebody came or went
and clears what the last person left in this tab.
"""

import streamlit as st

from lrlab.classroom import access
from lrlab.classroom.access import Learner, Teacher
from lrlab.classroom.database import Store
from lrlab.classroom.refusals import Refusal
from lrlab.ui import this_run
from lrlab.ui.account import cookie, identity
from lrlab.ui.account.store import now, store

_TOKEN = "account.token"  # noqa: S105 - the name of a place, not what is kept there
_PERSON = "account.person"
_NOTICE = "account.notice"

SIGNED_OUT = "You are signed out on this browser. To come back, open Home and use class code, name and PIN."
TEACHER_OUT = "You are signed out on this browser. To come back, sign in on the teacher's desk."
_STILL_IN = (
    "The class's records did not answer, so you are still signed in. "
    "Try again in a moment, or close the browser."
)


def learner(*, active: bool = True) -> Learner | None:
    """The student who is here; `active=False` for a page that refreshes itself and must keep nobody signed in."""
    found = _here(active)
    return found if isinstance(found, Learner) else None


def teacher(*, active: bool = True) -> Teacher | None:
    """The teacher who is here; `active=False` for a page that refreshes itself and must keep nobody signed in."""
    found = _here(active)
    return found if isinstance(found, Teacher) else None


def remember(token: str, own_device: bool = False) -> None:
    """Sign this browser in: this tab at once, the others and a refresh by the cookie. Rerun the page after it."""
    seconds = int(access.OWN_DEVICE.total_seconds()) if own_device else None
    st.session_state[_TOKEN] = token
    cookie.order(token, seconds=seconds)
    this_run.forget()
    st.session_state[_PERSON] = _name(_here(active=True))


def sign_out() -> str | None:
    """End the session in all tabs and forget what this tab holds; a sentence when the store did not answer."""
    kept, who = store(), _here(active=False)
    if isinstance(kept, Store) and who is not None:
        try:
            access.sign_out(kept, who)
        except Refusal:
            return _STILL_IN
    _leave()
    cookie.order("", seconds=0)
    return None


def leave() -> None:
    """Sign out at a click; what went wrong is told by the next page."""
    trouble = sign_out()
    if trouble is not None:
        st.session_state[_NOTICE] = trouble
    else:
        identity.sign_out()


def end(said: str) -> None:
    """Forget a person who is not in the store any more, and have the next page say why."""
    _leave()
    cookie.order("", seconds=0)
    st.session_state[_NOTICE] = said


def arrive() -> None:
    """See who is here before a page is shown; what somebody who has left kept in this tab is cleared."""
    cookie.deliver()
    found = _here(active=True)
    if has_left():
        kind, _ = st.session_state[_PERSON]
        _leave()
        st.session_state[_NOTICE] = TEACHER_OUT if kind == Teacher.__name__ else SIGNED_OUT
        st.rerun()
    if found is not None:
        st.session_state[_PERSON] = _name(found)


def has_left() -> bool:
    """Whether this page was shown to somebody who is not here any more, as the store says."""
    return is_missing() and _answered()


def is_missing() -> bool:
    """Whether this page was shown to somebody who is not here any more, or of whom the store cannot say."""
    before = st.session_state.get(_PERSON)
    return before is not None and before != _name(_here(active=True))


def notice() -> str | None:
    """What the last change of person has to be told, once."""
    said: str | None = st.session_state.pop(_NOTICE, None)
    return said


def _here(active: bool) -> Learner | Teacher | None:
    found, _ = this_run.once("account.who", lambda: _look(active))
    return found


def _answered() -> bool:
    _, answered = this_run.once("account.who", lambda: _look(active=True))
    return answered


def _look(active: bool) -> tuple[Learner | Teacher | None, bool]:
    """The person of the token, and whether the store could say."""
    kept = store()
    token = st.session_state.get(_TOKEN)
    if token is None:
        token = cookie.read()
    if not isinstance(kept, Store):
        return None, False
    try:
        return access.who(kept, token, now(), active=active), True
    except Refusal:
        return None, False


def _leave() -> None:
    st.session_state.clear()
    st.session_state[_TOKEN] = ""
    this_run.forget()


def _name(who: Learner | Teacher | None) -> tuple[str, int] | None:
    return None if who is None else (type(who).__name__, who.id)
