"""Halo's own medal sprites: one sheet with every medal, cut at run time and never stored in the tree."""

from __future__ import annotations

from dataclasses import dataclass

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError
from bot.reports.patience import OPTIONAL_S

__all__ = ["MedalArt", "SpriteSheet"]


@dataclass(frozen=True, slots=True)
class SpriteSheet:
    """A sheet of square sprites: PNG bytes, sprites a row, edge in pixels."""

    png: bytes
    columns: int
    size_px: int


class MedalArt:
    """Fetches the medal sprite sheet that the metadata names."""

    def __init__(self, halo: HaloInfiniteClient) -> None:
        self._halo = halo.with_options(deadline_s=OPTIONAL_S)

    async def sheet(self) -> SpriteSheet | None:
        """The medium sheet (128 px a sprite), or None while it cannot be had."""
        try:
            metadata = await (await self._halo.gamecms_hacs.get_medal_metadata()).parse()
            sprites = metadata.sprites.medium if metadata.sprites else None
            if sprites is None or not sprites.path:
                return None
            png = await (await self._halo.gamecms_hacs.get_waypoint_image(sprites.path)).read()
        except HaloError:
            return None
        return SpriteSheet(png, sprites.columns, sprites.size)
