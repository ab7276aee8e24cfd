"""The students' door: join a class, come back to it, leave it to the next one at this machine."""

from collections.abc import Callable

import streamlit as st

from lrlab.classroom import people
from lrlab.classroom.credentials import PIN_LENGTH
from lrlab.classroom.database import Store
from lrlab.classroom.names import LONGEST_HANDLE
from lrlab.classroom.refusals import Refusal
from lrlab.ui import plain
from lrlab.ui.account import cookie, identity, person, school, visit, welcome
from lrlab.ui.account.printing import print_button
from lrlab.ui.account.store import now, store

_OFFERS = "door.offers"
_OWN_DEVICE = "This is my own device: keep me signed in for 30 days"
_CODE = "Class code"


def show() -> None:
    """Who is here, or the way in."""
    who = person.learner()
    if who is None:
        if person.teacher() is None:
            _way_in()
        return
    if welcome.slip() is not None:
        _slip()
    with st.container(horizontal=True, vertical_alignment="center", key="door-here"):
        st.text(f"You are {who.handle}, in {welcome.class_title(who) or 'your class'}.")
        st.button("This is not me", on_click=person.leave, help="Signs this browser out, in all its tabs.")
    kept = store()
    if isinstance(kept, Store):
        school.link(kept, who)
    came = welcome.carried()
    if came:
        st.success(
            f"{came} {'answer' if came == 1 else 'answers'} from before came along.", icon=":material/check:"
        )


def _way_in() -> None:
    kept = store()
    ways: dict[str, Callable[[Store], None]] = {"Join a class": _join, "Come back": _come_back}
    if identity.providers():
        ways["School account"] = school.way_in
    vouched = identity.vouched(now()) is not None
    with st.expander(
        "Have a class code? Join your class, or come back to it", icon=":material/groups:", expanded=vouched
    ):
        if not isinstance(kept, Store):
            plain.say(kept.sentence)
            return
        tabs = st.tabs(list(ways), default="School account" if vouched else None)
        for tab, way in zip(tabs, ways.values(), strict=True):
            with tab:
                way(kept)


@st.fragment
def _join(kept: Store) -> None:
    """The code first; then a name, offered or one's own; then the slip."""
    if welcome.slip() is None and person.learner() is not None:
        st.rerun()  # the slip was put away in this part of the page: now the whole page is theirs
    place = st.empty()
    if welcome.slip() is None:
        with place.container():
            if not _joined(kept):
                return
    with place.container():
        _slip_at_the_door()


def _joined(kept: Store) -> bool:
    """The form; whether it brought the student in, in this run."""
    st.markdown(
        "Your teacher has the code. No e-mail, no real name: take one of the names offered or make one up. "
        "What you have solved in this tab comes along."
    )
    code = st.text_input(
        _CODE, max_chars=20, key="door.code", autocomplete="off", placeholder="8 letters and digits"
    )
    if not code.strip():
        return False
    try:
        offers = _offers(kept, code)
    except Refusal as refusal:
        plain.say(refusal.sentence, plain.Tone.REFUSED)
        return False
    st.pills("Names that are free", offers, key="door.offer", on_change=_take_offer)
    with st.form("door.join", border=False):
        name = st.text_input(
            "Your name in this class", max_chars=LONGEST_HANDLE, key="door.name", autocomplete="off"
        )
        own_device = st.checkbox(_OWN_DEVICE, key="door.join.own_device")
        if not st.form_submit_button("Join", type="primary"):
            return False
    before = visit.carried()
    try:
        welcome.come_in(
            (code, name),
            lambda: people.join(kept, code, name, now(), own_device=own_device, carried=before),
            code=code,
            own_device=own_device,
        )
    except Refusal as refusal:
        plain.say(refusal.sentence, plain.Tone.REFUSED)
        return False
    return True


def _slip_at_the_door() -> None:
    """The slip where the form was: the rest of the page follows when it is put away.

    A whole class joins within one minute; so this costs the server no more than it must.
    """
    cookie.deliver()
    _show_slip()


@st.fragment
def _come_back(kept: Store) -> None:
    """Code, name and PIN, from any device."""
    with st.form("door.return", border=False):
        code = st.text_input(_CODE, max_chars=20, autocomplete="off", key="door.return.code")
        name = st.text_input(
            "Your name in the class", max_chars=LONGEST_HANDLE, autocomplete="off", key="door.return.name"
        )
        pin = st.text_input(
            f"PIN ({PIN_LENGTH} digits)",
            type="password",
            max_chars=20,
            autocomplete="off",
            key="door.return.pin",
        )
        own_device = st.checkbox(_OWN_DEVICE, key="door.return.own_device")
        if not st.form_submit_button("Come back", type="primary"):
            return
    before = visit.carried()
    try:
        welcome.come_in(
            (code, name, pin),
            lambda: people.sign_in(kept, code, name, pin, now(), own_device=own_device, carried=before),
            code=code,
            own_device=own_device,
        )
    except Refusal as refusal:
        plain.say(refusal.sentence, plain.Tone.REFUSED)
        return
    st.rerun()


@st.fragment
def _slip() -> None:
    """The PIN above the page, for who has loaded it anew."""
    _show_slip()


def _show_slip() -> None:
    """The PIN, once, to be copied or printed."""
    kept = welcome.slip()
    if kept is None:
        return
    code, name, pin = kept
    with st.container(border=True, key="door-slip"):
        st.markdown(
            "**You are in.** With this slip you come back from any device. The PIN is shown this once; "
            "if it is lost, your teacher can give you a new one."
        )
        slip = f"Class code  {_spaced(code)}\nName        {name}\nPIN         {pin}"
        st.code(slip, language=None)
        ready, printed = st.columns(2)
        with printed:
            print_button("Print the slip", [slip], key="door.print")
        ready.button("I have it", type="primary", width="stretch", on_click=welcome.tear_up_slip)


def _offers(kept: Store, code: str) -> tuple[str, ...]:
    """The same free names for as long as the code stays the same."""
    known: tuple[str, tuple[str, ...]] | None = st.session_state.get(_OFFERS)
    if known is not None and known[0] == code:
        return known[1]
    found = people.suggestions(kept, code)
    st.session_state[_OFFERS] = (code, found)
    return found


def _take_offer() -> None:
    if st.session_state.get("door.offer"):
        st.session_state["door.name"] = st.session_state["door.offer"]


def _spaced(code: str) -> str:
    signs = "".join(code.upper().split()).replace("-", "")
    return f"{signs[:4]} {signs[4:]}"
