"""What one participant, or a whole team, did in a match: the counters that every mode has."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.playground.world.feed import Kill, Method
from bot.playground.world.modes import Sides
from bot.playground.world.plan import Plan

__all__ = ["Tally", "sum_tallies", "tally_feed"]

_DAMAGE_A_HIT = 24
_TAKE_LARGEST = frozenset({"max_killing_spree"})
_METHOD_COUNTERS = {
    Method.HEADSHOT: "headshot_kills",
    Method.MELEE: "melee_kills",
    Method.GRENADE: "grenade_kills",
    Method.POWER: "power_weapon_kills",
}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counters of one participant on one team; ``lived_ms`` is the time alive over ``spawns`` lives.

    ``enemy_kills`` are kills of the game's own creatures and part of ``kills``.
    """

    kills: int = 0
    deaths: int = 0
    assists: int = 0
    suicides: int = 0
    betrayals: int = 0
    grenade_kills: int = 0
    headshot_kills: int = 0
    melee_kills: int = 0
    power_weapon_kills: int = 0
    shots_fired: int = 0
    shots_hit: int = 0
    damage_dealt: int = 0
    damage_taken: int = 0
    callout_assists: int = 0
    max_killing_spree: int = 0
    spawns: int = 0
    lived_ms: int = 0
    enemy_kills: int = 0


def sum_tallies(tallies: Sequence[Tally]) -> Tally:
    """The tally of all together: sums, and the longest of the sprees."""
    total = Tally()
    for name in _NAMES:
        values = [getattr(tally, name) for tally in tallies]
        setattr(total, name, max(values, default=0) if name in _TAKE_LARGEST else sum(values))
    return total


def tally_feed(rng: random.Random, plan: Plan, feed: Sequence[Kill]) -> dict[tuple[int, int], Tally]:
    """The tallies by seat number and team, agreeing with the feed."""
    return _Scorekeeper(rng, plan).tally(feed)


class _Scorekeeper:
    def __init__(self, rng: random.Random, plan: Plan) -> None:
        self._rng = rng
        self._plan = plan
        self._length_ms = round(plan.playable.total_seconds() * 1000)
        self._tallies = {(at, team): Tally() for at, seat in enumerate(plan.seats) for team in seat.teams}
        self._spree = dict.fromkeys(self._tallies, 0)

    def tally(self, feed: Sequence[Kill]) -> dict[tuple[int, int], Tally]:
        for kill in feed:
            self._count(kill)
        for _ in feed:
            self._exchange(self._rng.randrange(self._length_ms))
        for (at, team), tally in self._tallies.items():
            self._finish(tally, at, team)
        return self._tallies

    def _of(self, at: int, time_ms: int) -> Tally:
        return self._tallies[self._key(at, time_ms)]

    def _key(self, at: int, time_ms: int) -> tuple[int, int]:
        seat = self._plan.seats[at]
        team = seat.team_at(time_ms / self._length_ms)
        return at, seat.team if team is None else team

    def _count(self, kill: Kill) -> None:
        if kill.victim is not None:
            key = self._key(kill.victim, kill.time_ms)
            self._tallies[key].deaths += 1
            self._spree[key] = 0
            if kill.killer is None and self._plan.mode.sides is not Sides.TOGETHER:
                self._tallies[key].suicides += 1
        if kill.killer is not None:
            self._credit(kill, kill.killer)
        self._hurt(kill)

    def _credit(self, kill: Kill, at: int) -> None:
        key = self._key(at, kill.time_ms)
        killer = self._tallies[key]
        killer.kills += 1
        killer.enemy_kills += kill.victim is None
        self._spree[key] += 1
        killer.max_killing_spree = max(killer.max_killing_spree, self._spree[key])
        if counter := _METHOD_COUNTERS.get(kill.method):
            setattr(killer, counter, getattr(killer, counter) + 1)
        if kill.assistant is not None:
            helper = self._of(kill.assistant, kill.time_ms)
            helper.assists += 1
            helper.callout_assists += self._rng.random() < 0.15

    def _hurt(self, kill: Kill) -> None:
        damage = self._rng.randint(190, 260)
        if kill.victim is not None:
            self._of(kill.victim, kill.time_ms).damage_taken += damage
        if kill.killer is None:
            return
        by_helper = self._rng.randint(40, damage // 2) if kill.assistant is not None else 0
        self._of(kill.killer, kill.time_ms).damage_dealt += damage - by_helper
        if kill.assistant is not None:
            self._of(kill.assistant, kill.time_ms).damage_dealt += by_helper

    def _exchange(self, time_ms: int) -> None:
        """Two opponents hurt each other and part."""
        share = time_ms / self._length_ms
        present = [(at, seat.team_at(share)) for at, seat in enumerate(self._plan.seats)]
        standing = [(at, team) for at, team in present if team is not None]
        one, side = self._rng.choice(standing)
        foes = [at for at, team in standing if team != side]
        damage = self._rng.randint(30, 170)
        self._of(one, time_ms).damage_taken += damage
        if foes:
            self._of(self._rng.choice(foes), time_ms).damage_dealt += damage

    def _finish(self, tally: Tally, at: int, team: int) -> None:
        seat = self._plan.seats[at]
        if self._plan.mode.arms.melee < 0.9:
            tally.shots_hit = tally.damage_dealt // _DAMAGE_A_HIT + tally.headshot_kills
            accuracy = min(0.72, max(0.12, self._rng.gauss(0.30 + seat.rating / 8_000, 0.05)))
            tally.shots_fired = max(tally.shots_hit, round(tally.shots_hit / accuracy))
        present_ms = round(seat.share_on(team) * self._length_ms)
        tally.spawns = tally.deaths + 1 if self._plan.mode.respawns else max(1, len(self._plan.rounds))
        tally.lived_ms = max(0, present_ms - tally.deaths * self._rng.randint(5_000, 9_000))


_NAMES = tuple(field.name for field in fields(Tally))
