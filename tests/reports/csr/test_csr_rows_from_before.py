"""Ranks that are not live: what was answered or stored before, and what is stored of live ones."""

from __future__ import annotations

from contextlib import aclosing
from datetime import timedelta

import pytest

from bot.halo.errors import AuthenticationError, ServiceError
from bot.playground.halo import Credentials, Fault, FaultKind
from bot.stats.csr_sheet import CsrChanges
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Rank
from tests.reports.conftest import NOW
from tests.reports.csr.desk import (
    ARENA,
    CSRS,
    HERO,
    SLAYER,
    Desk,
    csrs_of,
    row_of,
    value_of,
)


async def test_what_is_awaited_stands_there_as_last_known_and_says_so(desk: Desk) -> None:
    xuid = await desk.link()
    seen_at = NOW - timedelta(hours=3)
    rank = Rank(current=1234, season_max=1240, all_time_max=1300)
    await desk.store.snapshots.add(SLAYER, await desk.season_path(), {xuid: rank}, seen_at)
    desk.house.service.faults.add(Fault(kind=FaultKind.HOLD, path=csrs_of(SLAYER)))

    async with aclosing(desk.report.sheets(xuid)) as sheets:
        first = await anext(sheets)
        desk.house.service.faults.clear()
        rest = [sheet async for sheet in sheets]

    assert row_of(first, SLAYER).known_at == seen_at
    assert value_of(first, SLAYER) == 1234
    assert row_of(first, SLAYER).changes == CsrChanges()
    assert row_of(first, ARENA).known_at is None
    assert row_of(rest[-1], SLAYER).known_at is None
    assert value_of(rest[-1], SLAYER) != 1234


async def test_halo_down_gives_what_was_answered_before_marked(desk: Desk) -> None:
    live = await desk.last()
    desk.house.clock.pass_time(600)
    desk.house.fail()

    known = await desk.last()

    assert [row.rank for row in known.rows] == [row.rank for row in live.rows]
    assert {row.known_at for row in known.rows} == {
        NOW + timedelta(seconds=live.asked_at.timestamp() - NOW.timestamp())
    }
    assert not known.has_live
    assert known.gamertag == HERO


@pytest.mark.parametrize("by", ["gamertag", "xuid"])
async def test_halo_down_after_a_restart_gives_what_is_stored_marked(desk: Desk, by: str) -> None:
    xuid = await desk.link()
    live = await desk.last(xuid)
    desk.report = desk.anew()
    desk.house.fail()

    known = await desk.last(xuid if by == "xuid" else HERO.lower())

    assert known.gamertag == HERO
    assert [(row.playlist_id, row.rank.current.value) for row in known.rows] == [
        (row.playlist_id, row.rank.current.value) for row in live.rows
    ]
    assert all(row.known_at is not None for row in known.rows)
    assert known.unanswered == len(RANKED_PLAYLISTS) - len(known.rows)


async def test_one_playlist_from_before_beside_live_ones_is_marked(desk: Desk) -> None:
    await desk.last()
    desk.house.clock.pass_time(60)
    desk.house.fail(csrs_of(ARENA))

    sheet = await desk.last()

    assert row_of(sheet, ARENA).known_at is not None
    assert sheet.has_live
    assert sheet.unanswered == 0
    assert sheet.oldest == row_of(sheet, ARENA).known_at


async def test_an_expired_sign_in_is_not_hidden_behind_old_ranks(desk: Desk) -> None:
    xuid = await desk.link()
    await desk.all(xuid)
    desk.house.service.credentials = Credentials(spartan="another", clearance="another")

    with pytest.raises(AuthenticationError):
        await desk.all(xuid)


async def test_live_ranks_of_a_linked_player_are_stored_and_of_nobody_else(desk: Desk) -> None:
    xuid, other = await desk.link(), desk.house.xuid("Quiet One")
    sheet = await desk.last(xuid)
    await desk.all(other)

    stored = {it.playlist_id: it for it in await desk.store.snapshots.of_player(xuid)}
    assert stored.keys() == {row.playlist_id for row in sheet.rows}
    for row in sheet.rows:
        rank = stored[row.playlist_id].rank
        assert rank.current == row.rank.current.value
        assert rank.season_max == (row.rank.season_peak and row.rank.season_peak.value)
        assert rank.placement_left == (
            0 if row.rank.is_ranked else row.rank.current.placement_total - row.rank.current.placement_done
        )
        assert stored[row.playlist_id].season_id == await desk.season_path()
    assert await desk.store.snapshots.of_player(other) == ()


async def test_a_forgotten_player_is_forgotten(desk: Desk) -> None:
    xuid = desk.house.xuid(HERO)
    await desk.all(xuid)
    desk.house.fail(CSRS)

    desk.report.forget({xuid})

    with pytest.raises(ServiceError):
        await desk.all(xuid)
