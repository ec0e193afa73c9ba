"""A player's ranks, asked of a simulated Halo that counts, and remembered in a store."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import AuthenticationError, ServiceError
from bot.halo.transport.cache import open_session
from bot.playground.halo import Credentials, Fault, FaultKind
from bot.playground.world import World
from bot.playground.world.playlists import PLAYLISTS
from bot.reports.csr import CsrReport, Patience
from bot.reports.players import Players
from bot.reports.ranked_playlists import RankedPlaylists
from bot.reports.seasons import Seasons
from bot.stats.csr_sheet import CsrChanges, CsrRow, CsrSheet
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.stats.unanswerable import PlayerUnknown, SeasonUnknown
from bot.store import Address, Rank, Store, open_store
from tests.halo.transport.stand_in import FakeClock, settle
from tests.reports.conftest import NOW, House

HERO = "Ember Fox 7"
MEMBER, SERVER = 700_000_000_000_000_001, 700_000_000_000_000_002
CSRS = "/hi/playlist/*/csrs"
ARENA, SLAYER, DOUBLES = RANKED_PLAYLISTS[:3]
# Nobody waits for a service that tests hold back.
IMPATIENT = Patience(first_s=0.2, rest_s=0.01)
DAY = timedelta(days=1)


def csrs_of(playlist: UUID) -> str:
    return f"/hi/playlist/{playlist}/csrs"


@pytest.fixture(scope="session")
def finished_world() -> World:
    """A world whose past reaches into the season before."""
    return World(7, NOW, matches=2_000)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(Address.of_file(tmp_path / "adjutant.sqlite")) as opened:
        yield opened


class Desk:
    """The report with what it asks, as a bot builds it."""

    def __init__(
        self,
        house: House,
        store: Store,
        halo: HaloInfiniteClient | None = None,
        patience: Patience = IMPATIENT,
    ) -> None:
        self.patience = patience
        self.house = house
        self.store = store
        self.halo = halo or house.halo
        self.seasons = Seasons(self.halo, now=house.now)
        self.playlists = RankedPlaylists(self.halo, now=house.now)
        self.report = self.anew()

    def anew(self) -> CsrReport:
        """The report of a process that has only just begun."""
        players = Players(self.halo, now=self.house.now)
        return CsrReport(
            self.halo,
            players,
            self.store,
            self.seasons,
            self.playlists,
            now=self.house.now,
            patience=self.patience,
        )

    async def all(self, who: str | int = HERO, season: str | None = None) -> list[CsrSheet]:
        async with aclosing(self.report.sheets(who, season)) as sheets:
            return [sheet async for sheet in sheets]

    async def last(self, who: str | int = HERO, season: str | None = None) -> CsrSheet:
        return (await self.all(who, season))[-1]

    async def link(self, gamertag: str = HERO) -> int:
        xuid = self.house.xuid(gamertag)
        await self.store.links.claim(MEMBER, xuid, gamertag, server_id=SERVER, at=NOW - 30 * DAY)
        return xuid

    async def season_path(self) -> str:
        season = await self.seasons.current()
        assert season is not None
        return season.path

    def asked_playlists(self) -> list[UUID]:
        """The playlists that were asked for, in the order in which the requests arrived."""
        return [
            UUID(entry.path.split("/")[3]) for entry in self.house.service.log if entry.path.endswith("/csrs")
        ]


@pytest.fixture
async def desk(house: House, store: Store) -> AsyncIterator[Desk]:
    desk = Desk(house, store)
    yield desk
    await desk.playlists.close()
    await desk.seasons.close()


def row_of(sheet: CsrSheet, playlist: UUID) -> CsrRow:
    return next(row for row in sheet.rows if row.playlist_id == playlist)


def value_of(sheet: CsrSheet, playlist: UUID) -> int:
    value = row_of(sheet, playlist).rank.current.value
    assert value is not None
    return value


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


async def test_one_playlist_from_before_beside_live_ones_is_marked(desk: Desk) -> None:
    await desk.last()
    desk.house.clock.pass_time(60)
    desk.house.fail(csrs_of(ARENA))

    sheet = await desk.last()

    assert row_of(sheet, ARENA).known_at is not None
    assert sheet.has_live
    assert sheet.unanswered == 0
    assert sheet.oldest == row_of(sheet, ARENA).known_at


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


async def test_an_expired_sign_in_is_not_hidden_behind_old_ranks(desk: Desk) -> None:
    xuid = await desk.link()
    await desk.all(xuid)
    desk.house.service.credentials = Credentials(spartan="another", clearance="another")

    with pytest.raises(AuthenticationError):
        await desk.all(xuid)


async def test_somebody_without_ranked_matches_has_an_empty_sheet(desk: Desk) -> None:
    sheet = await desk.last("Fresh Boots")

    assert sheet.rows == ()
    assert sheet.is_complete
    assert sheet.unanswered == 0


@pytest.mark.parametrize("who", ["Nobody By That", "../../etc", 2533274799999999])
async def test_nobody_is_called_like_that(desk: Desk, who: str | int) -> None:
    with pytest.raises(PlayerUnknown):
        await desk.all(who)


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


async def test_a_forgotten_player_is_forgotten(desk: Desk) -> None:
    xuid = desk.house.xuid(HERO)
    await desk.all(xuid)
    desk.house.fail(CSRS)

    desk.report.forget({xuid})

    with pytest.raises(ServiceError):
        await desk.all(xuid)
