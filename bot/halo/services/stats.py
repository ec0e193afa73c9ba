"""The stats authority: matches, match histories and service records."""

from __future__ import annotations

import warnings
from typing import Any, Final, Literal
from uuid import UUID

from yarl import URL

from bot.halo.models.refdata import GameplayInteraction, GameVariantCategory
from bot.halo.models.stats import MatchCount, MatchHistory, MatchPrivacy, MatchStats, ServiceRecord
from bot.halo.responses import JsonResponse, ModelParser
from bot.halo.services.base import BaseService
from bot.halo.services.endpoint import endpoint, uuid_text
from bot.halo.xuid import wrap_xuid, wrap_xuid_or_gamertag

__all__ = ["StatsService"]

_HOST: Final = "halostats.svc.halowaypoint.com"
_RAW: Final = ModelParser(dict[str, Any])
_MATCH_COUNT: Final = ModelParser(MatchCount)
_MATCH_HISTORY: Final = ModelParser(MatchHistory)
_MATCH_PRIVACY: Final = ModelParser(MatchPrivacy)
_MATCH_STATS: Final = ModelParser(MatchStats)
_SERVICE_RECORD: Final = ModelParser(ServiceRecord)

_RECORD_TYPES: Final = ("matchmade", "custom", "local")
_RECORD_FILTERS: Final = frozenset(
    {
        frozenset({"seasonid"}),
        frozenset({"seasonid", "gamevariantcategory"}),
        frozenset({"seasonid", "gamevariantcategory", "playlistassetid"}),
        frozenset({"seasonid", "gamevariantcategory", "isranked"}),
        frozenset({"seasonid", "playlistassetid"}),
        frozenset({"seasonid", "gameplayinteraction"}),
        frozenset({"gamevariantcategory"}),
        frozenset({"gamevariantcategory", "isranked"}),
    }
)


class StatsService(BaseService):
    """What players have played.

    A player is an XUID (``2533274800000001``, the same as text, or ``xuid(2533274800000001)``) or a gamertag.
    """

    async def get_challenge_decks(self, player: str | int) -> JsonResponse[dict[str, Any]]:
        """The challenges a player has now, as the service says them."""
        return await self._get_json(_of_player(player, "decks"), _RAW)

    async def get_match_count(self, player: str | int) -> JsonResponse[MatchCount]:
        """How many matches a player has played, by how they came about."""
        return await self._get_json(_of_player(player, "matches", "count"), _MATCH_COUNT)

    async def get_service_record(
        self,
        player: str | int,
        match_type: Literal["matchmade", "custom", "local"] = "matchmade",
        season_id: str | None = None,
        game_variant_category: GameVariantCategory | int | None = None,
        is_ranked: bool | None = None,
        playlist_asset_id: str | UUID | None = None,
        gameplay_interaction: GameplayInteraction | None = None,
    ) -> JsonResponse[ServiceRecord]:
        """The sums over a player's matches.

        Filters apply to matchmade games only, and go together only as: season; season and category; season,
        category and playlist; season, category and ranked; season and playlist; season and interaction;
        category; category and ranked. The values there are stand in ``subqueries`` of an unfiltered record.

        Args:
            player: An XUID or a gamertag.
            match_type: Which matches to sum.
            season_id: A season's path, as ``subqueries`` has it.
            game_variant_category: A kind of mode.
            is_ranked: Ranked matches, or those that are not.
            playlist_asset_id: The asset id of a playlist.
            gameplay_interaction: Who fought whom.

        Raises:
            ValueError: Another match type, filters that do not go together, or an id that is no UUID.
            InvalidXuidError: ``player`` can be neither an XUID nor a gamertag.
        """
        kind = match_type.lower()
        if kind not in _RECORD_TYPES:
            raise ValueError(f"`match_type` must be one of {', '.join(_RECORD_TYPES)}")
        given = {
            "seasonid": season_id,
            "gamevariantcategory": None if game_variant_category is None else int(game_variant_category),
            "isranked": is_ranked,
            "playlistassetid": None if playlist_asset_id is None else uuid_text(playlist_asset_id),
            "gameplayinteraction": None if gameplay_interaction is None else int(gameplay_interaction),
        }
        filters = {name: str(value) for name, value in given.items() if value is not None}
        if filters and kind != "matchmade":
            warnings.warn("Only matchmade service records can be filtered", stacklevel=2)
            filters = {}
        if filters and frozenset(filters) not in _RECORD_FILTERS:
            raise ValueError(f"These filters do not go together: {', '.join(filters)}")
        url = _of_player(player, kind, "servicerecord", query=list(filters.items()))
        return await self._get_json(url, _SERVICE_RECORD)

    async def get_match_history(
        self,
        player: str | int,
        start: int = 0,
        count: int = 25,
        match_type: Literal["all", "matchmaking", "custom", "local"] = "all",
    ) -> JsonResponse[MatchHistory]:
        """A player's matches, newest first: ``count`` of them, at most 25, after ``start`` newer ones.

        A history that its player hides is an empty one.
        """
        query = [("start", str(start)), ("count", str(count)), ("type", match_type)]
        return await self._get_json(_of_player(player, "matches", query=query), _MATCH_HISTORY)

    async def get_match_stats(self, match_id: str | UUID) -> JsonResponse[MatchStats]:
        """Everything about one match.

        A match that has just ended has no stats yet; ``not_found_wait_s`` says how long to ask again.

        Raises:
            ValueError: ``match_id`` is no UUID.
            NotFoundError: There is no such match, or not yet.
        """
        url = endpoint(_HOST, "hi", "matches", uuid_text(match_id), "stats")
        return await self._get_json(url, _MATCH_STATS, settles=True)

    async def get_match_privacy(self, xuid: str | int) -> JsonResponse[MatchPrivacy]:
        """Whether others may see the matches of ``xuid``, who has to be the signed-in player.

        Raises:
            InvalidXuidError: It does not have 16 digits.
            ForbiddenError: It is somebody else.
        """
        url = endpoint(_HOST, "hi", "players", wrap_xuid(xuid), "matches-privacy")
        return await self._get_json(url, _MATCH_PRIVACY)


def _of_player(player: str | int, *segments: str, query: list[tuple[str, str]] | None = None) -> URL:
    return endpoint(_HOST, "hi", "players", wrap_xuid_or_gamertag(player), *segments, query=query or [])
