"""What the skill service says of a match: expected kills and deaths, and how each tier would have done."""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import inf, nan

from bot.playground.world.ladder import TIERS, Standing
from bot.playground.world.match import Match, Showing
from bot.playground.world.mode import Sides
from bot.playground.world.plan import Plan

__all__ = ["Expected", "MatchSkill", "measure_skill", "rate_teams"]

_DEVIATION = 0.26
_UNKNOWN_CATEGORY = 77
_ENDLESS_SHARE, _NO_NUMBER_SHARE, _UNMODELLED_SHARE = 0.012, 0.02, 0.01


@dataclass(frozen=True, slots=True)
class Expected:
    """Kills and deaths that a model expects; rarely it has no number."""

    kills: float
    deaths: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSkill:
    """One player's skill answer. ``before`` and ``after`` are None in a match that moves no rank.

    ``own`` is None, and ``tiers`` empty, where the service has no model of the mode. As in the real service a
    team's rating may be infinite, and what a tier would have done no number.
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
    rng: random.Random,
    match: Match,
    showing: Showing,
    move: tuple[Standing, Standing] | None,
    team_ratings: dict[int, float],
) -> MatchSkill:
    """The skill answer for a participant, around what the rating would have earned in the time played."""
    before, after = move or (None, None)
    modelled = match.plan.mode.sides is Sides.TEAMS and match.plan.mode.category != _UNKNOWN_CATEGORY
    modelled = modelled and rng.random() >= _UNMODELLED_SHARE
    minutes = match.plan.playable.total_seconds() / 60 * (showing.seat.left - showing.seat.joined)
    own = _expect(showing.seat.rating, minutes, rng.uniform(0.93, 1.07)) if modelled else None
    return MatchSkill(
        team=showing.seat.team,
        team_ratings=team_ratings,
        before=before,
        after=after,
        kills=showing.kills,
        deaths=showing.deaths,
        own=own,
        deviation=Expected(own.kills * _DEVIATION, own.deaths * _DEVIATION) if own else None,
        tiers=_draw_tiers(rng, minutes) if modelled else {},
    )


def _draw_tiers(rng: random.Random, minutes: float) -> dict[str, Expected]:
    level = rng.uniform(0.97, 1.03)
    tiers = {tier: _expect(300 * at + 150, minutes, level) for at, tier in enumerate(TIERS)}
    if rng.random() < _NO_NUMBER_SHARE:
        tiers[rng.choice(TIERS)] = Expected(nan, nan)
    return tiers


def _expect(rating: int, minutes: float, level: float) -> Expected:
    """More kills and fewer deaths the better the player: monotonic over the tiers."""
    return Expected(
        kills=minutes * level * (0.35 + rating / 1_150),
        deaths=minutes / level * max(0.3, 1.75 - rating / 2_600),
    )


def rate_teams(rng: random.Random, plan: Plan) -> dict[int, float]:
    """Each team's rating, the same for everybody in the match; rarely one of them is endless."""
    ratings: dict[int, list[int]] = {}
    for seat in plan.seats:
        ratings.setdefault(seat.team, []).append(seat.rating)
    rated = {team: sum(them) / len(them) + rng.uniform(-40, 40) for team, them in sorted(ratings.items())}
    if rng.random() < _ENDLESS_SHARE:
        rated[rng.choice(list(rated))] = inf
    return rated
