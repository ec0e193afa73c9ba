"""What can go wrong with the database, by who can mend it; and how drivers' errors become that."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

__all__ = [
    "StoreAddressError",
    "StoreBackupError",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreFullError",
    "StoreReadOnlyError",
    "StoreUnavailableError",
    "StoreVersionError",
    "translated_errors",
]


class StoreError(Exception):
    """The database could not do what was asked; nothing of it was done.

    The message is one sentence for the operator, without any value, path or password in it.
    """


class StoreAddressError(StoreError):
    """The database's address is not one that can be used."""


class StoreBusyError(StoreError):
    """Somebody else kept the database locked for too long; the same again may well work."""


class StoreFullError(StoreError):
    """There is no space left where the database is."""


class StoreReadOnlyError(StoreError):
    """The database may be read and not written."""


class StoreDamagedError(StoreError):
    """The file is no database, or it is damaged: restore a backup."""


class StoreBackupError(StoreDamagedError):
    """The file that was named as the backup is none, or is damaged; the database is not what is wrong."""


class StoreVersionError(StoreError):
    """The database was written by a later version of this program."""


class StoreUnavailableError(StoreError):
    """The database cannot be reached or opened."""


_BUSY = StoreBusyError, "The database is locked by somebody else: try again."
_FULL = StoreFullError, "There is no space left for the database: make room where it is stored."
_READ_ONLY = StoreReadOnlyError, "The database cannot be written: give the bot's user the right to."
_DAMAGED = StoreDamagedError, "The database is damaged: restore a backup with `adjutant restore`."
_UNAVAILABLE = StoreUnavailableError, "The database cannot be reached: check that it is there and runs."
_REFUSED = StoreUnavailableError, "The database refuses the sign-in: check user, password and database name."

type_and_text = tuple[type[StoreError], str]

# Primary result codes, https://www.sqlite.org/rescode.html
_SQLITE: Final[dict[int, type_and_text]] = {
    3: _READ_ONLY,  # SQLITE_PERM
    5: _BUSY,
    6: _BUSY,  # SQLITE_LOCKED
    8: _READ_ONLY,
    10: _UNAVAILABLE,  # SQLITE_IOERR
    11: _DAMAGED,  # SQLITE_CORRUPT
    13: _FULL,
    14: _UNAVAILABLE,  # SQLITE_CANTOPEN
    26: _DAMAGED,  # SQLITE_NOTADB
}

# SQLSTATE prefixes, longest first: PostgreSQL's appendix A
_POSTGRES: Final[dict[str, type_and_text]] = {
    "53100": _FULL,  # disk_full
    "25006": _READ_ONLY,  # read_only_sql_transaction
    "42501": _READ_ONLY,  # insufficient_privilege
    "55P03": _BUSY,  # lock_not_available
    "57014": _BUSY,  # query_canceled, by a timeout
    "57P": _UNAVAILABLE,  # shutting down
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
    "3D": _REFUSED,  # no such database
    "08": _UNAVAILABLE,
    "28": _REFUSED,
    "40": _BUSY,  # deadlock, serialisation
    "53": _UNAVAILABLE,  # no more connections or memory
}


@contextmanager
def translated_errors() -> Generator[None]:
    """Raise what the driver raises as a `StoreError`; what is none of those is our own mistake and stays."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        found = _meaning(error)
        if found is None:
            raise
        kind, text = found
        # The driver's message may hold values and addresses.
        raise kind(text) from None


def _meaning(error: Exception) -> type_and_text | None:
    if isinstance(error, PoolTimeoutError):
        return _BUSY
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if isinstance(state, str):
        return next((found for prefix, found in _POSTGRES.items() if state.startswith(prefix)), None)
    if isinstance(cause, OSError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return _UNAVAILABLE
    return None
