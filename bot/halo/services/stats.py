"""The stats authority: matches, match histories and service records."""

from __future__ import annotations

import warnings
from collections.abc import AsyncGenerator
from typing import Any, Final, Literal
from uuid import UUID

from yarl import URL

from bot.halo.models.refdata import GameplayInteraction, GameVariantCategory
from bot.halo.models.stats import (
    MatchCount,
    MatchHistory,
    MatchHistoryResult,
    MatchPrivacy,
    MatchStats,
    ServiceRecord,
)
from bot.halo.responses import JsonResponse, ModelParser
from bot.halo.services.base import BaseService
from bot.halo.services.endpoint import endpoint, uuid_text
from bot.halo.services.history_walk import PAGE_SIZE, walk_history
from bot.halo.transport.failures import endpoint_of
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
    What can be neither is an `InvalidXuidError`; one that nobody has is a `NotFoundError` or a
    `BadRequestError`, both seen.
    """

    async def get_challenge_decks(self, player: str | int) -> JsonResponse[dict[str, Any]]:
        """The challenges a player has now, as the service says them."""
        return await self._get_json(_of_player(player, "decks"), _RAW)

    async def get_match_count(self, player: str | int) -> JsonResponse[MatchCount]:
        """How many matches a player has played, by how they came about; a hidden history is no error."""
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

        A history that its player hides is an empty one. :meth:`iterate_match_history` goes on from page to
        page.

        Args:
            player: An XUID or a gamertag.
            start: How many of the newest matches to leave out.
            count: How many matches to return, 1 to 25.
            match_type: Which matches.

        Raises:
            InvalidXuidError: ``player`` can be neither an XUID nor a gamertag.
            NotFoundError: There is no such player, or
            BadRequestError: there is none either; the service says it in both ways.
        """
        query = [("start", str(start)), ("count", str(count)), ("type", match_type)]
        return await self._get_json(_of_player(player, "matches", query=query), _MATCH_HISTORY)

    def iterate_match_history(
        self,
        player: str | int,
        start: int = 0,
        match_type: Literal["all", "matchmaking", "custom", "local"] = "all",
    ) -> AsyncGenerator[MatchHistoryResult, None]:
        """All of a player's matches, newest first, asked for 25 at a time and only when they are needed.

        Breaking off after 25 matches has cost one request::

            async for result in client.stats.iterate_match_history("MyGamertag"):
                print(result.match_id, result.outcome.name)

        A page with fewer than 25 ends it without another request, so only a history of exactly 25, 50 …
        matches costs one more. Each match comes once, also when others end meanwhile and shift the pages;
        those are left out. A history that its player hides is an empty one.

        Every page is a call of its own: it waits for the rate, and the options of this client count for it
        alone, so ``deadline_s`` bounds each page and nothing bounds the whole. A page that fails ends the
        iteration with its error. To go on from there, add the number of matches that came to ``start``.

        Nothing is held open between two matches, so the iterator may just be dropped, and closing it with
        ``contextlib.aclosing`` is fine. Two tasks must not ask one iterator at the same time.

        Args:
            player: An XUID or a gamertag.
            start: How many of the newest matches to leave out.
            match_type: Which matches.

        Raises:
            ValueError: ``start`` is negative (at once, not at the first result).
            InvalidXuidError: ``player`` can be neither an XUID nor a gamertag (at once, too).
            NotFoundError: There is no such player, or
            BadRequestError: there is none either; the service says it in both ways.
            PayloadError: The service answers the same matches again and again, or something else.
            HaloError: A page failed in another way.
        """
        if start < 0:
            raise ValueError("`start` must not be negative")

        async def ask_page(start: int) -> MatchHistory:
            response = await self.get_match_history(player, start, PAGE_SIZE, match_type)
            return await response.parse()

        return walk_history(ask_page, start, endpoint_of(_of_player(player, "matches")))

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
