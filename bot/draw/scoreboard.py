"""The scoreboard of a match: who played, how well, and who won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.draw.lettering import Lettering
from bot.draw.scoreboard_layout import lay_out_scoreboard
from bot.draw.scoreboard_parts import Place, Side

__all__ = ["Scoreboard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoreboard:
    """The input of a scoreboard. All strings are worded; ``heads`` and every row's cells are as many.

    ``language`` is what the words are in, such as "ja": it decides the forms of CJK characters.

    ``outcome`` is the English key of the outcome, such as ``WIN``, which colours the pill. Sides come in
    the order in which they are drawn; those without a name show no score in the header.
    """

    language: str
    outcome: str
    pill: str
    title: str
    subtitle: str
    player_head: str
    heads: tuple[str, ...]
    sides: tuple[Side, ...]
    place: Place | None
    legend: str
    footer: str

    @property
    def template(self) -> str:
        """The file name of its SVG template."""
        return "scoreboard.svg.j2"

    def lay_out(self, lettering: Lettering) -> Mapping[str, object]:
        """Place everything; rows get smaller when there are many."""
        return lay_out_scoreboard(self, lettering)
