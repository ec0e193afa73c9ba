"""How a database comes to this version, whatever it was and whoever starts at the same time."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import Address, StoreDamagedError, StoreVersionError, Window, migrations, open_store
from bot.store.database import Database, insert_into
from bot.store.tables import Base, GamertagRow, LineRow, MatchRow, PlayerRow
from tests.store.scenes import ADA, ARENA, BEN, DAY, NOW, OLIVE, PAT, join, make_line, make_match
from tests.store.test_erasure import traces

MIGRATIONS = Path(migrations.__file__).parent
MATCH = UUID(int=7)
STRANGER, STRANGERS = 2_533_274_899_000_000, 2_300  # several chunks of the step

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


def first_step(connection: Connection) -> None:
    """Make the tables as the first version had them."""
    script = ScriptDirectory(str(MIGRATIONS))
    context = MigrationContext.configure(connection)
    script.get_revision("0001").module.upgrade(Operations(context))
    context.stamp(script, "0001")


async def fill_first(connection: AsyncConnection) -> None:
    """Olive linked, Pat with an open code, so many strangers with XUIDs and names, one who was erased; one match."""
    player = text("INSERT INTO players (id, xuid, gamertag, tracked) VALUES (:id, :xuid, :name, :tracked)")
    people = [(1, OLIVE, "Olive", True), (2, PAT, "Pat", False), (-5, None, None, False)]
    people += [(3 + n, STRANGER + n, f"Stranger {n}", False) for n in range(STRANGERS)]
    rows = [{"id": it, "xuid": xuid, "name": name, "tracked": tracked} for it, xuid, name, tracked in people]
    await connection.execute(player, rows)
    names = [
        {
            "player_id": row["id"],
            "gamertag": row["name"],
            "folded": "",
            "first_seen_at": NOW,
            "last_seen_at": NOW,
        }
        for row in rows
        if row["name"] is not None
    ]
    await connection.execute(insert_into(connection, GamertagRow), names)
    rows_of = {
        "links": {"user_id": ADA, "player_id": 1, "linked_at": NOW},
        "codes": {"user_id": BEN, "player_id": 2, "code": "ABCD", "expires_at": NOW, "checks_left": 5},
        "servers": {"id": ARENA, "added_at": NOW},
        "memberships": {"server_id": ARENA, "user_id": ADA, "joined_at": NOW, "seen_at": NOW},
    }
    for table, row in rows_of.items():
        await connection.execute(Base.metadata.tables[table].insert().values(row))
    match = insert_into(connection, MatchRow).values(
        id=1, match_id=MATCH, ended_at=9, mode_category=6, matchmade=True, pvp=True, ranked=True
    )
    await connection.execute(match)
    nothing = dict.fromkeys((column.name for column in LineRow.__table__.columns), 0) | {"medals": b""}
    lines = [{**nothing, "match_id": 1, "player_id": row["id"]} for row in rows]
    await connection.execute(insert_into(connection, LineRow), lines)


async def test_whom_nobody_links_loses_xuid_and_gamertag_to_a_fingerprint(bare_address: Address) -> None:
    old = Database(bare_address)
    async with old.writing(changes=()) as connection:
        await connection.run_sync(first_step)
        await fill_first(connection)
    await old.close()

    async with open_store(bare_address) as store:
        async with store.database.reading() as connection:
            keys = (await connection.execute(select(PlayerRow.xuid))).scalars().all()
            names = set((await connection.execute(select(PlayerRow.gamertag))).scalars())
            ever = set((await connection.execute(select(GamertagRow.gamertag))).scalars())
        assert {key for key in keys if key is not None and key > 0} == {OLIVE, PAT}
        assert len({key for key in keys if key is not None and key < 0}) == STRANGERS
        assert keys.count(None) == 1
        assert (names - {None}, ever) == ({"Olive", "Pat"},) * 2
        # What was there before is still in the files: that they are rewritten is due.
        (job,) = await store.jobs.take(NOW, lease=DAY, kinds=("scrub",), limit=9)
        await store.erasure.scrub()
        await store.jobs.finish(job)
        if bare_address.file is not None:
            assert traces(bare_address.file, *(STRANGER + n for n in range(STRANGERS)), "Stranger 7") == []

        for n in (0, STRANGERS - 1):
            await join(store, BEN + n, STRANGER + n, "Found")
            assert await store.matches.unknown([MATCH], xuid=STRANGER + n) == frozenset()
        board = await store.boards.totals(ARENA, [], Window())
        assert {line.xuid: line.matches for line in board} == {
            OLIVE: 0,  # whose totals were never made here
            STRANGER: 1,
            STRANGER + STRANGERS - 1: 1,
        }

    async with open_store(bare_address) as store:
        assert await store.jobs.take(NOW, lease=DAY, kinds=("scrub",), limit=9) == ()


async def test_a_new_database_has_nothing_to_rewrite(bare_address: Address) -> None:
    async with open_store(bare_address) as store:
        assert await store.jobs.backlog(NOW) == ()


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
