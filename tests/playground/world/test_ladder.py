"""Ranks: the scale, placement, seasons, and what skill says of a match."""

from datetime import UTC, datetime

import pytest

from bot.playground.world import World
from bot.playground.world.career import CAREER_RANKS, career_progress
from bot.playground.world.ladder import PLACEMENT_MATCHES, tier_of

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "tier", "sub_tier", "start"),
    [
        (1319, "Diamond", 2, 1300),
        (0, "Bronze", 0, 0),
        (1499, "Diamond", 5, 1450),
        (1500, "Onyx", 0, 1500),
        (-1, "", 0, 0),
    ],
)
def test_the_scale_has_tiers_of_six_and_onyx_on_top(value: int, tier: str, sub_tier: int, start: int):
    assert tier_of(value) == (tier, sub_tier, start)


def test_a_world_has_players_in_placement_and_in_onyx():
    world = World(7, NOW)
    season = world.season_at(NOW).season_id
    standings = [world.ladder.standing("ranked_arena", season, player.xuid)[0] for player in world.people]

    assert any(0 < standing.remaining < PLACEMENT_MATCHES and standing.value == -1 for standing in standings)
    assert any(standing.value >= 1500 for standing in standings)
    assert any(0 < standing.value < 1500 for standing in standings)


def test_a_rank_starts_where_the_match_before_left_it():
    world = World(7, NOW)
    last: dict[tuple[str | None, str], object] = {}
    for plan in reversed(world.matches_of(world.hero.xuid)):
        move = world.ladder.move(plan.match_id, world.hero.xuid)
        if plan.playlist is None or move is None:
            continue
        key = (plan.season, plan.playlist.key)
        assert key not in last or last[key] == move[0]
        last[key] = move[1]

    assert len({season for season, _ in last}) == 2


def test_better_tiers_are_expected_to_kill_more_and_die_less():
    world = World(7, NOW)
    plan = world.matches_of(world.hero.xuid)[0]
    skill = world.skill(plan.match_id, world.hero.xuid)

    assert skill is not None
    kills = [expected.kills for expected in skill.tiers.values()]
    deaths = [expected.deaths for expected in skill.tiers.values()]
    assert kills == sorted(kills)
    assert deaths == sorted(deaths, reverse=True)


def test_the_career_has_272_ranks_whose_icons_are_not_numbered_like_them():
    assert len(CAREER_RANKS) == 272
    assert [rank.number for rank in CAREER_RANKS] == list(range(1, 273))
    assert any(f"/{rank.number}_" not in rank.icon for rank in CAREER_RANKS)
    assert career_progress(0) == (0, 0, False)
    assert career_progress(10**9) == (272, 0, True)
