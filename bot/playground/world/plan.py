"""The plan of a match: who sat where, when it was and how it ended, before any kill is told.

A plan is drawn when somebody asks for it; the match is only played out when somebody asks what happened in it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from bot.playground.world.booking import WARM_UP, Lifecycle
from bot.playground.world.mode import Mode, Sides
from bot.playground.world.people import Player
from bot.playground.world.places import Place
from bot.playground.world.playlists import Playlist

__all__ = ["Lifecycle", "Outcome", "Plan", "Seat", "TeamResult"]


class Outcome(IntEnum):
    """The service's numbers for how a match ended for somebody."""

    TIE = 1
    WIN = 2
    LOSS = 3
    DID_NOT_FINISH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One participant. ``joined``, ``left`` and ``switched`` are shares of the playable time, at whole milliseconds.

    ``player`` is None for the bot number ``bot``. ``first_team`` differs from ``team`` after a side switch.
    ``points`` is the own score in a free-for-all.
    """

    player: Player | None
    bot: int | None = None
    team: int
    first_team: int
    outcome: Outcome
    joined: float = 0.0
    left: float = 1.0
    switched: float = 0.0
    points: int = 0

    @property
    def player_id(self) -> str:
        """``xuid(…)`` or ``bid(n.0)``."""
        return self.player.player_id if self.player else f"bid({self.bot}.0)"

    @property
    def rating(self) -> int:
        """The CSR that this participant is worth."""
        return self.player.rating if self.player else 350

    @property
    def teams(self) -> tuple[int, ...]:
        """Every team the participant was on, in order."""
        return (self.team,) if self.first_team == self.team else (self.first_team, self.team)

    def team_at(self, share: float) -> int | None:
        """The team at that share of the match, None while absent."""
        if not self.joined <= share <= self.left:
            return None
        return self.first_team if share < self.switched else self.team

    def share_on(self, team: int) -> float:
        """The share of the match spent on a team."""
        turn = min(max(self.switched, self.joined), self.left)
        if self.first_team == self.team:
            return self.left - self.joined if team == self.team else 0.0
        return turn - self.joined if team == self.first_team else self.left - turn


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamResult:
    """How a match ended for one team."""

    team: int
    score: int
    rounds_won: int
    rounds_lost: int
    rounds_tied: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One match. ``playlist`` is None outside matchmaking; ``rounds`` names the winning team of each round."""

    index: int
    match_id: uuid.UUID
    mode: Mode
    place: Place
    playlist: Playlist | None
    lifecycle: Lifecycle
    ends_at: datetime
    playable: timedelta
    seats: tuple[Seat, ...]
    results: tuple[TeamResult, ...]
    rounds: tuple[int, ...]
    season: str | None

    @property
    def starts_at(self) -> datetime:
        """When the match was made; play begins half a minute later."""
        return self.ends_at - self.playable - WARM_UP

    @property
    def has_teams(self) -> bool:
        """False in a free-for-all, where everybody has a number of their own."""
        return self.mode.sides is not Sides.FREE_FOR_ALL

    @property
    def ranked(self) -> bool:
        """Whether the match moves CSR."""
        return self.playlist is not None and self.playlist.ranked

    def seat_of(self, xuid: int) -> Seat | None:
        """Where a player sat, None if not at all."""
        return next(
            (seat for seat in self.seats if seat.player is not None and seat.player.xuid == xuid), None
        )
