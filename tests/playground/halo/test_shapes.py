"""Every answer has the keys and the types of the recorded ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.playground.world import World
from bot.playground.world.playlists import PLAYLISTS
from tests.playground.halo.conftest import Caller, latest

# Objects whose keys are data, and parts that an answer has only where they apply.
FREE_KEYS = {"translations", "TeamMmrs", "KeyValues", "Links", "BotAttributes"}
OPTIONAL_KEYS = {
    "BombStats", "CaptureTheFlagStats", "EliminationStats", "ExtractionStats", "InfectionStats", "OddballStats",
    "PveStats", "StockpileStats", "VipStats", "ZonesStats",
}  # fmt: skip

Shape = dict[str, Any] | list[Any] | set[str]


def shape_of(value: Any) -> Any:
    """Keys and names of types; a list has the shape of its elements put together."""
    if isinstance(value, dict):
        return {key: {"object"} if key in FREE_KEYS else shape_of(part) for key, part in value.items()}
    if isinstance(value, list):
        whole: Any = None
        for part in value:
            whole = shape_of(part) if whole is None else merged(whole, shape_of(part))
        return [whole]
    return {type(value).__name__}


def merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            key: merged(one[key], other[key]) if key in one and key in other else one.get(key, other.get(key))
            for key in {*one, *other}
        }
    if isinstance(one, list) and isinstance(other, list):
        return [merged(one[0], other[0]) if one[0] and other[0] else one[0] or other[0]]
    if isinstance(one, set) and isinstance(other, set):
        return one | other
    return one if other == {"NoneType"} else other


def differences(got: Any, want: Any, at: str = "") -> list[str]:
    """Where an answer's shape is not the recorded one; null says nothing of a type."""
    if isinstance(got, dict) and isinstance(want, dict):
        found = [f"{at}.{key} missing" for key in want.keys() - got.keys() - OPTIONAL_KEYS]
        found += [f"{at}.{key} unexpected" for key in got.keys() - want.keys() - OPTIONAL_KEYS]
        return found + [
            line
            for key in got.keys() & want.keys()
            for line in differences(got[key], want[key], f"{at}.{key}")
        ]
    if isinstance(got, list) and isinstance(want, list):
        return differences(got[0], want[0], f"{at}[]") if got[0] and want[0] else []
    known = [{"NoneType"}, None]
    if (
        got in known
        or want in known
        or (isinstance(got, set) and isinstance(want, set) and got - {"NoneType"} <= want)
    ):
        return []
    if isinstance(got, set) and isinstance(want, set) and want == {"NoneType"}:
        return []
    return [f"{at}: {got} instead of {want}"]


@pytest.mark.parametrize(
    ("got", "want", "found"),
    [
        ({"A": 1}, {"A": 2}, []),
        ({"A": 1.0}, {"A": 2}, [".A: {'float'} instead of {'int'}"]),
        ({"A": []}, {"A": [1]}, []),
        ({"A": [{"B": 1}]}, {"A": [{"B": 1, "C": 2}]}, [".A[].C missing"]),
        ({"A": 1, "Z": 1}, {"A": 1}, [".Z unexpected"]),
        ({"A": None}, {"A": {"B": 1}}, []),
    ],
)
def test_the_comparison_sees_what_differs(got: Any, want: Any, found: list[str]):
    assert differences(shape_of(got), shape_of(want)) == found


def agree(answer: Any, recordings: Path, name: str) -> None:
    recorded = json.loads((recordings / f"{name}.json").read_text(encoding="utf-8"))
    assert differences(shape_of(answer), shape_of(recorded)) == []


async def test_stats(halo: Caller, world: World, recordings: Path):
    player = f"/hi/players/xuid({world.hero.xuid})"
    for name, path in {
        "get_match_history": f"{player}/matches",
        "get_match_count": f"{player}/matches/count",
        "get_service_record": f"{player}/matchmade/servicerecord",
        "get_challenge_decks": f"{player}/decks",
        "get_match_stats": f"/hi/matches/{latest(world, 'ranked_slayer').match_id}/stats",
        "get_match_stats_ctf": f"/hi/matches/{latest(world, 'ctf').match_id}/stats",
        "get_match_stats_elimination": f"/hi/matches/{latest(world, 'elimination').match_id}/stats",
    }.items():
        agree(await halo.stats(path), recordings, name)
    fresh = world.player("Fresh Boots")
    assert fresh is not None
    record = await halo.stats(f"/hi/players/xuid({fresh.xuid})/matchmade/servicerecord")
    assert record == json.loads((recordings / "get_service_record_empty.json").read_text(encoding="utf-8"))


async def test_each_modes_own_statistics_in_matches_and_records_fit_together(
    halo: Caller, world: World, recordings: Path
):
    recorded = json.loads((recordings / "get_service_record.json").read_text(encoding="utf-8"))
    record = await halo.stats(f"/hi/players/xuid({world.hero.xuid})/matchmade/servicerecord")

    assert recorded.keys() <= record.keys()
    for block in OPTIONAL_KEYS & recorded.keys():
        assert differences(shape_of(record[block]), shape_of(recorded[block])) == []


async def test_skill(halo: Caller, world: World, recordings: Path):
    match = latest(world, "ranked_slayer")
    arena = PLAYLISTS["ranked_arena"].asset_id
    player = f"xuid({world.hero.xuid})"

    agree(
        await halo.skill(f"/hi/matches/{match.match_id}/skill?players={player}"),
        recordings,
        "get_match_skill",
    )
    agree(await halo.skill(f"/hi/playlist/{arena}/csrs?players={player}"), recordings, "get_playlist_csr")


async def test_profile(halo: Caller, world: World, recordings: Path):
    agree(await halo.profile(f"/users/gt({world.hero.gamertag})"), recordings, "get_user")
    agree(await halo.profile(f"/users?xuids={world.hero.xuid}"), recordings, "get_users")
    settings = "Gamertag,GameDisplayPicRaw"
    xbox = await halo.get(
        "profile.xboxlive.com",
        f"/users/xuid({world.hero.xuid})/profile/settings?settings={settings}",
        headers={"Authorization": "XBL3.0 x=1;2", "x-xbl-contract-version": "2"},
    )
    agree(xbox, recordings, "get_profiles")


async def test_discovery(halo: Caller, world: World, recordings: Path):
    plan = latest(world, "ctf")
    catalogue = world.catalogue
    assert plan.playlist is not None
    for name, kind, asset in (
        ("get_map", "maps", catalogue.place(plan.place)),
        ("get_ugc_game_variant", "ugcGameVariants", catalogue.variant(plan.mode)),
        ("get_playlist", "playlists", catalogue.playlist(plan.playlist)),
        ("get_map_mode_pair", "mapModePairs", catalogue.pair(plan.mode, plan.place)),
    ):
        path = f"/hi/{kind}/{asset.asset_id}"
        answer = await halo.discovery(f"{path}/versions/{asset.version_id}")
        agree(answer, recordings, name)
        assert answer == await halo.discovery(path)
    agree(await halo.discovery("/hi/search?assetKind=map&count=10"), recordings, "search_assets")


async def test_film(halo: Caller, world: World, recordings: Path):
    path = f"/hi/films/matches/{latest(world, 'ranked_slayer').match_id}/spectate"

    agree(await halo.discovery(path), recordings, "get_film_by_match_id")


async def test_cms(halo: Caller, recordings: Path):
    for name, path in {
        "get_medal_metadata": "/hi/Waypoint/file/medals/metadata.json",
        "get_csr_season_calendar": "/hi/Progression/file/Csr/Calendars/CsrSeasonCalendar.json",
        "get_season_calendar": "/hi/progression/file/calendars/seasons/seasoncalendar.json",
        "get_career_reward_track": "/hi/Progression/file/RewardTracks/CareerRanks/careerRank1.json",
        "get_operation_reward_track": "/hi/Progression/file/RewardTracks/Operations/S05OpPassM01.json",
    }.items():
        agree(await halo.cms(path), recordings, name)


async def test_the_medal_list_says_of_each_medal_what_the_real_one_says(halo: Caller, recordings: Path):
    recorded = json.loads((recordings / "get_medal_metadata.json").read_text(encoding="utf-8"))
    answer = await halo.cms("/hi/Waypoint/file/medals/metadata.json")

    def facts(medals: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
        keys = ("nameId", "sortingWeight", "difficultyIndex", "typeIndex", "personalScore")
        return {(medal["name"]["value"], *(medal[key] for key in keys)) for medal in medals}

    assert facts(answer["medals"]) == facts(recorded["medals"])
    assert answer["sprites"] == recorded["sprites"]


async def test_economy(halo: Caller, world: World, recordings: Path):
    player = f"/hi/players/xuid({world.hero.xuid})"
    for name, path in {
        "get_player_customization": "customization?view=public",
        "get_player_career_rank": "rewardtracks/careerranks/careerrank1",
        "get_player_reward_track_operations": "rewardtracks/operations",
    }.items():
        agree(await halo.economy(f"{player}/{path}"), recordings, name)
