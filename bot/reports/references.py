"""Names and art that a match only refers to: map, mode, playlist, medals. All of it is cached for hours."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError
from bot.halo.models.discovery_ugc import Map, Playlist, UgcGameVariant
from bot.halo.models.gamecms_hacs import MedalMetadata
from bot.halo.models.stats import Asset, MatchInfo
from bot.halo.responses import JsonResponse
from bot.stats.last_match import UNTRANSLATED, LocalNames

__all__ = ["ENGLISH", "Names", "References"]

T = TypeVar("T")

ENGLISH: Final = "en-US"


@dataclass(frozen=True, slots=True)
class Names:
    """The assets of a match; None for what was deleted, was never set, or cannot be had now.

    The map is in the reader's language. Variant and playlist are in English, by which they are judged, with
    their ``local`` names beside them.
    """

    map_asset: Map | None
    variant: UgcGameVariant | None
    playlist: Playlist | None
    local: LocalNames


class References:
    """Fetches reference data; a missing piece never fails a report."""

    def __init__(self, halo: HaloInfiniteClient) -> None:
        self._halo = halo

    async def names(self, info: MatchInfo, locale: str = ENGLISH) -> Names:
        """Fetch map, game variant and playlist of a match, all at once.

        ``locale`` is Halo's code of a language, such as "de-DE".
        """
        ugc = self._halo.discovery_ugc
        language = None if locale == ENGLISH else locale
        map_asset, variant, playlist, local = await asyncio.gather(
            _asset(info.map_variant, partial(ugc.get_map, language=language)),
            _asset(info.ugc_game_variant, ugc.get_ugc_game_variant),
            _asset(info.playlist, ugc.get_playlist),
            self._local_names(info, language),
        )
        return Names(map_asset, variant, playlist, local)

    async def _local_names(self, info: MatchInfo, language: str | None) -> LocalNames:
        if language is None:
            return UNTRANSLATED
        ugc = self._halo.discovery_ugc
        variant, playlist = await asyncio.gather(
            _asset(info.ugc_game_variant, partial(ugc.get_ugc_game_variant, language=language)),
            _asset(info.playlist, partial(ugc.get_playlist, language=language)),
        )
        return LocalNames(
            variant=variant.public_name if variant else None,
            playlist=playlist.public_name if playlist else None,
        )

    async def medals(self) -> MedalMetadata | None:
        """The medal metadata, or None while it cannot be had."""
        return await _optional(self._halo.gamecms_hacs.get_medal_metadata())


async def _asset(asset: Asset | None, get: Callable[[UUID, UUID], Awaitable[JsonResponse[T]]]) -> T | None:
    return None if asset is None else await _optional(get(asset.asset_id, asset.version_id))


async def _optional(call: Awaitable[JsonResponse[T]]) -> T | None:
    try:
        return await (await call).parse()
    except HaloError:
        return None
