"""The UGC discovery authority: maps, modes, playlists, searches and films."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal, TypeVar
from uuid import UUID

from yarl import URL

from bot.halo.models.discovery_ugc import AssetSearchPage, Film, Map, MapModePair, Playlist, UgcGameVariant
from bot.halo.responses import JsonResponse, ModelParser
from bot.halo.services.base import BaseService
from bot.halo.services.endpoint import endpoint, uuid_text

__all__ = ["DiscoveryUgcService"]

T = TypeVar("T")

AssetSort = Literal[
    "name",
    "likes",
    "bookmarks",
    "plays_recent",
    "number_of_objects",
    "date_created_utc",
    "date_modified_utc",
    "date_published_utc",
    "plays_all_time",
    "parent_asset_count",
    "average_rating",
    "number_of_ratings",
]

_HOST: Final = "discovery-infiniteugc.svc.halowaypoint.com"
_MAX_RESULTS: Final = 101
_FILM: Final = ModelParser(Film)
_GAME_VARIANT: Final = ModelParser(UgcGameVariant)
_MAP: Final = ModelParser(Map)
_MAP_MODE_PAIR: Final = ModelParser(MapModePair)
_PLAYLIST: Final = ModelParser(Playlist)
_SEARCH: Final = ModelParser(AssetSearchPage)


class DiscoveryUgcService(BaseService):
    """What is played: every asset has versions, whose content never changes.

    Without a ``version_id`` an asset's current version is answered; ``language`` (``de-DE``) translates names
    and descriptions where the service has them in it. An id that is no UUID is a `ValueError`, and an asset
    that its author has deleted a `NotFoundError`. Pictures of assets are public: ``files.prefix`` and one of
    ``files.file_relative_paths``.
    """

    async def get_ugc_game_variant(
        self, asset_id: str | UUID, version_id: str | UUID | None = None, *, language: str | None = None
    ) -> JsonResponse[UgcGameVariant]:
        """A mode with its settings, as a match names it in ``ugc_game_variant``."""
        return await self._get_asset("ugcGameVariants", asset_id, version_id, language, _GAME_VARIANT)

    async def get_map_mode_pair(
        self, asset_id: str | UUID, version_id: str | UUID | None = None, *, language: str | None = None
    ) -> JsonResponse[MapModePair]:
        """A mode on a map, as matchmaking offers it; links to both."""
        return await self._get_asset("mapModePairs", asset_id, version_id, language, _MAP_MODE_PAIR)

    async def get_map(
        self, asset_id: str | UUID, version_id: str | UUID | None = None, *, language: str | None = None
    ) -> JsonResponse[Map]:
        """A map, as a match names it in ``map_variant``."""
        return await self._get_asset("maps", asset_id, version_id, language, _MAP)

    async def get_playlist(
        self, asset_id: str | UUID, version_id: str | UUID | None = None, *, language: str | None = None
    ) -> JsonResponse[Playlist]:
        """A playlist with the pairs in its rotation and their weights."""
        return await self._get_asset("playlists", asset_id, version_id, language, _PLAYLIST)

    async def search_assets(
        self,
        start: int = 0,
        count: int = 25,
        sort: AssetSort = "plays_recent",
        order: Literal["asc", "desc"] = "desc",
        asset_kind: Literal["map", "prefab", "ugc_game_variant"] | None = None,
        term: str | None = None,
        tags: Iterable[str] | None = None,
        author: str | None = None,
        average_rating_min: float | None = None,
        from_date_created_utc: dt.datetime | dt.date | None = None,
        to_date_created_utc: dt.datetime | dt.date | None = None,
        from_date_modified_utc: dt.datetime | dt.date | None = None,
        to_date_modified_utc: dt.datetime | dt.date | None = None,
        from_date_published_utc: dt.datetime | dt.date | None = None,
        to_date_published_utc: dt.datetime | dt.date | None = None,
    ) -> JsonResponse[AssetSearchPage]:
        """Search maps, modes and prefabs; the page tells how many there are about (``estimated_total``).

        Args:
            start: How many results to skip.
            count: How many results to return, 1 to 101.
            sort: What to sort by.
            order: Ascending or descending.
            asset_kind: One kind of asset only.
            term: Words to look for.
            tags: Any of these tags.
            author: ``xuid(…)``, ``aaid(…)`` or ``atui(…)``.
            average_rating_min: The least average rating, 0 to 5.
            from_date_created_utc: Created no sooner. This and the others are dates, or moments in UTC.
            to_date_created_utc: Created no later.
            from_date_modified_utc: Modified no sooner.
            to_date_modified_utc: Modified no later.
            from_date_published_utc: Published no sooner.
            to_date_published_utc: Published no later.

        Raises:
            ValueError: ``count`` is out of range.
        """
        if not 1 <= count <= _MAX_RESULTS:
            raise ValueError(f"`count` must be 1 to {_MAX_RESULTS}")
        wanted_tags = [tags] if isinstance(tags, str) else list(tags or ())
        optional = {
            "assetKind": asset_kind and asset_kind.replace("_", ""),
            "term": term,
            "author": author,
            "averageRatingMin": None if average_rating_min is None else str(average_rating_min),
            "fromDateCreatedUtc": from_date_created_utc and from_date_created_utc.isoformat(),
            "toDateCreatedUtc": to_date_created_utc and to_date_created_utc.isoformat(),
            "fromDateModifiedUtc": from_date_modified_utc and from_date_modified_utc.isoformat(),
            "toDateModifiedUtc": to_date_modified_utc and to_date_modified_utc.isoformat(),
            "fromDatePublishedUtc": from_date_published_utc and from_date_published_utc.isoformat(),
            "toDatePublishedUtc": to_date_published_utc and to_date_published_utc.isoformat(),
        }
        query = [
            ("start", str(start)),
            ("count", str(count)),
            ("sort", sort.replace("_", "")),
            ("order", order),
            *((name, value) for name, value in optional.items() if value is not None),
            *(("tags", tag) for tag in wanted_tags),
        ]
        return await self._get_json(endpoint(_HOST, "hi", "search", query=query), _SEARCH)

    async def get_film_by_match_id(self, match_id: str | UUID) -> JsonResponse[Film]:
        """Where the chunks of a match's film lie.

        Raises:
            NotFoundError: There is no film (any more).
        """
        url = endpoint(_HOST, "hi", "films", "matches", uuid_text(match_id), "spectate")
        return await self._get_json(url, _FILM)

    async def get_film_chunk(self, url: str | URL) -> bytes:
        """The compressed content of a film's chunk, whose address :meth:`Film.get_chunks_and_urls` gives.

        It lies in public storage, which is given no tokens and has no rate.

        Raises:
            NotFoundError: The film has expired.
        """
        answer = await self._transport.get(URL(url), options=self._options, expect="binary")
        return answer.body

    async def _get_asset(
        self,
        kind: str,
        asset_id: str | UUID,
        version_id: str | UUID | None,
        language: str | None,
        parser: ModelParser[T],
    ) -> JsonResponse[T]:
        version = () if version_id is None else ("versions", uuid_text(version_id))
        url = endpoint(_HOST, "hi", kind, uuid_text(asset_id), *version)
        headers = None if language is None else {"Accept-Language": language}
        return await self._get_json(url, parser, headers=headers)
