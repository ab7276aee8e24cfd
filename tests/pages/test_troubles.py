"""Where the classes' database is wrong, the lab starts, its labs and exercises work, and Home says what mends it."""

import html
import os
import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom import database
from lrlab.ui.account import store

ROOT = Path(__file__).parents[2]


@pytest.fixture(
    params=["wrong word", "other database", "nobody answers", "no permission", "newer", "foreign", "damaged"]
)
def broken(request, tmp_path, monkeypatch):
    """An address of a database that cannot be used, and what the page must say of it."""
    path = tmp_path / "lrlab.db"
    url, said = f"sqlite:///{path}", ""
    if request.param == "wrong word":
        url, said = "class database please", "It looks like sqlite:///data/lrlab.db or postgresql://"
    elif request.param == "other database":
        url, said = "mysql://localhost/lab", "the lab speaks sqlite and postgresql"
    elif request.param == "nobody answers":
        url, said = "postgresql://lrlab:word@127.0.0.1:9/lab", "Check that it runs"
    elif request.param == "no permission":
        url, said = "sqlite:////proc/lrlab/lrlab.db", "Give the lab a folder it may write to"
    elif request.param == "newer":
        database.open(url).close()
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE lrlab_schema SET version_num = 'f00d'")
        said = "Start the newer version again"
    elif request.param == "foreign":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE learners (name TEXT)")
        said = "Give the lab a database of its own"
    else:
        path.write_bytes(os.urandom(8192))
        said = "Put a backup in its place"
    monkeypatch.setenv("LRLAB_DATABASE_URL", url)
    return said


def opened():
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()


def test_the_lab_works_and_home_says_what_is_wrong_and_how_to_mend_it(broken):
    at = opened()
    assert not at.exception, at.exception
    said = " ".join(html.unescape(box.proto.body) for box in at.get("html"))
    assert broken in said
    assert "labs and exercises work" in said
    at.switch_page("pages/first_step.py").run()
    assert not at.exception, at.exception
    assert any("Classes are closed at the moment" in caption.value for caption in at.sidebar.caption)
    at.session_state["first-step/home-in-one-step.folded"] = True
    at.run()
    field = next(field for field in at.text_input if "home-in-one-step" in field.key)
    field.set_value("0.0001")
    next(
        button
        for button in at.button
        if button.label == "Run it" and button.proto.form_id == field.proto.form_id
    ).click()
    at.run()
    assert not at.exception, at.exception
    assert any("The budget was 1 step" in warning.value for warning in at.warning), "judged all the same"


def test_tables_of_an_older_version_are_brought_up_to_date_when_the_lab_starts(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/lrlab.db"
    monkeypatch.setenv("LRLAB_DATABASE_URL", url)
    database.open(url).close()
    with sqlite3.connect(tmp_path / "lrlab.db") as connection:
        newest = connection.execute("SELECT version_num FROM lrlab_schema").fetchone()
        connection.execute("DELETE FROM lrlab_schema")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in ("lrlab_schema", "sqlite_sequence"):
                connection.execute(f'DROP TABLE "{name}"')
    assert not opened().exception
    with sqlite3.connect(tmp_path / "lrlab.db") as connection:
        assert connection.execute("SELECT version_num FROM lrlab_schema").fetchone() == newest
    assert isinstance(store.store(), database.Store)
    store.store().close()
