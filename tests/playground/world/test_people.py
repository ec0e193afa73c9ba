"""Who lives in the world, and that everything that answers name is there."""

import json

import pytest
from hypothesis import given, settings

from bot.halo.models.refdata_medals import MedalNameId
from bot.halo.models.refdata_scores import PersonalScoreNameId
from bot.playground.halo.wire.match_json import write_match
from bot.playground.world import World
from bot.playground.world.awards import UNHEARD_OF_MEDAL
from bot.playground.world.catalogue import AssetKind
from bot.playground.world.medals import MEDALS
from bot.playground.world.naming import fold
from bot.playground.world.playlists import PLAYLISTS
from tests.playground.world.worlds import MATCHES, NOW, any_match, places_in_worlds, seeds, small_world

RANKED = {
    "edfef3ac-9cbe-4fa2-b949-8f29deafd483",
    "dcb2e24e-05fb-4390-8076-32a0cdb4326e",
    "fa5aa2a3-2428-4912-a023-e1eeea7b877c",
    "a883e7e1-9aca-4296-9009-3733a0ca8081",
    "71734db4-4b8e-4682-9206-62b6eff92582",
    "6dc5f699-d6d9-41c4-bdf8-7ae11dec2d1b",
    "7c60fb3e-656c-4ada-a085-293562642e50",
}


@given(seeds)
@settings(deadline=None, max_examples=10)
def test_sixty_residents_in_groups_and_no_two_alike(seed: int):
    world = small_world(seed)
    everybody = {seat.player for plan in world.all_plans() for seat in plan.seats if seat.player}
    everybody |= {*world.people}

    assert len(world.people) == 60
    assert len({fold(player.gamertag) for player in everybody}) == len(everybody)
    assert len({player.xuid for player in everybody}) == len(everybody)
    assert all(len(str(player.xuid)) == 16 and 0 < len(player.gamertag) <= 15 for player in everybody)
    assert all(world.player_by_xuid(player.xuid) == player for player in everybody)
    assert all(world.player(player.gamertag) == player for player in everybody)
    groups = [player.group for player in world.people if player.group is not None]
    assert len({*groups}) == 12
    assert all(3 <= groups.count(group) <= 5 for group in groups)
    ratings = sorted(player.rating for player in world.people)
    assert ratings[0] < 500 < 1500 < ratings[-1]


def test_the_people_that_a_bot_stumbles_over_are_there():
    world = small_world(1)
    by_name = {player.gamertag: player for player in world.people}

    assert [name for name, player in by_name.items() if player.hides_matches] == ["Veiled Heron"]
    assert [name for name, player in by_name.items() if not player.plays] == ["Fresh Boots"]
    assert [player.former_gamertag for player in world.people if player.former_gamertag] == ["First Name"]
    assert "月の光 Spartan" in by_name
    assert "**bold_name**" in by_name
    assert world.player("First Name") is None


def test_all_ranked_playlists_have_the_services_own_ids():
    assert {str(playlist.asset_id) for playlist in PLAYLISTS.values() if playlist.ranked} == RANKED
    assert len({playlist.asset_id for playlist in PLAYLISTS.values()}) == len(PLAYLISTS)


@given(places_in_worlds)
@settings(deadline=None, max_examples=60)
def test_every_id_that_a_match_names_is_known(where: tuple[int, int]):
    world, match = small_world(where[0]), any_match(where)
    answer = write_match(world.catalogue, match)
    info = answer["MatchInfo"]

    for key, kind in (
        ("MapVariant", AssetKind.MAP),
        ("UgcGameVariant", AssetKind.UGC_GAME_VARIANT),
        ("Playlist", AssetKind.PLAYLIST),
        ("PlaylistMapModePair", AssetKind.MAP_MODE_PAIR),
    ):
        if (reference := info[key]) is not None:
            assets = world.catalogue.search(frozenset({kind}))
            found = next((it for it in assets if str(it.asset_id) == reference["AssetId"]), None)
            assert found is not None or (key == "MapVariant" and match.plan.place.deleted)
            assert found is None or str(found.version_id) == reference["VersionId"]
    medals = {int(medal) for medal in MedalNameId} | {UNHEARD_OF_MEDAL}
    scores = {int(score) for score in PersonalScoreNameId}
    for player in answer["Players"]:
        for entry in player["PlayerTeamStats"]:
            core = entry["Stats"]["CoreStats"]
            assert {medal["NameId"] for medal in core["Medals"]} <= medals
            assert {score["NameId"] for score in core["PersonalScores"]} <= scores


def test_the_medals_are_the_games_own():
    known = {int(medal): medal.display_name for medal in MedalNameId}

    assert len(MEDALS) == 151
    assert all(known[medal.name_id] == medal.name for medal in MEDALS)


@given(seeds)
@settings(deadline=None, max_examples=4)
def test_the_same_seed_and_clock_give_the_same_bytes(seed: int):
    one, other = World(str(seed), NOW, matches=MATCHES), small_world(seed)

    for plan, same in zip(one.all_plans(), other.all_plans(), strict=True):
        matches = one.match(plan.match_id), other.match(same.match_id)
        assert matches[0] is not None
        assert matches[1] is not None
        first, second = (write_match(other.catalogue, match) for match in matches if match)
        assert json.dumps(first) == json.dumps(second)


@pytest.mark.parametrize(
    ("header", "mode", "place", "pair"),
    [
        ("de-DE", "Flaggenraub", "Straßen", "Flaggenraub auf Straßen"),
        ("fr;q=0.9, en;q=0.1", "Capture du drapeau", "Rues", "Capture du drapeau sur Rues"),
        ("xx, ja-JP", "CTF", "ストリート", "ストリート: CTF"),
        ("en-US, de", "CTF", "Streets", "CTF on Streets"),
        ("", "CTF", "Streets", "CTF on Streets"),
        ("sv-SE", "CTF", "Streets", "CTF on Streets"),
    ],
)
def test_assets_have_names_in_other_languages(header: str, mode: str, place: str, pair: str):
    catalogue = small_world(1).catalogue
    arena = PLAYLISTS["ranked_arena"]
    asset = next(it for it in catalogue.rotation(arena) if it.name == "CTF on Streets")

    told = asset.in_tongue(header)

    assert told.name == pair
    assert [link.name for link in told.links] == [place, mode]
    assert (told.asset_id, told.version_id) == (asset.asset_id, asset.version_id)
    assert asset.name == "CTF on Streets"
