"""The state that buttons carry in their custom id: what was asked, and which match is shown."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar
from uuid import UUID

from bot.reports.found_match import Position
from bot.reports.histories import Kind

__all__ = ["Face", "Query", "Shown"]

KIND_LETTERS: dict[Kind, str] = {"all": "a", "matchmaking": "m", "custom": "c", "local": "l"}
LETTER_KINDS: dict[str, Kind] = {letter: kind for kind, letter in KIND_LETTERS.items()}
LONGEST_PLAYER = 40
FARTHEST = 999_999


class Face(Enum):
    """Which side of a match a message shows."""

    SUMMARY = "m"
    SCOREBOARD = "s"
    MEDALS = "d"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked with ``/lastmatch``: enough to ask it again."""

    player: str | None
    kind: Kind
    ago: int
    private: bool

    PATTERN: ClassVar[str] = (
        r"(?P<kind>[amcl]):(?P<ago>[0-9]{1,2}):(?P<private>[01]):(?P<player>(?s:.{0,40}))"
    )

    def encode(self) -> str:
        """As a part of a custom id. A name that no gamertag can have is left out: it was refused anyway."""
        player = self.player or ""
        kept = player if len(player) <= LONGEST_PLAYER else ""
        return f"{KIND_LETTERS.get(self.kind, 'a')}:{self.ago}:{int(self.private)}:{kept}"

    @classmethod
    def decode(cls, match: re.Match[str]) -> Query:
        """From a match of :attr:`PATTERN`."""
        kind = LETTER_KINDS[match["kind"]]
        return cls(match["player"] or None, kind, int(match["ago"]), match["private"] == "1")

    def about(self, player: str | None) -> Query:
        """Return the same question about another player; None is whoever asks."""
        return replace(self, player=player)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which match of whom a message shows, and where it stood in the history then."""

    xuid: int
    match_id: UUID
    position: Position
    face: Face

    PATTERN: ClassVar[str] = (
        r"(?P<xuid>[0-9]{16}):(?P<match>[A-Za-z0-9_-]{22}):(?P<kind>[amcl]):(?P<index>[0-9]{1,6}):(?P<face>[msd])"
    )

    def encode(self) -> str:
        """As a part of a custom id."""
        match = base64.urlsafe_b64encode(self.match_id.bytes).decode().rstrip("=")
        index = min(self.position.index, FARTHEST)
        return f"{self.xuid}:{match}:{KIND_LETTERS[self.position.kind]}:{index}:{self.face.value}"

    @classmethod
    def decode(cls, match: re.Match[str]) -> Shown:
        """From a match of :attr:`PATTERN`."""
        return cls(
            int(match["xuid"]),
            UUID(bytes=base64.urlsafe_b64decode(match["match"] + "==")),
            Position(LETTER_KINDS[match["kind"]], int(match["index"])),
            Face(match["face"]),
        )
