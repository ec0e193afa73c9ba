"""A page of a server's leaderboard: places, gamerpics, bars and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.draw.leaderboard_layout import lay_out_leaderboard
from bot.draw.leaderboard_parts import BoardRow
from bot.draw.lettering import Lettering

__all__ = ["Leaderboard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """The input of a leaderboard's picture. All strings are worded.

    ``language`` is what the words are in, such as "ja": it decides the forms of CJK characters. ``rows`` are
    drawn in the order given; ``pinned`` stands apart below them. ``message`` takes the place of rows where there
    are none. ``note`` stands at the lower left, ``footer`` at the lower right.
    """

    language: str
    title: str
    subtitle: str
    rows: tuple[BoardRow, ...]
    pinned: BoardRow | None
    message: tuple[str, ...]
    note: str
    footer: str

    @property
    def template(self) -> str:
        """The file name of its SVG template."""
        return "leaderboard.svg.j2"

    def lay_out(self, lettering: Lettering) -> Mapping[str, object]:
        """Place everything; the height follows from the rows."""
        return lay_out_leaderboard(self, lettering)
