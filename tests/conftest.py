"""What holds for every test: a store of its own for each test process, never the one in data/, and `__main__` kept."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SLOW_ROOMS = (
    HERE / "ui",  # runs parts of pages over and over; that every page opens is seen in tests/pages
    HERE / "exercises" / "test_course.py",  # proves every exercise on two hundred variants
    HERE / "test_command_line.py",  # starts processes
    HERE / "test_classroom_commands.py",
)
"""What `make quick` leaves out besides the tests that are marked one by one."""


def pytest_collection_modifyitems(items):
    for item in items:
        if any(room == item.path or room in item.path.parents for room in SLOW_ROOMS):
            item.add_marker(pytest.mark.slow)


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
