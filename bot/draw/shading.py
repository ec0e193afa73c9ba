"""Gradients as flat stripes.

The renderer takes about 50 ns for each pixel of a gradient and next to nothing for a flat one, so a
picture's background and rows are drawn as stripes no more than two colour steps apart, which look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.draw.palette import PALETTE, blend

__all__ = ["Stripe", "backdrop", "backdrop_at", "fade"]

_BACKDROP_STRIPES: Final = 24
_FADE_STRIPES: Final = 30


@dataclass(frozen=True, slots=True)
class Stripe:
    """A flat part of a gradient, from ``start_px`` on and ``extent_px`` long."""

    start_px: int
    extent_px: int
    colour: str


def backdrop(height_px: int) -> tuple[Stripe, ...]:
    """Return the picture's background from top to bottom."""
    edges = _edges(0, height_px, _BACKDROP_STRIPES)
    return tuple(Stripe(top, end - top, backdrop_at((top + end) / 2 / height_px)) for top, end in edges)


def backdrop_at(part: float) -> str:
    """Return the background's colour at a height of 0 (top) to 1 (bottom)."""
    return blend(PALETTE.sky, PALETTE.ground, part)


def fade(
    base: str, tint: str, *, start_px: int, width_px: int, strong: float, weak: float
) -> tuple[Stripe, ...]:
    """Return ``tint`` on ``base`` from left to right, its opacity falling from ``strong`` to ``weak``."""
    edges = _edges(start_px, width_px, _FADE_STRIPES)
    steps = max(len(edges) - 1, 1)
    return tuple(
        Stripe(left, end - left, blend(base, tint, strong + (weak - strong) * number / steps))
        for number, (left, end) in enumerate(edges)
    )


def _edges(start_px: int, extent_px: int, count: int) -> list[tuple[int, int]]:
    marks = [start_px + extent_px * number // count for number in range(count + 1)]
    return [(start, end) for start, end in pairwise(marks) if end > start]
