"""Ranks: the scale, placement, seasons, and what skill says of a match."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.halo.wire.skill_json import write_match_skill
from bot.playground.world import World
from bot.playground.world.career import CAREER_EXPERIENCE, CAREER_RANKS, career_progress
from bot.playground.world.ladder import PLACEMENT_MATCHES, Standing, tier_of
from bot.playground.world.mode import Sides
from bot.playground.world.plan import Outcome
from tests.playground.world.worlds import NOW, whole_world


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
    world = whole_world()
    season = world.season_at(NOW).season_id
    standings = [
        world.ladder.standing(playlist, season, player.xuid)[0]
        for player in world.people
        for playlist in ("ranked_arena", "ranked_slayer")
    ]

    assert any(0 < standing.remaining < PLACEMENT_MATCHES and standing.value == -1 for standing in standings)
    assert any(standing.value >= 1500 for standing in standings)
    assert any(0 < standing.value < 1500 for standing in standings)


@given(st.integers(0, 59))
@settings(deadline=None, max_examples=12)
def test_ranks_go_on_where_the_match_before_left_them(at: int):
    world = whole_world()
    xuid = world.people[at].xuid
    last: dict[tuple[str, str], tuple[Standing, list[int]]] = {}
    peaks: dict[str, int] = {}
    for plan in reversed(world.matches_of(xuid)):
        move = world.ladder.move(plan.match_id, xuid)
        assert (move is not None) is plan.ranked
        if plan.playlist is None or plan.season is None or move is None:
            continue
        key = (plan.playlist.key, plan.season)
        before, values = last.get(key, (Standing(), []))
        assert move[0] == before
        assert move[1].remaining == max(0, before.remaining - 1)
        assert (move[1].value == -1) is (move[1].remaining > 0)
        last[key] = (move[1], [*values, move[1].value])
        peaks[plan.playlist.key] = max(peaks.get(plan.playlist.key, -1), move[1].value)

    for (playlist, season), (standing, values) in last.items():
        current, best, all_time = world.ladder.standing(playlist, season, xuid)
        assert current == standing
        assert best.value == max(values)
        assert all_time.value == peaks[playlist] >= best.value
        assert best.remaining == all_time.remaining == current.remaining


@given(st.integers(0, 59))
@settings(deadline=None, max_examples=12)
def test_a_win_lifts_a_rank_and_a_loss_lowers_it(at: int):
    world = whole_world()
    xuid = world.people[at].xuid
    for plan in world.matches_of(xuid):
        move, seat = world.ladder.move(plan.match_id, xuid), plan.seat_of(xuid)
        if move is None or seat is None or -1 in {move[0].value, move[1].value}:
            continue
        change = move[1].value - move[0].value
        assert abs(change) <= 17
        if seat.outcome is Outcome.WIN:
            assert change > 0
        elif seat.outcome in {Outcome.LOSS, Outcome.DID_NOT_FINISH}:
            assert change < 0


def test_a_rank_is_told_as_it_was_at_a_moment():
    world = World(7, NOW, matches=60)
    season, xuid = world.season_at(NOW).season_id, world.hero.xuid
    before = world.ladder.standing("ranked_arena", season, xuid)

    world.end_match(NOW + timedelta(minutes=5))

    assert world.ladder.standing("ranked_arena", season, xuid, NOW) == before
    assert world.ladder.standing("ranked_arena", season, xuid) != before
    assert world.ladder.standing("ranked_arena", season, xuid, NOW - timedelta(days=300))[0] == Standing()


def test_better_tiers_are_expected_to_kill_more_and_die_less():
    world = World(7, NOW, matches=60)
    plan = world.matches_of(world.hero.xuid)[0]
    skill = world.skill(plan.match_id, world.hero.xuid)

    assert skill is not None
    kills = [expected.kills for expected in skill.tiers.values()]
    deaths = [expected.deaths for expected in skill.tiers.values()]
    assert kills == sorted(kills)
    assert deaths == sorted(deaths, reverse=True)


def test_everybody_in_a_match_hears_the_same_of_its_teams():
    world = World(7, NOW, matches=60)
    plan = world.matches_of(world.hero.xuid)[0]
    skills = [world.skill(plan.match_id, seat.player.xuid) for seat in plan.seats if seat.player]

    assert len(skills) == 8
    assert len({str(skill.team_ratings) for skill in skills if skill}) == 1


def test_some_answers_have_no_number_an_endless_one_or_none_at_all():
    world = whole_world()
    seen: set[str] = set()
    for plan in world.all_plans()[:160]:
        for seat in plan.seats:
            skill = world.skill(plan.match_id, seat.player.xuid) if seat.player else None
            if skill is None:
                continue
            answer = write_match_skill(skill)
            json.dumps(answer, allow_nan=False)
            rated = answer["TeamMmrs"][str(answer["TeamId"])]
            assert answer["TeamMmr"] == rated
            seen |= {word for word in ("Infinity", "NaN", "null") if word in json.dumps(answer)}
            if answer["Counterfactuals"] is None and plan.mode.sides is Sides.TEAMS:
                seen.add("unmodelled")

    assert seen == {"Infinity", "NaN", "null", "unmodelled"}


def test_the_career_has_272_ranks_whose_icons_are_not_numbered_like_them():
    assert len(CAREER_RANKS) == 272
    assert [rank.number for rank in CAREER_RANKS] == list(range(1, 273))
    assert any(f"/{rank.number}_" not in rank.icon for rank in CAREER_RANKS)
    assert career_progress(0) == (0, 0, False)
    assert career_progress(10**9) == (272, 0, True)
    assert career_progress(CAREER_EXPERIENCE) == (272, 0, True)
    assert career_progress(CAREER_EXPERIENCE - 1)[0] == 270
