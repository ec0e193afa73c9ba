"""Names and art that a match only refers to: map, mode, playlist, medals. All of it is cached for hours."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError
from bot.halo.models.discovery_ugc import Map, Playlist, UgcGameVariant
from bot.halo.models.gamecms_hacs import MedalMetadata
from bot.halo.models.stats import Asset, MatchInfo
from bot.halo.responses import JsonResponse

__all__ = ["Names", "References"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Names:
    """The assets of a match; None for what was deleted, was never set, or cannot be had now."""

    map_asset: Map | None
    variant: UgcGameVariant | None
    playlist: Playlist | None


class References:
    """Fetches reference data; a missing piece never fails a report."""

    def __init__(self, halo: HaloInfiniteClient) -> None:
        self._halo = halo

    async def names(self, info: MatchInfo) -> Names:
        """Fetch map, game variant and playlist of a match, all at once."""
        ugc = self._halo.discovery_ugc
        return Names(
            *await asyncio.gather(
                _asset(info.map_variant, ugc.get_map),
                _asset(info.ugc_game_variant, ugc.get_ugc_game_variant),
                _asset(info.playlist, ugc.get_playlist),
            )
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
