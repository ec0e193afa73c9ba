"""Whatever the seed, what the matches say agrees with itself."""

from datetime import timedelta
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.world import World
from bot.playground.world.awards import UNHEARD_OF_MEDAL
from bot.playground.world.booking import Lifecycle
from bot.playground.world.feed import draw_feed
from bot.playground.world.medals import MEDALS
from bot.playground.world.mode import Sides
from bot.playground.world.modes import MODES
from bot.playground.world.objectives import Source
from bot.playground.world.plan import Outcome
from bot.playground.world.presence import find_phases
from bot.playground.world.register import seeded
from bot.playground.world.showcase import PIECES
from bot.playground.world.tally import Tally
from tests.playground.world.worlds import NOW, any_match, places_in_worlds, small_world, whole_world

DOUBLE_KILL, KILLING_SPREE = 622331684, 2780740615
BOTS = range(60)


@given(places_in_worlds)
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


@given(places_in_worlds)
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


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_every_kill_of_a_player_is_a_death_of_another(where: tuple[int, int]):
    match = any_match(where)
    kills = sum(showing.kills for showing in match.showings)
    deaths = sum(showing.deaths for showing in match.showings)
    suicides = sum(line.tally.suicides for showing in match.showings for line in showing.lines)

    if match.plan.mode.sides is not Sides.TOGETHER:
        assert kills == deaths - suicides


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_nobody_kills_or_falls_while_they_are_away(where: tuple[int, int]):
    match = any_match(where)
    length_ms = match.plan.playable.total_seconds() * 1000

    for kill in match.feed:
        for at in (kill.killer, kill.victim, kill.assistant):
            assert at is None or match.plan.seats[at].team_at(kill.time_ms / length_ms) is not None


def test_whoever_left_or_changed_sides_is_no_more_seen_where_they_were():
    for plan in whole_world().all_plans()[:3_000]:
        if all(seat.left == 1 and len(seat.teams) == 1 for seat in plan.seats):
            continue
        length_ms = plan.playable.total_seconds() * 1000
        phases = find_phases(plan)
        feeds = [draw_feed(seeded(plan.index, again), plan, phases) for again in range(4)]
        for kill in chain(*feeds):
            share = kill.time_ms / length_ms
            seats = [plan.seats[at] for at in (kill.killer, kill.assistant) if at is not None]
            sides = {seat.team_at(share) for seat in seats}
            assert None not in sides
            assert len(sides) < 2
            if kill.victim is not None:
                assert plan.seats[kill.victim].team_at(share) not in {None, *sides}


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_the_fallen_neither_kill_nor_fall_while_others_of_their_side_stand(where: tuple[int, int]):
    match = any_match(where)
    plan, respawn_ms = match.plan, 8_000
    length_ms = plan.playable.total_seconds() * 1000
    back_at = [0] * len(plan.seats)

    for time_ms, killer, victim, _, _ in match.feed if plan.mode.sides is Sides.TEAMS else ():
        if killer is None or victim is None:
            continue
        sides = [seat.team_at(time_ms / length_ms) for seat in plan.seats]
        for at in (killer, victim):
            mates = [mate for mate, side in enumerate(sides) if side == sides[at]]
            assert back_at[at] <= time_ms or all(back_at[mate] > time_ms for mate in mates)
        back_at[victim] = time_ms + respawn_ms


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_medals_take_the_kills_that_they_are_for(where: tuple[int, int]):
    for showing in any_match(where).showings:
        medals = showing.lines[-1].medals
        assert 2 * medals[DOUBLE_KILL] <= showing.kills
        assert 5 * medals[KILLING_SPREE] <= showing.kills
        assert all(count > 0 for count in medals.values())


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_the_score_fits_the_mode(where: tuple[int, int]):
    match = any_match(where)
    outcomes = {result.outcome: result for result in match.plan.results}

    if match.plan.mode.player_score_is_kills:
        assert all(team.score == team.tally.kills for team in match.teams)
    if Outcome.WIN in outcomes and Outcome.LOSS in outcomes:
        won, lost = outcomes[Outcome.WIN], outcomes[Outcome.LOSS]
        assert match.plan.rounds or won.score > lost.score
        assert (won.rounds_won, won.score) > (
            lost.rounds_won,
            lost.score if won.rounds_won == lost.rounds_won else -1,
        )
    if match.block is not None and match.block.key == "CaptureTheFlagStats":
        assert all(team.objective and team.objective["FlagCaptures"] == team.score for team in match.teams)


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_what_a_mode_scores_by_adds_up_to_the_score(where: tuple[int, int]):
    match = any_match(where)

    if match.block is None:
        return
    for field in match.block.fields:
        if field.source is Source.SCORE and field.amount == 1:
            assert all((team.objective or {})[field.name] == team.score for team in match.teams)


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_an_outcome_is_the_teams_unless_somebody_left(where: tuple[int, int]):
    plan = any_match(where).plan

    outcomes = sorted(result.outcome for result in plan.results)
    if plan.mode.sides is Sides.TEAMS:
        assert outcomes in ([Outcome.WIN, Outcome.LOSS], [Outcome.TIE, Outcome.TIE])
    for seat in plan.seats:
        assert (seat.outcome is Outcome.DID_NOT_FINISH) is (seat.left < 1)
        if seat.left == 1 and plan.results:
            assert seat.outcome is plan.results[seat.team].outcome
    if plan.mode.sides is Sides.FREE_FOR_ALL:
        assert [seat.outcome for seat in plan.seats].count(Outcome.WIN) == 1


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_everybody_has_one_seat_and_every_side_is_manned_throughout(where: tuple[int, int]):
    world, plan = small_world(where[0]), any_match(where).plan
    people = [seat.player.xuid for seat in plan.seats if seat.player]
    bots = [seat.bot for seat in plan.seats if seat.player is None]

    assert len({*people}) == len(people)
    assert len({*bots}) == len(bots)
    assert {*bots} <= {*BOTS}
    assert all(plan in world.matches_of(xuid) for xuid in people)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        manned = {team for seat in plan.seats if (team := seat.team_at(share)) is not None}
        assert manned >= {result.team for result in plan.results}
        assert len(manned) >= (1 if plan.mode.sides is Sides.TOGETHER else 2)


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_whoever_comes_in_for_a_leaver_comes_after_the_leaver_went(where: tuple[int, int]):
    plan = any_match(where).plan
    sides = {seat.first_team for seat in plan.seats}
    most = plan.playlist.team_size if plan.playlist and plan.playlist.team_size else plan.mode.team_size

    if plan.mode.sides is Sides.TEAMS and all(len(seat.teams) == 1 for seat in plan.seats):
        for seat in plan.seats:
            for side in sides:
                present = [other for other in plan.seats if other.team_at(seat.joined + 1e-9) == side]
                assert len(present) <= most


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_medals_are_earned_while_somebody_is_there_and_are_counted_once(where: tuple[int, int]):
    match = any_match(where)
    length_ms = match.plan.playable.total_seconds() * 1000

    for award in match.awards:
        seat = match.plan.seats[award.seat]
        assert seat.joined - 0.001 <= award.time_ms / length_ms <= seat.left + 0.001
    for at, showing in enumerate(match.showings):
        assert sum(showing.lines[-1].medals.values()) == sum(award.seat == at for award in match.awards)
    assert list(match.awards) == sorted(match.awards)


@given(places_in_worlds)
@settings(deadline=None, max_examples=80)
def test_personal_scores_and_places_follow_from_what_was_done(where: tuple[int, int]):
    match = any_match(where)

    for showing in match.showings:
        for line in showing.lines:
            assert line.personal_score == sum(points for _, points in line.personal_scores.values())
    ranks = sorted(showing.rank for showing in match.showings)
    assert ranks[0] == 1
    assert all(rank <= at for at, rank in enumerate(ranks, 1))


@given(places_in_worlds)
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
    world = whole_world()

    latest = world.matches_of(world.hero.xuid)[: len(PIECES)]

    assert {plan.mode.key for plan in latest} == set(MODES)
    assert {plan.lifecycle for plan in latest} == set(Lifecycle)
    assert any(plan.place.deleted for plan in latest)
    assert any(seat.player is None for plan in latest for seat in plan.seats)
    assert any(len(seat.teams) == 2 for plan in latest for seat in plan.seats)
    assert any(seat.joined > 0 for plan in latest for seat in plan.seats)
    assert any(seat.outcome is Outcome.DID_NOT_FINISH for plan in latest for seat in plan.seats)
    assert any(result.outcome is Outcome.TIE for plan in latest for result in plan.results)
    assert any(plan.playlist and plan.playlist.against_bots for plan in latest)
    # Twelve against twelve, and whoever came in for somebody who left.
    assert max(len(plan.seats) for plan in latest) == 25


def test_some_medals_are_in_no_list():
    world = whole_world()
    listed = {medal.name_id for medal in MEDALS}
    seen: set[int] = set()
    for plan in world.matches_of(world.hero.xuid)[:30]:
        match = world.match(plan.match_id)
        assert match is not None
        seen.update(medal for showing in match.showings for medal in showing.lines[-1].medals)

    assert UNHEARD_OF_MEDAL in seen
    assert seen - listed - {UNHEARD_OF_MEDAL}
    assert len(seen & listed) > 25


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
