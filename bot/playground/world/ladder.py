"""Competitive skill rank: its scale, and how every ranked match so far moved it."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from bot.playground.world.plan import Outcome, Plan, Seat

__all__ = ["PLACEMENT_MATCHES", "TIERS", "Ladder", "Standing", "tier_of"]

PLACEMENT_MATCHES = 5
TIERS = ("Bronze", "Silver", "Gold", "Platinum", "Diamond", "Onyx")
_TIER_POINTS, _SUB_TIER_POINTS, _ONYX = 300, 50, 1500
_LEAST, _MOST = 1.0, 2_200.0
_STEP = (5, 13)
_STRONGEST_PULL, _PULL = 3.0, 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank at one moment; ``value`` is −1 while ``remaining`` placement matches are to play."""

    value: int = -1
    remaining: int = PLACEMENT_MATCHES


def tier_of(value: int) -> tuple[str, int, int]:
    """Tier, 0-based sub-tier and where the sub-tier starts; Onyx has no sub-tiers.

    Source: 300 points a tier in six sub-tiers of 50, Onyx from 1500.
    """
    if value < 0:
        return "", 0, 0
    if value >= _ONYX:
        return TIERS[-1], 0, _ONYX
    sub_tier = value % _TIER_POINTS // _SUB_TIER_POINTS
    return TIERS[value // _TIER_POINTS], sub_tier, value // _SUB_TIER_POINTS * _SUB_TIER_POINTS


@dataclass(slots=True)
class _Track:
    """One player's rank in one playlist (and season): the standing after each match, and the best until then."""

    hidden: float = 0.0
    moments: list[datetime] = field(default_factory=list[datetime])
    standings: list[Standing] = field(default_factory=list[Standing])
    bests: list[Standing] = field(default_factory=list[Standing])

    def current(self) -> Standing:
        return self.standings[-1] if self.standings else Standing()

    def add(self, moment: datetime, standing: Standing) -> None:
        best = max((self.bests[-1], standing) if self.bests else (standing,), key=_value)
        self.moments.append(moment)
        self.standings.append(standing)
        self.bests.append(best)

    def at(self, until: datetime | None) -> tuple[Standing, Standing]:
        """The standing at a moment and the best so far."""
        count = len(self.moments) if until is None else bisect_right(self.moments, until)
        return (self.standings[count - 1], self.bests[count - 1]) if count else (Standing(), Standing())


@dataclass(slots=True)
class _Climb:
    """All of one player: what each match moved, and where that led."""

    moves: dict[UUID, tuple[Standing, Standing]] = field(
        default_factory=dict[UUID, tuple[Standing, Standing]]
    )
    seasons: dict[tuple[str, str], _Track] = field(default_factory=dict[tuple[str, str], _Track])
    all_time: dict[str, _Track] = field(default_factory=dict[str, _Track])


class Ladder:
    """Every rank in every ranked playlist and season; a player's is worked out when it is asked for.

    Args:
        seed: Of the world.
        ranked_of: A player's ranked matches so far, oldest first.
    """

    def __init__(self, seed: str, ranked_of: Callable[[int], Iterable[Plan]]) -> None:
        self._seed = seed
        self._ranked_of = ranked_of
        self._climbs: dict[int, _Climb] = {}

    def forget(self, xuid: int) -> None:
        """Works a player's ranks out anew: there is another match."""
        self._climbs.pop(xuid, None)

    def move(self, match_id: UUID, xuid: int) -> tuple[Standing, Standing] | None:
        """A player's rank before and after a match, None when the match was not ranked."""
        return self._climb(xuid).moves.get(match_id)

    def standing(
        self, playlist: str, season: str, xuid: int, until: datetime | None = None
    ) -> tuple[Standing, Standing, Standing]:
        """A player's rank, season's best and best of all time in a playlist, of matches that ended by ``until``."""
        climb = self._climb(xuid)
        current, best = climb.seasons.get((playlist, season), _Track()).at(until)
        _, all_time = climb.all_time.get(playlist, _Track()).at(until)
        remaining = current.remaining
        return current, replace(best, remaining=remaining), replace(all_time, remaining=remaining)

    def _climb(self, xuid: int) -> _Climb:
        climb = self._climbs.get(xuid)
        if climb is None:
            climb = self._climbs[xuid] = _Climb()
            for plan in self._ranked_of(xuid):
                seat = plan.seat_of(xuid)
                if seat is not None:
                    self._tell(climb, plan, seat, xuid)
        return climb

    def _tell(self, climb: _Climb, plan: Plan, seat: Seat, xuid: int) -> None:
        if plan.playlist is None or plan.season is None:
            return
        playlist = plan.playlist.key
        rng = random.Random(f"{self._seed}/ladder/{plan.index}/{xuid}")  # noqa: S311 - a world, not a secret
        track = climb.seasons.get((playlist, plan.season))
        if track is None:
            track = climb.seasons[playlist, plan.season] = _Track(hidden=seat.rating + rng.gauss(0, 60))
        before = track.current()
        track.hidden = _moved(rng, track.hidden, seat)
        remaining = max(0, before.remaining - 1)
        after = Standing(round(track.hidden) if remaining == 0 else -1, remaining)
        track.add(plan.ends_at, after)
        climb.all_time.setdefault(playlist, _Track()).add(plan.ends_at, after)
        climb.moves[plan.match_id] = (before, after)


def _moved(rng: random.Random, hidden: float, seat: Seat) -> float:
    """A step by the result, pulled back to what the player is worth."""
    direction = {Outcome.WIN: 1, Outcome.TIE: 0}.get(seat.outcome, -1)
    pull = max(-_STRONGEST_PULL, min(_STRONGEST_PULL, (seat.rating - hidden) / _PULL))
    return min(_MOST, max(_LEAST, hidden + direction * rng.uniform(*_STEP) + pull))


def _value(standing: Standing) -> int:
    return standing.value
