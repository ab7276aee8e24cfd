"""Whether the tables of a database fit this version of the lab, and what is done when they do not."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from lrlab.classroom.tables import metadata

VERSION_TABLE = "lrlab_schema"

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number will do, as long as every copy of the lab asks for the same one.
_POSTGRESQL_LOCK = 7_265_726_102
# Alembic keeps the migration that is running in a module of its own: one at a time in this process.
_IN_THIS_PROCESS = threading.Lock()


def table_names() -> tuple[str, ...]:
    """Every table of the lab, those that others point to first."""
    return tuple(table.name for table in metadata.sorted_tables)


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for a connection that is already inside a transaction."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def bring_up_to_date(connection: Connection) -> str | None:
    """Run the migrations that are missing; a sentence with a place for {where} when that must not be done.

    Copies that start together queue here: PostgreSQL by a lock for this transaction, SQLite because the transaction
    that `connection` is in began by taking the only pen.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK})
    config = configuration(connection)
    scripts = ScriptDirectory.from_config(config)
    now = revision(connection)
    if now == scripts.get_current_head():
        return None
    if now is not None and not _knows(scripts, now):
        return (
            f"The tables in {{where}} were made by a newer version of the lab (schema {now}). Nothing was changed "
            "in them. Start the newer version again, or give this one another LRLAB_DATABASE_URL."
        )
    if now is None:
        foreign = sorted(set(inspect(connection).get_table_names()) & set(table_names()))
        if foreign:
            return (
                f"Something else lives in {{where}}: it has tables called {', '.join(foreign)} that are not the "
                "lab's. Nothing was changed in them. Give the lab a database of its own in LRLAB_DATABASE_URL."
            )
    with _IN_THIS_PROCESS:
        command.upgrade(config, "head")
    return None


def revision(connection: Connection) -> str | None:
    """The schema that a database has; None where the lab has never been."""
    return MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    ).get_current_revision()


def _knows(scripts: ScriptDirectory, name: str) -> bool:
    try:
        return scripts.get_revision(name) is not None
    except CommandError:
        return False
