"""Somebody is erased while matches that they were in are on their way, for others' sake."""

from __future__ import annotations

import asyncio
import gc
from types import BuiltinFunctionType, FrameType, FunctionType, MethodType, ModuleType

from sqlalchemy import func, select

from bot.halo.client import HaloInfiniteClient
from bot.ingest import Ingest
from bot.playground.halo import Fault, FaultKind
from bot.store import Address, Counter, Store, Window
from bot.store.tables import LineRow, PlayerRow
from tests.ingest.conftest import ARENA, House
from tests.store.test_erasure import traces

MATCH_STATS = "/hi/matches/*/stats"
# What the client keeps is cached answers, as the service allows; what the store keeps, its own tests look after.
NO_DATA = (
    type,
    ModuleType,
    FunctionType,
    MethodType,
    BuiltinFunctionType,
    FrameType,
    Store,
    HaloInfiniteClient,
)
LIBRARIES = ("asyncio", "_asyncio", "sqlalchemy", "aiosqlite", "aiohttp", "yarl", "structlog", "logging")


def pair(house: House) -> tuple[int, int]:
    """Two players who have played the most with each other."""
    people = [it.xuid for it in house.world.people if it.plays]
    played = {xuid: set(house.played(xuid)) for xuid in people}
    gone, kept = max(
        ((one, other) for one in people for other in people if one < other),
        key=lambda two: len(played[two[0]] & played[two[1]]),
    )
    assert len(played[gone] & played[kept]) >= 5
    return gone, kept


async def named(house: House) -> set[int]:
    """Every XUID in the database."""
    async with house.store.database.reading() as connection:
        found = (await connection.execute(select(PlayerRow.xuid).where(PlayerRow.xuid > 0))).scalars()
        return {xuid for xuid in found if xuid is not None}


async def lines(house: House) -> int:
    async with house.store.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(LineRow))).scalar_one()


async def erase(house: House, xuid: int) -> None:
    """As the bot does: the store first, then what this process remembers."""
    erased = await house.store.erasure.forget_user(xuid)
    assert erased.xuids == {xuid}
    house.ingest.forget(erased.xuids)


def remembers(ingest: Ingest, xuid: int) -> bool:
    """Whether anything that can be reached from ingest is that XUID."""
    seen: set[int] = set()
    todo: list[object] = [ingest]
    while todo:
        thing = todo.pop()
        if id(thing) in seen or isinstance(thing, NO_DATA) or type(thing).__module__.startswith(LIBRARIES):
            continue
        seen.add(id(thing))
        if (
            thing == xuid
            if isinstance(thing, int)
            else str(xuid) in thing
            if isinstance(thing, str)
            else False
        ):
            return True
        todo.extend(gc.get_referents(thing))
    return False


async def matches_of(house: House, xuid: int) -> int:
    board = await house.store.boards.totals(ARENA, [Counter.KILLS], Window())
    account = await house.store.accounts.of_user(xuid)
    assert any(line.xuid == xuid for line in board)
    return 0 if account is None else account.matches


async def test_what_is_on_its_way_does_not_bring_anybody_back(house: House, address: Address) -> None:
    gone, kept = pair(house)
    await house.link(gone, kept)
    number = house.service.faults.add(Fault(kind=FaultKind.HOLD, path=MATCH_STATS))
    working = asyncio.create_task(house.ingest.work_off())
    await house.service.log.arrived("*/stats")

    await erase(house, gone)
    await house.store.erasure.scrub()
    house.service.faults.remove(number)
    await working

    assert await house.missing(kept) == set()
    assert await named(house) == {kept}
    assert await lines(house) > len(house.played(kept))  # with everybody's numbers
    assert not remembers(house.ingest, gone)
    if address.file is not None:
        others = [it.xuid for it in house.world.people if it.xuid != kept]
        assert traces(address.file, *others) == []


async def test_an_erasure_in_the_midst_of_another_one_s_history(house: House) -> None:
    """Of the two, one is here already; the other's matches come in bit by bit, those of both among them."""
    gone, kept = pair(house)
    await house.link(gone)
    await house.ingest.work_off()
    await house.link(kept)
    number = house.service.faults.add(Fault(kind=FaultKind.HOLD, path=MATCH_STATS))
    working = asyncio.create_task(house.ingest.work_off())
    await house.service.log.arrived("*/stats", times=len(house.played(gone)) + 2)

    await erase(house, gone)
    house.service.faults.remove(number)
    await working

    assert await named(house) == {kept}
    assert await house.missing(kept) == set()
    assert await matches_of(house, kept) == len(house.played(kept))
    assert not remembers(house.ingest, gone)


async def test_who_links_later_is_found_in_what_is_here_without_asking_again(house: House) -> None:
    """Each match is asked for once, however late the second one of its players links."""
    late, first = pair(house)
    await house.link(first)
    await house.ingest.work_off()
    assert await named(house) == {first}
    shared = set(house.played(first)) & set(house.played(late))
    house.service.log.clear()

    ingest = house.another()
    await house.join(late)
    await house.store.jobs.add(*ingest.first_work(late, server_id=ARENA))
    await ingest.work_off()

    assert house.asked(MATCH_STATS) == len(set(house.played(late)) - shared)
    assert await house.missing(late) == set()
    assert await matches_of(house, late) == len(house.played(late))
    assert await named(house) == {first, late}


async def test_who_was_erased_and_links_again_has_every_match(house: House) -> None:
    gone, kept = pair(house)
    await house.link(gone, kept)
    await house.ingest.work_off()
    await erase(house, gone)
    await house.ingest.work_off()
    assert await named(house) == {kept}

    await house.link(gone)
    await house.ingest.work_off()

    assert await matches_of(house, gone) == len(house.played(gone))
    assert await matches_of(house, kept) == len(house.played(kept))
