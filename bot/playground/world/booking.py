"""What is decided of a match before its plan is drawn: when, where, how, and who takes part."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, Flag, auto

from bot.playground.world.mode import Mode, Sides
from bot.playground.world.people import Player
from bot.playground.world.places import Place
from bot.playground.world.playlists import Playlist

__all__ = ["WARM_UP", "Booking", "Lifecycle", "Twist", "seats_needed"]

WARM_UP = timedelta(seconds=30)
"""From when a match is made until it is played."""


class Lifecycle(Enum):
    """Where a match came from; the value is the service's LifecycleMode."""

    CUSTOM = 1
    MATCHMADE = 3
    LOCAL = 7


class Twist(Flag):
    """What can go differently than usual in a match."""

    NONE = 0
    LATE_JOINER = auto()
    """Somebody joins late; with a leaver, in the leaver's place."""
    LEAVER = auto()
    BACKFILL = auto()
    """A bot takes the leaver's place."""
    BOTS = auto()
    SIDE_SWITCH = auto()
    TIE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One match to come. ``cast`` sits in this order; whoever has no seat left is the leaver's substitute.

    ``index`` is a number that no other match of the world has, ``season`` a bare id (None outside
    matchmaking). ``spares_lead`` keeps every twist away from the first of the cast.
    """

    index: int
    match_id: uuid.UUID
    mode: Mode
    place: Place
    playlist: Playlist | None
    lifecycle: Lifecycle
    ends_at: datetime
    playable: timedelta
    season: str | None
    cast: tuple[Player, ...]
    twist: Twist = Twist.NONE
    spares_lead: bool = True

    @property
    def starts_at(self) -> datetime:
        """When the match was made."""
        return self.ends_at - self.playable - WARM_UP

    @property
    def ranked(self) -> bool:
        """Whether the match moves CSR."""
        return self.playlist is not None and self.playlist.ranked


def seats_needed(mode: Mode, playlist: Playlist | None) -> tuple[int, int]:
    """How many sides and how many seats a side."""
    size = (playlist.team_size if playlist else None) or mode.team_size
    match mode.sides:
        case Sides.TEAMS:
            return 2, size
        case Sides.TOGETHER:
            return 1, size
        case Sides.FREE_FOR_ALL:
            return mode.team_size, 1
