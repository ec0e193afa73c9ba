"""What a way to play is: who fights whom, what scores, what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Arms", "Mode", "Scoring", "Sides"]

_ON_FOOT = 4


class Sides(Enum):
    """Who stands against whom."""

    TEAMS = "teams"
    FREE_FOR_ALL = "free for all"
    TOGETHER = "together against the game"


class Scoring(Enum):
    """What the score of a side counts."""

    KILLS = "kills"
    POINTS = "points"
    ROUNDS = "rounds"
    POINTS_IN_ROUNDS = "points in rounds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """How often a kill falls to each way of killing; the rest are plain shots. Shares of 1."""

    headshot: float = 0.5
    melee: float = 0.1
    grenade: float = 0.06
    power: float = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A game mode.

    ``category`` is the service's GameVariantCategory. ``target`` is the score (or the rounds) that wins.
    ``kills_per_minute`` is of one player and only rules where kills are not the score.
    ``respawns`` is False where a death lasts until the round ends. The score of a single player is their kills
    (``player_score_is_kills``), their part of the team's score (``player_score_is_part``), or nothing.
    """

    key: str
    category: int
    name: str
    description: str
    target: int
    minutes: tuple[float, float]
    sides: Sides = Sides.TEAMS
    scoring: Scoring = Scoring.POINTS
    team_size: int = 4
    kills_per_minute: float = 1.2
    respawns: bool = True
    player_score_is_kills: bool = False
    player_score_is_part: bool = False
    arms: Arms = Arms()

    @property
    def has_vehicles(self) -> bool:
        """Whether it is played where there is room to drive."""
        return self.sides is Sides.TEAMS and self.team_size > _ON_FOOT
