"""A CSR tier's icon alone, for emojis: a hexagon in the tier's colour with the sub-tier in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.draw.lettering import Lettering
from bot.draw.palette import PALETTE

__all__ = ["TierBadge"]

_EDGE_PX: Final = 128
_RADIUS_PX: Final = 58


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBadge:
    """A tier by its English name ("Diamond"; "" is unranked) and sub-tier, 1 to 6 or None.

    The picture is 128 px square on a transparent ground.
    """

    tier: str
    sub_tier: int | None

    @property
    def template(self) -> str:
        """The file name of its SVG template."""
        return "tier_badge.svg.j2"

    def lay_out(self, lettering: Lettering) -> Mapping[str, object]:
        """Place the icon in the middle."""
        mark = str(self.sub_tier) if self.sub_tier is not None else ""
        return {
            "width": _EDGE_PX,
            "height": _EDGE_PX,
            "radius": _RADIUS_PX,
            "icon": {"colour": PALETTE.tier(self.tier), "mark": lettering.line(mark, _RADIUS_PX, 800)},
        }
