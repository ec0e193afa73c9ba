"""What a service refuses before it asks anybody, and what it makes of an answer."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import InvalidXuidError, PayloadError, ServiceError
from bot.halo.models.refdata import GameplayInteraction, MatchVisibility
from bot.playground.halo import HaloService
from tests.halo.orders import answer

ID = "5f4fedf5-fcb5-4984-aba7-fc82ec6ebb85"
XUID = 2533274800000001


@pytest.mark.parametrize("count", [0, -1, 102])
async def test_a_search_returns_1_to_101_results(client: HaloInfiniteClient, count: int) -> None:
    with pytest.raises(ValueError, match="101"):
        await client.discovery_ugc.search_assets(count=count)


@pytest.mark.parametrize(
    ("xuids", "error"),
    [("2533274800000001", TypeError), ([], ValueError), (["bid(1.0)"], ValueError), ([1], InvalidXuidError)],
)
async def test_a_batch_needs_players(client: HaloInfiniteClient, xuids: Any, error: type[Exception]) -> None:
    for call in (
        client.profile.get_users_by_id(xuids),
        client.skill.get_match_skill(ID, xuids),
        client.skill.get_playlist_csr(ID, xuids),
        client.economy.get_career_ranks(xuids),
    ):
        with pytest.raises(error):
            await call


@pytest.mark.parametrize("player", [1, "", "..", 10**16])
async def test_a_player_has_an_xuid_or_a_gamertag(client: HaloInfiniteClient, player: Any) -> None:
    with pytest.raises(InvalidXuidError):
        await client.stats.get_match_history(player)
    with pytest.raises(InvalidXuidError):
        await client.economy.get_player_appearance(player)


FILTERS: dict[str, Any] = {
    "season_id": "s",
    "game_variant_category": 6,
    "is_ranked": False,
    "playlist_asset_id": ID,
    "gameplay_interaction": GameplayInteraction.PVE,
}
ALLOWED = [
    set[str](),
    {"season_id"},
    {"season_id", "game_variant_category"},
    {"season_id", "game_variant_category", "playlist_asset_id"},
    {"season_id", "game_variant_category", "is_ranked"},
    {"season_id", "playlist_asset_id"},
    {"season_id", "gameplay_interaction"},
    {"game_variant_category"},
    {"game_variant_category", "is_ranked"},
]


@pytest.mark.parametrize("bits", range(2 ** len(FILTERS)))
async def test_only_some_filters_go_together(
    client: HaloInfiniteClient, service: HaloService, bits: int
) -> None:
    answer(service, {})
    filters = {name: value for place, (name, value) in enumerate(FILTERS.items()) if bits >> place & 1}

    if set(filters) in ALLOWED:
        await client.stats.get_service_record(XUID, **filters)
        assert len(service.log) == 1
    else:
        with pytest.raises(ValueError, match="together"):
            await client.stats.get_service_record(XUID, **filters)
        assert len(service.log) == 0


async def test_another_match_type_is_refused(client: HaloInfiniteClient) -> None:
    with pytest.raises(ValueError, match="match_type"):
        await client.stats.get_service_record(XUID, "ranked")  # pyright: ignore[reportArgumentType]


async def test_filters_of_other_games_are_ignored_with_a_warning(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    answer(service, {})
    with pytest.warns(UserWarning, match="matchmade"):
        await client.stats.get_service_record(XUID, "custom", season_id="s", is_ranked=True)

    assert [request.address for request in service.log] == [
        f"halostats.svc.halowaypoint.com/hi/players/xuid({XUID})/custom/servicerecord"
    ]


async def test_the_service_tag_is_found_where_the_small_answer_is_refused(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    answer(service, {}, 403, path="*/appearance")
    answer(service, {"Appearance": {"ServiceTag": "ADJT"}, "ArmorCores": None})

    appearance = await (await client.economy.get_player_appearance(XUID)).parse()

    assert appearance.service_tag == "ADJT"
    assert len(service.log) == 2


async def test_the_small_answer_is_enough_where_there_is_one(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    answer(service, {"ServiceTag": "ADJT", "Emblem": {"EmblemPath": "e.json"}})

    appearance = await (await client.economy.get_player_appearance(XUID)).parse()

    assert (appearance.service_tag, appearance.emblem.emblem_path) == ("ADJT", "e.json")
    assert len(service.log) == 1


async def test_trouble_is_no_reason_to_ask_for_more(client: HaloInfiniteClient, service: HaloService) -> None:
    answer(service, {}, 501)

    with pytest.raises(ServiceError):
        await client.economy.get_player_appearance(XUID)

    assert all(request.path.endswith("/appearance") for request in service.log)


async def test_a_playlist_says_what_is_live(client: HaloInfiniteClient, service: HaloService) -> None:
    answer(
        service,
        {"NameHint": "ranked", "UgcPlaylistVersion": ID, "HasCsr": True, "PlaylistExperience": "Arena"},
    )

    live = await (await client.gamecms_hacs.get_playlist_configuration(ID)).parse()

    assert (live.ugc_playlist_version, live.has_csr, live.playlist_experience) == (UUID(ID), True, "Arena")


async def test_privacy_is_shown_hidden_or_unheard_of(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    answer(service, {"MatchmadeGames": 1, "OtherGames": 2, "Campaign": 3})

    privacy = await (await client.stats.get_match_privacy(XUID)).parse()

    assert (privacy.matchmade_games, privacy.other_games) == (MatchVisibility.SHOWN, MatchVisibility.HIDDEN)


@pytest.mark.parametrize("body", [[], "text", {"MatchId": None}, {"Results": 5}])
async def test_an_answer_of_another_shape_is_one_clear_error(
    client: HaloInfiniteClient, service: HaloService, body: Any
) -> None:
    answer(service, json.dumps(body), headers={"Content-Type": "application/json"})

    response = await client.stats.get_match_stats(ID)

    with pytest.raises(PayloadError):
        await response.parse()
