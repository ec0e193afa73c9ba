"""The state that buttons carry in their custom id: what was asked, and whose ranks of which season are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from bot.stats.csr_seasons import season_number

__all__ = ["Query", "Shown"]

LONGEST_PLAYER: Final = 40
SEASON: Final = r"(?P<season>[A-Za-z0-9_-]{0,16})"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked with ``/csr``: enough to ask it again."""

    player: str | None
    season: str | None
    private: bool

    PATTERN: ClassVar[str] = rf"(?P<private>[01]):{SEASON}:(?P<player>(?s:.{{0,{LONGEST_PLAYER}}}))"

    def encode(self) -> str:
        """As a part of a custom id. What no gamertag or season can be is left out: it was refused anyway."""
        player = self.player or ""
        kept = player if len(player) <= LONGEST_PLAYER else ""
        return f"{int(self.private)}:{_written(self.season)}:{kept}"

    @classmethod
    def decode(cls, match: re.Match[str]) -> Query:
        """From a match of :attr:`PATTERN`."""
        return cls(match["player"] or None, match["season"] or None, match["private"] == "1")

    def about(self, player: str | None) -> Query:
        """Return the same question about another player; None is whoever asks."""
        return replace(self, player=player)


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose ranks a message shows, and of which season, by its number; None means whichever is the current one."""

    xuid: int
    season: str | None

    PATTERN: ClassVar[str] = rf"(?P<xuid>[0-9]{{16}}):{SEASON}"

    def encode(self) -> str:
        """As a part of a custom id."""
        return f"{self.xuid}:{_written(self.season)}"

    @classmethod
    def decode(cls, match: re.Match[str]) -> Shown:
        """From a match of :attr:`PATTERN`."""
        return cls(int(match["xuid"]), match["season"] or None)


def _written(season: str | None) -> str:
    """A season as a custom id can hold it: as it was named, or else the number in those words."""
    if season is None or re.fullmatch(SEASON, season):
        return season or ""
    return season_number(season) or ""
