"""What the first sheet of a player's ranks has on it, what follows, and who has none."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from uuid import UUID

import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import ServiceError
from bot.halo.transport.cache import open_session
from bot.playground.halo import Fault, FaultKind
from bot.playground.world.playlists import PLAYLISTS
from bot.reports.csr import Patience
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.stats.unanswerable import PlayerUnknown
from bot.store import Rank, Store
from tests.halo.transport.stand_in import FakeClock, settle
from tests.reports.conftest import NOW, House
from tests.reports.csr.desk import (
    ARENA,
    CSRS,
    DAY,
    HERO,
    SLAYER,
    Desk,
    csrs_of,
    row_of,
)


async def test_every_ranked_playlist_is_asked_once_and_told_as_halo_tells_it(desk: Desk) -> None:
    (sheet,) = await desk.all()

    assert sorted(desk.asked_playlists()) == sorted(RANKED_PLAYLISTS)
    world, xuid = desk.house.world, desk.house.xuid(HERO)
    assert sheet.is_complete
    assert sheet.has_live
    assert sheet.season is not None
    played = 0
    for playlist in PLAYLISTS.values():
        if playlist.ranked:
            standing = world.ladder.standing(playlist.key, sheet.season.season_id, xuid)
            current, best, all_time = (it.value if it.value >= 0 else None for it in standing)
            if standing[0].remaining == 5 and all_time is None:
                assert all(row.playlist_id != playlist.asset_id for row in sheet.rows)
                continue
            played += 1
            rank = row_of(sheet, playlist.asset_id).rank
            assert rank.current.value == current
            assert (rank.season_peak and rank.season_peak.value) == best
            assert (rank.all_time_peak and rank.all_time_peak.value) == all_time
            if current is None:
                assert rank.current.placement_done == 5 - standing[0].remaining
    assert played == len(sheet.rows) >= 2


async def test_two_who_ask_at_once_cost_what_one_costs(desk: Desk) -> None:
    xuid = desk.house.xuid(HERO)
    desk.house.service.faults.add(Fault(kind=FaultKind.HOLD, path=CSRS))
    both = [asyncio.create_task(desk.last(xuid)) for _ in range(2)]
    await desk.house.service.log.arrived(f"*{CSRS}", len(RANKED_PLAYLISTS))
    for _ in range(1_000_000):
        if sum(task.get_name() == f"csr-{ARENA}" for task in asyncio.all_tasks()) == len(both):
            break
        await asyncio.sleep(0)
    await settle()
    desk.house.service.faults.clear()

    one, two = await asyncio.gather(*both)

    assert one.rows == two.rows
    assert len(desk.asked_playlists()) == len(RANKED_PLAYLISTS)


async def test_known_ranks_are_asked_for_first(desk: Desk) -> None:
    xuid = await desk.link()
    known = (RANKED_PLAYLISTS[5], RANKED_PLAYLISTS[3])
    path = await desk.season_path()
    for playlist in known:
        await desk.store.snapshots.add(
            playlist, path, {xuid: Rank(current=900, season_max=900, all_time_max=900)}, NOW - DAY
        )
    before = Rank(current=None, season_max=None, all_time_max=800, placement_left=5, placement_matches=5)
    await desk.store.snapshots.add(RANKED_PLAYLISTS[6], path, {xuid: before}, NOW - DAY)

    await desk.all(xuid)

    assert desk.asked_playlists()[:3] == [RANKED_PLAYLISTS[3], RANKED_PLAYLISTS[5], RANKED_PLAYLISTS[6]]


async def test_a_playlist_that_only_the_store_knows_is_asked_for_too(desk: Desk) -> None:
    xuid, new = await desk.link(), UUID(int=77)
    rank = Rank(current=1500, season_max=1500, all_time_max=1500)
    await desk.store.snapshots.add(new, await desk.season_path(), {xuid: rank}, NOW - DAY)

    await desk.all(xuid)

    assert desk.asked_playlists()[0] == new
    assert len(desk.asked_playlists()) == len(RANKED_PLAYLISTS) + 1


async def test_what_is_in_is_shown_while_the_rest_is_awaited(desk: Desk) -> None:
    desk.house.service.faults.add(Fault(kind=FaultKind.HOLD, path=csrs_of(SLAYER)))

    async with aclosing(desk.report.sheets(HERO)) as sheets:
        first = await anext(sheets)
        desk.house.service.faults.clear()
        rest = [sheet async for sheet in sheets]

    assert not first.is_complete
    assert first.waiting == 1
    assert first.rows
    assert all(row.playlist_id != SLAYER for row in first.rows)
    assert rest[-1].is_complete
    assert row_of(rest[-1], SLAYER).known_at is None
    assert len(desk.asked_playlists()) == len(RANKED_PLAYLISTS)


async def test_the_rate_holds_nobody_up_who_has_something_to_see(house: House, store: Store) -> None:
    """Five in a second are allowed: the first sheet has those, without waiting for the other two."""
    clock = FakeClock()
    clock.now = house.clock.now
    credentials = house.service.credentials
    async with open_session(None) as session:
        halo = HaloInfiniteClient(
            session, credentials.spartan, credentials.clearance, 5, origin=house.service.origin, clock=clock
        )
        desk = Desk(house, store, halo, Patience(first_s=60, rest_s=60))
        xuid = house.xuid(HERO)
        async with aclosing(desk.report.sheets(xuid)) as sheets:
            first = await anext(sheets)
            assert len(desk.asked_playlists()) == 5
            assert first.waiting == 2
            await clock.advance(2)
            last = [sheet async for sheet in sheets][-1]
        await desk.seasons.close()
        await desk.playlists.close()

    assert last.is_complete
    assert len(desk.asked_playlists()) == 7
    assert house.service.max_starts_in_any_second("skill.svc.halowaypoint.com") <= 7


async def test_a_profile_service_that_hangs_holds_no_linked_player_up(desk: Desk) -> None:
    xuid = await desk.link()
    desk.house.service.faults.add(Fault(kind=FaultKind.HOLD, path="/users/*"))

    sheet = await desk.last(xuid)

    assert sheet.gamertag == HERO
    assert sheet.gamerpic_url is None
    assert all(row.known_at is None for row in sheet.rows)


async def test_halo_down_and_nothing_known_is_told(desk: Desk) -> None:
    desk.house.fail()

    with pytest.raises(ServiceError):
        await desk.all(desk.house.xuid(HERO))


async def test_one_playlist_without_an_answer_is_named_as_such(desk: Desk) -> None:
    desk.house.fail(csrs_of(ARENA))

    sheet = await desk.last()

    assert sheet.unanswered == 1
    assert sheet.is_complete
    assert all(row.known_at is None for row in sheet.rows)
    assert all(row.playlist_id != ARENA for row in sheet.rows)


async def test_a_result_that_the_service_could_not_give_is_not_taken_for_never_played(desk: Desk) -> None:
    xuid = desk.house.xuid(HERO)
    body = json.dumps({"Value": [{"Id": f"xuid({xuid})", "ResultCode": 2, "Result": None}]})
    desk.house.service.faults.add(
        Fault(
            kind=FaultKind.STATUS,
            status=200,
            path=csrs_of(ARENA),
            body=body,
            headers={"Content-Type": "application/json"},
        )
    )

    sheet = await desk.last(xuid)

    assert sheet.unanswered == 1


async def test_somebody_without_ranked_matches_has_an_empty_sheet(desk: Desk) -> None:
    sheet = await desk.last("Fresh Boots")

    assert sheet.rows == ()
    assert sheet.is_complete
    assert sheet.unanswered == 0


@pytest.mark.parametrize("who", ["Nobody By That", "../../etc", 2533274799999999])
async def test_nobody_is_called_like_that(desk: Desk, who: str | int) -> None:
    with pytest.raises(PlayerUnknown):
        await desk.all(who)


async def test_nobodys_xuid_costs_no_more_than_what_leaves_at_once(house: House, store: Store) -> None:
    """The questions leave together with the look-up. Those that the rate holds back never leave."""
    clock = FakeClock()
    clock.now = house.clock.now
    credentials = house.service.credentials
    async with open_session(None) as session:
        halo = HaloInfiniteClient(
            session, credentials.spartan, credentials.clearance, 5, origin=house.service.origin, clock=clock
        )
        desk = Desk(house, store, halo, Patience(first_s=60, rest_s=60))
        with pytest.raises(PlayerUnknown):
            await desk.all(2533274799999999)
        await clock.advance(30)
        await desk.seasons.close()
        await desk.playlists.close()

    assert len(desk.asked_playlists()) <= 5
