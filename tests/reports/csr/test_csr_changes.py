"""How far a rank is from where it was: a day and a week ago, and in the seasons before."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.playground.world.playlists import PLAYLISTS
from bot.stats.csr_sheet import CsrChanges
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.stats.unanswerable import SeasonUnknown
from bot.store import Rank
from tests.reports.conftest import NOW
from tests.reports.csr.desk import (
    ARENA,
    DAY,
    HERO,
    MEMBER,
    SLAYER,
    Desk,
    row_of,
    value_of,
)


async def snap(desk: Desk, xuid: int, value: int | None, ago: timedelta, playlist: UUID = ARENA) -> None:
    rank = Rank(current=value, season_max=value, all_time_max=value)
    await desk.store.snapshots.add(playlist, await desk.season_path(), {xuid: rank}, NOW - ago)


async def test_changes_are_against_the_rank_of_a_day_and_a_week_ago(desk: Desk) -> None:
    xuid = await desk.link()
    now = value_of(await desk.last(HERO), ARENA)
    desk.report = desk.anew()
    await desk.store.erasure.forget_user(MEMBER)
    await desk.link()
    await snap(desk, xuid, now - 40, 8 * DAY)
    await snap(desk, xuid, now - 40, 7 * DAY - timedelta(hours=1))
    await snap(desk, xuid, now - 25, 5 * DAY)
    await snap(desk, xuid, now + 7, 2 * DAY)
    await snap(desk, xuid, now + 7, DAY + timedelta(hours=2))
    await snap(desk, xuid, now + 3, timedelta(hours=5))

    sheet = await desk.last(xuid)

    assert row_of(sheet, ARENA).changes == CsrChanges(day=-7, week=40)
    assert row_of(sheet, SLAYER).changes == CsrChanges()


async def test_a_change_from_who_knows_when_is_not_told(desk: Desk) -> None:
    """Nobody looked between three days and an hour ago: what the rank was a day ago cannot be said."""
    xuid = await desk.link()
    await snap(desk, xuid, 400, 3 * DAY)
    await snap(desk, xuid, 500, timedelta(hours=1))

    sheet = await desk.last(xuid)

    assert row_of(sheet, ARENA).changes == CsrChanges()


async def test_matches_that_come_in_after_the_first_answer_tell_of_the_days_before_it(desk: Desk) -> None:
    xuid = await desk.link()
    now = value_of(await desk.last(xuid), ARENA)
    assert row_of(await desk.last(xuid), ARENA).changes == CsrChanges()
    path = await desk.season_path()
    for days, value in ((8, now - 40), (6, now - 40), (5, now - 12), (0.5, now - 12), (0.25, now)):
        seen = {xuid: Rank(current=value, season_max=None, all_time_max=None, placement_matches=5)}
        await desk.store.snapshots.add(ARENA, path, seen, NOW - days * DAY, has_peaks=False)

    sheet = await desk.last(xuid)

    assert row_of(sheet, ARENA).changes == CsrChanges(day=12, week=40)


async def test_a_placement_is_no_number_to_compare_with(desk: Desk) -> None:
    xuid = await desk.link()
    rank = Rank(current=None, season_max=None, all_time_max=None, placement_left=2, placement_matches=5)
    await desk.store.snapshots.add(ARENA, await desk.season_path(), {xuid: rank}, NOW - DAY)

    assert row_of(await desk.last(xuid), ARENA).changes == CsrChanges()


async def test_an_earlier_season_shows_how_it_ended(desk: Desk) -> None:
    seasons = await desk.seasons.begun()
    world, xuid = desk.house.world, desk.house.xuid(HERO)

    sheet = await desk.last(HERO, seasons[1].number)

    assert sheet.season == seasons[1]
    assert not sheet.is_current_season
    assert sheet.rows
    now = await desk.last(HERO)
    for row in sheet.rows:
        key = next(it.key for it in PLAYLISTS.values() if it.asset_id == row.playlist_id)
        final, best, _ = world.ladder.standing(key, seasons[1].season_id, xuid)
        assert (row.rank.current.value or -1) == final.value
        assert row.rank.season_peak is None or row.rank.season_peak.value == best.value
        assert row.rank.progress is None
        assert row.changes == CsrChanges()
    assert [row.rank for row in sheet.rows] != [row.rank for row in now.rows]
    queries = [entry.query for entry in desk.house.service.log if entry.path.endswith("/csrs")]
    assert sum(f"season={seasons[1].season_id}" in query for query in queries) == len(RANKED_PLAYLISTS)


async def test_a_season_in_which_nothing_was_played_has_no_rows(desk: Desk) -> None:
    oldest = (await desk.seasons.begun())[-1]

    sheet = await desk.last(HERO, oldest.number)

    assert sheet.rows == ()
    assert sheet.season == oldest


@pytest.mark.parametrize("asked", ["99-9", "tomorrow", "13-3", ""])
async def test_a_season_that_there_is_not(desk: Desk, asked: str) -> None:
    with pytest.raises(SeasonUnknown) as refusal:
        await desk.all(HERO, asked)

    assert refusal.value.latest == "13-2"
    assert desk.asked_playlists() == []


async def test_without_a_calendar_the_service_decides_which_season_it_is(desk: Desk) -> None:
    xuid = await desk.link()
    desk.house.fail("*CsrSeasonCalendar*")

    sheet = await desk.last(xuid)

    assert sheet.season is None
    assert sheet.is_current_season
    assert sheet.rows
    assert await desk.store.snapshots.of_player(xuid) == ()
    with pytest.raises(SeasonUnknown):
        await desk.all(xuid, "13-2")
