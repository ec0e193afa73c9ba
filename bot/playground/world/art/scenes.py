"""Pictures of maps and modes (a horizon in the place's mood), and gamerpics."""

from __future__ import annotations

import colorsys
import random

from PIL import Image, ImageDraw

from bot.playground.world.art.shapes import SYMBOLS, Outline, polygon, star

__all__ = ["draw_gamerpic", "draw_scene"]

_LAYERS = 4
_PORTRAIT_PX = 424
Colour = tuple[int, int, int]


def draw_scene(name: str, hue: int, size_px: tuple[int, int]) -> Image.Image:
    """A landscape for a name: sky, a ring on it, ranges of towers. The same name gives the same one."""
    rng = random.Random(name)  # noqa: S311 - a picture, not a secret
    width, height = size_px
    image = _sky(hue, size_px)
    draw = ImageDraw.Draw(image)
    _ring(draw, rng, hue, size_px)
    for layer in range(_LAYERS):
        depth = layer / (_LAYERS - 1)
        base = height * (0.48 + 0.13 * layer)
        colour = _rgb(hue + 8 * layer, 0.35 + 0.3 * depth, 0.55 - 0.42 * depth)
        draw.polygon(_range(rng, width, height, base), fill=colour)
    return image


def draw_gamerpic(xuid: int, hue: int) -> Image.Image:
    """A player's picture, 424 px: a helmet of shapes in the player's colour."""
    rng = random.Random(xuid)  # noqa: S311 - a picture, not a secret
    size = _PORTRAIT_PX
    image = _sky(hue, (size, size))
    draw = ImageDraw.Draw(image)
    for at in range(3):
        radius = size * (0.62 - 0.13 * at)
        _fill(draw, polygon(6 + at), size / 2, size / 2, radius, _rgb(hue + 20 * at, 0.5, 0.45 - 0.1 * at))
    helmet: Outline = (
        (-0.7, -0.5),
        (-0.35, -0.95),
        (0.35, -0.95),
        (0.7, -0.5),
        (0.75, 0.4),
        (0.35, 0.95),
        (-0.35, 0.95),
        (-0.75, 0.4),
    )
    visor: Outline = ((-0.58, -0.3), (0.58, -0.3), (0.5, 0.22), (0.12, 0.4), (-0.12, 0.4), (-0.5, 0.22))
    _fill(draw, helmet, size / 2, size * 0.5, size * 0.33, _rgb(hue, 0.55, 0.8))
    _fill(draw, visor, size / 2, size * 0.5, size * 0.33, _rgb(rng.choice((42, 190, 320)), 0.75, 0.95))
    for part in rng.choice(SYMBOLS[3]):
        _fill(draw, part, size / 2, size * 0.88, size * 0.07, (250, 250, 255))
    _fill(draw, star(5, 0.45), size * 0.88, size * 0.12, size * 0.06, _rgb(hue + 180, 0.5, 0.95))
    return image


def _sky(hue: int, size_px: tuple[int, int]) -> Image.Image:
    """A gradient from a deep top to a bright horizon."""
    ramp = Image.linear_gradient("L").resize(size_px)
    top = Image.new("RGB", size_px, _rgb(hue + 25, 0.7, 0.28))
    horizon = Image.new("RGB", size_px, _rgb(hue - 15, 0.35, 0.98))
    return Image.composite(horizon, top, ramp)


def _ring(draw: ImageDraw.ImageDraw, rng: random.Random, hue: int, size_px: tuple[int, int]) -> None:
    width, height = size_px
    x, radius = width * rng.uniform(0.25, 0.75), height * rng.uniform(0.7, 1.1)
    box = (x - radius * 0.7, height * 0.08, x + radius * 0.7, height * 0.08 + radius * 2)
    draw.arc(box, 180, 360, fill=_rgb(hue, 0.12, 0.95), width=max(2, height // 48))


def _range(rng: random.Random, width: int, height: int, base: float) -> list[tuple[float, float]]:
    """Towers from left to right, closed along the lower edge."""
    points: list[tuple[float, float]] = [(0, height)]
    x = 0.0
    while x < width:
        top = base - rng.uniform(0, 0.16) * height
        step = rng.uniform(0.03, 0.1) * width
        points += [(x, top), (x + step, top + rng.choice((0.0, 0.0, 0.03)) * height)]
        x += step
    return [*points, (width, height)]


def _fill(
    draw: ImageDraw.ImageDraw, outline: Outline, x: float, y: float, radius: float, colour: Colour
) -> None:
    draw.polygon([(x + px * radius, y + py * radius) for px, py in outline], fill=colour)


def _rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 360 / 360, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)
