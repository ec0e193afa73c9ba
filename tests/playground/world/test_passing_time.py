"""Time passes in the service: matches appear by themselves, their stats some seconds later, then the ranks."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.playground.halo import HaloService
from bot.playground.world import World
from bot.playground.world.plan import Plan
from bot.playground.world.playlists import PLAYLISTS
from tests.playground.halo.conftest import Caller, Clock
from tests.playground.world.worlds import NOW

ARENA = PLAYLISTS["ranked_arena"]


@pytest.fixture
async def halo() -> AsyncIterator[Caller]:
    world = World(3, NOW, matches=60, every=timedelta(minutes=1))
    async with (
        HaloService(world, clock=Clock()).running() as service,
        aiohttp.ClientSession() as session,
    ):
        yield Caller(service, session)


def foresee(wanted: str) -> Plan:
    """The first match in a playlist that the same world will have."""
    world = World(3, NOW, matches=60, every=timedelta(minutes=1))
    world.pass_time(NOW + timedelta(hours=3))
    return next(
        plan
        for plan in world.all_plans()[60:]
        if plan.playlist and plan.playlist.key == wanted and plan.seats[0].player in world.people
    )


def advance_to(halo: Caller, plan: Plan, seconds: float) -> None:
    clock = halo.service.stage.clock
    assert isinstance(clock, Clock)
    clock.now = plan.ends_at + timedelta(seconds=seconds)


async def test_a_match_appears_when_it_ends_and_its_stats_follow(halo: Caller):
    plan = foresee("ranked_arena")
    player = plan.seats[0].player
    assert player is not None
    history, stats = f"/hi/players/xuid({player.xuid})/matches?count=1", f"/hi/matches/{plan.match_id}/stats"

    advance_to(halo, plan, -1)
    before = await halo.stats(history)
    assert before["Results"][0]["MatchId"] != str(plan.match_id)
    await halo.stats(stats, status=404)
    advance_to(halo, plan, 1)
    assert (await halo.stats(history))["Results"][0]["MatchId"] == str(plan.match_id)
    await halo.stats(stats, status=404)
    advance_to(halo, plan, 7)
    assert (await halo.stats(stats))["MatchInfo"]["EndTime"] == (await halo.stats(history))["Results"][0][
        "MatchInfo"
    ]["EndTime"]


async def test_counts_and_records_grow_with_the_matches(halo: Caller):
    plan = foresee("quick_play")
    player = plan.seats[0].player
    assert player is not None
    path = f"/hi/players/xuid({player.xuid})"

    async def told() -> tuple[int, int]:
        record: dict[str, Any] = await halo.stats(f"{path}/matchmade/servicerecord")
        count: dict[str, Any] = await halo.stats(f"{path}/matches/count")
        return record["MatchesCompleted"], count["MatchmadeMatchesPlayedCount"]

    advance_to(halo, plan, -1)
    completed, counted = await told()
    advance_to(halo, plan, 1)
    assert await told() == (completed, counted + 1)
    advance_to(halo, plan, 7)
    assert await told() == (completed + 1, counted + 1)


async def test_the_rank_moves_when_skill_is_there(halo: Caller):
    plan = foresee("ranked_arena")
    player = plan.seats[0].player
    assert player is not None
    csr = f"/hi/playlist/{ARENA.asset_id}/csrs?players=xuid({player.xuid})"
    skill = f"/hi/matches/{plan.match_id}/skill?players=xuid({player.xuid})"

    advance_to(halo, plan, 11)
    before = (await halo.skill(csr))["Value"][0]["Result"]["Current"]
    await halo.skill(skill, status=404)
    advance_to(halo, plan, 13)
    after = (await halo.skill(csr))["Value"][0]["Result"]["Current"]
    recap = (await halo.skill(skill))["Value"][0]["Result"]["RankRecap"]

    assert (recap["PreMatchCsr"], recap["PostMatchCsr"]) == (before, after)
    assert before != after


def test_the_next_end_is_known_and_moves_on_when_it_has_come():
    world = World(3, NOW, matches=60, every=timedelta(minutes=1))
    foreseen = world.next_end
    assert foreseen is not None

    world.pass_time(foreseen)

    assert world.all_plans()[-1].ends_at == foreseen
    following = world.next_end
    assert following is not None
    assert timedelta(0) < following - foreseen < timedelta(minutes=2)
    assert World(3, NOW, matches=60).next_end is None
