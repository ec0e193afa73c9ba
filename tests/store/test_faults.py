"""A full disk, a locked database, one that is not there: a clear error, and nothing half done."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Coroutine, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.store import (
    Address,
    Counter,
    NewJob,
    Rank,
    Store,
    StoreAddressError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    Window,
    back_up,
    open_store,
)
from tests.store.scenes import ADA, ARENA, BEN, NOW, OLIVE, PAT, SLAYER, join, make_line, make_match

NO_PATIENCE_S = 0.05

WRITES: dict[str, Callable[[Store], Coroutine[Any, Any, object]]] = {
    "matches": lambda store: store.matches.add(*(make_match(make_line(kills=1)) for _ in range(40))),
    "link": lambda store: store.links.claim(BEN, PAT, "Pat", server_id=ARENA, at=NOW),
    "snapshots": lambda store: store.snapshots.add(
        SLAYER, "season", {OLIVE: Rank(current=1, season_max=1, all_time_max=1)}, NOW
    ),
    "job": lambda store: store.jobs.add(
        NewJob(kind="refresh", key="1", due_at=NOW, payload={"a": "x" * 9000})
    ),
    "code": lambda store: store.verifications.open(BEN, PAT, current_tag="", at=NOW),
    "erasure": lambda store: store.erasure.forget_user(ADA),
}


async def picture(store: Store) -> list[object]:
    return [
        await store.links.of_server(ARENA),
        tuple(await store.boards.totals(ARENA, tuple(Counter), Window())),
        await store.snapshots.of_player(OLIVE),
        await store.jobs.backlog(NOW),
        await store.accounts.of_user(BEN),
    ]


def is_sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as database:
        return (
            database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and not database.execute("PRAGMA foreign_key_check").fetchall()
        )


@contextmanager
def held_lock(file: Path) -> Generator[sqlite3.Connection]:
    """Somebody else's open writing transaction."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def test_a_full_disk_is_said_and_nothing_is_half_done(tmp_path: Path) -> None:
    """SQLite's own limit of pages fails as a full disk does, at the same calls."""
    file = tmp_path / "store.sqlite"
    async with open_store(Address.of_file(file)) as store:
        await join(store, ADA, OLIVE)
        await store.matches.add(*(make_match(make_line(kills=1)) for _ in range(5)))
        before = await picture(store)
        async with store.database.alone() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        for room in (0, 1, 3):
            await _limit(store, pages + room)
            with pytest.raises(StoreFullError, match="no space left"):
                await store.matches.add(*(make_match(make_line(kills=1)) for _ in range(200)))
            assert await picture(store) == before
        await _limit(store, 2**30)
        await store.matches.add(*(make_match(make_line(kills=1)) for _ in range(200)))
        (line,) = await store.boards.totals(ARENA, [], Window())
        assert line.matches == 205
    assert is_sound(file)


async def _limit(store: Store, pages: int) -> None:
    """It holds for a connection: every one of the pool is asked."""
    connections = [await store.database.engine.connect() for _ in range(4)]
    for connection in connections:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        await connection.rollback()
    for connection in connections:
        await connection.close()


@pytest.mark.parametrize("what", WRITES)
async def test_a_locked_database_is_said_and_nothing_is_half_done(tmp_path: Path, what: str) -> None:
    file = tmp_path / "store.sqlite"
    async with open_store(Address.of_file(file), busy_s=NO_PATIENCE_S) as store:
        await join(store, ADA, OLIVE)
        await store.matches.add(make_match(make_line(kills=1)))
        before = await picture(store)
        with held_lock(file):
            with pytest.raises(StoreBusyError, match="try again"):
                await WRITES[what](store)
            # Who reads is not kept waiting by anybody.
            assert await picture(store) == before
        await WRITES[what](store)
        assert await picture(store) != before
    assert is_sound(file)


async def test_a_lock_that_is_given_up_in_time_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    async with open_store(Address.of_file(file)) as store:
        with held_lock(file) as other:
            linking = asyncio.create_task(WRITES["link"](store))
            await store.links.of_server(ARENA)
            other.execute("COMMIT")
            await linking
        assert len(await store.links.of_server(ARENA)) == 1


async def test_a_lock_of_postgresql_s_is_not_waited_for_for_ever(postgres: str) -> None:
    from bot.store.database import WRITER_LOCK
    from tests.store.conftest import make_database

    url = f"{postgres}/{await make_database(postgres)}"
    async with open_store(Address.parse(url), busy_s=NO_PATIENCE_S) as store:
        await join(store, ADA, OLIVE)
        before = await picture(store)
        other = await asyncpg.connect(url)
        await other.execute("SELECT pg_advisory_lock($1)", WRITER_LOCK)
        with pytest.raises(StoreBusyError):
            await WRITES["link"](store)
        assert await picture(store) == before
        await other.close()
        await WRITES["link"](store)


async def test_writers_of_one_process_wait_for_each_other(store: Store) -> None:
    await asyncio.gather(*(write(store) for write in WRITES.values() for _ in range(2)))


async def test_a_caller_who_gives_up_amid_writing_leaves_nothing_behind(store: Store) -> None:
    await join(store, ADA, OLIVE)
    before = await picture(store)
    for turns in range(0, 60, 6):
        adding = asyncio.create_task(WRITES["matches"](store))
        for _ in range(turns):
            await asyncio.sleep(0)
        adding.cancel()
        await asyncio.gather(adding, return_exceptions=True)
        assert adding.cancelled()
        assert await picture(store) == before
    await WRITES["matches"](store)


async def test_a_connection_may_be_closed_twice(tmp_path: Path) -> None:
    """As the driver does where its caller was cancelled; what fails in its thread nobody would hear of."""
    async with open_store(Address.of_file(tmp_path / "store.sqlite")) as store:
        async with store.database.engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            raw: sqlite3.Connection = driver._conn
            await connection.exec_driver_sql("CREATE TABLE gone (x)")
            await connection.invalidate()
        raw.close()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            raw.execute("SELECT 1")
        assert await store.servers.known() == frozenset()


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="cannot be reached"):
        async with open_store(Address.of_file(tmp_path / "missing" / "store.sqlite")):
            pass


async def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    address = Address.parse("postgresql://ada:secret-word@127.0.0.1:1/store")

    with pytest.raises(StoreUnavailableError) as caught:
        async with open_store(address):
            pass

    assert "secret-word" not in f"{caught.value!r} {address} {address!r}"
    assert caught.value.__cause__ is None


async def test_a_database_that_is_not_there_is_said(postgres: str) -> None:
    with pytest.raises(StoreUnavailableError, match="database name"):
        async with open_store(Address.parse(f"{postgres}/nobody_made_this")):
            pass


async def test_a_backup_that_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    address = Address.of_file(tmp_path / "store.sqlite")
    async with open_store(address) as store:
        await join(store, ADA, OLIVE)
    place = tmp_path / "place"
    (place / "backup").mkdir(parents=True)  # a folder in the way

    with pytest.raises(StoreError):
        await back_up(address, place / "backup")

    assert [entry.name for entry in os.scandir(place)] == ["backup"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "store.sqlite",
        "mysql://host/name",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file?mode=ro",
        "postgresql://host",
        "postgresql://user:secret-word@host:port/name",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(StoreAddressError) as caught:
        Address.parse(text)
    assert "secret-word" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("text", "file"),
    [("sqlite:///data/store.sqlite", "data/store.sqlite"), ("sqlite:////var/store", "/var/store")],
)
def test_an_address_names_a_file(text: str, file: str) -> None:
    assert Address.parse(text).file == Path(file)


def test_an_address_s_password_is_not_shown() -> None:
    address = Address.parse("postgres://ada:secret-word@host/store?sslmode=require")

    assert address.file is None
    assert address.url.query == {"ssl": "require"}
    assert "secret-word" not in f"{address} {address!r}"
