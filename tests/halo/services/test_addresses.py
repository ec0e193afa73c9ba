"""Which address each method asks for, as it goes over the wire."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.models.refdata import GameplayInteraction, GameVariantCategory
from bot.playground.halo import HaloService
from bot.playground.world.career import CAREER_RANKS
from tests.halo.orders import answer

ID = "5f4fedf5-fcb5-4984-aba7-fc82ec6ebb85"
VERSION = "6c1bb887-628f-4a16-a794-f07adad39a38"
XUID = 2533274800000001
ME = f"xuid({XUID})"
STATS = "halostats.svc.halowaypoint.com/hi"
SKILL = "skill.svc.halowaypoint.com/hi"
PROFILE = "profile.svc.halowaypoint.com"
UGC = "discovery-infiniteugc.svc.halowaypoint.com/hi"
CMS = "gamecms-hacs.svc.halowaypoint.com/hi"
ECONOMY = "economy.svc.halowaypoint.com/hi"


def asked(service: HaloService) -> list[str]:
    """The addresses that were asked for, as they came over the wire."""
    return [request.address for request in service.log]


Call = Callable[[HaloInfiniteClient], Awaitable[Any]]

CALLS: list[tuple[Call, str]] = [
    (lambda c: c.stats.get_match_count(XUID), f"{STATS}/players/{ME}/matches/count"),
    (lambda c: c.stats.get_match_count("My Tag"), f"{STATS}/players/My%20Tag/matches/count"),
    (lambda c: c.stats.get_challenge_decks(f"{XUID}"), f"{STATS}/players/{ME}/decks"),
    (lambda c: c.stats.get_match_history(ME), f"{STATS}/players/{ME}/matches?start=0&count=25&type=all"),
    (
        lambda c: c.stats.get_match_history(XUID, 50, 10, "custom"),
        f"{STATS}/players/{ME}/matches?start=50&count=10&type=custom",
    ),
    (lambda c: c.stats.get_match_stats(ID), f"{STATS}/matches/{ID}/stats"),
    (lambda c: c.stats.get_match_stats(UUID(ID)), f"{STATS}/matches/{ID}/stats"),
    (lambda c: c.stats.get_match_privacy(XUID), f"{STATS}/players/{ME}/matches-privacy"),
    (lambda c: c.stats.get_service_record(XUID), f"{STATS}/players/{ME}/matchmade/servicerecord"),
    (lambda c: c.stats.get_service_record(XUID, "local"), f"{STATS}/players/{ME}/local/servicerecord"),
    (
        lambda c: c.stats.get_service_record(
            XUID,
            season_id="Seasons/Season6.json",
            game_variant_category=GameVariantCategory(6),
            is_ranked=True,
        ),
        f"{STATS}/players/{ME}/matchmade/servicerecord"
        "?seasonid=Seasons/Season6.json&gamevariantcategory=6&isranked=True",
    ),
    (
        lambda c: c.stats.get_service_record(
            XUID, season_id="s", gameplay_interaction=GameplayInteraction.PVP
        ),
        f"{STATS}/players/{ME}/matchmade/servicerecord?seasonid=s&gameplayinteraction=1",
    ),
    (
        lambda c: c.stats.get_service_record(
            XUID, season_id="s", game_variant_category=15, playlist_asset_id=UUID(ID)
        ),
        f"{STATS}/players/{ME}/matchmade/servicerecord?seasonid=s&gamevariantcategory=15&playlistassetid={ID}",
    ),
    (
        lambda c: c.skill.get_match_skill(ID, [XUID, XUID + 1, "bid(3.0)", ME]),
        f"{SKILL}/matches/{ID}/skill?players={ME}&players=xuid({XUID + 1})",
    ),
    (lambda c: c.skill.get_playlist_csr(ID, [XUID]), f"{SKILL}/playlist/{ID}/csrs?players={ME}"),
    (
        lambda c: c.skill.get_playlist_csr(ID, [XUID], "Csr/Seasons/CsrSeason5-1.json"),
        f"{SKILL}/playlist/{ID}/csrs?players={ME}&season=CsrSeason5-1",
    ),
    (
        lambda c: c.skill.get_playlist_csr(ID, iter([XUID]), "CsrSeason5-1"),
        f"{SKILL}/playlist/{ID}/csrs?players={ME}&season=CsrSeason5-1",
    ),
    (lambda c: c.profile.get_current_user(), f"{PROFILE}/users/me"),
    (lambda c: c.profile.get_user_by_gamertag("Two Words"), f"{PROFILE}/users/gt(Two%20Words)"),
    (lambda c: c.profile.get_user_by_gamertag("Ünï#1"), f"{PROFILE}/users/gt(%C3%9Cn%C3%AF%231)"),
    (lambda c: c.profile.get_user_by_id(str(XUID)), f"{PROFILE}/users/{ME}"),
    (lambda c: c.discovery_ugc.get_map(ID, VERSION), f"{UGC}/maps/{ID}/versions/{VERSION}"),
    (lambda c: c.discovery_ugc.get_map(ID), f"{UGC}/maps/{ID}"),
    (
        lambda c: c.discovery_ugc.get_ugc_game_variant(UUID(ID), VERSION),
        f"{UGC}/ugcGameVariants/{ID}/versions/{VERSION}",
    ),
    (lambda c: c.discovery_ugc.get_playlist(ID, VERSION), f"{UGC}/playlists/{ID}/versions/{VERSION}"),
    (lambda c: c.discovery_ugc.get_map_mode_pair(ID, VERSION), f"{UGC}/mapModePairs/{ID}/versions/{VERSION}"),
    (lambda c: c.discovery_ugc.get_film_by_match_id(ID), f"{UGC}/films/matches/{ID}/spectate"),
    (lambda c: c.discovery_ugc.search_assets(), f"{UGC}/search?start=0&count=25&sort=playsrecent&order=desc"),
    (
        lambda c: c.discovery_ugc.search_assets(
            10,
            101,
            "date_published_utc",
            "asc",
            "ugc_game_variant",
            "a b",
            ["x", "y"],
            ME,
            4.5,
            from_date_created_utc=dt.date(2024, 1, 2),
            to_date_modified_utc=dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
        ),
        f"{UGC}/search?start=10&count=101&sort=datepublishedutc&order=asc&assetKind=ugcgamevariant&term=a+b"
        f"&author={ME}&averageRatingMin=4.5&fromDateCreatedUtc=2024-01-02"
        "&toDateModifiedUtc=2024-01-02T03:04:05%2B00:00&tags=x&tags=y",
    ),
    (
        lambda c: c.discovery_ugc.search_assets(tags="x"),
        f"{UGC}/search?start=0&count=25&sort=playsrecent&order=desc&tags=x",
    ),
    (lambda c: c.gamecms_hacs.get_medal_metadata(), f"{CMS}/Waypoint/file/medals/metadata.json"),
    (
        lambda c: c.gamecms_hacs.get_csr_season_calendar(),
        f"{CMS}/Progression/file/Csr/Calendars/CsrSeasonCalendar.json",
    ),
    (
        lambda c: c.gamecms_hacs.get_season_calendar(),
        f"{CMS}/progression/file/calendars/seasons/seasoncalendar.json",
    ),
    (
        lambda c: c.gamecms_hacs.get_career_reward_track(),
        f"{CMS}/Progression/file/RewardTracks/CareerRanks/careerRank1.json",
    ),
    (
        lambda c: c.gamecms_hacs.get_operation_reward_track("RewardTracks/Operations/A.json"),
        f"{CMS}/Progression/file/RewardTracks/Operations/A.json",
    ),
    (lambda c: c.gamecms_hacs.get_progression_file("/a b/c.json"), f"{CMS}/Progression/file/a%20b/c.json"),
    (lambda c: c.gamecms_hacs.get_waypoint_file("x/y.json"), f"{CMS}/Waypoint/file/x/y.json"),
    (lambda c: c.gamecms_hacs.get_waypoint_image("x/y.png"), f"{CMS}/Waypoint/file/x/y.png"),
    (lambda c: c.gamecms_hacs.get_image("career_rank/1.png"), f"{CMS}/images/file/career_rank/1.png"),
    (
        lambda c: c.gamecms_hacs.get_playlist_configuration(ID),
        f"{CMS}/multiplayer/file/playlists/assets/{ID}.json",
    ),
    (
        lambda c: c.economy.get_player_reward_track_operations(XUID),
        f"{ECONOMY}/players/{ME}/rewardtracks/operations",
    ),
    (
        lambda c: c.economy.get_player_career_rank(XUID),
        f"{ECONOMY}/players/{ME}/rewardtracks/careerranks/careerrank1",
    ),
    (
        lambda c: c.economy.get_career_ranks([XUID, XUID + 1]),
        f"{ECONOMY}/careerranks/careerRank1?players={ME},xuid({XUID + 1})",
    ),
    (lambda c: c.economy.get_player_customization(XUID), f"{ECONOMY}/players/{ME}/customization?view=public"),
    (
        lambda c: c.economy.get_player_customization(XUID, "private"),
        f"{ECONOMY}/players/{ME}/customization?view=private",
    ),
    (lambda c: c.economy.get_player_appearance(XUID), f"{ECONOMY}/players/{ME}/customization/appearance"),
]


@pytest.mark.parametrize(("call", "address"), CALLS, ids=[address for _, address in CALLS])
async def test_a_method_asks_for_one_address(
    client: HaloInfiniteClient, service: HaloService, call: Call, address: str
) -> None:
    answer(service, {})
    await call(client)

    assert asked(service) == [address]


@pytest.mark.parametrize(
    ("gamertag", "segment"),
    [
        ("../../users/me", "..%2F..%2Fusers%2Fme"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("%2e%2e", "%252e%252e"),
        ("..;x", "..%3Bx"),
        ("a\\b", "a%5Cb"),
        ("a\r\nX: y", "a%0D%0AX%3A%20y"),
        ("\ud800", "%3F"),
    ],
)
async def test_no_gamertag_changes_the_structure_of_an_address(
    client: HaloInfiniteClient, service: HaloService, gamertag: str, segment: str
) -> None:
    answer(service, {})
    await client.stats.get_match_count(gamertag)
    await client.profile.get_user_by_gamertag(gamertag)

    assert asked(service) == [f"{STATS}/players/{segment}/matches/count", f"{PROFILE}/users/gt({segment})"]


@pytest.mark.parametrize("path", ["", "/", "..", "a/../b", "a//b", "./a", "a/"])
async def test_no_file_path_leaves_its_shelf(
    client: HaloInfiniteClient, service: HaloService, path: str
) -> None:
    with pytest.raises(ValueError, match="part of a path"):
        await client.gamecms_hacs.get_image(path)

    assert asked(service) == []


MALFORMED: list[Call] = [
    lambda c: c.stats.get_match_stats("../x"),
    lambda c: c.skill.get_match_skill("x", [XUID]),
    lambda c: c.skill.get_playlist_csr("", [XUID]),
    lambda c: c.stats.get_service_record(XUID, season_id="s", playlist_asset_id="x"),
    lambda c: c.discovery_ugc.get_map("x", VERSION),
    lambda c: c.discovery_ugc.get_map(ID, "x"),
    lambda c: c.discovery_ugc.get_film_by_match_id("x"),
    lambda c: c.gamecms_hacs.get_playlist_configuration("x"),
]


@pytest.mark.parametrize("call", MALFORMED)
async def test_an_id_that_is_no_uuid_is_never_asked_for(
    client: HaloInfiniteClient, service: HaloService, call: Call
) -> None:
    with pytest.raises(ValueError, match="UUID"):
        await call(client)

    assert asked(service) == []


async def test_a_language_goes_into_its_header(client: HaloInfiniteClient, service: HaloService) -> None:
    answer(service, {})
    await client.discovery_ugc.get_map(ID, VERSION, language="de-DE")
    await client.discovery_ugc.get_map(ID, VERSION)

    assert [request.headers.get("accept-language") for request in service.log] == ["de-DE", None]


async def test_an_image_comes_back_as_it_is(client: HaloInfiniteClient, service: HaloService) -> None:
    path = CAREER_RANKS[0].icon

    image = await client.gamecms_hacs.get_image(path)

    assert await image.read() == service.stage.gallery.rank_icon(path)
