"""Competitive skill rank: its scale, and how every ranked match so far moved it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from bot.playground.world.plan import Outcome, Plan, Seat

__all__ = ["PLACEMENT_MATCHES", "TIERS", "Ladder", "Standing", "tier_of"]

PLACEMENT_MATCHES = 5
TIERS = ("Bronze", "Silver", "Gold", "Platinum", "Diamond", "Onyx")
_TIER_POINTS, _SUB_TIER_POINTS, _ONYX = 300, 50, 1500


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank at one moment; ``value`` is −1 while ``remaining`` placement matches are to play."""

    value: int = -1
    remaining: int = PLACEMENT_MATCHES


@dataclass(frozen=True, slots=True)
class _Record:
    current: Standing = Standing()
    best: Standing = Standing()
    hidden: float = 0.0


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


class Ladder:
    """Every rank in every ranked playlist and season, after all plans that it was told of, in their order."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._records: dict[tuple[str, str, int], _Record] = {}
        self._all_time: dict[tuple[str, int], Standing] = {}
        self._moves: dict[tuple[UUID, int], tuple[Standing, Standing]] = {}

    def tell(self, plans: Iterable[Plan]) -> None:
        """Moves the ranks by more matches, oldest first; unranked ones move nothing."""
        for plan in plans:
            if plan.ranked and plan.playlist is not None and plan.season is not None:
                for seat in plan.seats:
                    self._move(plan, plan.playlist.key, plan.season, seat)

    def move(self, match_id: UUID, xuid: int) -> tuple[Standing, Standing] | None:
        """A player's rank before and after a match, None when the match was not ranked."""
        return self._moves.get((match_id, xuid))

    def standing(self, playlist: str, season: str, xuid: int) -> tuple[Standing, Standing, Standing]:
        """A player's current rank, season's best and best of all time in a playlist."""
        record = self._records.get((playlist, season, xuid), _Record())
        best = self._all_time.get((playlist, xuid), Standing())
        return record.current, record.best, replace(best, remaining=record.current.remaining)

    def _move(self, plan: Plan, playlist: str, season: str, seat: Seat) -> None:
        if seat.player is None:
            return
        xuid = seat.player.xuid
        key = (playlist, season, xuid)
        rng = random.Random(f"{self._seed}/ladder/{plan.index}/{xuid}")  # noqa: S311 - a world, not a secret
        record = self._records.get(key) or _Record(hidden=seat.rating + rng.gauss(0, 60))
        after = _moved(rng, record, seat)
        value = after.current.value
        best = max(record.best, after.current, key=lambda standing: standing.value)
        self._records[key] = replace(after, best=replace(best, remaining=after.current.remaining))
        if value > self._all_time.get((playlist, xuid), Standing()).value:
            self._all_time[playlist, xuid] = after.current
        self._moves[plan.match_id, xuid] = (record.current, after.current)


def _moved(rng: random.Random, record: _Record, seat: Seat) -> _Record:
    """A step of 3 to 15 points by the result, pulled back to what the player is worth."""
    direction = {Outcome.WIN: 1, Outcome.TIE: 0}.get(seat.outcome, -1)
    pull = (seat.rating - record.hidden) / 60
    hidden = min(
        2_200.0, max(1.0, record.hidden + direction * rng.uniform(5, 13) + max(-3.0, min(3.0, pull)))
    )
    remaining = max(0, record.current.remaining - 1)
    return replace(
        record, current=Standing(round(hidden) if remaining == 0 else -1, remaining), hidden=hidden
    )
