"""A teacher with a class in a store of its own, and the desk as that teacher opens it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher, Type
from streamlit.testing.v1 import AppTest

from lrlab.classroom import access, classes, credentials, people, teachers
from lrlab.ui.account import store

ROOT = Path(__file__).parents[3]
WORDS = "four quite unrelated words"


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
    monkeypatch.delenv("LRLAB_TEACHER_KEY", raising=False)
    opened = store.store()
    yield opened
    opened.close()


def now():
    return datetime.now(UTC)


@pytest.fixture
def come_in(kept):
    """Let a teacher come in: `come_in("Ada Weber")` returns their entrance."""

    def enter(name="Ada Weber"):
        if name not in teachers.everyone(kept, access.Operator(), now()):
            teachers.add(kept, access.Operator(), name, WORDS, now())
        return teachers.sign_in(kept, name, WORDS, now())

    return enter


@pytest.fixture
def ada(come_in):
    return come_in("Ada Weber")


@pytest.fixture
def room(kept, ada):
    return classes.create(kept, ada.teacher, "Optimisation, Monday", now())


@pytest.fixture
def student(kept, room):
    """Let a student join: `student("calm heron")` returns the learner."""
    return lambda handle="calm heron": people.join(kept, room.code, handle, now()).learner


@pytest.fixture
def open_desk(kept):
    """The page of the desk: for nobody, or for whoever has a token; on a tab, with an address."""

    def page(entrance=None, tab=None, **query):
        at = AppTest.from_file(str(ROOT / "pages" / "teacher.py"), default_timeout=60)
        if entrance is not None:
            at.session_state["account.token"] = entrance.token
        for name, value in {**query, **({"tab": tab} if tab else {})}.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception, at.exception
        return at

    return page


@pytest.fixture
def press():
    """Press the button with a label, and let the page run."""

    def click(at, label):
        next(button for button in at.button if button.label == label).click()
        at.run()
        assert not at.exception, at.exception
        return at

    return click


@pytest.fixture
def said():
    """What the page has said in its boxes, as text."""
    return lambda at: [html.value for html in at.get("html") if html.value.startswith("<div role=")]
