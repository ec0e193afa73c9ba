"""Whatever is played, its film tells the same as its statistics."""

from collections import Counter
from datetime import UTC, datetime
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.models.refdata_scores import PersonalScoreNameId
from bot.playground.world import World
from bot.playground.world.film import MomentKind
from bot.playground.world.film_script import MODE_DEEDS, write_script
from bot.playground.world.match import Match

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
matches_of_any_world = st.tuples(st.integers(0, 12), st.integers(0, 39))


@cache
def small_world(seed: int) -> World:
    return World(seed, NOW, matches=40)


def any_match(where: tuple[int, int]) -> Match:
    seed, at = where
    world = small_world(seed)
    match = world.match(world.all_plans()[at].match_id)
    assert match is not None
    return match


def test_every_personal_score_is_about_a_fight_a_vehicle_or_the_mode():
    fights = {
        "Killed Player", "Eliminated Player", "Kill Assist", "Mark Assist", "Sensor Assist", "Driver Assist",
        "EMP Assist", "Self-destruction", "Betrayed Player", "Custom", "Collected Bonus XP", "Hacked Terminal",
    }  # fmt: skip
    rest = {score.display_name for score in PersonalScoreNameId if score not in MODE_DEEDS}

    assert {name for name in rest if not name.startswith(("Destroyed", "Hijacked"))} == fights
    assert {PersonalScoreNameId(score).display_name for score in MODE_DEEDS}.isdisjoint(rest)
    assert len(MODE_DEEDS) == len(PersonalScoreNameId) - sum(s not in MODE_DEEDS for s in PersonalScoreNameId)


@given(matches_of_any_world)
@settings(deadline=None, max_examples=60)
def test_everybodys_deeds_are_all_there(where: tuple[int, int]):
    match = any_match(where)
    script = write_script(match)
    filmed = Counter((moment.xuid, "medal" if moment.is_medal else moment.kind) for moment in script)

    for showing in match.showings:
        if (player := showing.seat.player) is None:
            continue
        lines = showing.lines
        assert filmed[player.xuid, MomentKind.DEATH] == showing.deaths
        assert filmed[player.xuid, MomentKind.KILL] == showing.kills - sum(
            line.tally.enemy_kills for line in lines
        )
        assert filmed[player.xuid, "medal"] == sum(line.medals.total() for line in lines)
        assert filmed[player.xuid, MomentKind.MODE] == sum(
            count
            for line in lines
            for name_id, (count, _) in line.personal_scores.items()
            if name_id in MODE_DEEDS
        )
    people = {seat.player.xuid for seat in match.plan.seats if seat.player is not None}
    assert {moment.xuid for moment in script} <= people


@given(matches_of_any_world)
@settings(deadline=None, max_examples=40)
def test_moments_lie_within_the_match_and_in_order(where: tuple[int, int]):
    match = any_match(where)
    script = write_script(match)
    plan = match.plan
    length_ms = (plan.ends_at - plan.starts_at).total_seconds() * 1000
    intro_ms = length_ms - plan.playable.total_seconds() * 1000

    assert script == write_script(match)
    assert script == sorted(script, key=lambda moment: moment.time_ms)
    assert all(intro_ms <= moment.time_ms <= length_ms + 1 for moment in script)
    for showing in match.showings:
        if (player := showing.seat.player) is None:
            continue
        seat, own = showing.seat, [moment for moment in script if moment.xuid == player.xuid]
        joined, left = (intro_ms + share * (length_ms - intro_ms) for share in (seat.joined, seat.left))
        assert all(joined - 2 <= moment.time_ms <= left + 2 for moment in own)
