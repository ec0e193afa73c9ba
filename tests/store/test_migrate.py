"""How a database comes to this version, whatever it was and whoever starts at the same time."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.store import Address, StoreDamagedError, StoreVersionError, Window, open_store
from bot.store.tables import Base
from tests.store.scenes import ADA, ARENA, NOW, OLIVE, join, make_line, make_match

START = """
import asyncio, sys
from bot.store import Address, open_store
from tests.store.scenes import NOW

async def main() -> None:
    async with open_store(Address.parse(sys.argv[1])) as store:
        await store.servers.add(int(sys.argv[2]), NOW)

asyncio.run(main())
"""


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": False, "compare_server_default": False}
    return compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)


async def test_the_steps_lead_to_the_tables_that_the_code_has(bare_address: Address) -> None:
    async with open_store(bare_address) as store, store.database.alone() as connection:
        assert await connection.run_sync(differences) == []


async def test_what_is_stored_is_there_after_the_next_start(bare_address: Address) -> None:
    async with open_store(bare_address) as store:
        await join(store, ADA, OLIVE)
        await store.matches.add(make_match(make_line(kills=2)))

    async with open_store(bare_address) as store:
        (line,) = await store.boards.totals(ARENA, [], Window())
    assert line.matches == 1


async def test_a_later_version_s_database_is_left_alone(bare_address: Address) -> None:
    async with open_store(bare_address) as store, store.database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    for _ in range(2):
        with pytest.raises(StoreVersionError, match="later version"):
            async with open_store(bare_address):
                pass


async def test_several_processes_may_start_at_once(bare_address: Address) -> None:
    url = bare_address.url.render_as_string(hide_password=False)
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", START, url, str(n), stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        for n in range(1, 4)
    ]

    for process in processes:
        _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
    async with open_store(bare_address) as store:
        assert await store.servers.known() == {1, 2, 3}


async def test_several_stores_of_one_process_may_start_at_once(tmp_path: Path) -> None:
    """Also of different databases: a restore migrates its copy beside the bot's own."""

    async def start(n: int) -> None:
        async with open_store(Address.of_file(tmp_path / f"{n % 3}.sqlite")) as store:
            await store.servers.add(n + 1, NOW)

    await asyncio.gather(*(start(n) for n in range(9)))

    for n in range(3):
        async with open_store(Address.of_file(tmp_path / f"{n}.sqlite")) as store:
            assert await store.servers.known() == {n + 1, n + 4, n + 7}


async def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE totals (mine)")  # in the way of the first step
    database.close()

    with pytest.raises(Exception, match="already exists"):
        async with open_store(Address.of_file(file)):
            pass

    with sqlite3.connect(file) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("totals",)]
    database.close()


async def test_an_sqlite_database_is_set_up_as_it_has_to_be(tmp_path: Path) -> None:
    address = Address.of_file(tmp_path / "store.sqlite")
    async with open_store(address) as store, store.database.writing() as connection:
        settings = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "secure_delete", "synchronous")
        }
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "secure_delete": 1,
        "synchronous": 2,
    }


async def test_a_file_that_is_no_database_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    file.write_bytes(b"a letter to somebody " * 300)

    with pytest.raises(StoreDamagedError, match="restore"):
        async with open_store(Address.of_file(file)):
            pass

    assert file.read_bytes() == b"a letter to somebody " * 300
