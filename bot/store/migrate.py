"""Bring a database to this program's version at its start; whoever starts at the same time waits."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from bot.store.database import Database
from bot.store.errors import StoreVersionError, translated_errors

__all__ = ["check_version", "migrate"]

_PAUSE_S: Final = 0.05
_FOLDER: Final = Path(__file__).with_name("migrations")


async def migrate(database: Database) -> None:
    """Make the tables, or change them to what this version needs; all of it or nothing.

    The lock is the database's own: SQLite's lock for writers, an advisory lock on PostgreSQL. It goes when its
    holder dies, and needs no file beside the database.

    Raises:
        StoreVersionError: A later version of this program has written it; nothing was touched.
        StoreError: It cannot be opened or written.
    """
    if database.address.file is not None:
        with translated_errors():
            await asyncio.to_thread(_use_write_ahead_log, database.address.file, database.busy_s)
    async with database.writing(changes=()) as connection:
        await connection.run_sync(_upgrade)


def _use_write_ahead_log(file: Path, busy_s: float) -> None:
    """Let readers go on while somebody writes. The file remembers it; it cannot be said in a transaction.

    It is the first thing that is asked of a file, and without the asynchronous driver, whose thread would
    report a file that cannot be opened once more, to a loop that may be closed by then.
    """
    end = time.monotonic() + busy_s
    with closing(sqlite3.connect(file, timeout=busy_s)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # Of two who change it at the same time one is refused at once, whatever the timeout.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(_PAUSE_S)
            else:
                return


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
