"""The way in through an identity provider: for those on the list, with a verified address, and for nobody else."""

from datetime import timedelta

import pytest

from lrlab.classroom import access, teachers
from lrlab.ui.account import identity, store
from lrlab.ui.account.identity import Identity
from lrlab.ui.teacher import owner


@pytest.fixture
def provider(monkeypatch):
    """A provider that vouches for whoever the test says, and a list with one address."""
    monkeypatch.setattr(identity, "providers", lambda: (None, "school"))
    monkeypatch.setattr(owner, "emails", lambda: ("Ada@School.example",))

    def vouch(email):
        found = email is not None and Identity(
            "https://id", f"s-{email}", email, store.now() + timedelta(hours=1)
        )
        monkeypatch.setattr(identity, "vouched", lambda at: found or None)

    return vouch


def test_the_providers_are_offered_to_a_visitor(open_desk, provider):
    provider(None)
    labels = {button.label for button in open_desk().button}
    assert {"Sign in with your school account", "Sign in with your school account (school)"} <= labels


def test_without_a_list_none_is_offered(open_desk, provider, monkeypatch):
    provider("ada@school.example")
    monkeypatch.setattr(owner, "emails", lambda: ())
    assert "Enter" not in {button.label for button in open_desk().button}


@pytest.mark.parametrize(("email", "inside"), [("ada@school.example", True), ("eve@school.example", False)])
def test_who_is_on_the_list_enters(open_desk, provider, press, said, kept, email, inside):
    provider(email)
    at = press(open_desk(), "Enter")
    assert any("no class yet" in text.value for text in at.markdown) is inside
    assert bool(said(at)) is not inside
    assert teachers.everyone(kept, access.Operator(), store.now()) == (("ada",) if inside else ())


def test_an_address_that_is_not_verified_lets_nobody_in(open_desk, provider):
    provider("")
    at = open_desk()
    assert "Enter" not in {button.label for button in at.button}
    assert any("does not say" in text.value for text in at.text)
