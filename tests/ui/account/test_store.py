"""The store of the pages: opened once, and in words where it cannot be."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from lrlab.classroom.database import DEFAULT_URL, Store, Trouble
from lrlab.ui.account import store

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_store_is_opened_once_for_everyone(kept):
    assert isinstance(kept, Store)
    assert store.store() is kept


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "looks like sqlite:///data/lrlab.db"),
        ("mysql://somewhere/x", "speaks sqlite and postgresql"),
        ("sqlite:////proc/nobody/may/lrlab.db", "Give the lab a folder it may write to"),
        ("postgresql://lrlab:secret-word@127.0.0.1:1/none", "Check that it runs"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_with_what_mends_it(url, said, monkeypatch, caplog):
    monkeypatch.setenv("LRLAB_DATABASE_URL", url)
    found = store.store()
    assert isinstance(found, Trouble)
    assert said in found.sentence
    assert "labs and exercises work" in found.sentence
    assert "secret-word" not in found.sentence + caplog.text
    assert found.sentence in caplog.text, "whoever runs the server reads it in the log"


def test_a_database_that_comes_back_is_found_without_a_restart(tmp_path, monkeypatch):
    path = tmp_path / "lrlab.db"
    path.write_bytes(b"this is no database, but long enough to be looked at" * 20)
    cabinet = store._Cabinet(f"sqlite:///{path}")
    assert "damaged" in cabinet.store(NINE).sentence
    path.unlink()
    early = cabinet.store(NINE + store.AGAIN_AFTER - timedelta(seconds=1))
    assert isinstance(early, Trouble), "not tried again by every visitor"
    found = cabinet.store(NINE + store.AGAIN_AFTER)
    assert isinstance(found, Store)
    found.close()


def test_a_newer_schema_is_left_alone(kept, tmp_path):
    with sqlite3.connect(tmp_path / "lrlab.db") as connection:
        connection.execute("UPDATE lrlab_schema SET version_num = '9999'")
    found = store._Cabinet(f"sqlite:///{tmp_path}/lrlab.db").store(NINE)
    assert isinstance(found, Trouble)
    assert "newer version of the lab" in found.sentence


@pytest.mark.parametrize(
    ("secrets", "address"),
    [
        ({"connections": {"lrlab": {"url": "sqlite:///s.db"}}}, "sqlite:///s.db"),
        ({"connections": {"other": {"url": "sqlite:///s.db"}}}, DEFAULT_URL),
        ({"connections": {"lrlab": "sqlite:///s.db"}}, DEFAULT_URL),
        ({}, DEFAULT_URL),
    ],
)
def test_the_address_comes_from_the_environment_then_the_secrets_then_the_disk(secrets, address, monkeypatch):
    monkeypatch.setattr(store, "section", lambda name: secrets.get(name, {}))
    monkeypatch.setenv("LRLAB_DATABASE_URL", "sqlite:///e.db")
    assert store.address() == "sqlite:///e.db"
    monkeypatch.delenv("LRLAB_DATABASE_URL")
    assert store.address() == address
