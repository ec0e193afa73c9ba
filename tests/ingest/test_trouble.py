"""Services, sign-in and database in trouble: work rests, resumes by itself, and nothing is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.halo.transport.options import Priority
from bot.ingest.place import Place
from bot.ingest.work import older
from bot.playground.halo import Credentials, Fault, FaultKind
from bot.store import Address, StoreError
from tests.halo.orders import answer
from tests.ingest.conftest import STATS, TAVERN, House
from tests.stage import until

PLAYER = "Tin Marshal"
HISTORY = "/hi/players/*/matches"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@asynccontextmanager
async def at_work(house: House) -> AsyncGenerator[None]:
    """Ingest runs as it does in the bot."""
    working = asyncio.create_task(house.ingest.run())
    try:
        yield
        assert not working.done()
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def finished(house: House, xuid: int) -> None:
    """Return when a first backfill is done."""
    async with asyncio.timeout(60):
        assert [it.finished async for it in house.ingest.progress(xuid)][-1]


async def work_for(house: House, span: timedelta, *, every: timedelta) -> None:
    """Let time pass, and do what is due as often as said."""
    for _ in range(span // every):
        with suppress(StoreError):
            await house.ingest.work_off()
        house.pass_time(every)


@contextmanager
def held_lock(file: Path) -> Generator[sqlite3.Connection]:
    """Somebody else's open writing transaction."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def file_of(address: Address) -> Path:
    assert address.file is not None
    return address.file


def is_sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as database:
        return (
            database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and not database.execute("PRAGMA foreign_key_check").fetchall()
        )


async def test_it_runs_by_itself(house: House) -> None:
    xuid = house.xuid(PLAYER)
    async with at_work(house):
        await house.link(xuid)
        await finished(house, xuid)
        looks = house.asked(HISTORY)

        house.pass_time(timedelta(days=2))
        await house.service.log.arrived(f"{STATS}{HISTORY}", times=looks + 1)

    assert set(house.played(xuid)[:100]).isdisjoint(await house.missing(xuid))
    assert house.service.max_starts_in_any_second(STATS) <= 2


async def test_what_is_under_way_is_given_back_when_it_ends(house: House) -> None:
    xuid = house.xuid(PLAYER)
    number = house.service.faults.add(Fault(kind=FaultKind.HOLD, path="/hi/matches/*/stats"))
    async with at_work(house):
        await house.link(xuid)
        await house.service.log.arrived("*/stats")
    house.service.faults.remove(number)

    # Nobody has to wait for a lease to run out.
    assert {it.kind: it.due for it in await house.ingest.backlog()}["backfill"] == 1
    async with at_work(house):
        house.pass_time(timedelta(seconds=5))
        await finished(house, xuid)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_service_in_trouble_is_left_alone_and_then_asked_again(house: House, status: int) -> None:
    xuid = house.xuid(PLAYER)
    number = house.fail(status=status)
    await house.link(xuid)

    await work_for(house, 12 * MINUTE, every=20 * SECOND)
    # Pauses of 5, 10, 20 … seconds up to five minutes, and up to two attempts in between.
    assert 4 <= len(house.service.log) <= 40

    house.service.faults.remove(number)
    house.pass_time(timedelta(hours=1))
    await house.ingest.work_off()
    assert await house.missing(xuid) == set()


async def test_a_lost_sign_in_rests_a_minute_and_is_noticed_when_it_is_back(house: House) -> None:
    xuid = house.xuid(PLAYER)
    good = house.service.credentials
    house.service.credentials = Credentials(spartan="other", clearance="other")
    await house.link(xuid)

    await work_for(house, MINUTE, every=5 * SECOND)
    assert house.tally.failures["backfill", "AuthenticationError"] == 1
    assert len(house.service.log) <= 2

    house.service.credentials = good
    house.pass_time(MINUTE)
    await house.ingest.work_off()
    assert await house.missing(xuid) == set()


async def test_a_retry_after_is_honoured(house: House) -> None:
    xuid = house.xuid(PLAYER)
    number = house.service.faults.add(
        Fault(kind=FaultKind.STATUS, status=503, retry_after_s=900, path=HISTORY)
    )
    await house.link(xuid)
    await house.ingest.work_off()
    house.service.faults.remove(number)
    house.service.log.clear()

    await work_for(house, 14 * MINUTE, every=30 * SECOND)
    assert house.asked(HISTORY) == 0
    await work_for(house, 2 * MINUTE, every=30 * SECOND)
    assert house.asked(HISTORY) > 0
    assert await house.missing(xuid) == set()


async def test_without_the_skill_service_matches_come_all_the_same(house: House) -> None:
    xuid = house.xuid(PLAYER)
    house.service.faults.add(Fault(kind=FaultKind.STATUS, host="skill*", status=503))
    await house.link(xuid)

    await house.ingest.work_off()

    assert await house.missing(xuid) == set()
    assert sum(entry.host.startswith("skill") for entry in house.service.log) < 8


async def test_people_go_first_and_always_find_free_starts(house: House) -> None:
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    working = asyncio.create_task(house.ingest.work_off())
    await house.service.log.arrived(f"{STATS}*", times=6)

    waits: list[float] = []
    people = house.halo.with_options(priority=Priority.INTERACTIVE, on_wait=waits.append)
    await asyncio.gather(*(people.stats.get_match_count(it.xuid) for it in house.world.people[:3]))
    await working

    assert waits == []


async def test_background_that_meets_many_people_waits_behind_them_and_never_piles_up(house: House) -> None:
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    people = house.halo.with_options(priority=Priority.INTERACTIVE)
    asking = [asyncio.create_task(people.stats.get_match_count(it.xuid)) for it in house.world.people[:25]]
    working = asyncio.create_task(house.ingest.work_off())

    await asyncio.gather(*asking)
    first = [entry.path for entry in house.service.log][:25]
    await working

    assert sum(path.endswith("/matches/count") for path in first) >= 24
    quiet = [it.started_s for it in house.service.log if not it.path.endswith("/count") and it.host == STATS]
    assert max(sum(at <= it < at + 1 for it in quiet) for at in quiet) <= 2


@pytest.mark.parametrize("busy_s", [1.0])
async def test_a_locked_database_is_waited_for(house: House, address: Address) -> None:
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    with held_lock(file_of(address)):
        async with at_work(house):
            await until(lambda: house.tally.failures["store", "StoreBusyError"] > 0)
            await asyncio.sleep(0)
    async with at_work(house):
        house.pass_time(MINUTE)
        await finished(house, xuid)

    assert set(house.played(xuid)[:100]).isdisjoint(await house.missing(xuid))
    assert is_sound(file_of(address))


@pytest.mark.parametrize("busy_s", [1.0])
async def test_a_lock_in_the_middle_of_a_backfill_loses_nothing(house: House, address: Address) -> None:
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    number = house.service.faults.add(Fault(kind=FaultKind.HOLD, path="/hi/matches/*/stats"))
    working = asyncio.create_task(work_for(house, SECOND, every=SECOND))
    await house.service.log.arrived("*/stats")
    with held_lock(file_of(address)):
        house.service.faults.remove(number)
        await working
        assert await house.missing(xuid) == set(house.played(xuid))

    # Not even the job could be put back: its lease brings it back.
    await work_for(house, 10 * MINUTE, every=30 * SECOND)
    assert await house.missing(xuid) == set()
    assert is_sound(file_of(address))


async def test_a_full_disk_is_waited_for(house: House, address: Address) -> None:
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    async with house.store.database.alone() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
    await _limit(house, pages + 2)
    await work_for(house, 12 * MINUTE, every=30 * SECOND)
    assert await house.missing(xuid)
    assert any(error == "StoreFullError" for _, error in house.tally.failures)
    # Matches wait in memory, so that trying again costs Halo next to nothing.
    assert house.asked("/hi/matches/*/stats") <= len(house.played(xuid))

    await _limit(house, 2**30)
    await work_for(house, timedelta(hours=2), every=10 * MINUTE)
    assert await house.missing(xuid) == set()
    assert is_sound(file_of(address))


async def _limit(house: House, pages: int) -> None:
    """SQLite's own limit of pages fails as a full disk does; every connection has one."""
    connections = [await house.store.database.engine.connect() for _ in range(4)]
    for connection in connections:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        await connection.rollback()
    for connection in connections:
        await connection.close()


async def test_nobody_is_named_in_the_log(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    xuid = house.xuid(PLAYER)
    house.fail(f"/hi/matches/{house.played(xuid)[0]}/stats", 404)
    await house.link(xuid)
    await work_for(house, MINUTE, every=10 * SECOND)
    house.fail()
    await work_for(house, timedelta(hours=8), every=timedelta(hours=1))

    # What the retrying library says of itself, the bot's logs leave out.
    said = "".join(line for line in capsys.readouterr().out.splitlines() if "stamina" not in line)
    assert "backfilled" in said
    assert "ingest put off" in said
    assert str(xuid) not in said
    assert PLAYER not in said


async def test_servers_take_turns(house: House) -> None:
    """One server's crowd does not keep the only member of another waiting."""
    answer(house.service, {"Start": 0, "Count": 25, "ResultCount": 0, "Results": []}, path=HISTORY)
    crowd = [it.xuid for it in house.world.people[:12]]
    alone = house.world.people[20].xuid
    await house.link(*crowd)
    await house.link(alone, server_id=TAVERN)

    await house.ingest.work_off()

    pages = [entry.path for entry in house.service.log if entry.path.endswith("/matches")]
    turn = list(dict.fromkeys(pages)).index(f"/hi/players/xuid({alone})/matches")
    assert turn <= 1


async def test_a_mistake_of_ours_in_one_job_ends_no_other(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    xuid = house.xuid(PLAYER)
    await house.join(xuid)
    broken = replace(older(xuid, house.now(), Place(0)), payload={"nonsense": 1})
    await house.store.jobs.add(broken)
    await house.begin(xuid, server_id=None)

    async with at_work(house):
        await finished(house, xuid)
        await until(lambda: house.tally.failures["older", "KeyError"] > 0)

    assert "KeyError" in capsys.readouterr().out
    # It is tried again later, and may be due by now.
    (waiting,) = [it for it in await house.ingest.backlog() if it.kind == "older"]
    assert waiting.due + waiting.later == 1
