"""The HTTP cache: a database that opens and is whole."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from bot.config import setting
from bot.doctor.aside import aside
from bot.doctor.case import Case
from bot.doctor.finding import Finding, Verdict
from bot.doctor.folder import cache_path, in_words, kept_bytes
from bot.doctor.sqlite_file import CHECK_S, reading_through

__all__ = ["check_cache"]

WHAT = "Cache"
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


async def check_cache(case: Case) -> list[Finding]:
    """Read the cache through, without writing: the bot may be using it."""
    return [await aside(lambda: _look(cache_path(case.settings)))]


def _look(path: Path) -> Finding:
    try:
        if not path.exists():
            return Finding(WHAT, Verdict.FINE, "none yet")
        answers = _count(path)
        size = kept_bytes(path)
    except (OSError, sqlite3.Error) as error:
        return _judged(path, error)
    if not os.access(path, os.R_OK | os.W_OK):
        return _unusable(path, "read-only")
    return Finding(WHAT, Verdict.FINE, f"whole: {answers} answers in {in_words(size)}")


def _count(path: Path) -> int:
    """Return how many answers are kept, after a check of the whole file."""
    with reading_through(path) as db:
        tables = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'responses'").fetchone()[0]
        return db.execute("SELECT count(*) FROM responses").fetchone()[0] if tables else 0


def _judged(path: Path, error: Exception) -> Finding:
    code = getattr(error, "sqlite_errorcode", None)
    if code in DAMAGED:
        remedy = "Nothing but speed is lost: restart the bot, which puts it aside and begins a new one."
        return Finding(WHAT, Verdict.MEND, f"{path} is damaged", remedy)
    if code == sqlite3.SQLITE_INTERRUPT:
        return Finding(WHAT, Verdict.TROUBLE, f"could not be read through within {CHECK_S:g} s")
    if code == sqlite3.SQLITE_BUSY:
        return Finding(WHAT, Verdict.TROUBLE, "is locked by another program", "Try again in a while.")
    return _unusable(path, str(error))


def _unusable(path: Path, reason: str) -> Finding:
    remedy = f"It has to belong to the bot's user; or name another folder in {setting('data_dir')}."
    return Finding(WHAT, Verdict.MEND, f"{path} cannot be used ({reason})", remedy)
