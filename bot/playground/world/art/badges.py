"""Medals as badges: the outline tells the type, the metal the difficulty, symbol, colour and pips the medal."""

from __future__ import annotations

import colorsys
import math

from PIL import Image, ImageDraw

from bot.playground.world.art.shapes import SYMBOLS, Outline, gear, polygon, star
from bot.playground.world.medals import MEDALS, Medal

__all__ = ["draw_medal_sheet"]

_COLUMNS = 16
_SMOOTHING = {72: 4, 128: 3, 256: 2}
_GOLDEN_ANGLE = 0.381966
Colour = tuple[int, int, int]
# Rim, shadow and light of the metal by difficulty: steel, blue, violet, ember.
_METALS: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((136, 150, 168), (74, 86, 104), (206, 216, 228)),
    ((66, 150, 246), (24, 78, 168), (168, 212, 255)),
    ((168, 92, 246), (88, 36, 164), (222, 184, 255)),
    ((250, 150, 48), (160, 70, 12), (255, 220, 140)),
)
_OUTLINES: tuple[Outline, ...] = (
    gear(12),
    ((-0.86, -0.86), (0, -1), (0.86, -0.86), (0.86, 0.2), (0.5, 0.7), (0, 1), (-0.5, 0.7), (-0.86, 0.2)),
    polygon(6),
    polygon(48),
    polygon(8, turn=math.pi / 8),
    star(14, 0.84),
)


def draw_medal_sheet(cell_px: int) -> Image.Image:
    """The sheet of all medals with cells of 72, 128 or 256 px, 16 in a row, transparent around the badges."""
    rows = -(-max(medal.sprite_index + 1 for medal in MEDALS) // _COLUMNS)
    sheet = Image.new("RGBA", (_COLUMNS * cell_px, rows * cell_px), (0, 0, 0, 0))
    nth_of_type = [0] * len(_OUTLINES)
    for medal in MEDALS:
        badge = _draw_badge(medal, nth_of_type[medal.type], cell_px * _SMOOTHING[cell_px])
        nth_of_type[medal.type] += 1
        row, column = divmod(medal.sprite_index, _COLUMNS)
        sheet.paste(badge.reduce(_SMOOTHING[cell_px]), (column * cell_px, row * cell_px))
    return sheet


def _draw_badge(medal: Medal, nth: int, size_px: int) -> Image.Image:
    rim, shadow, light = _METALS[medal.difficulty]
    outline = _OUTLINES[medal.type]
    symbols = SYMBOLS[medal.type]
    # The ground under the transparent part has the rim's colour, so that edges do not darken.
    badge = Image.new("RGBA", (size_px, size_px), (*rim, 0))
    draw = ImageDraw.Draw(badge)
    for scale, colour in ((0.94, shadow), (0.90, rim), (0.78, light), (0.75, shadow)):
        draw.polygon(_placed(outline, size_px, scale), fill=(*colour, 255))
    ground, glow = _enamel(medal.sprite_index)
    draw.polygon(_placed(outline, size_px, 0.72), fill=(*ground, 255))
    draw.ellipse(_box(size_px, 0, -0.1, 0.5), fill=(*glow, 255))
    pips = nth // len(symbols)
    lift = -0.07 if pips else 0.0
    for drop, colour in ((0.035, shadow), (0.0, (248, 250, 255))):
        for part in symbols[nth % len(symbols)]:
            draw.polygon(_placed(part, size_px, 0.38, dy=lift + drop), fill=(*colour, 255))
    for pip in range(pips):
        x = (pip - (pips - 1) / 2) * 0.16
        draw.ellipse(_box(size_px, x, 0.5, 0.055), fill=(*light, 255))
    return badge


def _enamel(index: int) -> tuple[Colour, Colour]:
    """A colour of its own for every medal: a dark ground and a lighter glow in it."""
    hue = index * _GOLDEN_ANGLE % 1
    return _rgb(hue, 0.62, 0.30), _rgb(hue, 0.58, 0.42)


def _rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _placed(outline: Outline, size_px: int, scale: float, *, dy: float = 0.0) -> list[tuple[float, float]]:
    half = size_px / 2
    return [(half + x * scale * half, half + (y * scale + dy) * half) for x, y in outline]


def _box(size_px: int, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    half = size_px / 2
    return (
        half + (x - radius) * half,
        half + (y - radius) * half,
        half + (x + radius) * half,
        half + (y + radius) * half,
    )
