"""Draft the next migration: what `tables.py` has and the migrations so far have not."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from lrlab.classroom import database, schema


def main() -> int:
    """Write the draft into versions/ and name it."""
    if len(sys.argv) != 2:
        sys.stderr.write('usage: python -m lrlab.classroom.migrations "what changes"\n')
        return 2
    with tempfile.TemporaryDirectory() as folder:
        store = database.open(f"sqlite:///{Path(folder) / 'draft.db'}")
        if isinstance(store, database.Trouble):
            sys.stderr.write(f"{store.sentence}\n")
            return 1
        with store.writing() as connection:
            number = f"{len(list((Path(__file__).parent / 'versions').glob('v*.py'))) + 1:04d}"
            command.revision(
                schema.configuration(connection), sys.argv[1], autogenerate=True, rev_id=f"v{number}"
            )
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
