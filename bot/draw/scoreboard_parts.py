"""The parts of a scoreboard's input: sides, their players' rows, and the numbers in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Cell", "Mark", "Place", "PlayerRow", "Side", "TierIcon", "Tone"]


class Mark(Enum):
    """How a number stands out."""

    NONE = 0
    BEST_IN_TEAM = 1
    BEST_IN_MATCH = 2


class Tone(Enum):
    """What a number means for the player: its colour."""

    PLAIN = "text"
    MUTED = "muted"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number of a row, as text."""

    text: str
    mark: Mark = Mark.NONE
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class TierIcon:
    """A CSR tier by its English name ("Diamond"; "" is unranked) and sub-tier, 1 to 6 or None."""

    tier: str
    sub_tier: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerRow:
    """A player's line; ``tier`` None draws no icon, ``note`` stands small beside the name."""

    rank: str
    name: str
    note: str
    tier: TierIcon | None
    cells: tuple[Cell, ...]
    is_subject: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A team with its players, or everybody in a free-for-all (``team_id`` None, no name and no score).

    ``points`` is the small score in brackets of modes that are played in rounds, or "".
    """

    team_id: int | None
    name: str
    score: str
    points: str
    rows: tuple[PlayerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of the subject in a free-for-all: "3", "/ 8" and what that is, "Place"."""

    place: str
    contestants: str
    caption: str
