"""New matches: found when they end, whatever happens in between, and more often the more somebody plays."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.ingest.cadence import CADENCE, SLEEPING, interval
from bot.playground.halo import Fault, FaultKind
from bot.playground.world import World
from bot.store import Address, open_store
from tests.ingest.conftest import ARENA, NOW, TAVERN, House

PLAYER, MATE = "Tin Marshal", "Harbor Wolf"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    """A world of its own for each test: matches end in it."""
    return World(7, NOW, matches=200)


def xuid_of(house: House, gamertag: str) -> int:
    player = house.world.player(gamertag)
    assert player is not None
    return player.xuid


async def settled(house: House, *gamertags: str) -> list[int]:
    """Players whose backfill is done, in a world where stats are there at once."""
    house.service.stage.stats_delay = house.service.stage.skill_delay = timedelta(0)
    xuids = [xuid_of(house, gamertag) for gamertag in gamertags]
    await house.link(*xuids)
    await house.ingest.work_off()
    house.service.log.clear()
    return xuids


async def test_a_new_match_is_there_when_the_player_is_due(house: House) -> None:
    (xuid,) = await settled(house, PLAYER)
    plan = house.service.end_match(gamertag=PLAYER)

    house.pass_time(timedelta(days=2))
    await house.ingest.work_off()

    assert plan.match_id not in await house.missing(xuid)
    assert house.asked("/hi/players/*/matches") == 1
    assert house.asked("/hi/matches/*/stats") == 1


async def test_a_look_without_news_costs_one_request(house: House) -> None:
    await settled(house, PLAYER)

    house.pass_time(timedelta(days=2))
    await house.ingest.work_off()

    assert house.asked("/hi/players/*/matches") == 1
    assert house.asked("/hi/matches/*") == 0


async def test_somebody_who_plays_is_looked_after_every_few_minutes(house: House) -> None:
    (xuid,) = await settled(house, PLAYER)
    house.service.end_match(gamertag=PLAYER)
    house.pass_time(timedelta(days=2))
    house.service.end_match(gamertag=PLAYER)
    await house.ingest.work_off()
    house.service.log.clear()

    for _ in range(10):
        house.pass_time(MINUTE)
        await house.ingest.work_off()

    assert 2 <= house.asked(f"/hi/players/xuid({xuid})/matches") <= 4


def test_the_longer_somebody_rests_the_rarer_the_looks_are() -> None:
    idle = [limit for limit, _ in CADENCE]
    intervals = [interval(NOW - it, NOW) for it in (timedelta(0), *idle)]

    assert intervals == sorted(intervals)
    assert intervals[0] == timedelta(minutes=3)
    assert intervals[-1] == interval(None, NOW) == SLEEPING == timedelta(days=1)


async def test_more_than_a_page_of_new_matches_is_found_to_its_end(house: House) -> None:
    (xuid,) = await settled(house, PLAYER)
    for _ in range(60):
        house.service.end_match(gamertag=PLAYER)
        house.pass_time(MINUTE)
    house.pass_time(timedelta(days=2))

    await house.ingest.work_off()

    assert await house.missing(xuid) == set()
    assert house.asked("/hi/players/*/matches") == 3


async def test_trouble_in_the_middle_of_many_new_matches_leaves_no_hole(house: House) -> None:
    (xuid,) = await settled(house, PLAYER)
    for _ in range(60):
        house.service.end_match(gamertag=PLAYER)
        house.pass_time(MINUTE)
    house.pass_time(timedelta(days=2))
    played = house.played(xuid)
    # The 40th of the new ones fails until the bot has been restarted and some more were played.
    number = house.fail(f"/hi/matches/{played[20]}/stats")
    await house.ingest.work_off()
    missing = await house.missing(xuid)
    assert set(played[:20]) <= missing
    assert missing & set(played[21:]) <= set(played[:30])

    house.service.faults.remove(number)
    house.ingest = house.another()
    for _ in range(30):
        house.service.end_match(gamertag=PLAYER)
        house.pass_time(MINUTE)
    house.pass_time(timedelta(hours=2))
    await house.ingest.work_off()

    assert await house.missing(xuid) == set()


async def test_a_match_without_stats_yet_is_asked_for_again_shortly(house: House) -> None:
    (xuid,) = await settled(house, PLAYER)
    house.service.stage.stats_delay = timedelta(seconds=30)
    house.pass_time(timedelta(days=2))
    plan = house.service.end_match(gamertag=PLAYER)
    await house.ingest.work_off()
    assert plan.match_id in await house.missing(xuid)

    for _ in range(4):
        house.pass_time(timedelta(seconds=15))
        await house.ingest.work_off()

    assert await house.missing(xuid) == set()
    assert not any(it.kind == "refresh" and it.due for it in await house.ingest.backlog())


@pytest.mark.parametrize("kind", [FaultKind.STATUS, FaultKind.INVALID_JSON])
async def test_a_match_that_cannot_be_had_blocks_nobody_and_is_not_forgotten(
    house: House, kind: FaultKind
) -> None:
    (xuid,) = await settled(house, PLAYER)
    house.pass_time(timedelta(days=2))
    broken = house.service.end_match(gamertag=PLAYER).match_id
    path = f"/hi/matches/{broken}/stats"
    number = house.service.faults.add(Fault(kind=kind, status=404, path=path))
    house.pass_time(MINUTE)
    later = house.service.end_match(gamertag=PLAYER).match_id

    for _ in range(30):
        house.pass_time(2 * MINUTE)
        await house.ingest.work_off()

    assert await house.missing(xuid) == {broken}
    assert later not in await house.missing(xuid)
    (tracked,) = await house.store.players.tracked()
    assert tracked.refreshed_at is not None
    assert house.now() - tracked.refreshed_at < timedelta(minutes=20)
    # A look every few minutes, and ever fewer questions about that one.
    asked = house.asked(path)
    for _ in range(10):
        house.pass_time(2 * MINUTE)
        await house.ingest.work_off()
    assert house.asked(path) - asked <= 3

    house.service.faults.remove(number)
    house.pass_time(timedelta(days=3))
    await house.ingest.work_off()
    assert await house.missing(xuid) == set()


async def test_a_match_that_is_never_there_is_given_up_after_months(house: House) -> None:
    (xuid,) = await settled(house, PLAYER)
    house.pass_time(timedelta(days=2))
    broken = house.service.end_match(gamertag=PLAYER).match_id
    house.fail(f"/hi/matches/{broken}/stats", 404)
    await house.ingest.work_off()
    assert any(it.kind == "match" for it in await house.ingest.backlog())
    # It leaves the first page, so that only its own job knows of it.
    for _ in range(26):
        house.service.end_match(gamertag=PLAYER)
        house.pass_time(MINUTE)

    for _ in range(24):
        house.pass_time(timedelta(days=8))
        await house.ingest.work_off()

    assert not any(it.kind == "match" for it in await house.ingest.backlog())
    assert await house.missing(xuid) == {broken}


async def test_two_members_in_the_same_match_cost_one_stats_request(house: House) -> None:
    mates = await settled(house, PLAYER, MATE)
    for _ in range(10):
        house.service.end_match(gamertag=PLAYER)
        house.pass_time(MINUTE)
    new = [set(house.played(xuid)) & await house.missing(xuid) for xuid in mates]
    shared = new[0] & new[1]
    assert shared
    house.pass_time(timedelta(days=2))

    # Both are looked after at the same time.
    await asyncio.gather(house.ingest.work_off(), house.ingest.work_off())

    assert await house.missing(mates[0]) | await house.missing(mates[1]) == set()
    assert house.asked("/hi/players/*/matches") == 2
    assert house.asked("/hi/matches/*/stats") == len(new[0] | new[1])
    assert house.asked("/hi/matches/*/skill") <= len(new[0] | new[1])


async def test_whoever_looks_at_a_board_has_its_members_refreshed(house: House) -> None:
    here, elsewhere = await settled(house, PLAYER, MATE)
    await house.store.servers.add(TAVERN, house.now())
    await house.store.links.claim(elsewhere, elsewhere, MATE, server_id=TAVERN, at=house.now())
    await house.store.servers.remove_members(ARENA, [elsewhere])
    house.pass_time(timedelta(days=30))
    await house.ingest.work_off()
    house.service.log.clear()
    house.pass_time(timedelta(minutes=11))
    plan = house.service.end_match(gamertag=PLAYER)

    await house.ingest.refresh_server(ARENA)
    await house.ingest.settled()
    await house.ingest.work_off()

    assert plan.match_id not in await house.missing(here)
    assert house.asked(f"/hi/players/xuid({here})/matches") == 1
    assert house.asked(f"/hi/players/xuid({elsewhere})/matches") == 0


async def test_a_board_that_is_looked_at_all_the_time_is_refreshed_now_and_then(house: House) -> None:
    await settled(house, PLAYER)
    house.pass_time(timedelta(days=30))
    await house.ingest.work_off()
    house.service.log.clear()

    for _ in range(40):
        house.pass_time(timedelta(seconds=30))
        await house.ingest.refresh_server(ARENA)
        await house.ingest.settled()
        await house.ingest.work_off()

    assert house.asked("/hi/players/*/matches") <= 3


async def test_what_was_lost_of_the_queue_is_queued_again(house: House, address: Address) -> None:
    (xuid,) = await settled(house, PLAYER)
    new = xuid_of(house, MATE)
    await house.join(new)  # linked, and then the bot died
    for job in await house.store.jobs.take(
        house.now() + timedelta(days=30), lease=MINUTE, kinds=["refresh"], limit=9
    ):
        await house.store.jobs.finish(job)

    await house.ingest.tidy()
    kinds = {it.kind: (it.due, it.later) for it in await house.ingest.backlog()}
    assert kinds["backfill"] == (1, 0)
    assert kinds["refresh"] == (0, 1)
    await house.ingest.work_off()

    assert await house.missing(new) == set()
    assert await house.missing(xuid) == set()


async def test_nothing_comes_back_of_a_player_who_is_erased_meanwhile(house: House, address: Address) -> None:
    xuid = xuid_of(house, PLAYER)
    await house.link(xuid)
    number = house.service.faults.add(Fault(kind=FaultKind.HOLD, path="/hi/matches/*/stats"))
    working = asyncio.create_task(house.ingest.work_off())
    await house.service.log.arrived("*/stats")
    await house.store.erasure.forget_user(xuid)
    house.service.faults.remove(number)
    await working

    assert await house.missing(xuid) == set(house.played(xuid))
    assert await house.store.links.linked_xuids() == ()
    assert not any(it.due + it.later for it in await house.ingest.backlog() if it.kind != "ladder")
    async with open_store(address) as again:
        assert await again.snapshots.of_player(xuid) == ()


async def test_who_is_forgotten_is_in_no_memory_either(house: House) -> None:
    (xuid,) = await settled(house, PLAYER)
    await house.store.erasure.forget_user(xuid)

    await house.halo.forget(xuids=[xuid], gamertags=[PLAYER])
    house.ingest.forget([xuid])
    house.service.log.clear()

    assert [it async for it in house.ingest.progress(xuid)] == []
    # Nothing of it answers for Halo when the player comes back.
    await house.link(xuid)
    await house.ingest.work_off()
    assert house.asked("/hi/matches/*/stats") == len(house.played(xuid))
    assert await house.missing(xuid) == set()
