"""The store: one database, SQLite or PostgreSQL, opened once and used in short transactions."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Executable,
    Row,
    Table,
    create_engine,
    event,
    literal_column,
    make_url,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from lrlab.classroom import schema
from lrlab.classroom.refusals import Reason, Refusal

Found = Row[*tuple[Any, ...]]  # a row of whatever columns were asked for

DEFAULT_URL = "sqlite:///data/lrlab.db"

_BUSY_SECONDS = 20
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_PRAGMAS = (
    "foreign_keys = ON",
    f"busy_timeout = {_BUSY_SECONDS * 1000}",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
)
_WRITING = "lrlab_writing"
_JSON = partial(json.dumps, ensure_ascii=False, allow_nan=False)
_LABS_WORK = "The labs and exercises work; classes stay closed until this is mended."
_UNREACHABLE = (
    "The class's records did not answer, so it is not certain that this was saved. "
    "Try again in a moment; the same thing sent twice is kept once."
)


@dataclass(frozen=True)
class Trouble:
    """Why there is no store: a sentence for the page, and for the server's log what the database itself said."""

    sentence: str
    detail: str = ""


@dataclass(frozen=True)
class Store:
    """An open database whose tables fit this version of the lab."""

    engine: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether everything lies in one file on this machine's disk."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees one state of the database throughout."""
        with _answering(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that is kept whole when the block ends and not at all when anything interrupts it."""
        with _answering(), self.engine.execution_options(**{_WRITING: True}).begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open(url: str = DEFAULT_URL) -> Store | Trouble:
    """Open the database at `url`, make or mend its tables when needed, and check that it is whole."""
    try:
        address = _address(url)
        engine = _engine(address)
    except ValueError as error:
        return Trouble(str(error))
    where = address.render_as_string(hide_password=True)
    try:
        if address.drivername == _DRIVERS["sqlite"]:
            _prepare_file(engine, address)
        return _fit(Store(engine), where)
    except OSError as error:
        return _close(engine, f"The folder for {where} cannot be made or used ({error.strerror}). {_LABS_WORK}"
                      " Give the lab a folder it may write to, or another LRLAB_DATABASE_URL.", error)  # fmt: skip
    except DBAPIError as error:
        return _close(engine, _what_the_driver_said(error.orig, where), error)
    except sqlite3.Error as error:
        return _close(engine, _what_the_driver_said(error, where), error)


def insert_once(connection: Connection, table: Table, **values: object) -> bool:
    """Insert a row unless one with the same unique values is there; True when it was inserted."""
    return connection.execute(_insert_once(connection.dialect.name, table), values).first() is not None


def put(connection: Connection, table: Table, **values: object) -> None:
    """Insert a whole row, or put it in the place of the one with the same primary key."""
    connection.execute(_put(connection.dialect.name, table), values)


@cache
def _insert_once(dialect: str, table: Table) -> Executable:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing().returning(literal_column("1"))


@cache
def _put(dialect: str, table: Table) -> Executable:
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    rest = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)


def scrub(store: Store) -> bool:
    """Rewrite the database so that nothing deleted is left in its files; False when someone was in the way.

    A PostgreSQL server keeps its own log and backups for as long as its owner has set.
    """
    connection = store.engine.raw_connection()
    driver: Any = connection.driver_connection
    connection.detach()
    try:
        if store.is_sqlite:
            driver.execute("VACUUM")
            busy: int = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return busy == 0
        driver.autocommit = True
        for table in schema.table_names():
            driver.execute(f'VACUUM (FULL) "{table}"')
        return True
    except (sqlite3.OperationalError, psycopg.OperationalError):
        return False
    finally:
        connection.close()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise ValueError(
            "The address of the class database cannot be read. It looks like sqlite:///data/lrlab.db or "
            f"postgresql://user:password@host/name. {_LABS_WORK} Correct LRLAB_DATABASE_URL."
        ) from None
    family = address.get_backend_name()
    if family not in _DRIVERS:
        raise ValueError(
            f"The address of the class database begins with “{address.drivername}”; the lab speaks sqlite and "
            f"postgresql. {_LABS_WORK} Correct LRLAB_DATABASE_URL."
        )
    if family == "sqlite" and address.database in (None, "", ":memory:"):
        raise ValueError(
            "The address of the class database names no file, so everything would be forgotten at the next start. "
            f"{_LABS_WORK} Write sqlite:///data/lrlab.db, or leave LRLAB_DATABASE_URL out."
        )
    return address.set(drivername=_DRIVERS[family])


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, pool_size=8, max_overflow=24, json_serializer=_JSON)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "invalidate", _let_go)
        return engine
    # No server-side prepared statements: the poolers in front of hosted PostgreSQL do not carry them.
    return create_engine(
        address,
        json_serializer=_JSON,
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "prepare_threshold": None},
    )


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes its place in the queue at once: a reader that turned writer could only be refused.
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _let_go(connection: sqlite3.Connection, _record: object, _error: object) -> None:
    # What stops a thread in the middle of a statement makes SQLAlchemy close the connection. SQLite keeps a closed
    # connection, and with it the lock, for as long as the traceback holds that statement: so roll back first.
    connection.rollback()


def _prepare_file(engine: Engine, address: URL) -> None:
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    # Several copies that start together trip over each other here; the switch does not wait by itself.
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 0):
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if pause == 0 or "locked" not in str(error):
                raise
        finally:
            connection.close()
        time.sleep(pause)


def _fit(store: Store, where: str) -> Store | Trouble:
    with store.engine.execution_options(**{_WRITING: True}).begin() as connection:
        fault = schema.bring_up_to_date(connection)
    if fault is not None:
        return _close(store.engine, f"{fault.format(where=where)} {_LABS_WORK}", None)
    if store.is_sqlite:
        with store.engine.begin() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        if said != "ok":
            return _close(store.engine, _damaged(where), ValueError(said))
    return store


def _close(engine: Engine, sentence: str, error: Exception | None) -> Trouble:
    engine.dispose()
    return Trouble(sentence, "" if error is None else f"{type(error).__name__}: {error}")


def _damaged(where: str) -> str:
    return (
        f"The file of {where} is damaged or is not a database. {_LABS_WORK} Nothing was changed in it. "
        "Put a backup in its place, or move it away and start again with an empty one."
    )


def _what_the_driver_said(error: BaseException | None, where: str) -> str:
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return _damaged(where)
    said = str(error).strip().partition("\n")[0]
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return (
            f"The user of {where} may not make or change tables there ({said}). {_LABS_WORK} "
            "Grant CREATE and USAGE on the schema, or name another user in LRLAB_DATABASE_URL."
        )
    return (
        f"The database at {where} could not be opened ({said}). {_LABS_WORK} "
        "Check that it runs, and that LRLAB_DATABASE_URL has the right host, name, user and password."
    )


@contextmanager
def _answering() -> Iterator[None]:
    """Turn a database that fails in the middle into a sentence."""
    try:
        yield
    except PoolTimeout as error:
        raise Refusal(Reason.UNREACHABLE, _UNREACHABLE) from error
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.OperationalError | psycopg.OperationalError):
            raise
        raise Refusal(Reason.UNREACHABLE, _UNREACHABLE) from error
