"""A service record is what the player's matches add up to, whatever is asked for and however often."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.halo.wire.match_json import write_match
from bot.playground.halo.wire.record_json import write_record
from bot.playground.world import World
from bot.playground.world.match import Match, Showing, played_time
from bot.playground.world.plan import Outcome, Plan
from bot.playground.world.playlists import PLAYLISTS
from bot.playground.world.records import RecordFilter
from bot.playground.world.world import MatchType
from tests.playground.world.worlds import NOW, seeds, small_world

SUMMED = (
    "Score", "PersonalScore", "Kills", "Deaths", "Assists", "Suicides", "Betrayals", "GrenadeKills", "HeadshotKills",
    "MeleeKills", "PowerWeaponKills", "ShotsFired", "ShotsHit", "DamageDealt", "DamageTaken", "CalloutAssists",
    "VehicleDestroys", "DriverAssists", "Hijacks", "Spawns",
)  # fmt: skip
filters = st.sampled_from(
    (
        RecordFilter(),
        RecordFilter(season="CsrSeason13-2"),
        RecordFilter(category=15),
        RecordFilter(ranked=True),
        RecordFilter(ranked=False, season="CsrSeason13-2"),
        RecordFilter(playlist=PLAYLISTS["ranked_arena"].asset_id),
        RecordFilter(interaction=2),
    )
)
kinds: st.SearchStrategy[MatchType] = st.sampled_from(("matchmaking", "custom", "local"))


def told_of(world: World, plan: Plan, xuid: int) -> dict[str, Any]:
    """What the match's own answer says of a player."""
    match = world.match(plan.match_id)
    assert match is not None
    answer = write_match(world.catalogue, match)
    return next(player for player in answer["Players"] if player["PlayerId"] == f"xuid({xuid})")


def matches_of(world: World, plans: Sequence[Plan], xuid: int) -> Iterator[tuple[Match, Showing]]:
    for plan in plans:
        match = world.match(plan.match_id)
        showing = match.showing_of(xuid) if match else None
        assert match is not None
        assert showing is not None
        yield match, showing


@given(seeds, st.integers(0, 23), kinds, filters)
@settings(deadline=None, max_examples=60)
def test_a_record_is_the_sum_of_the_matches(seed: int, at: int, kind: MatchType, wanted: RecordFilter):
    world = small_world(seed)
    xuid = world.people[at].xuid
    plans = [plan for plan in world.matches_of(xuid, kind) if wanted.takes(plan)]
    told = [told_of(world, plan, xuid) for plan in plans]
    cores = [entry["Stats"]["CoreStats"] for player in told for entry in player["PlayerTeamStats"]]

    record = write_record(world.record(xuid, kind, wanted), filtered=False)

    core = record["CoreStats"]
    assert record["MatchesCompleted"] == len(plans)
    assert {name: core[name] for name in SUMMED} == {name: sum(it[name] for it in cores) for name in SUMMED}
    assert core["MaxKillingSpree"] == max((it["MaxKillingSpree"] for it in cores), default=0)
    last = [player["PlayerTeamStats"][-1]["Stats"]["CoreStats"] for player in told]
    for name in ("RoundsWon", "RoundsLost", "RoundsTied"):
        assert core[name] == sum(it[name] for it in last)
    thirds = sum(3 * (it["Kills"] - it["Deaths"]) + it["Assists"] for it in cores)
    assert core["AverageKDA"] == (pytest.approx(thirds / 3 / len(plans)) if plans else 0.0)
    shots = sum(it["ShotsFired"] for it in cores)
    assert core["Accuracy"] == (pytest.approx(100 * core["ShotsHit"] / shots) if shots else 0.0)
    played = [played_time(match, showing) for match, showing in matches_of(world, plans, xuid)]
    assert world.record(xuid, kind, wanted).played == sum(played, timedelta())
    outcomes = Counter(player["Outcome"] for player in told)
    assert (record["Wins"], record["Losses"], record["Ties"]) == tuple(
        outcomes[outcome] for outcome in (Outcome.WIN, Outcome.LOSS, Outcome.TIE)
    )
    for name in ("Medals", "PersonalScores"):
        summed: Counter[int] = Counter()
        for it in cores:
            summed.update({entry["NameId"]: entry["Count"] for entry in it[name]})
        assert {entry["NameId"]: entry["Count"] for entry in core[name]} == summed
    flags = [
        entry["Stats"]["CaptureTheFlagStats"]
        for player in told
        for entry in player["PlayerTeamStats"]
        if "CaptureTheFlagStats" in entry["Stats"]
    ]
    if flags:
        assert record["CaptureTheFlagStats"]["FlagGrabs"] == sum(flag["FlagGrabs"] for flag in flags)


def test_a_record_grows_with_the_matches_and_knows_nothing_of_the_future():
    world = World(7, NOW, matches=60)
    xuid = world.hero.xuid
    before = world.record(xuid, "matchmaking", until=NOW)

    later = world.end_match(NOW + timedelta(minutes=5))

    assert world.record(xuid, "matchmaking", until=NOW).matches == before.matches
    after = world.record(xuid, "matchmaking", until=NOW + timedelta(minutes=5))
    match = world.match(later.match_id)
    showing = match.showing_of(xuid) if match else None
    assert showing is not None
    assert after.matches == before.matches + 1
    assert after.tally.kills == before.tally.kills + showing.kills


def test_a_record_that_was_summed_up_takes_in_a_match_that_ends_before_its_last():
    world = World(7, NOW, matches=60)
    xuid = world.hero.xuid
    world.end_match(NOW + timedelta(minutes=9))
    world.record(xuid, "matchmaking")

    world.end_match(NOW + timedelta(minutes=5))

    fresh = World(7, NOW, matches=60)
    fresh.end_match(NOW + timedelta(minutes=9))
    fresh.end_match(NOW + timedelta(minutes=5))
    assert world.record(xuid, "matchmaking") == fresh.record(xuid, "matchmaking")


def test_summing_up_in_steps_by_two_at_once_gives_the_same_record():
    world, other = World(3, NOW, matches=60), World(3, NOW, matches=60)
    xuid = world.hero.xuid
    one, two = world.sum_up(xuid, None), world.sum_up(xuid, None)
    steps = 0
    for _ in one:
        steps += 1
        next(two, None)

    assert steps > 1
    assert world.record(xuid, "matchmaking") == other.record(xuid, "matchmaking")
