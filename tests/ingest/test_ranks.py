"""CSR of linked players: in batches, in the season's own ladder, and out of matches."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.ingest.ranks import LADDER_EVERY
from bot.ingest.work import rank
from bot.playground.world import World
from bot.playground.world.playlists import PLAYLISTS
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Rank
from tests.halo.orders import answer
from tests.ingest.conftest import ARENA, NOW, SKILL, TAVERN, House

PLAYER = "Tin Marshal"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ARENA_LADDER = RANKED_PLAYLISTS[0]


@pytest.fixture
def world() -> World:
    """A world of its own for each test: matches end in it."""
    return World(7, NOW, matches=200)


def hundred(house: House) -> list[int]:
    """A hundred players of the world."""
    strangers = {line for plan in house.world.all_plans() for it in plan.seats if (line := it.player)}
    xuids = sorted({it.xuid for it in (*house.world.people, *strangers)})[:100]
    assert len(xuids) == 100
    return xuids


def truth(house: House, xuid: int, at: datetime | None = None) -> tuple[int | None, ...]:
    """What the world says of somebody's CSR in Ranked Arena: now, in this season at best, ever at best."""
    season = house.world.season_at(house.now()).season_id
    standings = house.world.ladder.standing("ranked_arena", season, xuid, at or house.now())
    return tuple(None if it.value < 0 else it.value for it in standings)


def csr_requests(house: House) -> Counter[str]:
    """How many requests for CSR there were, by playlist."""
    return Counter(it.path.split("/")[3] for it in house.service.log if it.path.endswith("/csrs"))


async def test_a_full_refresh_of_a_hundred_members_is_four_requests_a_playlist(house: House) -> None:
    xuids = hundred(house)
    await house.join(*xuids[:70])
    await house.join(*xuids[70:], server_id=TAVERN)
    await house.store.players.refreshed(xuids, NOW + 2 * LADDER_EVERY)
    await house.ingest.tidy()

    house.pass_time(LADDER_EVERY)
    await house.ingest.work_off()

    assert csr_requests(house) == {str(playlist): 4 for playlist in RANKED_PLAYLISTS}
    asked = [it.query.count("players=") for it in house.service.log if it.path.endswith("/csrs")]
    assert sum(asked) == 100 * len(RANKED_PLAYLISTS)
    assert house.service.max_starts_in_any_second(SKILL) <= 2
    assert {it.kind: it.due for it in await house.ingest.backlog()}["ladder"] == 0


async def test_ranks_are_stored_as_the_service_says_them(house: House) -> None:
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    await house.ingest.work_off()

    stored = {it.playlist_id: it for it in await house.store.snapshots.of_player(xuid)}
    arena = stored[ARENA_LADDER]
    assert arena.season_id == house.world.season_at(house.now()).path
    assert (arena.rank.current, arena.rank.season_max, arena.rank.all_time_max) == truth(house, xuid)
    assert arena.checked_at == pytest.approx(house.now(), abs=MINUTE)
    board = await house.store.boards.ranks(ARENA, ARENA_LADDER, arena.season_id)
    assert [line.current for line in board] == [arena.rank.current]


async def test_a_ranked_match_moves_the_rank_within_a_look(house: House) -> None:
    house.service.stage.stats_delay = house.service.stage.skill_delay = timedelta(0)
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    await house.ingest.work_off()
    house.pass_time(timedelta(days=2))
    house.service.end_match(gamertag=PLAYER)
    house.service.log.clear()

    await house.ingest.work_off()

    (arena,) = [it for it in await house.store.snapshots.of_player(xuid) if it.playlist_id == ARENA_LADDER]
    assert (arena.rank.current, arena.rank.season_max, arena.rank.all_time_max) == truth(house, xuid)
    assert csr_requests(house)[str(ARENA_LADDER)] >= 1


@pytest.mark.parametrize("asked_first", [False, True])
async def test_the_days_before_a_link_are_filled_from_its_matches(house: House, asked_first: bool) -> None:
    """Also when somebody asks for the rank, and has it stored, before any match is there."""
    house.service.stage.stats_delay = house.service.stage.skill_delay = timedelta(0)
    for _ in range(8):
        house.service.end_match(gamertag=PLAYER)
        house.pass_time(timedelta(hours=20))
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    path = house.world.season_at(house.now()).path
    if asked_first:
        current, season_max, all_time_max = truth(house, xuid)
        rank_now = Rank(
            current=current, season_max=season_max, all_time_max=all_time_max, placement_matches=5
        )
        await house.store.snapshots.add(ARENA_LADDER, path, {xuid: rank_now}, house.now())

    await house.ingest.work_off()

    history = await house.store.snapshots.history(xuid, ARENA_LADDER, path)
    ranked = [it for it in history if it.rank.current is not None]
    assert len(ranked) >= 5
    for snapshot in ranked:
        assert snapshot.rank.current == truth(house, xuid, snapshot.taken_at + SECOND)[0]
    for before, after in pairwise(ranked):
        assert before.taken_at <= before.checked_at <= after.taken_at
    assert ranked[0].taken_at < house.now() - timedelta(days=4)
    assert house.asked("/hi/matches/*/skill") <= house.asked("/hi/matches/*/stats")


async def test_ranks_that_are_due_together_are_asked_for_together(house: House) -> None:
    xuids = hundred(house)[:40]
    await house.join(*xuids)
    await house.store.jobs.add(*(rank(xuid, ARENA_LADDER, house.now()) for xuid in xuids))

    await house.ingest.work_off()

    assert csr_requests(house)[str(ARENA_LADDER)] == 2


async def test_a_pile_of_ranks_is_four_requests_a_playlist_for_a_hundred(house: House) -> None:
    """As after a hundred links, or after a time in which nobody could be asked."""
    xuids = hundred(house)
    await house.join(*xuids)
    for xuid in xuids:
        await house.store.jobs.add(*(rank(xuid, it, house.now()) for it in RANKED_PLAYLISTS))

    await house.ingest.work_off()

    assert csr_requests(house) == {str(playlist): 4 for playlist in RANKED_PLAYLISTS}
    asked = [it.query.count("players=") for it in house.service.log if it.path.endswith("/csrs")]
    assert sum(asked) == 100 * len(RANKED_PLAYLISTS)


async def test_an_unheard_of_ranked_playlist_is_learned_from_a_match(house: House) -> None:
    """The service says of each playlist whether it has CSR; here of one that is not in the table."""
    house.service.stage.stats_delay = house.service.stage.skill_delay = timedelta(0)
    quick = PLAYLISTS["quick_play"].asset_id
    answer(
        house.service,
        {"NameHint": "new", "HasCsr": True},
        path=f"/hi/multiplayer/file/playlists/assets/{quick}.json",
    )
    house.service.end_match(gamertag=PLAYER, mode="slayer", playlist="quick_play")
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    await house.ingest.work_off()
    await house.ingest.settled()

    assert house.learned == [quick]
    house.pass_time(LADDER_EVERY * 1.2)
    house.service.log.clear()
    await house.ingest.work_off()
    assert csr_requests(house)[str(quick)] == 1


async def test_a_learned_playlist_is_known_again_after_a_restart(house: House) -> None:
    quick = PLAYLISTS["quick_play"].asset_id
    xuid = house.xuid(PLAYER)
    await house.join(xuid)
    rank_once = Rank(current=900, season_max=900, all_time_max=900)
    await house.store.snapshots.add(quick, "Csr/Seasons/Old.json", {xuid: rank_once}, house.now())
    await house.store.players.refreshed([xuid], NOW + 2 * LADDER_EVERY)
    restarted = house.another()

    await restarted.tidy()
    await restarted.settled()
    await restarted.tidy()

    assert house.learned == [quick]
    assert house.asked("*/playlists/assets/*") == 0
    house.pass_time(LADDER_EVERY * 1.2)
    await restarted.work_off()
    assert csr_requests(house)[str(quick)] == 1


async def test_a_new_season_has_a_path_of_its_own(house: House) -> None:
    house.service.stage.stats_delay = house.service.stage.skill_delay = timedelta(0)
    xuid = house.xuid(PLAYER)
    await house.link(xuid)
    await house.ingest.work_off()
    before = {it.season_id for it in await house.store.snapshots.of_player(xuid)}
    house.pass_time(house.world.season_at(house.now()).ends_at - house.now() + timedelta(days=1))
    house.service.end_match(gamertag=PLAYER)
    house.pass_time(MINUTE)

    await house.ingest.work_off()

    after = {it.season_id for it in await house.store.snapshots.of_player(xuid)}
    assert before < after
