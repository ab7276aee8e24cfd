"""What holds for every test: a store of its own for each test process, never the one in data/, and `__main__` kept."""

import sys

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_store(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('store')}/lrlab.db")
        yield


@pytest.fixture(autouse=True)
def _main_is_left_as_it_was():
    """A page under test puts itself in the place of `__main__`; a process started later would begin by running it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
