"""Bring a database to this program's version at its start; whoever starts at the same time waits."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from bot.store.database import Database
from bot.store.errors import StoreVersionError

__all__ = ["check_version", "migrate"]

_FOLDER: Final = Path(__file__).with_name("migrations")


async def migrate(database: Database) -> None:
    """Make the tables, or change them to what this version needs; all of it or nothing.

    The lock is the database's own: SQLite's lock for writers, an advisory lock on PostgreSQL. It goes when its
    holder dies, and needs no file beside the database.

    Raises:
        StoreVersionError: A later version of this program has written it; nothing was touched.
        StoreError: It cannot be opened or written.
    """
    if database.is_sqlite:
        await _use_write_ahead_log(database)
    async with database.writing(changes=()) as connection:
        await connection.run_sync(_upgrade)


async def _use_write_ahead_log(database: Database) -> None:
    """Let readers go on while somebody writes. The file remembers it; it cannot be said in a transaction."""
    async with database.alone() as connection:
        await connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def check_version(connection: Connection) -> None:
    """Look whether this version can use the database, which may be empty or older.

    Raises:
        StoreVersionError: It was written by a later version.
    """
    _steps(ScriptDirectory(str(_FOLDER)), MigrationContext.configure(connection))


def _upgrade(connection: Connection) -> None:
    script, context = ScriptDirectory(str(_FOLDER)), MigrationContext.configure(connection)
    # Alembic's own command speaks through module globals; two databases at once would mix them up.
    operations = Operations(context)
    for step in _steps(script, context):
        step.module.upgrade(operations)
        context.stamp(script, step.revision)


def _steps(script: ScriptDirectory, context: MigrationContext) -> list[Script]:
    """Return the steps that the database lacks, oldest first."""
    steps = list(reversed(list(script.walk_revisions())))
    current = context.get_current_revision()
    if current is None:
        return steps
    numbers = [step.revision for step in steps]
    if current not in numbers:
        raise StoreVersionError(
            "The database was written by a later version of Adjutant: "
            "use that version, or restore a backup that this one made."
        )
    return steps[numbers.index(current) + 1 :]
