from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.store import (
    Address,
    Counter,
    NewJob,
    Rank,
    Store,
    StoreBackupError,
    StoreDamagedError,
    StoreError,
    StoreVersionError,
    Window,
    back_up,
    open_store,
    restore,
)
from tests.store.scenes import ADA, ARENA, BEN, NOW, OLIVE, PAT, SLAYER, join, make_line, make_match

Doing: TypeAlias = Callable[[Address, Path], Awaitable[None]]


async def fill(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.matches.add(
        *(make_match(make_line(kills=n, medals={5: 1}), make_line(PAT)) for n in range(12))
    )
    await store.snapshots.add(SLAYER, "season", {OLIVE: Rank(current=1, season_max=2, all_time_max=3)}, NOW)
    await store.jobs.add(NewJob(kind="refresh", key="1", due_at=NOW, xuid=OLIVE, payload={"page": 3}))


async def picture(store: Store) -> list[object]:
    """What a restored database has to have in common with the one it came from."""
    return [
        await store.links.of_server(ARENA),
        tuple(await store.boards.totals(ARENA, tuple(Counter), Window())),
        tuple(await store.boards.medals(ARENA, 5, Window())),
        await store.snapshots.of_player(OLIVE),
        await store.players.history(OLIVE),
        await store.jobs.backlog(NOW),
    ]


async def finds_a_stranger_again(store: Store) -> None:
    """The secret has come along with the fingerprints: whoever links later has the lines that were there."""
    await join(store, BEN, PAT, "Pat")
    boards = await store.boards.totals(ARENA, [Counter.KILLS], Window())
    assert {line.xuid: line.matches for line in boards} == {OLIVE: 12, PAT: 12}


async def test_a_backup_brings_everything_back_while_the_bot_runs(
    store: Store, address: Address, tmp_path: Path
) -> None:
    await fill(store)
    before = await picture(store)
    await back_up(address, tmp_path / "backup")

    await store.erasure.forget_user(ADA)
    await join(store, BEN, PAT, "Pat")
    await restore(address, tmp_path / "backup")

    assert await picture(store) == before
    # And life goes on: new rows get numbers that are free.
    await finds_a_stranger_again(store)
    assert len(await store.matches.add(make_match(make_line(kills=1)))) == 1
    assert len(await store.links.of_server(ARENA)) == 2


async def test_a_backup_moves_to_the_other_database(store: Store, address: Address, tmp_path: Path) -> None:
    await fill(store)
    await back_up(address, tmp_path / "backup")

    elsewhere = Address.of_file(tmp_path / "elsewhere.sqlite")
    await restore(elsewhere, tmp_path / "backup")

    async with open_store(elsewhere) as other:
        assert await picture(other) == await picture(store)
        await finds_a_stranger_again(other)


async def test_from_sqlite_to_postgresql(postgres: str, tmp_path: Path) -> None:
    from tests.store.conftest import make_database

    async with open_store(Address.of_file(tmp_path / "here.sqlite")) as here:
        await fill(here)
        await back_up(here.database.address, tmp_path / "backup")
        there = Address.parse(f"{postgres}/{await make_database(postgres)}")
        await restore(there, tmp_path / "backup")
        async with open_store(there) as other:
            assert await picture(other) == await picture(here)
            await finds_a_stranger_again(other)
            await fill(other)


async def test_a_backup_made_amid_writing_is_of_one_moment(
    store: Store, address: Address, tmp_path: Path
) -> None:
    await join(store, ADA, OLIVE)

    async def ingest() -> None:
        for n in range(20):
            await store.matches.add(make_match(make_line(kills=1)), make_match(make_line(kills=n)))

    await asyncio.gather(ingest(), *(back_up(address, tmp_path / f"backup-{n}") for n in range(4)))

    for n in range(4):
        copy = Address.of_file(tmp_path / f"copy-{n}")
        await restore(copy, tmp_path / f"backup-{n}")
        async with open_store(copy) as other:
            (line,) = await other.boards.totals(ARENA, [], Window())
            assert line.matches % 2 == 0


async def test_who_reads_during_a_restore_sees_all_of_the_old_or_all_of_the_new(
    store: Store, address: Address, tmp_path: Path
) -> None:
    await fill(store)
    old = (await store.boards.totals(ARENA, [Counter.KILLS], Window()))[0]
    await back_up(address, tmp_path / "backup")
    await store.matches.add(*(make_match(make_line(kills=7)) for _ in range(50)))
    new = (await store.boards.totals(ARENA, [Counter.KILLS], Window()))[0]
    restoring = asyncio.create_task(restore(address, tmp_path / "backup"))

    seen = set()
    while not restoring.done():
        seen.update(await store.boards.totals(ARENA, [Counter.KILLS], Window()))

    await restoring
    assert seen <= {old, new}
    assert tuple(await store.boards.totals(ARENA, [Counter.KILLS], Window())) == (old,)


@pytest.mark.parametrize(
    "content", [b"", b"no database" * 9, b"no database" * 900, b"SQLite format 3\0" + bytes(5000)]
)
async def test_what_is_no_backup_changes_nothing(
    store: Store, address: Address, tmp_path: Path, content: bytes
) -> None:
    await fill(store)
    before = await picture(store)
    (tmp_path / "backup").write_bytes(content)

    with pytest.raises(StoreBackupError, match="The backup file is"):
        await restore(address, tmp_path / "backup")

    assert await picture(store) == before


async def test_a_damaged_page_is_found_before_anything_is_replaced(
    store: Store, address: Address, tmp_path: Path
) -> None:
    await fill(store)
    before = await picture(store)
    await back_up(address, tmp_path / "backup")
    content = bytearray((tmp_path / "backup").read_bytes())
    content[8192:16384] = b"\xff" * 8192
    (tmp_path / "backup").write_bytes(content)

    with pytest.raises(StoreBackupError, match="The backup file is"):
        await restore(address, tmp_path / "backup")

    assert await picture(store) == before


async def test_a_backup_of_a_later_version_is_refused(store: Store, address: Address, tmp_path: Path) -> None:
    await back_up(address, tmp_path / "backup")
    with sqlite3.connect(tmp_path / "backup") as backup:
        backup.execute("UPDATE alembic_version SET version_num = '9999'")
    backup.close()

    with pytest.raises(StoreVersionError, match="The backup was made by a later version"):
        await restore(address, tmp_path / "backup")


async def test_a_damaged_database_is_moved_aside_for_the_backup(tmp_path: Path) -> None:
    address = Address.of_file(tmp_path / "store.sqlite")
    async with open_store(address) as store:
        await fill(store)
        before = await picture(store)
    await back_up(address, tmp_path / "backup")
    (tmp_path / "store.sqlite").write_bytes(b"overwritten by something else" * 1000)

    await restore(address, tmp_path / "backup")

    async with open_store(address) as store:
        assert await picture(store) == before
    assert (tmp_path / "store.sqlite.damaged").exists()


async def test_there_is_nothing_to_back_up_without_a_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database"):
        await back_up(Address.of_file(tmp_path / "missing.sqlite"), tmp_path / "backup")

    assert list(os.scandir(tmp_path)) == []


async def test_a_backup_that_was_cut_off_is_told_as_such(
    store: Store, address: Address, tmp_path: Path
) -> None:
    await fill(store)
    before = await picture(store)
    await back_up(address, tmp_path / "backup")
    whole = (tmp_path / "backup").read_bytes()

    for size in (100, 4096, len(whole) // 2, len(whole) - 4096):
        (tmp_path / "backup").write_bytes(whole[:size])
        with pytest.raises(StoreBackupError, match="The backup file is"):
            await restore(address, tmp_path / "backup")

    assert await picture(store) == before


async def test_another_database_is_no_backup(store: Store, address: Address, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes")) as other:
        other.execute("CREATE TABLE notes (text)")

    with pytest.raises(StoreBackupError, match="no backup of Adjutant's"):
        await restore(address, tmp_path / "notes")


async def test_a_backup_that_cannot_be_read_is_told_of_the_backup(
    store: Store, address: Address, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="The backup file is not there"):
        await restore(address, tmp_path / "missing")
    with pytest.raises(StoreError, match="The backup file cannot be read"):
        await restore(address, tmp_path)


async def test_a_backup_that_cannot_be_written_is_told_of_the_backup(
    store: Store, address: Address, tmp_path: Path
) -> None:
    for place in (tmp_path / "missing" / "backup", tmp_path):
        with pytest.raises(StoreError, match="The backup cannot be written"):
            await back_up(address, place)


async def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
    address = Address.of_file(tmp_path / "store.sqlite")
    (tmp_path / "store.sqlite").write_bytes(b"overwritten by something else" * 1000)

    with pytest.raises(StoreDamagedError, match="The database is damaged") as caught:
        await back_up(address, tmp_path / "backup")

    assert not isinstance(caught.value, StoreBackupError)
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("how", ["itself", "relative", "by a link", "hard link", "linked folder", "the link"])
@pytest.mark.parametrize("part", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("doing", [back_up, restore])
async def test_the_database_s_own_files_are_no_backups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, part: str, doing: Doing
) -> None:
    """Under whatever name: to put one in their place would take the file from under the running bot."""
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "elsewhere").symlink_to(folder)
    address = Address.of_file(folder / "store.sqlite")
    async with open_store(address) as store:
        await fill(store)
        before, own = await picture(store), folder / f"store.sqlite{part}"
        (folder / "store.sqlite-journal").touch()
        monkeypatch.chdir(tmp_path)
        names = {
            "itself": own,
            "relative": Path("data", "..", "data", own.name),
            "by a link": tmp_path / "link",
            "hard link": tmp_path / "second",
            "linked folder": tmp_path / "elsewhere" / own.name,
            "the link": own,
        }
        (tmp_path / "link").symlink_to(own)
        (tmp_path / "second").hardlink_to(own)
        (tmp_path / "store").symlink_to(folder / "store.sqlite")
        named = Address.of_file(tmp_path / "store") if how == "the link" else address
        number = own.stat().st_ino

        with pytest.raises(StoreError, match="cannot be a file of the database itself"):
            await doing(named, names[how])

        assert own.stat().st_ino == number
        assert await picture(store) == before
