"""Every picture as PNG bytes, drawn when first asked for and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from io import BytesIO

from PIL import Image

from bot.playground.world.art.badges import draw_medal_sheet
from bot.playground.world.art.emblems import draw_csr_icon, draw_rank_icon
from bot.playground.world.art.scenes import draw_gamerpic, draw_scene
from bot.playground.world.career import CAREER_RANKS, CareerRank

__all__ = ["Gallery"]

_SCENE_SIZES = {"hero": (1280, 720), "screenshot1": (1280, 720), "thumbnail": (480, 270)}


class Gallery:
    """Draws each picture once; may be asked from several threads."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], bytes | None] = {}
        self._lock = threading.Lock()

    def medal_sheet(self, cell_px: int) -> bytes:
        """The medal sheet with cells of 72, 128 or 256 px."""
        return self._once(("medals", cell_px), lambda: draw_medal_sheet(cell_px)) or b""

    def rank_icon(self, path: str) -> bytes | None:
        """A career rank's icon by the path that the reward track gives; None for other paths."""
        rank = self._ranks_by_icon.get(path.lower())
        return self._once(("rank", rank.number), lambda: draw_rank_icon(rank)) if rank else None

    def csr_icon(self, name: str) -> bytes | None:
        """A CSR tier's icon by the name of its file, without the ending; None for other names."""
        return self._once(("csr", name), lambda: draw_csr_icon(name))

    def asset_picture(self, name: str, hue: int, picture: str) -> bytes | None:
        """A map's or mode's ``hero``, ``screenshot1`` or ``thumbnail``; None for other pictures."""
        size_px = _SCENE_SIZES.get(picture)
        return (
            self._once(("scene", name, picture), lambda: draw_scene(name, hue, size_px)) if size_px else None
        )

    def gamerpic(self, xuid: int, hue: int, size_px: int) -> bytes:
        """A player's picture, square."""
        return (
            self._once(("gamerpic", xuid, size_px), lambda: _sized(draw_gamerpic(xuid, hue), size_px)) or b""
        )

    @cached_property
    def _ranks_by_icon(self) -> dict[str, CareerRank]:
        ranks: dict[str, CareerRank] = {}
        for rank in CAREER_RANKS:
            for folder in ("ProgressWidget", "CelebrationMoment", "NameplateAdornment"):
                ranks[rank.icon.replace("ProgressWidget", folder).lower()] = rank
        return ranks

    def _once(self, key: tuple[object, ...], draw: Callable[[], Image.Image | None]) -> bytes | None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = _encode(draw())
            return self._kept[key]


def _sized(image: Image.Image, size_px: int) -> Image.Image:
    return image.resize((size_px, size_px), Image.Resampling.LANCZOS)


def _encode(image: Image.Image | None) -> bytes | None:
    if image is None:
        return None
    file = BytesIO()
    # Size hardly matters on a loopback; a strong compression takes longer than the drawing.
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()
