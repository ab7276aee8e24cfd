"""What is read from a provider's token, and what is not believed."""

from datetime import UTC, datetime

import pytest

from lrlab.ui.account import identity
from lrlab.ui.account.identity import Identity

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLAIMS = {
    "is_logged_in": True,
    "iss": "https://id.example",
    "sub": "s-1",
    "email": "ada@school.example",
    "email_verified": True,
    "exp": NOON.timestamp(),
}


def test_an_identity_is_issuer_and_subject_and_a_verified_address():
    assert identity.read(CLAIMS) == Identity("https://id.example", "s-1", "ada@school.example", NOON)


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 0])
def test_an_address_that_is_not_verified_is_not_read(verified):
    found = identity.read({**CLAIMS, "email_verified": verified})
    assert found is not None
    assert found.email == ""
    assert (
        identity.read({name: value for name, value in CLAIMS.items() if name != "email_verified"}).email == ""
    )


@pytest.mark.parametrize(
    "lacking",
    [{"is_logged_in": False}, {"iss": ""}, {"sub": None}, {"exp": None}, {"exp": "soon"}, {"exp": True}],
)
def test_a_token_that_names_nobody_is_nobody(lacking):
    assert identity.read({**CLAIMS, **lacking}) is None


def test_a_token_holds_until_it_ends(monkeypatch):
    monkeypatch.setattr(identity, "st", type("S", (), {"user": type("U", (), {"to_dict": lambda: CLAIMS})}))
    assert identity.vouched(datetime(2026, 3, 2, 11, 59, tzinfo=UTC)) is not None
    assert identity.vouched(NOON) is None
