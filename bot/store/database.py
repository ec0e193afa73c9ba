"""The open database: an engine that reads side by side and writes one after the other, on either backend."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.address import Address
from bot.store.errors import StoreBusyError, translated_errors
from bot.store.kept_reads import KeptReads
from bot.store.tables import Base, VersionRow
from bot.store.topics import Topic, new_versions
from bot.store.turns import Turns

__all__ = ["Database", "insert_into", "mark_changed"]

T = TypeVar("T")

BUSY_S: Final = 10.0
READERS: Final = 4
KEPT_ROWS: Final = 100_000  # of 100 to 300 bytes each
THREADS: Final = 2  # that read boards: a query of SQLite's keeps a core busy
WRITER_LOCK: Final = 0x41646A7501  # a number of our own among PostgreSQL's advisory locks

_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten
    "PRAGMA synchronous = FULL",  # what was answered survives a power cut
    "PRAGMA cache_size = -8000",
    "PRAGMA mmap_size = 1073741824",  # readers share the system's pages instead of copying them, each its own
    "PRAGMA temp_store = MEMORY",
)


class Database:
    """Connections to one database, with its errors translated.

    One writer at a time, on PostgreSQL too: a match touches the totals of several players, and ingest is
    bound by Halo's rate, not by ours. Readers never wait for it.
    """

    def __init__(self, address: Address, *, busy_s: float = BUSY_S) -> None:
        self.address = address
        self.busy_s = busy_s
        self._engine = _engine(address, busy_s)
        self._reader = None if address.file is None else _reader(address.file, busy_s)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="adjutant-store")
        # Writers of one process queue here instead of polling the database's own lock.
        self._turns = Turns()
        self.kept = KeptReads(KEPT_ROWS)

    @property
    def engine(self) -> AsyncEngine:
        """The engine, for migrations and for what has to happen outside any transaction."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite's."""
        return self._engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """Open a transaction that changes nothing, and in which nothing changes.

        Raises:
            StoreError: The database cannot be read.
        """
        with translated_errors():
            async with self._engine.connect() as connection:
                if not self.is_sqlite:  # where it is the only kind there is
                    await connection.execution_options(isolation_level="REPEATABLE READ")
                async with connection.begin():
                    yield connection

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run what reads a lot, as `reading` would: on SQLite in a thread of its own.

        There the asynchronous driver changes threads several times for each statement, which costs more than
        most statements do, and the event loop would do what is to be done with the rows.

        Raises:
            StoreError: The database cannot be read.
        """
        reader = self._reader
        if reader is None:
            async with self.reading() as connection:
                return await connection.run_sync(work)

        def read() -> T:
            with reader.begin() as connection:
                return work(connection)

        with translated_errors():
            return await asyncio.get_running_loop().run_in_executor(self._threads, read)

    @asynccontextmanager
    async def writing(
        self, changes: Collection[Topic] = tuple(Topic), *, background: bool = False
    ) -> AsyncGenerator[AsyncConnection]:
        """Open the one transaction that may change things; it is all done at the end, or nothing is.

        Args:
            changes: What it changes of that which boards are read from; what is not named keeps its version,
                unless `mark_changed` says later that it changed too.
            background: Whether nobody waits for it.

        Raises:
            StoreBusyError: Others wrote for longer than ``busy_s``, in this process and elsewhere together.
            StoreError: The database cannot be written.
        """
        async with AsyncExitStack() as stack:
            stack.enter_context(translated_errors())
            connection = await self._writer(stack, background=background)
            if changes:
                await mark_changed(connection, changes)
            yield connection

    async def _writer(self, stack: AsyncExitStack, *, background: bool) -> AsyncConnection:
        """Wait for the turn and for the database's lock, for ``busy_s`` in all."""
        now = asyncio.get_running_loop().time
        end = now() + self.busy_s
        limit = asyncio.timeout_at(end)
        try:
            async with limit:
                await stack.enter_async_context(self._turns.turn(background=background))
                if not self.is_sqlite:
                    limit.reschedule(None)  # to connect has a limit of its own, which says what is wrong
                connection = await stack.enter_async_context(self._engine.connect())
        except TimeoutError:
            if not limit.expired():
                raise
            raise StoreBusyError("Others keep the database busy: try again.") from None
        left_ms = max(1, int((end - now()) * 1000))
        await connection.execution_options(lock_wait_ms=left_ms)
        await stack.enter_async_context(connection.begin())
        if not self.is_sqlite:
            await connection.execute(select(func.set_config("lock_timeout", str(left_ms), True)))
            await connection.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK)))
        return connection

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[AsyncConnection]:
        """Open a connection outside any transaction, while no one else in this process writes.

        Raises:
            StoreError: The database cannot be opened.
        """
        options: dict[str, Any] = {"alone": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        async with self._turns.turn(background=True):
            with translated_errors():
                async with self._engine.connect() as connection:
                    await connection.execution_options(**options)
                    yield connection

    def forget_copies(self) -> None:
        """Drop what this process keeps of what it has read and asked for; it has to be called after an erasure.

        A statement that was prepared once keeps the values that it was asked with first: XUIDs, gamertags.
        """
        self.kept.clear()
        self._engine.sync_engine.clear_compiled_cache()
        if self._reader is not None:
            self._reader.clear_compiled_cache()

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.to_thread(self._threads.shutdown)
        if self._reader is not None:
            self._reader.dispose()
        await self._engine.dispose()


def insert_into(connection: AsyncConnection, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that can say what to do on a conflict; both databases say it alike."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


async def mark_changed(connection: AsyncConnection, topics: Collection[Topic]) -> None:
    """Say in a writing transaction that it changes these parts of what boards are read from."""
    new = insert_into(connection, VersionRow).values(new_versions(topics))
    await connection.execute(
        new.on_conflict_do_update(index_elements=["topic"], set_={"value": new.excluded.value})
    )


class _Connection(sqlite3.Connection):
    """Ends its transaction before it closes.

    Python keeps a closed connection open while one of its cursors lives, in the traceback of a caller who was
    cancelled, say; with an open transaction the database would stay locked for as long.
    """

    def close(self) -> None:
        """Close; once more is no harm, as it is of any connection."""
        try:
            open_transaction = self.in_transaction
        except sqlite3.ProgrammingError:  # it is closed, or was never opened
            return
        if open_transaction:
            self.rollback()
        super().close()


def _engine(address: Address, busy_s: float) -> AsyncEngine:
    if address.file is None:
        return create_async_engine(
            address.url,
            hide_parameters=True,
            pool_size=READERS,
            pool_timeout=busy_s,
            pool_pre_ping=True,
            connect_args={
                "timeout": busy_s,
                "server_settings": {
                    "application_name": "adjutant",
                    "lock_timeout": str(int(busy_s * 1000)),
                    "jit": "off",
                },
            },
        )
    engine = create_async_engine(
        address.url,
        hide_parameters=True,
        pool_size=READERS,
        max_overflow=0,
        pool_use_lifo=True,  # the connection whose cache is warm first
        pool_timeout=max(30.0, busy_s),
        connect_args={"timeout": busy_s, "factory": _Connection},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _beginning(busy_s))
    return engine


def _reader(file: Path, busy_s: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        hide_parameters=True,
        pool_size=THREADS,
        max_overflow=0,
        connect_args={"timeout": busy_s, "factory": _Connection, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _beginning(busy_s))
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set a new connection up. The driver opens no transaction by itself: `_begin` does."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _beginning(busy_s: float) -> Callable[[Connection], None]:
    """Return what begins a transaction; a writer's ``lock_wait_ms`` says how long it may still wait."""

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("alone", False):
            return
        lock_wait_ms = options.get("lock_wait_ms")
        if lock_wait_ms is None:
            connection.exec_driver_sql("BEGIN")
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {lock_wait_ms}")
        try:
            # A reader that turned writer later would fail where it could have waited: writers say so at once.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(busy_s * 1000)}")

    return begin
