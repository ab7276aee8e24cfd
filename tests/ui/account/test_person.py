"""Who is here: the cookie's token is asked about in every run, and who has left leaves nothing in the tab."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom import access, people
from lrlab.ui.account import cookie, store


def page():
    import streamlit as st

    from lrlab.ui.account import person

    person.arrive()
    found = person.learner()
    st.text(f"student {found.handle}" if found else "nobody")
    st.text(f"teacher {person.teacher().name}" if person.teacher() else "no teacher")
    st.text(f"left over: {st.session_state.get('draft')}")
    said = person.notice()
    if said:
        st.info(said)
    st.button("Sign out", on_click=person.sign_out)


def opened(token=None):
    at = AppTest.from_function(page, default_timeout=30)
    if token:
        at.session_state["account.token"] = token
    return at.run()


def texts(at):
    assert not at.exception, at.exception
    return [text.value for text in at.text]


def test_without_a_cookie_nobody_is_here(kept):
    assert texts(opened())[:2] == ["nobody", "no teacher"]


def test_a_token_is_a_person_and_nonsense_is_nobody(kept, student):
    assert texts(opened(student().token))[0] == "student calm heron"
    assert texts(opened("nonsense"))[0] == "nobody"


def test_the_cookie_of_a_refreshed_page_is_read(kept, student, monkeypatch):
    token = student().token
    monkeypatch.setattr(cookie, "read", lambda: token)
    assert texts(opened())[0] == "student calm heron"


def test_sign_out_ends_the_session_in_the_other_tab_too_and_clears_what_was_in_it(kept, student):
    token = student().token
    one, other = opened(token), opened(token)
    other.session_state["draft"] = "an answer of calm heron"
    one.button[0].click().run()
    assert texts(one)[0] == "nobody"
    assert one.get("bidi_component"), "the browser is asked to remove the cookie"
    other.run()
    assert texts(other) == ["nobody", "no teacher", "left over: None"]
    assert "signed out" in other.info[0].value
    other.run()
    assert not other.info, "said once"


def test_a_store_that_does_not_answer_for_a_moment_signs_nobody_out(kept, student, monkeypatch):
    at = opened(student().token)
    at.session_state["draft"] = "half an answer"
    monkeypatch.setattr(
        store, "_cabinet", lambda url: type("Shut", (), {"store": lambda self, at: store.Trouble("Shut.")})()
    )
    at.run()
    assert texts(at) == ["nobody", "no teacher", "left over: half an answer"]


def test_a_session_sleeps_after_an_hour_and_an_own_device_does_not(kept, room, monkeypatch):
    begin = datetime.now(UTC)
    shared = people.join(kept, room.code, "shared", begin - access.LEARNER_IDLE)
    own = people.join(kept, room.code, "own", begin - access.LEARNER_IDLE, own_device=True)
    assert texts(opened(shared.token))[0] == "nobody"
    assert texts(opened(own.token))[0] == "student own"


@pytest.mark.parametrize(("own_device", "seconds"), [(False, None), (True, 30 * 24 * 3600)])
def test_the_cookie_ends_with_the_browser_unless_the_device_is_ones_own(kept, student, own_device, seconds):
    def join(token, own_device):
        import streamlit as st

        from lrlab.ui.account import person

        if st.button("Join"):
            person.remember(token, own_device)
        person.arrive()
        st.text(person.learner().handle if person.learner() else "nobody")

    at = AppTest.from_function(join, kwargs={"token": student().token, "own_device": own_device}).run()
    at.button[0].click().run()
    assert texts(at) == ["calm heron"]
    assert at.session_state["account.cookie"].seconds == seconds
