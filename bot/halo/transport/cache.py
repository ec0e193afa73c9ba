"""The session that the bot sends with, over a cache file that may be missing, broken or full."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sqlite3
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

from aiohttp import ClientSession, DummyCookieJar
from aiohttp_client_cache.backends.base import CacheBackend, DictCache
from aiohttp_client_cache.backends.sqlite import SQLiteBackend, SQLiteCache
from aiohttp_client_cache.response import AnyResponse
from aiohttp_client_cache.session import CachedSession

from bot.halo.transport.about import Meant
from bot.halo.transport.freshness import directives
from bot.halo.transport.serializer import HEAD_BYTES, ResponseSerializer, expiry_of

__all__ = ["clean_up", "forget", "open_session"]

_log = logging.getLogger(__name__)

_MAX_BYTES: Final = 128 * 2**20
_HARD_AGE: Final = timedelta(days=14)
_BUSY_TIMEOUT_S: Final = 5.0
_BROKEN_FILE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_COMPANIONS: Final = ("-wal", "-shm", "-journal")
_LAYOUT: Final = 1
_CHUNK: Final = 100


@asynccontextmanager
async def open_session(
    path: Path | None,
    *,
    max_bytes: int = _MAX_BYTES,
    hard_age: timedelta = _HARD_AGE,
    user_agent: str | None = None,
) -> AsyncGenerator[CachedSession]:
    """Open a session over the cache file at ``path``, and close both in the end.

    A broken file is moved aside to ``….broken``. One that cannot be written, or whose folder cannot,
    is left alone: the session then only remembers what fits into memory. Either is logged once.

    Args:
        path: The cache file; its folder is made if need be. None is a session without a file.
        max_bytes: How large the answers in the file may be together, after each :func:`clean_up`; 128 MiB
            by default.
        hard_age: How long an answer is kept for the case that the service fails; 14 days by default.
        user_agent: How the requests introduce themselves; as aiohttp does by default.
    """
    is_usable = path is not None and await asyncio.to_thread(_prepare, path)
    backend = _FileCache(path, max_bytes, hard_age) if path is not None and is_usable else _no_file(hard_age)
    headers = {"User-Agent": user_agent} if user_agent else None
    async with CachedSession(cache=backend, cookie_jar=DummyCookieJar(), headers=headers) as session:
        if isinstance(backend, _FileCache):
            await backend.connect()
        yield session


async def clean_up(session: ClientSession) -> int:
    """Delete expired answers, then the oldest beyond the size bound; return how many.

    To be run at the start and from time to time, for a session of :func:`open_session`; with any other
    it does nothing. A cache that fails is logged, not raised.
    """
    backend = session.cache if isinstance(session, CachedSession) else None
    if not isinstance(backend, _FileCache):
        return 0
    try:
        return await backend.clean_up(time.time())
    except sqlite3.Error as error:
        _log.warning("The HTTP cache cannot be cleaned up: %s", error)
        return 0


async def forget(session: ClientSession, is_meant: Meant) -> int:
    """Delete every stored answer that is meant, such as all that are about somebody; return how many.

    It is decided by address and by content: a match's answer names everybody who was in it. What is deleted is
    overwritten. For a session of :func:`open_session`; with any other it does nothing.

    Raises:
        sqlite3.Error: The file cannot be searched or written.
    """
    backend = session.cache if isinstance(session, CachedSession) else None
    return await backend.forget(is_meant) if isinstance(backend, _FileCache) else 0


class _Autocommit(sqlite3.Connection):
    """A connection on which no statement opens a transaction that a cancelled task could leave open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "isolation_level": None})


class _FileCache(SQLiteBackend):
    """Answers in one SQLite file, each write durable on its own."""

    def __init__(self, path: Path, max_bytes: int, hard_age: timedelta) -> None:
        super().__init__(
            str(path),
            expire_after=hard_age,
            cache_control=True,
            filter_fn=_may_be_stored,
            serializer=ResponseSerializer(),
            timeout=_BUSY_TIMEOUT_S,
            factory=_Autocommit,
        )
        self._aside = _aside(path)
        self._max_bytes = max_bytes
        self._answers = cast("SQLiteCache", self.responses)
        self._forgetting = asyncio.Lock()

    async def connect(self) -> None:
        """Open the file now, so that the first request does not wait for it."""
        async with self._answers.get_connection() as db:
            await db.execute("PRAGMA synchronous = NORMAL")
            # What is deleted is overwritten: it may be somebody's.
            await db.execute("PRAGMA secure_delete = ON")

    async def forget(self, is_meant: Meant) -> int:
        """Delete what is meant, some rows at a time, so that requests are answered in between.

        A broken file that was moved aside cannot be searched: it goes, too.
        """
        await asyncio.to_thread(self._aside.unlink, missing_ok=True)
        async with self._forgetting, self._answers.get_connection() as db:
            # Any: the library gives the function no types.
            await cast("Any", db).create_function("is_meant", 1, is_meant, deterministic=True)
            (last,) = next(iter(await db.execute_fetchall("SELECT coalesce(max(rowid), 0) FROM responses")))
            gone = 0
            for first in range(0, last + 1, _CHUNK):
                found = await db.execute_fetchall(
                    "DELETE FROM responses WHERE rowid BETWEEN ? AND ? AND is_meant(value) RETURNING 1",
                    (first, first + _CHUNK - 1),
                )
                gone += len(list(found))
            await db.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")
        return gone

    async def clean_up(self, now: float) -> int:
        """Delete what has expired by ``now`` (epoch seconds) or does not fit any more."""
        async with self._answers.get_connection() as db:
            query = f"SELECT rowid, length(value), substr(value, 1, {HEAD_BYTES}) FROM responses ORDER BY rowid DESC"  # noqa: S608
            doomed: list[int] = []
            kept_bytes = 0
            for rowid, size, head in await db.execute_fetchall(query):
                expires = expiry_of(head)
                kept_bytes += size
                if kept_bytes > self._max_bytes or (expires is not None and expires <= now):
                    doomed.append(rowid)
                    kept_bytes -= size
            await db.execute(
                "DELETE FROM responses WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(doomed),)
            )
            # As a script: a single execute gives back one page only.
            await db.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")
        return len(doomed)


class _BrokenFileError(sqlite3.DatabaseError):
    """A database whose own check finds it damaged."""


class _Forgetful(DictCache):
    """A store that keeps nothing, for a session without a file."""

    async def write(self, key: str, item: object) -> None:
        """Keep nothing."""


def _no_file(hard_age: timedelta) -> CacheBackend:
    backend = CacheBackend(expire_after=hard_age, cache_control=True, filter_fn=_may_be_stored)
    backend.responses = _Forgetful()
    return backend


def _may_be_stored(response: AnyResponse) -> bool:
    return "Cache-Control" in response.headers and "no-store" not in directives(response.headers)


def _prepare(path: Path) -> bool:
    """Make the file ready for use; return whether it is, after saying why it is not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _probe(path)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, _BrokenFileError) and error.sqlite_errorcode not in _BROKEN_FILE:
                raise
            _move_aside(path)
            _probe(path)
    except (OSError, sqlite3.Error) as error:
        _log.warning("The HTTP cache cannot be used, going on without it: %s (%s)", error, path)
        return False
    return True


def _probe(path: Path) -> None:
    """Open the file for its owner alone, set it up, and write to it.

    Without any write permission it counts as read-only for everyone, even for those whom permissions
    do not bind.
    """
    for place in (path, path.parent):
        if place.exists() and not place.stat().st_mode & 0o222:
            raise PermissionError(f"{place} is read-only")
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    with contextlib.closing(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)) as db:
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE IF NOT EXISTS responses (key PRIMARY KEY, value)")
        verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise _BrokenFileError(verdict)
        db.execute(f"PRAGMA user_version = {_LAYOUT}")


def _move_aside(path: Path) -> None:
    aside = _aside(path)
    path.replace(aside)
    for suffix in _COMPANIONS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    _log.warning("The HTTP cache was no usable database: moved to %s, a new one is begun", aside)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.broken")
