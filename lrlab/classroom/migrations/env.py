"""What Alembic runs around every migration: on the connection, and in the transaction, that it was given."""

from typing import Any, Literal

from alembic import context

from lrlab.classroom.moment import Moment
from lrlab.classroom.schema import VERSION_TABLE
from lrlab.classroom.tables import metadata


def _plain(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Write what the database has, not what the code makes of it: a step must not change when the code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def _run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=True,
        render_item=_plain,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic runs this file
    _run()
