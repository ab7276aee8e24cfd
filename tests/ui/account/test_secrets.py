"""Streamlit's secrets as the lab asks for them: often, and without looking for a missing file each time."""

import pytest

from lrlab.ui.account import secrets


class FakeSecrets(dict):
    """Secrets as Streamlit shows them, from a dict, None where there is no file; counts how often it is looked for."""

    def __init__(self, given):
        super().__init__(given or {})
        self.there, self.looks = given is not None, 0

    def load_if_toml_exists(self):
        self.looks += 1
        return self.there


@pytest.fixture
def given(monkeypatch):
    """Put secrets in the place of the server's own, as if nobody had looked for them yet."""

    def put(tables):
        fake = FakeSecrets(tables)
        monkeypatch.setattr(secrets.st, "secrets", fake)
        monkeypatch.setattr(secrets, "_missing_until", 0.0)
        return fake

    return put


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        ({"teachers": {"key": "k"}}, {"key": "k"}),
        ({"auth": {}}, {}),
        ({"teachers": "a word"}, {}),
        ({"teachers": 3}, {}),
        (None, {}),
    ],
)
def test_a_section_is_a_table_or_nothing(tables, found, given):
    given(tables)
    assert secrets.section("teachers") == found


def test_missing_secrets_are_looked_for_once_in_a_while_and_not_at_every_question(given, monkeypatch):
    clock = iter([100.0, 100.0, 105.0, 109.9, 110.0, 110.0])
    monkeypatch.setattr(secrets, "monotonic", lambda: next(clock))
    missing = given(None)
    for _ in range(3):
        assert secrets.section("teachers") == {}
    assert missing.looks == 1
    monkeypatch.setattr(secrets.st, "secrets", FakeSecrets({"teachers": {"key": "k"}}))
    assert secrets.section("teachers") == {"key": "k"}, (
        "put beside a running lab, and found without a restart"
    )
