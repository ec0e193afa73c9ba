"""Whatever the seed, what the matches say agrees with itself."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.world import World
from bot.playground.world.awards import UNHEARD_OF_MEDAL
from bot.playground.world.match import Match
from bot.playground.world.medals import MEDALS
from bot.playground.world.modes import MODES, Sides
from bot.playground.world.plan import Lifecycle, Outcome
from bot.playground.world.records import RecordFilter
from bot.playground.world.tally import Tally

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
DOUBLE_KILL, KILLING_SPREE = 622331684, 2780740615
matches_of_any_world = st.tuples(st.integers(0, 20), st.integers(0, 59))


@cache
def small_world(seed: int) -> World:
    return World(seed, NOW, matches=60)


def any_match(where: tuple[int, int]) -> Match:
    seed, at = where
    world = small_world(seed)
    match = world.match(world.all_plans()[at].match_id)
    assert match is not None
    return match


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_a_team_did_what_its_players_did(where: tuple[int, int]):
    match = any_match(where)

    for team in match.teams:
        tallies = [
            line.tally for showing in match.showings for line in showing.lines if line.team == team.team
        ]
        for counter in (
            "kills",
            "deaths",
            "assists",
            "damage_dealt",
            "damage_taken",
            "shots_fired",
            "shots_hit",
        ):
            assert getattr(team.tally, counter) == sum(getattr(tally, counter) for tally in tallies)
        assert team.tally.max_killing_spree == max(tally.max_killing_spree for tally in tallies)


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_nobody_hits_more_than_they_fire_or_heads_more_than_they_kill(where: tuple[int, int]):
    for showing in any_match(where).showings:
        for line in showing.lines:
            tally: Tally = line.tally
            assert tally.shots_hit <= tally.shots_fired
            assert (
                tally.headshot_kills + tally.melee_kills + tally.grenade_kills + tally.power_weapon_kills
                <= tally.kills
            )
            assert tally.max_killing_spree <= tally.kills
            assert tally.suicides <= tally.deaths


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_every_kill_of_a_player_is_a_death_of_another(where: tuple[int, int]):
    match = any_match(where)
    kills = sum(showing.kills for showing in match.showings)
    deaths = sum(showing.deaths for showing in match.showings)
    suicides = sum(line.tally.suicides for showing in match.showings for line in showing.lines)

    if match.plan.mode.sides is not Sides.TOGETHER:
        assert kills == deaths - suicides


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_nobody_kills_or_falls_while_they_are_away(where: tuple[int, int]):
    match = any_match(where)
    length_ms = match.plan.playable.total_seconds() * 1000

    for kill in match.feed:
        for at in (kill.killer, kill.victim, kill.assistant):
            assert at is None or match.plan.seats[at].team_at(kill.time_ms / length_ms) is not None


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_medals_take_the_kills_that_they_are_for(where: tuple[int, int]):
    for showing in any_match(where).showings:
        medals = showing.lines[-1].medals
        assert 2 * medals[DOUBLE_KILL] <= showing.kills
        assert 5 * medals[KILLING_SPREE] <= showing.kills
        assert all(count > 0 for count in medals.values())


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_the_score_fits_the_mode(where: tuple[int, int]):
    match = any_match(where)
    outcomes = {result.outcome: result for result in match.plan.results}

    if match.plan.mode.player_score_is_kills:
        assert all(team.score == team.tally.kills for team in match.teams)
    if Outcome.WIN in outcomes and Outcome.LOSS in outcomes:
        won, lost = outcomes[Outcome.WIN], outcomes[Outcome.LOSS]
        assert (won.rounds_won, won.score) > (
            lost.rounds_won,
            lost.score if won.rounds_won == lost.rounds_won else -1,
        )
    if match.block is not None and match.block.key == "CaptureTheFlagStats":
        assert all(team.objective and team.objective["FlagCaptures"] == team.score for team in match.teams)


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_personal_scores_and_places_follow_from_what_was_done(where: tuple[int, int]):
    match = any_match(where)

    for showing in match.showings:
        for line in showing.lines:
            assert line.personal_score == sum(points for _, points in line.personal_scores.values())
    ranks = sorted(showing.rank for showing in match.showings)
    assert ranks[0] == 1
    assert all(rank <= at for at, rank in enumerate(ranks, 1))


@given(matches_of_any_world)
@settings(deadline=None, max_examples=80)
def test_time_with_the_objective_fits_into_the_time_played(where: tuple[int, int]):
    match = any_match(where)

    for showing in match.showings:
        for line in showing.lines:
            played = match.plan.playable * showing.seat.share_on(line.team) + timedelta(seconds=1)
            times = [value for value in (line.objective or {}).values() if isinstance(value, timedelta)]
            assert all(time <= played for time in times)


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=5)
def test_equal_seeds_give_equal_worlds(seed: int):
    one, other = World(seed, NOW, matches=30), World(seed, NOW, matches=30)

    assert one.people == other.people
    for plan in one.all_plans():
        assert one.match(plan.match_id) == other.match(plan.match_id)


def test_another_seed_gives_another_world():
    one, other = small_world(1), small_world(2)

    assert [player.xuid for player in one.people] != [player.xuid for player in other.people]
    assert {plan.match_id for plan in one.all_plans()}.isdisjoint(plan.match_id for plan in other.all_plans())


def test_a_match_is_the_same_whatever_was_asked_before():
    fresh, used = World(5, NOW, matches=40), World(5, NOW, matches=40)
    for plan in used.all_plans()[10:30]:
        used.match(plan.match_id)
    last = fresh.all_plans()[-1].match_id

    assert fresh.match(last) == used.match(last)


def test_the_heros_latest_matches_show_every_mode():
    world = World(7, NOW)

    latest = world.matches_of(world.hero.xuid)[:30]

    assert {plan.mode.key for plan in latest} == set(MODES)
    assert {plan.lifecycle for plan in latest} == set(Lifecycle)
    assert any(plan.place.deleted for plan in latest)
    assert any(seat.player is None for plan in latest for seat in plan.seats)
    assert any(len(seat.teams) == 2 for plan in latest for seat in plan.seats)
    assert any(seat.joined > 0 for plan in latest for seat in plan.seats)
    assert any(seat.outcome is Outcome.DID_NOT_FINISH for plan in latest for seat in plan.seats)
    assert any(result.outcome is Outcome.TIE for plan in latest for result in plan.results)
    assert max(len(plan.seats) for plan in latest) == 24


def test_some_medals_are_in_no_list():
    world = World(7, NOW)
    listed = {medal.name_id for medal in MEDALS}
    seen: set[int] = set()
    for plan in world.matches_of(world.hero.xuid)[:30]:
        match = world.match(plan.match_id)
        assert match is not None
        seen.update(medal for showing in match.showings for medal in showing.lines[-1].medals)

    assert UNHEARD_OF_MEDAL in seen
    assert seen - listed - {UNHEARD_OF_MEDAL}
    assert len(seen & listed) > 25


def test_a_service_record_is_the_sum_of_the_matches():
    world = World(7, NOW, matches=80)
    showings = [
        showing
        for plan in world.matches_of(world.hero.xuid, "matchmaking")
        if (match := world.match(plan.match_id)) and (showing := match.showing_of(world.hero.xuid))
    ]

    record = world.record(world.hero.xuid, "matchmaking")

    assert record.matches == len(showings) > 20
    assert record.tally.kills == sum(showing.kills for showing in showings)
    assert record.tally.deaths == sum(showing.deaths for showing in showings)
    assert sum(record.outcomes.values()) == record.matches
    assert (
        0 < world.record(world.hero.xuid, "matchmaking", RecordFilter(ranked=True)).matches < record.matches
    )


@pytest.mark.parametrize("asked", ["Ember Fox 7", "emberfox7", "EMBER FOX  7"])
def test_gamertags_are_found_without_regard_to_case_and_spaces(asked: str):
    world = small_world(3)

    assert world.player(asked) == world.hero


def test_a_renamed_player_keeps_their_matches_and_loses_the_old_name():
    world = World(4, NOW, matches=30)
    before = [plan.match_id for plan in world.matches_of(world.hero.xuid)]

    renamed = world.rename(world.hero.xuid, "Ember Fox 8")

    assert world.player("Ember Fox 7") is None
    assert world.player("emberfox8") == renamed
    assert [plan.match_id for plan in world.matches_of(renamed.xuid)] == before


def test_a_match_that_ends_is_the_latest_and_moves_the_rank():
    world = World(7, NOW, matches=60)
    season = world.season_at(NOW).season_id
    before = world.ladder.standing("ranked_arena", season, world.hero.xuid)[0]

    plan = world.end_match(NOW)

    assert world.matches_of(world.hero.xuid)[0] is plan
    move = world.ladder.move(plan.match_id, world.hero.xuid)
    assert move is not None
    assert move[0] == before
    assert move[1] == world.ladder.standing("ranked_arena", season, world.hero.xuid)[0] != before
