"""Every kind of answer that both clients make a model of, and how the simulated world is asked for one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.halo.client import HaloInfiniteClient
from bot.halo.models import discovery_ugc, economy, gamecms_hacs, profile, skill, stats
from bot.halo.responses import JsonResponse
from bot.playground.world import World
from bot.playground.world.plan import Plan
from bot.playground.world.playlists import PLAYLISTS

__all__ = ["KINDS", "MODES", "Kind", "match_kind"]

Ask: TypeAlias = Callable[[HaloInfiniteClient, World], Awaitable[JsonResponse[Any]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer.

    Attributes:
        name: The name of its recording, if there is one beside the project.
        title: What it is called in the table.
        model: What our client makes of it.
        reference: The same of the published client, by module and name.
        ask: Asks for it.
        is_list: The body is a list of such.
    """

    name: str
    title: str
    model: Any
    reference: str
    ask: Ask
    is_list: bool = False


_PAGE: Final = 25

MODES: Final = ("oddball", "btb_slayer", "firefight")
"""Modes of the simulated world whose matches are parsed besides the recorded ones."""


def match_kind(mode: str, name: str = "") -> Kind:
    """The kind of the latest match in a mode of the simulated world."""
    title = f"match stats, {mode.replace('_', ' ')}"
    return Kind(name or f"match_{mode}", title, stats.MatchStats, "stats.MatchStats", lambda client, world: (
        client.stats.get_match_stats(_latest(world, mode).match_id)
    ))  # fmt: skip


def _latest(world: World, mode: str) -> Plan:
    return next(plan for plan in world.matches_of(world.hero.xuid) if plan.mode.key == mode)


def _somebody(world: World) -> int:
    """Somebody who, unlike the hero, has played no mode that only a client of open enumerations can read."""
    for player in world.people:
        modes = [plan.mode.key for plan in world.matches_of(player.xuid, "matchmaking")]
        if len(modes) >= _PAGE and "unheard_of" not in modes and not player.hides_matches:
            return player.xuid
    raise LookupError("everybody has played it")


def _roster(plan: Plan) -> Sequence[int]:
    return [seat.player.xuid for seat in plan.seats if seat.player is not None]


def _ask_skill(client: HaloInfiniteClient, world: World) -> Awaitable[JsonResponse[Any]]:
    plan = _latest(world, "ranked_slayer")
    return client.skill.get_match_skill(plan.match_id, _roster(plan))


def _ask_csr(client: HaloInfiniteClient, world: World) -> Awaitable[JsonResponse[Any]]:
    people = [player.xuid for player in world.people[:8]]
    return client.skill.get_playlist_csr(PLAYLISTS["ranked_arena"].asset_id, people)


def _ask_map(client: HaloInfiniteClient, world: World) -> Awaitable[JsonResponse[Any]]:
    return client.discovery_ugc.get_map(world.catalogue.place(_latest(world, "ctf").place).asset_id)


def _ask_variant(client: HaloInfiniteClient, world: World) -> Awaitable[JsonResponse[Any]]:
    asset = world.catalogue.variant(_latest(world, "ctf").mode)
    return client.discovery_ugc.get_ugc_game_variant(asset.asset_id)


def _ask_pair(client: HaloInfiniteClient, world: World) -> Awaitable[JsonResponse[Any]]:
    plan = _latest(world, "ctf")
    return client.discovery_ugc.get_map_mode_pair(world.catalogue.pair(plan.mode, plan.place).asset_id)


def _ask_playlist(client: HaloInfiniteClient, world: World) -> Awaitable[JsonResponse[Any]]:
    return client.discovery_ugc.get_playlist(PLAYLISTS["ranked_arena"].asset_id)


def _ask_film(client: HaloInfiniteClient, world: World) -> Awaitable[JsonResponse[Any]]:
    return client.discovery_ugc.get_film_by_match_id(_latest(world, "ctf").match_id)


KINDS: Final[Sequence[Kind]] = (
    match_kind("slayer", "get_match_stats"),
    match_kind("ctf", "get_match_stats_ctf"),
    match_kind("elimination", "get_match_stats_elimination"),
    Kind("get_match_history", "match history", stats.MatchHistory, "stats.MatchHistory", lambda client, world: (
        client.stats.get_match_history(_somebody(world))
    )),
    Kind("get_match_count", "match count", stats.MatchCount, "stats.MatchCount", lambda client, world: (
        client.stats.get_match_count(world.hero.xuid)
    )),
    Kind("get_service_record", "service record", stats.ServiceRecord, "stats.ServiceRecord", lambda client, world: (
        client.stats.get_service_record(_somebody(world))
    )),
    Kind("get_match_skill", "match skill", skill.MatchSkill, "skill.MatchSkill", _ask_skill),
    Kind("get_playlist_csr", "playlist CSR", skill.PlaylistCsr, "skill.PlaylistCsr", _ask_csr),
    Kind("get_user", "user", profile.User, "profile.User", lambda client, world: (
        client.profile.get_user_by_id(world.hero.xuid)
    )),
    Kind("get_users", "users", list[profile.User], "profile.User", lambda client, world: (
        client.profile.get_users_by_id([player.xuid for player in world.people[:8]])
    ), is_list=True),
    Kind("get_map", "map", discovery_ugc.Map, "discovery_ugc.Map", _ask_map),
    Kind("get_ugc_game_variant", "game variant", discovery_ugc.UgcGameVariant, "discovery_ugc.UgcGameVariant",
         _ask_variant),
    Kind("get_map_mode_pair", "map-mode pair", discovery_ugc.MapModePair, "discovery_ugc.MapModePair", _ask_pair),
    Kind("get_playlist", "playlist", discovery_ugc.Playlist, "discovery_ugc.Playlist", _ask_playlist),
    Kind("search_assets", "asset search", discovery_ugc.AssetSearchPage, "discovery_ugc.AssetSearchPage",
         lambda client, world: client.discovery_ugc.search_assets(asset_kind="map", count=10)),
    Kind("get_film_by_match_id", "film manifest", discovery_ugc.Film, "discovery_ugc.Film", _ask_film),
    Kind("get_medal_metadata", "medal metadata", gamecms_hacs.MedalMetadata, "gamecms_hacs.MedalMetadata",
         lambda client, world: client.gamecms_hacs.get_medal_metadata()),
    Kind("get_csr_season_calendar", "CSR season calendar", gamecms_hacs.CsrSeasonCalendar,
         "gamecms_hacs.CsrSeasonCalendar", lambda client, world: client.gamecms_hacs.get_csr_season_calendar()),
    Kind("get_season_calendar", "season calendar", gamecms_hacs.SeasonCalendar, "gamecms_hacs.SeasonCalendar",
         lambda client, world: client.gamecms_hacs.get_season_calendar()),
    Kind("get_career_reward_track", "career reward track", gamecms_hacs.CareerRewardTrack,
         "gamecms_hacs.CareerRewardTrack", lambda client, world: client.gamecms_hacs.get_career_reward_track()),
    Kind("get_operation_reward_track", "operation reward track", gamecms_hacs.OperationRewardTrack,
         "gamecms_hacs.OperationRewardTrack", lambda client, world: (
             client.gamecms_hacs.get_operation_reward_track("RewardTracks/Operations/S05OpPassM01.json")
         )),
    Kind("get_player_career_rank", "career rank", economy.PlayerCareerRank, "economy.PlayerCareerRank",
         lambda client, world: client.economy.get_player_career_rank(world.hero.xuid)),
    Kind("get_player_reward_track_operations", "operations of a player", economy.PlayerOperationPasses,
         "economy.PlayerOperationPasses",
         lambda client, world: client.economy.get_player_reward_track_operations(world.hero.xuid)),
    Kind("get_player_customization", "customization", economy.PlayerCustomization, "economy.PlayerCustomization",
         lambda client, world: client.economy.get_player_customization(world.hero.xuid)),
)  # fmt: skip
"""One entry for each kind; the matches of `MODES` come on top."""
