"""What is stored of a match, beside what its own JSON says."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.models.stats import MatchStats
from bot.ingest.lines import match_of
from bot.playground.world import World
from bot.store import Line
from tests.ingest.truth import body_of, counts_for_boards, medals_of, people_of, sums_of
from tests.stats.bodies import ME, bot, core, match, player

HALO = Path(__file__).parents[2] / "../shared/halo"
RECORDED = sorted([*HALO.glob("responses/get_match_stats*.json"), *HALO.glob("film/match_stats.json")])
FIELDS = (
    "outcome", "kills", "deaths", "assists", "headshots", "perfects", "shots", "hits", "damage",
    "played_ms", "objective_ms", "longest_spree",
)  # fmt: skip


def check(body: dict[str, Any]) -> None:
    stored = match_of(MatchStats.model_validate_json(json.dumps(body)), ranked=True)
    people = people_of(body)
    assert [line.xuid for line in stored.lines] == list(people)
    for line in stored.lines:
        person = people[line.xuid or 0]
        assert {name: getattr(line, name) for name in FIELDS} == sums_of(person)
        assert line.medals == medals_of(person)
    info = body["MatchInfo"]
    assert (stored.matchmade and stored.pvp) == counts_for_boards(body)
    assert stored.mode_category == info["GameVariantCategory"]
    assert stored.season_id == info["SeasonId"]
    assert str(stored.playlist_id) == (info["Playlist"] or {}).get("AssetId", "None")
    assert stored.ranked == (info["LifecycleMode"] == 3)


@pytest.mark.skipif(not RECORDED, reason="the recordings are not beside the project")
@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_every_recorded_match(path: Path) -> None:
    check(json.loads(path.read_bytes()))


def test_every_mode_of_the_simulated_world(finished_world: World) -> None:
    by_mode: defaultdict[str, list[Any]] = defaultdict(list)
    for plan in finished_world.all_plans():
        if len(by_mode[plan.mode.key]) < 3:
            by_mode[plan.mode.key].append(plan.match_id)
    assert len(by_mode) > 20
    for match_ids in by_mode.values():
        for match_id in match_ids:
            check(body_of(finished_world, match_id))


def test_a_side_switch_is_summed_and_the_longest_spree_is_the_longer_one() -> None:
    switched = player(
        parts=[
            core(Kills=5, MaxKillingSpree=4, Medals=[{"NameId": 1512363953, "Count": 1}]),
            core(Kills=2, MaxKillingSpree=2, Medals=[{"NameId": 1512363953, "Count": 2}]),
        ]
    )

    (line, _) = match_of(match(switched, player(ME + 1, team=1)), ranked=False).lines

    assert (line.kills, line.longest_spree, line.perfects, line.medals) == (7, 4, 3, {1512363953: 3})


def test_leavers_and_late_joiners_have_a_line_and_bots_have_none() -> None:
    left = player(ME + 1, team=1, Outcome=4, participation={"TimePlayed": "PT1M", "LeftInProgress": True})
    late = player(ME + 2, team=1, participation={"TimePlayed": "PT9M", "JoinedInProgress": True})

    stored = match_of(match(player(), left, late, bot(team=1)), ranked=True)

    assert [(line.xuid, line.outcome) for line in stored.lines] == [(ME, 2), (ME + 1, 4), (ME + 2, 2)]
    assert stored.pvp


@pytest.mark.parametrize(
    ("others", "info"),
    [
        ([player(ME + 1)], {"GameplayInteraction": 2}),
        ([player(ME + 1, team=1)], {"category": 42}),
        ([player(ME + 1, team=1)], {"PlaylistExperience": 4}),
        ([player(ME + 1), bot(team=1)], {}),
        ([bot(team=1)], {}),
    ],
    ids=["against the game", "Firefight", "Bot Bootcamp", "bots on the other side", "alone"],
)
def test_what_is_not_people_against_people(others: list[dict[str, Any]], info: dict[str, Any]) -> None:
    assert not match_of(match(player(), *others, **info), ranked=False).pvp


def test_a_free_for_all_is_people_against_people() -> None:
    assert match_of(match(player(team=4), player(ME + 1, team=7)), ranked=False).pvp


def test_a_custom_game_is_never_ranked() -> None:
    stored = match_of(match(player(), LifecycleMode=1, Playlist=None, SeasonId=None), ranked=True)

    assert (stored.matchmade, stored.ranked, stored.playlist_id, stored.season_id) == (
        False,
        False,
        None,
        None,
    )


@pytest.mark.parametrize(
    "players",
    [
        [player(), player()],
        [player(parts=[core(Kills=-1)])],
        [player(parts=[core(DamageDealt=2**31)])],
        [player(parts=[core(Medals=[{"NameId": 2**32, "Count": 1}])])],
        [player(parts=[core(Medals=[{"NameId": 1, "Count": 2**16}])])],
    ],
)
def test_what_no_match_has_is_refused(players: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match=r"."):
        match_of(match(*players), ranked=False)


def test_a_match_without_any_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time"):
        match_of(match(player(), StartTime=None, EndTime=None), ranked=False)


def test_what_an_update_brings_is_stored_as_far_as_it_can_be() -> None:
    stored = match_of(match(player(Outcome=77), category=2**40, SeasonId="x" * 200), ranked=False)

    assert (stored.mode_category, stored.season_id, stored.lines[0].outcome) == (0, None, 0)


counts = st.integers(0, 10_000)


@given(
    st.lists(
        st.fixed_dictionaries({"Kills": counts, "ShotsFired": counts, "MaxKillingSpree": counts}), max_size=4
    )
)
def test_sums_are_sums_whatever_the_numbers_are(parts: list[dict[str, int]]) -> None:
    (line,) = match_of(match(player(parts=[core(**part) for part in parts])), ranked=False).lines

    assert isinstance(line, Line)
    assert line.kills == sum(part["Kills"] for part in parts)
    assert line.shots == sum(part["ShotsFired"] for part in parts)
    assert line.longest_spree == max((part["MaxKillingSpree"] for part in parts), default=0)
