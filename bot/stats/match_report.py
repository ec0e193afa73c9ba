"""The report on one match, as one player sees it: what ``/lastmatch`` shows, before any wording.

Only data stands here; :mod:`bot.stats.last_match` computes it from models, and :mod:`bot.words` has the
words for it. Gamertags are raw text from players and must be escaped where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

from bot.halo.models.refdata import GameVariantCategory, Outcome, Tier

__all__ = [
    "CsrChange",
    "CsrStanding",
    "Expectation",
    "MatchReport",
    "MedalTally",
    "ObjectiveStat",
    "PlayerLine",
    "StatKind",
    "TeamLine",
]


class StatKind(Enum):
    """How an objective statistic is written."""

    COUNT = "count"
    DURATION = "duration"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveStat:
    """One number of a mode's own statistics.

    ``key`` says which (``flag_captures``). ``value`` is an int for a count and a timedelta for a duration.
    """

    key: str
    kind: StatKind
    value: int | timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrStanding:
    """A competitive skill rank at one moment.

    ``value`` is None while unranked or in placement; ``sub_tier`` is 1 to 6, or None for Onyx and unranked.
    ``placement_done`` of ``placement_total`` matches are played while in placement.
    """

    value: int | None
    tier: Tier | str
    sub_tier: int | None
    placement_done: int = 0
    placement_total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrChange:
    """CSR before and after a ranked match; ``delta`` is None unless both are ranks (placement)."""

    before: CsrStanding
    after: CsrStanding
    delta: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the service expected of a player, beside what happened; each part may be unknown."""

    kills: float | None
    deaths: float | None
    played_like: CsrStanding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedalTally:
    """A medal a player earned, with what the metadata says of it.

    ``name`` is "" for a medal that nobody knows yet. ``sprite_index`` is None for a medal that the metadata does not know: draw a placeholder.
    ``difficulty`` is 0 normal to 3 mythic (and anything the service adds), None when unknown.
    """

    name_id: int
    count: int
    name: str
    description: str
    difficulty: int | None
    sprite_index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerLine:
    """One player's match. Counters are sums over the teams the player was on.

    ``gamertag`` is "" for a player whose name is not known, or a bot that is new.
    ``kda`` and ``accuracy`` (percent) are truncated toward zero to two decimals; accuracy is None
    without a shot. ``joined_after`` and ``left_after`` are offsets from the start of the match.
    """

    player_id: str
    xuid: int | None
    gamertag: str
    is_bot: bool
    is_subject: bool
    team_id: int | None
    rank: int
    outcome: Outcome
    personal_score: int
    kills: int
    deaths: int
    assists: int
    kda: Decimal
    shots_hit: int
    shots_fired: int
    accuracy: Decimal | None
    headshot_kills: int
    perfect_kills: int
    damage_dealt: int
    damage_taken: int
    max_killing_spree: int
    average_life: timedelta | None
    time_played: timedelta
    objective: tuple[ObjectiveStat, ...]
    joined_after: timedelta | None
    left_after: timedelta | None
    csr: CsrChange | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """One team and its score.

    ``shown`` is rounds won in round-based modes (then ``points`` is the score beside it in brackets), else
    the score.
    """

    team_id: int
    outcome: Outcome
    shown: int
    points: int | None
    is_subject: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """A whole match with one player as its subject.

    ``teams`` is empty in free-for-all, where ``place`` of ``contestants`` says how it went; otherwise
    the subject's team comes first. ``players`` are grouped by team in that order, by rank within.
    ``medals`` are the subject's, rarest first. ``playlist_id`` is None in custom and local games.
    ``mode``, ``map_name`` and ``playlist`` are the names that the service gives them, in the language it was
    asked for, and "" where it gives none; ``category`` then still tells the mode.
    ``objective_columns`` are the keys, at most two, of the objective statistics a scoreboard shows; every
    player's ``objective`` holds the same keys in the same order.
    """

    match_id: UUID
    category: GameVariantCategory
    mode: str
    map_name: str
    map_image_url: str | None
    playlist_id: UUID | None
    playlist: str
    is_ranked: bool
    is_firefight: bool
    started_at: datetime
    ended_at: datetime
    duration: timedelta
    subject: PlayerLine
    gamerpic_url: str | None
    teams: tuple[TeamLine, ...]
    place: int | None
    contestants: int
    players: tuple[PlayerLine, ...]
    medals: tuple[MedalTally, ...]
    expectation: Expectation | None
    skill_pending: bool
    objective_columns: tuple[str, ...] = ()
