"""The regulars are members like others, and what the store has of them is what Halo says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest

from bot.halo.models.skill import PlaylistCsr
from bot.halo.models.stats import MatchHistory, MatchStats
from bot.ingest.lines import match_of
from bot.ingest.ranks import LADDER_EVERY
from bot.ingest.recaps import rank_now
from bot.playground.once import OnceOptions, converse
from bot.playground.regulars import Regulars
from bot.playground.stage import Playground
from bot.playground.world.playlists import PLAYLISTS
from bot.store import Counter, Line, Window
from tests.playground.regulars.conftest import REACH

pytestmark = pytest.mark.asyncio(loop_scope="module")

MODEST = 11
ARENA = PLAYLISTS["ranked_arena"]


async def asked(playground: Playground, path: str) -> bytes:
    """What the simulated Halo answers over HTTP."""
    shown = playground.halo.credentials
    headers = {"x-343-authorization-spartan": shown.spartan, "343-clearance": shown.clearance}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{playground.halo.origin}/{path}", headers=headers) as answer,
    ):
        assert answer.status == 200
        return await answer.read()


async def test_they_are_members_linked_to_different_players_and_visitors_are_not(
    playground: Playground, regulars: Regulars
) -> None:
    towns, store = playground.towns, playground.bot.resources.store
    links = await store.links.of_server(towns.arena.id)

    assert {link.user_id for link in links} == {member.user.id for member in regulars.members}
    assert len({link.xuid for link in links}) == len(regulars.members) == MODEST
    assert {link.user_id for link in links} <= towns.arena.members.keys()
    assert len({member.user.locale for member in regulars.members}) > MODEST / 2
    (verified,) = (link for link in links if link.verified)
    assert verified.gamertag == "Static Wren"
    for visitor in (towns.ada, towns.bo, towns.chiyo):
        assert await store.links.of_user(visitor.id) is None


async def test_the_renamed_one_was_linked_by_the_name_of_that_time(
    playground: Playground, regulars: Regulars
) -> None:
    player = playground.halo.world.player("Second Name")
    assert player is not None

    history = await playground.bot.resources.store.players.history(player.xuid)

    assert [known.gamertag for known in history] == ["Second Name", "First Name"]


def in_order(lines: Iterable[Line]) -> list[str]:
    return sorted(repr(replace(line, medals=dict(sorted(line.medals.items())))) for line in lines)


async def test_every_match_of_theirs_is_there_and_what_the_ingest_would_have_stored(
    playground: Playground, regulars: Regulars
) -> None:
    store, world = playground.bot.resources.store, playground.halo.world
    since = playground.halo.stage.clock() - REACH
    for member in regulars.members:
        ids = [plan.match_id for plan in world.matches_of(member.xuid) if plan.ends_at > since]
        assert await store.matches.unknown(ids, xuid=member.xuid) == frozenset()

    xuid, members = regulars.members[0].xuid, {member.xuid for member in regulars.members}
    path = f"halostats.svc.halowaypoint.com/hi/players/xuid({xuid})/matches?count=5"
    history = MatchHistory.model_validate_json(await asked(playground, path))
    for result in history.results:
        stats = await asked(playground, f"halostats.svc.halowaypoint.com/hi/matches/{result.match_id}/stats")
        wanted = match_of(MatchStats.model_validate_json(stats), ranked=False)
        # Whoever is not linked is not named.
        expected = [line if line.xuid in members else replace(line, xuid=None) for line in wanted.lines]
        stored = await store.matches.lines(result.match_id)
        assert in_order(stored) == in_order(expected)


async def test_their_ranks_are_those_of_the_skill_service_and_of_a_week_ago(
    playground: Playground, regulars: Regulars
) -> None:
    store, now = playground.bot.resources.store, playground.halo.stage.clock()
    season = playground.halo.world.season_at(now)
    players = "&".join(f"players=xuid({member.xuid})" for member in regulars.members)
    path = f"skill.svc.halowaypoint.com/hi/playlist/{ARENA.asset_id}/csrs?{players}"
    answer = PlaylistCsr.model_validate_json(await asked(playground, path))

    ranked = 0
    for value, member in zip(answer.value, regulars.members, strict=True):
        assert value.result is not None
        expected = rank_now(value.result)
        seen = await store.snapshots.of_player(member.xuid)
        found = [it for it in seen if (it.playlist_id, it.season_id) == (ARENA.asset_id, season.path)]
        assert [it.rank for it in found] == ([] if expected is None else [expected])
        if expected is None or expected.current is None:
            continue
        ranked += 1
        history = await store.snapshots.history(member.xuid, ARENA.asset_id, season.path)
        assert all(after.taken_at - before.checked_at <= LADDER_EVERY for before, after in pairwise(history))
    assert ranked > MODEST / 2


async def test_how_fresh_they_are_is_told_truly_and_the_ingest_goes_on(
    playground: Playground, regulars: Regulars
) -> None:
    store, server = playground.bot.resources.store, playground.towns.arena.id
    refreshed = {player.refreshed_at for player in await store.players.tracked()}
    (moment,) = refreshed
    assert moment is not None
    assert timedelta(0) < playground.halo.stage.clock() - moment < timedelta(minutes=30)

    backlog = {one.kind: one.due + one.later for one in await store.jobs.backlog(moment)}
    assert backlog["refresh"] == len(regulars.members)
    assert "backfill" not in backlog

    (matches,) = (
        line.matches
        for line in await store.boards.totals(server, [Counter.KILLS], Window())
        if line.xuid == regulars.members[0].xuid
    )
    assert matches > MODEST


async def test_a_board_is_printed_with_its_menus_and_saved(playground: Playground, tmp_path: Path) -> None:
    said: list[str] = []
    options = OnceOptions(line="/leaderboard metric:kills", press=("Next",), folder=tmp_path, seed="")

    assert await converse(playground, options, said.append, said.append), said

    first, _, second, _ = said
    assert "│ All matchmaking · Kills" in first
    assert "page 1 of 2" in first
    assert "page 2 of 2" in second
    assert "[Kills ▾]" in first
    assert (tmp_path / "leaderboard.png").read_bytes().startswith(b"\x89PNG")
