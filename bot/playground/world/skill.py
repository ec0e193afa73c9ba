"""What the skill service says of a match: expected kills and deaths, and how each tier would have done."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.playground.world.ladder import TIERS, Standing
from bot.playground.world.match import Match, Showing
from bot.playground.world.modes import Sides

__all__ = ["Expected", "MatchSkill", "measure_skill"]

_DEVIATION = 0.26


@dataclass(frozen=True, slots=True)
class Expected:
    """Kills and deaths that a model expects."""

    kills: float
    deaths: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSkill:
    """One player's skill answer. ``before`` and ``after`` are None in a match that moves no rank.

    ``own`` is None, and ``tiers`` empty, where the service has no model of the mode.
    """

    team: int
    team_ratings: dict[int, float]
    before: Standing | None
    after: Standing | None
    kills: int
    deaths: int
    own: Expected | None
    deviation: Expected | None
    tiers: dict[str, Expected]


def measure_skill(
    rng: random.Random, match: Match, showing: Showing, move: tuple[Standing, Standing] | None
) -> MatchSkill:
    """The skill answer for a participant, around what the rating would have earned in that match."""
    before, after = move or (None, None)
    modelled = match.plan.mode.sides is Sides.TEAMS and match.plan.mode.category != 77
    minutes = match.plan.playable.total_seconds() / 60
    own = _expect(showing.seat.rating, minutes, rng.uniform(0.93, 1.07)) if modelled else None
    level = rng.uniform(0.97, 1.03)
    return MatchSkill(
        team=showing.seat.team,
        team_ratings=_team_ratings(rng, match),
        before=before,
        after=after,
        kills=showing.kills,
        deaths=showing.deaths,
        own=own,
        deviation=Expected(own.kills * _DEVIATION, own.deaths * _DEVIATION) if own else None,
        tiers={tier: _expect(300 * at + 150, minutes, level) for at, tier in enumerate(TIERS)}
        if modelled
        else {},
    )


def _expect(rating: int, minutes: float, level: float) -> Expected:
    """More kills and fewer deaths the better the player: monotonic over the tiers."""
    return Expected(
        kills=minutes * level * (0.35 + rating / 1_150),
        deaths=minutes / level * max(0.3, 1.75 - rating / 2_600),
    )


def _team_ratings(rng: random.Random, match: Match) -> dict[int, float]:
    ratings: dict[int, list[int]] = {}
    for showing in match.showings:
        ratings.setdefault(showing.seat.team, []).append(showing.seat.rating)
    return {team: sum(them) / len(them) + rng.uniform(-40, 40) for team, them in ratings.items()}
