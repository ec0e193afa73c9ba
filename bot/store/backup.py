"""Backups: one SQLite file that either backend can be restored from, made and read while the bot runs."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.store.address import Address
from bot.store.copying import replace_rows
from bot.store.database import BUSY_S, Database
from bot.store.errors import (
    StoreBackupError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreVersionError,
    translated_errors,
)
from bot.store.migrate import check_version, migrate

__all__ = ["back_up", "restore"]

_DAMAGED: Final = "The backup file is damaged, or is no backup: take another one."
_PAGES: Final = 2_000  # 8 MiB a step: writers get in between


async def back_up(address: Address, file: Path) -> None:
    """Write a backup of the database as it is at one moment; a file of that name is replaced at the end.

    Raises:
        StoreError: There is no backup, and what was there is as it was.
    """
    _refuse_the_database_itself(address, file)
    with _writing_the_backup():
        new = Path(tempfile.mkstemp(prefix=f"{file.name}.", suffix=".new", dir=file.parent)[1])
        try:
            with translated_errors():
                if address.file is not None:
                    await asyncio.to_thread(_copy_file, address.file, new)
                else:
                    await _dump(address, new)
                await asyncio.to_thread(_finish, new)
            await asyncio.to_thread(_put_in_place, new, file)
        finally:
            for left in (new, *_companions(new)):
                left.unlink(missing_ok=True)


async def restore(address: Address, file: Path) -> None:
    """Put a backup's content in the place of the database's, at one moment, also while the bot runs.

    The backup is looked through and brought to this version first, in a copy. A damaged SQLite file is moved
    aside; then a running bot has to be started again to see the new one.

    Raises:
        StoreVersionError: A later version has made the backup.
        StoreBackupError: The backup is not one, or is damaged.
        StoreError: The backup cannot be read, or the database could not be written. Whatever is raised, it is as it was.
    """
    _refuse_the_database_itself(address, file)
    with translated_errors(), tempfile.TemporaryDirectory(prefix="adjutant-restore-") as folder:
        copy = Path(folder) / "backup"
        await asyncio.to_thread(_take, file, copy)
        with _looking_into_the_backup():
            if not await asyncio.to_thread(_is_sound, copy):
                raise StoreBackupError(_DAMAGED)
            await _bring_to_this_version(copy)
        if address.file is None:
            await _load(copy, address)
        else:
            await asyncio.to_thread(_overwrite, copy, address.file)


def _refuse_the_database_itself(address: Address, file: Path) -> None:
    """Refuse a backup that is a file of the database's, whatever it is called here.

    Raises:
        StoreError: It is one.
    """
    database = address.file
    if database is None:
        return
    own = (database, *_companions(database))
    if any(_is_same(file, part) for part in (*own, *_companions(database.resolve()))):
        raise StoreError("The backup cannot be a file of the database itself: name another file.")


def _is_same(file: Path, other: Path) -> bool:
    try:
        return file.resolve() == other.resolve() or file.samefile(other)
    except (OSError, RuntimeError):  # one of them is not there, or is a loop of links
        return False


@contextmanager
def _writing_the_backup() -> Generator[None]:
    """Tell of the backup what is wrong with its file: the database is fine."""
    try:
        yield
    except StoreFullError:
        raise StoreFullError(
            "There is no space left for the backup: make room where it is written."
        ) from None
    except OSError:
        raise StoreError(
            "The backup cannot be written: check that its folder is there and may be written."
        ) from None


def _take(file: Path, copy: Path) -> None:
    """Copy a backup that is to be restored.

    Raises:
        StoreError: It cannot be read, or there is no room.
    """
    try:
        shutil.copyfile(file, copy)
    except FileNotFoundError:
        raise StoreError("The backup file is not there: check its name.") from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFullError(
                "There is no space left for a copy of the backup: make room for temporary files."
            ) from None
        raise StoreError("The backup file cannot be read: check that it is a file and may be read.") from None


@contextmanager
def _looking_into_the_backup() -> Generator[None]:
    """Tell of the backup what is wrong with the copy of it: nothing is known of the database."""
    try:
        with translated_errors():
            yield
    except StoreBackupError:
        raise
    except StoreDamagedError:
        raise StoreBackupError(_DAMAGED) from None
    except StoreVersionError:
        raise StoreVersionError(
            "The backup was made by a later version of Adjutant: install that version, or a later one."
        ) from None


def _copy_file(source: Path, target: Path) -> None:
    if not source.exists():
        raise StoreError("There is no database to back up yet.")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, pages=_PAGES, progress=_patience(), sleep=0.05)


async def _dump(address: Address, file: Path) -> None:
    """Copy PostgreSQL's rows, as of one moment."""
    source, target = Database(address), Database(Address.of_file(file))
    try:
        await migrate(target)
        async with source.engine.connect() as old:
            await old.execution_options(isolation_level="REPEATABLE READ")
            async with old.begin(), target.writing(changes=()) as new:
                await old.run_sync(check_version)
                await replace_rows(old, new)  # the new one has a secret of its own
    finally:
        await source.close()
        await target.close()


async def _load(file: Path, address: Address) -> None:
    source, target = Database(Address.of_file(file)), Database(address)
    try:
        await migrate(target)
        async with source.reading() as old, target.writing(changes=()) as new:
            await replace_rows(old, new)
    finally:
        await source.close()
        await target.close()


async def _bring_to_this_version(file: Path) -> None:
    database = Database(Address.of_file(file))
    try:
        async with database.reading() as connection:
            await connection.run_sync(_has_version)
        await migrate(database)
    finally:
        await database.close()


def _has_version(connection: Connection) -> None:
    check_version(connection)
    if not connection.dialect.has_table(connection, "alembic_version"):
        raise StoreBackupError("The backup file is a database, but no backup of Adjutant's.")


def _is_sound(file: Path) -> bool:
    """Look through a whole file."""
    with closing(sqlite3.connect(file)) as database:
        sound = database.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        return sound and database.execute("PRAGMA foreign_key_check").fetchone() is None


def _finish(file: Path) -> None:
    """Make it a file that stands alone, and sound."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    if not _is_sound(file):
        raise StoreDamagedError("The database is damaged: restore an earlier backup with `adjutant restore`.")


def _put_in_place(new: Path, file: Path) -> None:
    with new.open("rb") as written:
        os.fsync(written.fileno())
    new.replace(file)


def _overwrite(copy: Path, file: Path) -> None:
    """Write all pages in one transaction of the database's: readers see what was there until it is done."""
    with closing(sqlite3.connect(copy)) as new:
        try:
            with closing(sqlite3.connect(file)) as old:
                old.execute("PRAGMA schema_version").fetchone()
                new.backup(old, progress=_patience(), sleep=0.05)
                old.execute("PRAGMA journal_mode = WAL")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise
            for damaged in (file, *_companions(file)):
                if damaged.exists():
                    damaged.replace(damaged.with_name(f"{damaged.name}.damaged"))
            _copy_file(copy, file)


def _companions(file: Path) -> list[Path]:
    """The files that SQLite keeps beside a database."""
    return [file.with_name(f"{file.name}-{kind}") for kind in ("wal", "shm", "journal")]


def _patience() -> Callable[[int, int, int], None]:
    """Return what ends a copy that somebody else's lock has kept from beginning for too long."""
    since = time.monotonic()

    def look(status: int, _remaining: int, _total: int) -> None:
        nonlocal since
        if status not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            since = time.monotonic()
        elif time.monotonic() - since > BUSY_S:
            raise StoreBusyError("The database is locked by somebody else: try again.")

    return look
