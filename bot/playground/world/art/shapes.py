"""Outlines and symbols as points around the origin, in units of their radius."""

from __future__ import annotations

import math

__all__ = ["SYMBOLS", "Outline", "gear", "polygon", "star"]

Outline = tuple[tuple[float, float], ...]
"""A closed line of points, each within −1 to 1, y pointing down."""


def star(points: int, inner: float, *, turn: float = 0.0) -> Outline:
    """A star whose notches reach down to ``inner`` of the radius; the first point is at the top."""
    return tuple(
        _at((1.0 if at % 2 == 0 else inner), turn + at * math.pi / points) for at in range(points * 2)
    )


def polygon(corners: int, *, turn: float = 0.0) -> Outline:
    """A regular polygon standing on the side opposite to its first corner."""
    return tuple(_at(1.0, turn + at * 2 * math.pi / corners) for at in range(corners))


def gear(teeth: int, depth: float = 0.12) -> Outline:
    """A ring of flat teeth."""
    steps = (1.0, 1.0, 1 - depth, 1 - depth)
    return tuple(_at(steps[at % 4], (at - 0.5) * math.pi / (2 * teeth)) for at in range(teeth * 4))


def _at(radius: float, angle: float) -> tuple[float, float]:
    return radius * math.sin(angle), -radius * math.cos(angle)


def _moved(outline: Outline, x: float, y: float, size: float = 1.0) -> Outline:
    return tuple((px * size + x, py * size + y) for px, py in outline)


def _bar(x: float, y: float, width: float, height: float) -> Outline:
    return (x - width, y - height), (x + width, y - height), (x + width, y + height), (x - width, y + height)


def _chevrons(count: int) -> tuple[Outline, ...]:
    top = -0.3 * (count - 1) - 0.15
    shape: Outline = ((-0.8, 0.35), (0, -0.3), (0.8, 0.35), (0.8, 0.65), (0, 0.0), (-0.8, 0.65))
    return tuple(_moved(shape, 0, top + at * 0.6, 0.95) for at in range(count))


def _bars(count: int) -> tuple[Outline, ...]:
    width = min(0.2, 0.8 / count)
    return tuple(
        _bar((at - (count - 1) / 2) * width * 2.7, 0.1 - 0.12 * at, width, 0.55 + 0.1 * at)
        for at in range(count)
    )


def _crosshair() -> tuple[Outline, ...]:
    arms = (
        _bar(0, -0.68, 0.1, 0.3),
        _bar(0, 0.68, 0.1, 0.3),
        _bar(-0.68, 0, 0.3, 0.1),
        _bar(0.68, 0, 0.3, 0.1),
    )
    return (*arms, _moved(polygon(20), 0, 0, 0.22))


_BOLT: Outline = ((0.25, -1), (-0.6, 0.15), (-0.05, 0.15), (-0.25, 1), (0.6, -0.2), (0.08, -0.2))
_FLAME: Outline = (
    (0.05, -1), (0.4, -0.45), (0.3, -0.1), (0.6, -0.35), (0.75, 0.25), (0.45, 0.85),
    (0, 1), (-0.45, 0.85), (-0.75, 0.3), (-0.5, -0.25), (-0.2, 0.05),
)  # fmt: skip
_CROWN: Outline = ((-0.9, 0.6), (-0.9, -0.5), (-0.4, 0.0), (0, -0.75), (0.4, 0.0), (0.9, -0.5), (0.9, 0.6))
_FLAG: Outline = ((-0.55, -1), (0.85, -0.55), (-0.35, -0.05), (-0.35, 1), (-0.55, 1))
_ARROW: Outline = (
    (0, -1),
    (0.75, -0.15),
    (0.28, -0.15),
    (0.28, 1),
    (-0.28, 1),
    (-0.28, -0.15),
    (-0.75, -0.15),
)
_HOURGLASS: Outline = ((-0.7, -0.9), (0.7, -0.9), (0.12, 0), (0.7, 0.9), (-0.7, 0.9), (-0.12, 0))
_WING: Outline = (
    (-0.95, -0.5),
    (-0.15, -0.1),
    (0, -0.8),
    (0.15, -0.1),
    (0.95, -0.5),
    (0.45, 0.35),
    (0, 0.85),
    (-0.45, 0.35),
)
_BLADE: Outline = ((0, -1), (0.2, -0.6), (0.2, 0.3), (0.55, 0.3), (0.55, 0.5), (0.15, 0.5), (0.15, 1), (-0.15, 1),
                   (-0.15, 0.5), (-0.55, 0.5), (-0.55, 0.3), (-0.2, 0.3), (-0.2, -0.6))  # fmt: skip
_SHELL: Outline = (
    (0, -1),
    (0.35, -0.45),
    (0.35, 0.6),
    (0.5, 0.6),
    (0.5, 0.95),
    (-0.5, 0.95),
    (-0.5, 0.6),
    (-0.35, 0.6),
    (-0.35, -0.45),
)
_CROSS: Outline = star(4, 0.4, turn=math.pi / 4)

SYMBOLS: tuple[tuple[tuple[Outline, ...], ...], ...] = (
    # by medal type: spree, mode, multikill, proficiency, skill, style
    ((_FLAME,), _chevrons(1), _chevrons(2), _chevrons(3), (_CROWN,)),
    ((_FLAG,), (_CROWN,), (_HOURGLASS,), (polygon(4),), (_moved(polygon(24), 0, 0, 0.75),), (polygon(3),)),
    (
        _bars(2),
        _bars(3),
        _bars(4),
        _bars(5),
        _bars(6),
        (_BOLT,),
        (_FLAME,),
        (star(6, 0.5),),
        (star(10, 0.6),),
    ),
    ((_SHELL,), (_BLADE,), (_ARROW,), (_WING,), (star(5, 0.45),), (polygon(6),)),
    (_crosshair(), (_BOLT,), (_ARROW,), (_BLADE,), (_CROSS,), (star(3, 0.3),), (polygon(4),)),
    ((_WING,), (star(5, 0.45),), (star(8, 0.55),), (_HOURGLASS,), (_BOLT,), _crosshair()),
)
"""Symbols to tell medals of one type apart."""
