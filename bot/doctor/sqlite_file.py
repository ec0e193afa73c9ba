"""A file of SQLite's, read through without writing: whoever owns it may be using it."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Generator
from pathlib import Path

__all__ = ["BUSY_S", "CHECK_S", "reading_through"]

CHECK_S = 20.0
BUSY_S = 5.0
STEPS_BETWEEN_LOOKS = 10_000


class FaultFoundError(sqlite3.DatabaseError):
    """The database's own check found a fault."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@contextlib.contextmanager
def reading_through(path: Path) -> Generator[sqlite3.Connection]:
    """Open a file after a check of all of it, which with what is asked then takes at most 20 seconds.

    Raises:
        sqlite3.Error: It cannot be read, is locked, took longer (``SQLITE_INTERRUPT``) or has a fault
            (``SQLITE_CORRUPT``, ``SQLITE_NOTADB``).
    """
    ends_at = time.monotonic() + CHECK_S
    address = f"{path.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=BUSY_S)) as db:
        db.set_progress_handler(lambda: time.monotonic() > ends_at, STEPS_BETWEEN_LOOKS)
        verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise FaultFoundError(verdict)
        yield db
