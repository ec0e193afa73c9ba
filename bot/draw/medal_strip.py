"""The medals of one player in one match, as tiles: sprite, count and name."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.draw.lettering import Lettering, Line
from bot.draw.palette import PALETTE
from bot.draw.shading import backdrop
from bot.draw.sprites import fit_sprite

__all__ = ["MedalStrip", "StripMedal"]

_MARGIN_PX: Final = 24
_HEADER_PX: Final = 66
_TITLE_SIZE: Final = 22
_HINT_SIZE: Final = 15
# How much smaller than usual a name may be to be whole, and in how many lines.
_NAME_ATTEMPTS: Final = ((0, 2, False), (1, 2, False), (2, 3, False), (2, 3, True))
# Fewer columns than this leave no room for the title.
_FEWEST_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StripMedal:
    """A medal and how often it was earned.

    ``sprite`` is a PNG file as :func:`bot.draw.sprites.cut_sprites` returns them; without one a placeholder
    is drawn, whose rim shows the ``difficulty`` (0 normal to 3 mythic, None when unknown).
    """

    name: str
    count: str
    difficulty: int | None
    sprite: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedalStrip:
    """The input of a medal strip; ``medals`` are drawn in the order given, and there is at least one.

    ``title``, ``hint`` and the counts are worded by the caller: "10 medals, 19 in all", "rarest first", "×3".
    ``language`` is what they are in, such as "ja": it decides the forms of CJK characters.

    Raises:
        ValueError: There is no medal.
    """

    language: str
    title: str
    hint: str
    medals: tuple[StripMedal, ...]

    def __post_init__(self) -> None:
        if not self.medals:
            raise ValueError("A medal strip needs a medal")

    @property
    def template(self) -> str:
        """The file name of its SVG template."""
        return "medal_strip.svg.j2"

    def lay_out(self, lettering: Lettering) -> Mapping[str, object]:
        """Place everything; balanced rows of tiles, smaller ones when there are many."""
        size = next(size for size in _SIZES if len(self.medals) <= size.up_to)
        rows = math.ceil(len(self.medals) / size.columns)
        columns = max(math.ceil(len(self.medals) / rows), _FEWEST_COLUMNS)
        width = 2 * _MARGIN_PX + columns * (size.tile_px + size.gap_px) - size.gap_px
        height = _HEADER_PX + rows * (size.height_px + size.gap_px) - size.gap_px + _MARGIN_PX
        hint = lettering.line(self.hint, _HINT_SIZE, 400, width * 0.4)
        title_px = width - 2 * _MARGIN_PX - hint.width_px - 20
        return {
            "language": self.language,
            "width": width,
            "height": height,
            "backdrop": backdrop(height),
            "margin": _MARGIN_PX,
            "title": lettering.line(self.title, _TITLE_SIZE, 700, title_px),
            "title_size": _TITLE_SIZE,
            "hint": hint,
            "hint_size": _HINT_SIZE,
            "size": size,
            "rim": _rim(size.sprite_px),
            "tiles": [
                _tile(medal, size, place % columns, place // columns, lettering)
                for place, medal in enumerate(self.medals)
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """The measures of a tile, for strips of up to so many medals."""

    up_to: float
    columns: int
    tile_px: int
    height_px: int
    gap_px: int
    sprite_px: int
    inset_px: int
    count_size: int
    name_size: int

    @property
    def text_start_px(self) -> int:
        return self.inset_px + self.sprite_px + self.inset_px

    @property
    def text_px(self) -> int:
        return self.tile_px - self.text_start_px - 8


_SIZES: Final = (
    _Size(
        up_to=20, columns=5, tile_px=224, height_px=98, gap_px=12, sprite_px=76, inset_px=12, count_size=24, name_size=14
    ),
    _Size(
        up_to=42, columns=6, tile_px=180, height_px=78, gap_px=10, sprite_px=58, inset_px=10, count_size=20, name_size=13
    ),
    _Size(
        up_to=math.inf, columns=8, tile_px=146, height_px=66, gap_px=8, sprite_px=44, inset_px=8, count_size=17, name_size=12
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tile:
    """A placed medal; the name's lines stand below the count, all of it centred on the sprite."""

    left: int
    top: int
    image: str | None
    rim_colour: str
    count: Line
    count_y: float
    name: tuple[tuple[Line, float], ...]
    name_size: int


def _tile(medal: StripMedal, size: _Size, column: int, row: int, lettering: Lettering) -> _Tile:
    names, name_size = _name(medal.name, size, lettering)
    leading = name_size * 1.2
    block_px = size.count_size * 0.72 + (size.count_size * 0.3 + leading * len(names) if names else 0)
    top = _HEADER_PX + row * (size.height_px + size.gap_px)
    count_y = top + (size.height_px - block_px) / 2 + size.count_size * 0.72
    sprite = fit_sprite(medal.sprite, size.sprite_px) if medal.sprite else None
    return _Tile(
        left=_MARGIN_PX + column * (size.tile_px + size.gap_px),
        top=top,
        image=b64encode(sprite).decode() if sprite else None,
        rim_colour=PALETTE.medal(medal.difficulty),
        count=lettering.line(f"×{medal.count}", size.count_size, 800, size.text_px),
        count_y=round(count_y, 1),
        name=tuple(
            (line, round(count_y + size.count_size * 0.3 + leading * number, 1))
            for number, line in enumerate(names, start=1)
        ),
        name_size=name_size,
    )


def _name(name: str, size: _Size, lettering: Lettering) -> tuple[tuple[Line, ...], int]:
    """Set a name whole if that can be: smaller, in more lines, at last with a word broken."""
    whole = lettering.clean(name).replace(" ", "")
    lines: tuple[Line, ...] = ()
    name_size = size.name_size
    for smaller, most, split_words in _NAME_ATTEMPTS:
        name_size = size.name_size - smaller
        lines = lettering.lines(name, name_size, 500, size.text_px, most, split_words=split_words)
        if "".join(line.text for line in lines).replace(" ", "") == whole:
            break
    return lines, name_size


def _rim(sprite_px: int) -> str:
    """Return a rim of fourteen teeth around the origin, as the points of a polygon."""
    angles = [math.pi * number / 14 for number in range(28)]
    radii = (sprite_px * 0.49, sprite_px * 0.43)
    points = [
        (math.sin(angle) * radii[n % 2], -math.cos(angle) * radii[n % 2]) for n, angle in enumerate(angles)
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
