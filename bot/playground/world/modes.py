"""Every way to play that the client knows, as data: who fights whom, what scores, what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["MODES", "Arms", "Mode", "Scoring", "Sides"]


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
    ``respawns`` is False where a death lasts until the round ends.
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
    arms: Arms = Arms()


_FREE = Sides.FREE_FOR_ALL
_TACTICAL = Arms(headshot=0.86, melee=0.03, grenade=0.01, power=0.02)
_CHAOS = Arms(headshot=0.12, melee=0.14, grenade=0.08, power=0.55)
_HAMMERS = Arms(headshot=0.0, melee=0.97, grenade=0.0, power=0.03)

_ALL = (
    Mode(
        key="slayer",
        category=6,
        name="Slayer",
        description="Slay the other team.",
        target=50,
        minutes=(7, 12),
        scoring=Scoring.KILLS,
        player_score_is_kills=True,
    ),
    Mode(
        key="ranked_slayer",
        category=6,
        name="Ranked:Slayer",
        description="Slay the other team, without radar.",
        target=50,
        minutes=(7, 12),
        scoring=Scoring.KILLS,
        player_score_is_kills=True,
    ),
    Mode(
        key="tactical",
        category=6,
        name="Ranked:Tactical Slayer",
        description="No shields, all aim.",
        target=50,
        minutes=(6, 11),
        scoring=Scoring.KILLS,
        player_score_is_kills=True,
        arms=_TACTICAL,
    ),
    Mode(
        key="swat",
        category=10,
        name="SWAT",
        description="No shields, one good shot.",
        target=50,
        minutes=(6, 10),
        scoring=Scoring.KILLS,
        player_score_is_kills=True,
        arms=_TACTICAL,
    ),
    Mode(
        key="fiesta",
        category=9,
        name="Fiesta:Slayer",
        description="Random weapons on every spawn.",
        target=50,
        minutes=(7, 11),
        scoring=Scoring.KILLS,
        player_score_is_kills=True,
        arms=_CHAOS,
    ),
    Mode(
        key="btb_slayer",
        category=6,
        name="BTB:Slayer",
        description="Twelve against twelve.",
        target=100,
        minutes=(9, 13),
        scoring=Scoring.KILLS,
        player_score_is_kills=True,
        team_size=12,
    ),
    Mode(
        key="ffa",
        category=6,
        name="FFA:Slayer",
        description="Everybody against everybody.",
        target=25,
        minutes=(7, 11),
        sides=_FREE,
        scoring=Scoring.KILLS,
        player_score_is_kills=True,
        team_size=8,
    ),
    Mode(
        key="attrition",
        category=7,
        name="Attrition",
        description="Shared lives; the last team stands.",
        target=2,
        minutes=(6, 10),
        scoring=Scoring.ROUNDS,
    ),
    Mode(
        key="elimination",
        category=8,
        name="Elimination",
        description="One life a round.",
        target=3,
        minutes=(5, 9),
        scoring=Scoring.ROUNDS,
        respawns=False,
    ),
    Mode(
        key="strongholds",
        category=11,
        name="Strongholds",
        description="Hold two of three zones.",
        target=200,
        minutes=(8, 13),
    ),
    Mode(
        key="koth",
        category=12,
        name="King of the Hill",
        description="Hold the hill that moves.",
        target=4,
        minutes=(8, 13),
    ),
    Mode(
        key="total_control",
        category=14,
        name="BTB:Total Control",
        description="Take every zone at once.",
        target=3,
        minutes=(9, 15),
        team_size=12,
        kills_per_minute=0.8,
    ),
    Mode(key="ctf", category=15, name="CTF", description="Bring their flag home.", target=3, minutes=(7, 12)),
    Mode(
        key="assault",
        category=16,
        name="Neutral Bomb",
        description="Plant the bomb in their base.",
        target=3,
        minutes=(6, 11),
    ),
    Mode(
        key="extraction",
        category=17,
        name="Extraction",
        description="Start and guard the extractors.",
        target=4,
        minutes=(7, 12),
    ),
    Mode(
        key="oddball",
        category=18,
        name="Oddball",
        description="Hold the skull.",
        target=2,
        minutes=(8, 15),
        scoring=Scoring.POINTS_IN_ROUNDS,
    ),
    Mode(
        key="stockpile",
        category=19,
        name="BTB:Stockpile",
        description="Bring power seeds home.",
        target=3,
        minutes=(9, 15),
        team_size=12,
        kills_per_minute=0.8,
    ),
    Mode(
        key="infection",
        category=22,
        name="Infection",
        description="Survive, or spread.",
        target=0,
        minutes=(6, 10),
        sides=_FREE,
        team_size=12,
        arms=Arms(headshot=0.3, melee=0.35, grenade=0.02, power=0.02),
    ),
    Mode(
        key="vip",
        category=23,
        name="VIP",
        description="Guard yours, hunt theirs.",
        target=10,
        minutes=(6, 10),
    ),
    Mode(
        key="escalation",
        category=24,
        name="Escalation Slayer",
        description="A kill changes your weapons.",
        target=11,
        minutes=(6, 10),
        arms=_CHAOS,
    ),
    Mode(
        key="grifball",
        category=25,
        name="Grifball",
        description="Hammers, swords and a ball.",
        target=5,
        minutes=(5, 9),
        kills_per_minute=2.4,
        arms=_HAMMERS,
    ),
    Mode(
        key="land_grab",
        category=39,
        name="Land Grab",
        description="Every zone counts once.",
        target=11,
        minutes=(7, 12),
    ),
    Mode(
        key="minigame",
        category=41,
        name="Minigame",
        description="Something made in Forge.",
        target=15,
        minutes=(5, 9),
        sides=_FREE,
        team_size=8,
        kills_per_minute=0.7,
    ),
    Mode(
        key="firefight",
        category=42,
        name="Firefight:Heroic",
        description="Hold hills against the Banished.",
        target=5,
        minutes=(12, 19),
        sides=Sides.TOGETHER,
        kills_per_minute=3.1,
    ),
    Mode(
        key="unheard_of",
        category=77,
        name="Gravity Relay",
        description="A mode of an update to come.",
        target=30,
        minutes=(6, 10),
    ),
)
MODES = {mode.key: mode for mode in _ALL}
"""Every mode by its key."""
