"""The store that every page in these tests meets: one of its own for each test process, never the one in data/."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_store(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('store')}/lrlab.db")
        yield
