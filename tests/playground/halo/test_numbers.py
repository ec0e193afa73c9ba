"""How numbers and times are written."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import cache
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.halo.wire.match_json import write_match
from bot.playground.halo.wire.moments import write_duration, write_moment
from bot.playground.world import World

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@cache
def small_world(seed: int) -> World:
    return World(seed, NOW, matches=30)


@given(st.integers(0, 15), st.integers(0, 29))
@settings(deadline=None, max_examples=60)
def test_kda_and_accuracy_are_cut_toward_zero(seed: int, at: int):
    world = small_world(seed)
    match = world.match(world.all_plans()[at].match_id)
    assert match is not None
    answer = write_match(world.catalogue, match)
    blocks = [team["Stats"] for team in answer["Teams"]]
    blocks += [entry["Stats"] for player in answer["Players"] for entry in player["PlayerTeamStats"]]

    for block in blocks:
        core = block["CoreStats"]
        kda = core["Kills"] - core["Deaths"] + Decimal(core["Assists"]) / 3
        assert Decimal(str(core["KDA"])) == kda.quantize(Decimal("0.01"), ROUND_DOWN)
        if core["ShotsFired"]:
            accuracy = (Decimal(100) * core["ShotsHit"] / core["ShotsFired"]).quantize(
                Decimal("0.01"), ROUND_DOWN
            )
            assert Decimal(str(core["Accuracy"])) == accuracy
        else:
            assert core["Accuracy"] == 0.0


@given(st.integers(0, 15), st.integers(0, 29))
@settings(deadline=None, max_examples=40)
def test_participation_fits_the_match(seed: int, at: int):
    world = small_world(seed)
    match = world.match(world.all_plans()[at].match_id)
    assert match is not None
    answer = write_match(world.catalogue, match)
    free = {player["LastTeamId"] for player in answer["Players"]}

    assert bool(answer["Teams"]) is match.plan.has_teams
    assert match.plan.has_teams or len(free) == len(answer["Players"])
    for player in answer["Players"]:
        info = player["ParticipationInfo"]
        assert (
            info["LeftInProgress"] is (info["LastLeaveTime"] is not None) is not info["PresentAtCompletion"]
        )
        assert not (info["JoinedInProgress"] and info["PresentAtBeginning"])
        assert player["PlayerType"] == 1 or not (info["JoinedInProgress"] or info["PresentAtBeginning"])
        assert player["PlayerTeamStats"][-1]["TeamId"] == player["LastTeamId"]


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(seconds=6), "PT6S"),
        (timedelta(minutes=9, seconds=9, milliseconds=421), "PT9M9.421S"),
        (timedelta(hours=2, seconds=8, milliseconds=100), "PT2H8.1S"),
        (timedelta(days=17, hours=10), "P17DT10H"),
        (timedelta(days=3), "P3D"),
    ],
)
def test_durations_are_iso_8601(duration: timedelta, text: str):
    assert write_duration(duration) == text


def test_moments_lose_zeros_at_the_end():
    assert write_moment(datetime(2025, 1, 24, 3, 52, 16, 100_000, tzinfo=UTC)) == "2025-01-24T03:52:16.1Z"
    assert write_moment(datetime(2025, 1, 24, 3, 52, 16, tzinfo=UTC)) == "2025-01-24T03:52:16Z"


def test_nobody_knows_a_match_that_never_was():
    assert World(1, NOW, matches=2).match(uuid4()) is None
