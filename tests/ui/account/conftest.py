"""A school in a store of its own, and pages that its students open."""

from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher, Type

from lrlab.classroom import access, classes, credentials, people
from lrlab.ui.account import store


@pytest.fixture(scope="session", autouse=True)
def _quick_hash():
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "_HASHER", quick)
        patch.setattr(credentials, "_NOBODY", quick.hash("nobody"))
        yield


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """The store that the pages of this test open."""
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/lrlab.db")
    opened = store.store()
    yield opened
    opened.close()


@pytest.fixture
def room(kept):
    return classes.create(kept, access.Operator(), "Optimisation, Monday", datetime.now(UTC))


@pytest.fixture
def student(kept, room):
    """Let a student join: `student("calm heron")` returns their welcome."""
    return lambda handle="calm heron": people.join(kept, room.code, handle, datetime.now(UTC))
