"""The database, on SQLite or PostgreSQL: it opens, is whole, of a version that can be used, and takes writes."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, InterfaceError

from bot.config import Settings, setting
from bot.database import database_address
from bot.doctor.aside import aside
from bot.doctor.case import Case
from bot.doctor.database_state import State, state_of
from bot.doctor.finding import Finding, Verdict
from bot.doctor.folder import in_words, kept_bytes, write_sample
from bot.doctor.sqlite_file import BUSY_S, CHECK_S, reading_through
from bot.store import (
    Address,
    StoreAddressError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnavailableError,
)
from bot.store.database import Database
from bot.store.errors import translated_errors

__all__ = ["check_database"]

WHAT = "Database"
#: What PostgreSQL says to a wrong user, password or database name.
REFUSALS: Final = ("28", "3D")
#: What may pass by itself; everything else is for the operator.
PASSING: Final = (StoreBusyError, StoreUnavailableError)


class _RefusedError(StoreError):
    """PostgreSQL does not let the bot in, which only its operator can change."""


async def check_database(case: Case) -> list[Finding]:
    """Look, and begin to write without going through with it: the bot may be using it."""
    try:
        address = database_address(case.settings)
    except StoreAddressError as error:
        return [Finding(WHAT, Verdict.MEND, f"{setting('database_url')} cannot be used", str(error))]
    file = address.file
    try:
        if file is None:
            return [_told(await _served(address), _place(address))]
        return [await aside(lambda: _filed(file, case.settings))]
    except StoreError as error:
        return [_judged(error, str(file or _place(address)))]
    except (TypeError, ValueError, InterfaceError) as error:
        # What follows the "?" of an address goes to the driver, which takes not everything.
        found = f"{setting('database_url')} has options that PostgreSQL's driver refuses"
        return [Finding(WHAT, Verdict.MEND, found, f"Leave out what follows the ? ({type(error).__name__}).")]


def _place(address: Address) -> str:
    """Name a PostgreSQL database without user, password and options, any of which may be a secret."""
    return f"PostgreSQL's {address.url.database} on {address.url.host or 'this machine'}"


async def _served(address: Address) -> State:
    database = Database(address, busy_s=BUSY_S)
    try:
        with translated_errors(), _refusals():
            async with database.engine.connect() as connection:
                state = await connection.run_sync(_tried)
                await connection.rollback()
                return state
    finally:
        await database.close()


@contextmanager
def _refusals() -> Generator[None]:
    try:
        yield
    except Exception as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if str(getattr(cause, "sqlstate", "")).startswith(REFUSALS):
            sentence = "It refuses the sign-in: check user, password and database name"
            raise _RefusedError(f"{sentence} in {setting('database_url')}.") from None
        raise


def _filed(file: Path, settings: Settings) -> Finding:
    """Look at a file of SQLite's, where a dead disk holds up nobody."""
    if not file.exists():
        return _absent(file, settings)
    with translated_errors():
        _require_room(file)
        try:
            with reading_through(file):
                pass
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise
            return Finding(WHAT, Verdict.TROUBLE, f"could not be read through within {CHECK_S:g} s")
        return _told(_written(file), f"{file}, {in_words(kept_bytes(file))}")


def _require_room(file: Path) -> None:
    """See that the disk takes something, and that the file is ours to write: SQLite makes others beside it.

    Raises:
        StoreError: It does not, or it is not.
    """
    try:
        write_sample(file.parent)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFullError("There is no space left for it: make room where it is stored.") from None
        raise StoreReadOnlyError(_not_ours(f"{file.parent} cannot be written to")) from None
    if not os.access(file, os.R_OK | os.W_OK):
        raise StoreReadOnlyError(_not_ours("It is read-only"))


def _not_ours(found: str) -> str:
    return f"{found}: give the bot's user the right to write there."


def _absent(file: Path, settings: Settings) -> Finding:
    if file.parent.is_dir() or file.parent == settings.data_dir:
        return Finding(WHAT, Verdict.FINE, "none yet: the first start makes it")
    remedy = f"Make that folder for the bot's user, or change {setting('database_url')}."
    return Finding(WHAT, Verdict.MEND, f"{file.parent} is not there", remedy)


def _written(file: Path) -> State:
    address = f"{file.absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_S, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        state = _tried(connection)
        connection.rollback()
        return state


def _tried(connection: Connection) -> State:
    """Find out the version, and write what the caller takes back.

    Raises:
        StoreVersionError: A later version of Adjutant has written it.
    """
    state = state_of(connection)
    statement = (
        "CREATE TABLE adjutant_doctor (number INTEGER)"
        if state.revision is None
        else "UPDATE alembic_version SET version_num = version_num"
    )
    connection.exec_driver_sql(statement)
    return state


def _told(state: State, place: str) -> Finding:
    if state.taken:
        found = f"{place}: another program has made {', '.join(state.taken)}"
        return Finding(WHAT, Verdict.MEND, found, f"Name an empty database in {setting('database_url')}.")
    if state.revision is None:
        return Finding(WHAT, Verdict.FINE, f"{place}: empty, the first start makes its tables")
    if state.revision != state.newest:
        older = f"of version {state.revision}: the next start brings it to {state.newest}"
        return Finding(WHAT, Verdict.FINE, f"{place}: takes writes, {older}")
    return Finding(WHAT, Verdict.FINE, f"{place}: takes writes, version {state.revision}")


def _judged(error: StoreError, place: str) -> Finding:
    """Split the error's sentence into what there is and what mends it."""
    found, _, remedy = str(error).partition(": ")
    verdict = Verdict.TROUBLE if isinstance(error, PASSING) else Verdict.MEND
    return Finding(WHAT, verdict, f"{place}: {found[:1].lower()}{found[1:]}", remedy[:1].upper() + remedy[1:])
