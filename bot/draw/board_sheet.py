"""What boards of rows and columns have in common: the sheet they stand on, its foot, and the icons in rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.draw.lettering import Lettering, Line
from bot.draw.palette import PALETTE
from bot.draw.scoreboard_parts import TierIcon
from bot.draw.shading import backdrop

__all__ = ["FOOTER_SIZE", "MARGIN_PX", "Foot", "PlacedIcon", "place_icon", "set_foot", "sheet"]

MARGIN_PX: Final = 24
FOOTER_SIZE: Final = 14
_FOOT_GAP_PX: Final = 20
# What a tier's number takes of its icon's radius; the templates draw it in the same size.
_MARK_PART: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The last line: a footer at the right, and a note at the left in the room that is left."""

    footer: Line
    note: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedIcon:
    """A tier's icon: its colour, and the sub-tier in it."""

    colour: str
    mark: Line


def sheet(language: str, width_px: int, height_px: int) -> Mapping[str, object]:
    """Return what every template needs of a sheet."""
    return {
        "language": language,
        "width": width_px,
        "height": height_px,
        "backdrop": backdrop(height_px),
        "margin": MARGIN_PX,
        "footer_size": FOOTER_SIZE,
    }


def set_foot(
    footer: str, note: str, lettering: Lettering, *, within_px: float, footer_most_px: float
) -> Foot:
    """Set the last line of a sheet that has ``within_px`` between its margins; the footer has the first claim."""
    right = lettering.line(footer, FOOTER_SIZE, 400, footer_most_px)
    left = lettering.line(note, FOOTER_SIZE, 400, within_px - right.width_px - _FOOT_GAP_PX)
    return Foot(footer=right, note=left)


def place_icon(tier: TierIcon | None, radius_px: float, lettering: Lettering) -> PlacedIcon | None:
    """Return a tier's icon of a radius; None draws none."""
    if tier is None:
        return None
    mark = "" if tier.sub_tier is None else str(tier.sub_tier)
    return PlacedIcon(
        colour=PALETTE.tier(tier.tier), mark=lettering.line(mark, radius_px * _MARK_PART, 800, radius_px)
    )
