"""The ranks of one player in all ranked playlists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.draw.csr_card_layout import lay_out_ranks
from bot.draw.csr_card_parts import RankRow
from bot.draw.lettering import Lettering

__all__ = ["CsrBoard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrBoard:
    """The input of a CSR card; all strings are worded, and there is at least one row.

    ``language`` is what the words are in, such as "ja": it decides the forms of CJK characters. ``peak_heads``
    stand above the season's and the all-time peaks, ``note`` at the lower left, ``footer`` at the lower right.

    Raises:
        ValueError: There is no row.
    """

    language: str
    title: str
    subtitle: str
    peak_heads: tuple[str, str]
    rows: tuple[RankRow, ...]
    note: str
    footer: str

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("A CSR card needs a playlist")

    @property
    def template(self) -> str:
        """The file name of its SVG template."""
        return "csr_card.svg.j2"

    def lay_out(self, lettering: Lettering) -> Mapping[str, object]:
        """Place everything; rows get smaller when there are many."""
        return lay_out_ranks(self, lettering)
