"""Icons of career ranks and of CSR tiers."""

from __future__ import annotations

import re

from PIL import Image, ImageDraw

from bot.playground.world.art.shapes import Outline, polygon, star
from bot.playground.world.career import CareerRank

__all__ = ["draw_csr_icon", "draw_rank_icon"]

_SMOOTHING = 3
_RANK_PX, _CSR_PX = (200, 280), (128, 128)
Colour = tuple[int, int, int]
_TIER_COLOURS: dict[str, tuple[Colour, Colour]] = {
    "unranked": ((88, 98, 112), (40, 46, 56)),
    "bronze": ((196, 122, 66), (84, 46, 22)),
    "silver": ((186, 196, 208), (78, 88, 100)),
    "gold": ((240, 190, 70), (116, 80, 12)),
    "platinum": ((96, 214, 208), (20, 88, 96)),
    "diamond": ((110, 176, 255), (24, 62, 140)),
    "onyx": ((224, 72, 84), (30, 16, 26)),
}
_SHIELD: Outline = ((-0.8, -0.9), (0, -1), (0.8, -0.9), (0.8, 0.25), (0, 1), (-0.8, 0.25))
_CSR_NAME = re.compile(r"(bronze|silver|gold|platinum|diamond)_([1-6])|(onyx)_(1)|(unranked)_([0-9])")
_PALE = (246, 248, 252, 255)


def draw_csr_icon(name: str) -> Image.Image | None:
    """``diamond_3``, ``onyx_1`` or ``unranked_4``: a shield with a bar for each sub-tier; None for other names."""
    found = _CSR_NAME.fullmatch(name)
    if found is None:
        return None
    tier, step = (part for part in found.groups() if part is not None)
    image, draw = _canvas(_CSR_PX)
    rim, ground = _TIER_COLOURS[tier]
    centre, radius = (_CSR_PX[0] / 2, _CSR_PX[1] / 2), 58.0
    _fill(draw, _SHIELD, centre, radius, (*rim, 255))
    _fill(draw, _SHIELD, centre, radius * 0.86, (*ground, 255))
    _fill(draw, star(4, 0.35) if tier == "onyx" else polygon(4), (centre[0], centre[1] - 12), 26, (*rim, 255))
    _pips(draw, int(step), centre[0], centre[1] + 26, 5)
    return _smooth(image)


def draw_rank_icon(rank: CareerRank) -> Image.Image:
    """A career rank's icon, 200 × 280 px: chevrons by title over the tier's metal, a star for each grade."""
    image, draw = _canvas(_RANK_PX)
    rim, ground = _TIER_COLOURS[rank.tier.lower()]
    centre = (_RANK_PX[0] / 2, 120.0)
    _fill(draw, _SHIELD, centre, 104, (*rim, 255))
    _fill(draw, _SHIELD, centre, 93, (*ground, 255))
    chevrons = len(rank.title) % 4 + 1 if rank.grade else 0
    for at in range(chevrons):
        y = centre[1] + 12 * chevrons - 16 - at * 26
        chevron: Outline = ((-0.6, 0.25), (0, -0.15), (0.6, 0.25), (0.6, 0.42), (0, 0.04), (-0.6, 0.42))
        _fill(draw, chevron, (centre[0], y), 82, (*rim, 255))
    for at in range(rank.grade):
        _fill(draw, star(5, 0.45), (centre[0] + (at - (rank.grade - 1) / 2) * 44, 252), 19, (*rim, 255))
    if rank.grade == 0:
        _fill(draw, star(8, 0.5), centre, 60, _PALE)
    return _smooth(image)


def _canvas(size_px: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (size_px[0] * _SMOOTHING, size_px[1] * _SMOOTHING), (0, 0, 0, 0))
    return image, ImageDraw.Draw(image)


def _smooth(image: Image.Image) -> Image.Image:
    return image.reduce(_SMOOTHING)


def _fill(
    draw: ImageDraw.ImageDraw,
    outline: Outline,
    centre: tuple[float, float],
    radius: float,
    colour: tuple[int, int, int, int],
) -> None:
    points = [
        ((centre[0] + x * radius) * _SMOOTHING, (centre[1] + y * radius) * _SMOOTHING) for x, y in outline
    ]
    draw.polygon(points, fill=colour)


def _pips(draw: ImageDraw.ImageDraw, count: int, x: float, y: float, radius: float) -> None:
    for at in range(count):
        left = x + (at - (count - 1) / 2) * radius * 2.4
        corners = (left - radius * 0.8, y - radius, left + radius * 0.8, y + radius)
        draw.rectangle([corner * _SMOOTHING for corner in corners], fill=_PALE)
