import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, inspect, select, text
from sqlalchemy.schema import CreateIndex, CreateTable

from lrlab.classroom import database, schema
from lrlab.classroom.database import Store, Trouble
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import locks, metadata

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def opened(url: str) -> Store:
    store = database.open(url)
    assert isinstance(store, Store), store
    return store


def trouble(url: str) -> str:
    found = database.open(url)
    assert isinstance(found, Trouble)
    assert "classes stay closed" in found.sentence
    return found.sentence


def test_sqlite_is_made_on_first_use_in_wal_with_full_synchronisation(tmp_path):
    store = opened(f"sqlite:///{tmp_path}/new/folder/lrlab.db")
    with store.reading() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 20_000,
    }


def described(connection):
    """Every table and index as the set of its lines, whatever their order."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return {
        name: {line.strip(" ,)(").replace('"', "") for line in sql.splitlines()}
        for name, sql in rows
        if name not in (schema.VERSION_TABLE, "sqlite_sequence")
    }


def test_the_migrations_make_exactly_the_tables_of_the_code(sqlite_store, tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/direct.db")
    metadata.create_all(engine)
    with engine.begin() as direct, sqlite_store.reading() as migrated:
        assert described(migrated) == described(direct)


@pytest.mark.slow
def test_postgresql_tables_hold_to_the_code_too(postgres_store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with postgres_store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": schema.VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []
        for table in metadata.tables.values():
            found = {c["name"] for c in inspect(connection).get_check_constraints(table.name)}
            wanted = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert found == wanted


def test_a_second_start_changes_nothing(store):
    with store.writing() as connection:
        before = schema.revision(connection)
        assert schema.bring_up_to_date(connection) is None
        assert schema.revision(connection) == before


START = """
import sys
from lrlab.classroom import database
store = database.open(sys.argv[1])
print(type(store).__name__, getattr(store, "sentence", ""))
"""


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_copies_that_start_together_migrate_once(kind, tmp_path, request):
    url = f"sqlite:///{tmp_path}/lrlab.db"
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        engine = create_engine(
            server.url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE together"))
        url = server.url.replace("/postgres?", "/together?")
    starts = [
        subprocess.Popen([sys.executable, "-c", START, url], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [start.communicate(timeout=60)[0].strip() for start in starts]
    assert said == ["Store"] * 3
    store = opened(url)
    with store.reading() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {schema.VERSION_TABLE}")).scalar_one() == 1
    store.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "cannot be read"),
        ("not a url", "cannot be read"),
        ("mysql://u:p@h/db", "begins with “mysql”"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////proc/nowhere/lrlab.db", "cannot be made or used"),
        ("postgresql://ada:hush@127.0.0.1:1/lab", "could not be opened"),
        ("postgres://ada:hush@no-such-host.invalid/lab", "could not be opened"),
    ],
)
def test_a_wrong_address_is_a_sentence_and_keeps_the_password_to_itself(url, words):
    sentence = trouble(url)
    assert words in sentence
    assert "hush" not in sentence
    assert "LRLAB_DATABASE_URL" in sentence


def test_a_folder_in_place_of_the_file_is_a_sentence(tmp_path):
    assert "could not be opened" in trouble(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "essay.db"
    path.write_bytes(b"Dear Ada, " * 1000)
    assert "damaged or is not a database" in trouble(f"sqlite:///{path}")
    assert path.read_bytes() == b"Dear Ada, " * 1000


def test_a_damaged_file_is_found_at_the_start(tmp_path):
    path = tmp_path / "lrlab.db"
    store = opened(f"sqlite:///{path}")
    with store.writing() as connection:
        for number in range(500):
            database.insert_once(connection, locks, name=f"{number:064d}", failures=1, tried_at=NOON)
    database.scrub(store)
    store.close()
    content = bytearray(path.read_bytes())
    spot = content.index(b"0" * 61 + b"250")
    content[spot : spot + 400] = b"\xff" * 400
    path.write_bytes(content)
    assert "damaged" in trouble(f"sqlite:///{path}")


def test_a_newer_schema_is_left_alone(store):
    with store.writing() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = 'v9999'"))
    try:
        with store.writing() as connection:
            sentence = schema.bring_up_to_date(connection)
        assert sentence is not None
        assert "newer version" in sentence
        assert "v9999" in sentence
    finally:
        with store.writing() as connection:
            connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = 'v0001'"))


def test_open_says_so_of_a_newer_schema(tmp_path):
    url = f"sqlite:///{tmp_path}/lrlab.db"
    store = opened(url)
    with store.writing() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = 'v9999'"))
    store.close()
    assert "newer version of the lab (schema v9999)" in trouble(url)


def test_another_programs_tables_are_left_alone(tmp_path):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE sessions (basket TEXT)")
    assert "tables called sessions" in trouble(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("sessions",)]


def test_an_older_schema_is_brought_up_to_date_and_keeps_its_rows(tmp_path):
    path = tmp_path / "lrlab.db"
    with sqlite3.connect(path) as connection:
        connection.execute(
            f"CREATE TABLE {schema.VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
        )
        connection.execute("CREATE TABLE notes (words TEXT)")
        connection.execute("INSERT INTO notes VALUES ('mine')")
    store = opened(f"sqlite:///{path}")
    with store.reading() as connection:
        assert set(schema.table_names()) <= set(inspect(connection).get_table_names())
        assert connection.execute(text("SELECT words FROM notes")).scalar_one() == "mine"
    store.close()


def test_a_user_without_the_right_to_make_tables_is_told_so(postgres):
    engine = create_engine(
        postgres.url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for statement in ("CREATE ROLE guest LOGIN", "CREATE DATABASE bare"):
            connection.execute(text(statement))
    engine.dispose()
    url = postgres.url.replace("lrlab@/postgres?", "guest@/bare?")
    said = trouble(url)
    assert "may not make or change tables" in said
    assert "Grant CREATE" in said
    assert "could not be opened" in trouble(url.replace("/bare?", "/nowhere?"))
    assert "could not be opened" in trouble(url.replace("guest@", "stranger@"))


class Stopped(BaseException):
    """What a page raises when a second click stops it: not an Exception."""


def write(store, names):
    with store.writing() as connection:
        for name in names:
            database.insert_once(connection, locks, name=name, failures=1, tried_at=NOON)


@pytest.mark.parametrize("statement", range(3))
def test_whatever_stops_a_transaction_leaves_no_lock_and_no_half(store, statement):
    seen = []

    def stop(*_):
        seen.append(1)
        if len(seen) == statement + 1:
            raise Stopped

    event.listen(store.engine, "after_cursor_execute", stop)
    try:
        with pytest.raises(Stopped):
            write(store, "abc")
    finally:
        event.remove(store.engine, "after_cursor_execute", stop)
    done = []

    def another():
        write(store, "z")
        done.append(True)

    thread = threading.Thread(target=another)
    thread.start()
    thread.join(timeout=5)
    assert done == [True]
    with store.reading() as connection:
        assert connection.execute(select(locks.c.name)).scalars().all() == ["z"]
    assert store.engine.pool.checkedout() == 0


def test_a_server_that_goes_away_is_a_refusal(tmp_path):
    store = opened(f"sqlite:///{tmp_path}/lrlab.db")
    with pytest.raises(Refusal) as refused, store.writing() as connection:
        connection.exec_driver_sql("SELECT * FROM no_such_table")
    assert refused.value.reason is Reason.UNREACHABLE


def test_a_time_without_a_zone_is_refused(store):
    with pytest.raises(Exception, match="needs its zone"), store.writing() as connection:
        database.insert_once(connection, locks, name="a", failures=1, tried_at=NOON.replace(tzinfo=None))


def test_every_table_can_be_written_as_sql_for_both_databases():
    from sqlalchemy.dialects import postgresql, sqlite

    for table in metadata.sorted_tables:
        for dialect in (postgresql.dialect(), sqlite.dialect()):
            assert str(CreateTable(table).compile(dialect=dialect))
            for index in table.indexes:
                assert str(CreateIndex(index).compile(dialect=dialect))


def test_migrations_folder_holds_one_chain():
    from alembic.script import ScriptDirectory

    folder = Path(database.__file__).parent / "migrations"
    scripts = ScriptDirectory(str(folder))
    assert len(scripts.get_heads()) == 1
    assert [step.revision for step in scripts.walk_revisions()][-1] == "v0001"
