"""What one participant, or a whole team, did in a match: the counters that every mode has."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from bot.playground.world.feed import Kill, Method
from bot.playground.world.mode import Sides
from bot.playground.world.plan import Plan
from bot.playground.world.presence import Phase

__all__ = ["Tally", "sum_tallies", "tally_feed"]

_DAMAGE_A_HIT = 26
_CALLOUT_SHARE = 0.15
_TAKE_LARGEST = frozenset({"max_killing_spree"})


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
    vehicle_destroys: int = 0
    driver_assists: int = 0
    hijacks: int = 0
    max_killing_spree: int = 0
    spawns: int = 0
    lived_ms: int = 0
    enemy_kills: int = 0

    def add(self, other: Tally) -> None:
        """Takes in another tally: sums, and the longer of the sprees."""
        for name in _NAMES:
            value: int = getattr(other, name)
            if value:
                setattr(self, name, getattr(self, name) + value)
        self.max_killing_spree = max(self.max_killing_spree, other.max_killing_spree)


_NAMES = tuple(field.name for field in fields(Tally) if field.name not in _TAKE_LARGEST)


def sum_tallies(tallies: Iterable[Tally]) -> Tally:
    """The tally of all together: sums, and the longest of the sprees."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def tally_feed(
    rng: random.Random, plan: Plan, phases: Sequence[Phase], feed: Sequence[Kill]
) -> dict[tuple[int, int], Tally]:
    """The tallies by seat number and team, agreeing with the feed; ``phases`` are the plan's."""
    return _Scorekeeper(rng, plan).tally(phases, feed)


class _Scorekeeper:
    def __init__(self, rng: random.Random, plan: Plan) -> None:
        self._draw = rng.random
        self._gauss = rng.gauss
        self._plan = plan
        self._length_ms = round(plan.playable.total_seconds() * 1000)
        self._tallies = {(at, team): Tally() for at, seat in enumerate(plan.seats) for team in seat.teams}
        self._final = [self._tallies[at, seat.team] for at, seat in enumerate(plan.seats)]
        self._switched = {
            at: (round(seat.switched * self._length_ms), self._tallies[at, seat.first_team])
            for at, seat in enumerate(plan.seats)
            if seat.first_team != seat.team
        }
        self._spree = {id(tally): 0 for tally in self._tallies.values()}
        self._ways = {id(tally): [0] * len(Method) for tally in self._tallies.values()}
        self._counts_suicides = plan.mode.sides is not Sides.TOGETHER

    def tally(self, phases: Sequence[Phase], feed: Sequence[Kill]) -> dict[tuple[int, int], Tally]:
        for kill in feed:
            self._count(kill)
            self._hurt(kill)
        for phase in phases:
            share = (phase.end_ms - phase.start_ms) / self._length_ms
            self._exchange(phase, round(len(feed) * share))
        for (at, team), tally in self._tallies.items():
            self._finish(tally, at, team)
        return self._tallies

    def _of(self, at: int, time_ms: int) -> Tally:
        if self._switched and at in self._switched:
            switched_ms, first = self._switched[at]
            return first if time_ms < switched_ms else self._final[at]
        return self._final[at]

    def _count(self, kill: Kill) -> None:
        time_ms, killer, victim, assistant, method = kill
        if victim is not None:
            fallen = self._of(victim, time_ms)
            fallen.deaths += 1
            self._spree[id(fallen)] = 0
            if killer is None and self._counts_suicides:
                fallen.suicides += 1
        if killer is None:
            return
        tally = self._of(killer, time_ms)
        tally.kills += 1
        tally.enemy_kills += victim is None
        self._spree[id(tally)] += 1
        if self._spree[id(tally)] > tally.max_killing_spree:
            tally.max_killing_spree += 1
        self._ways[id(tally)][method] += 1
        if assistant is not None:
            helper = self._of(assistant, time_ms)
            helper.assists += 1
            helper.callout_assists += self._draw() < _CALLOUT_SHARE

    def _hurt(self, kill: Kill) -> None:
        time_ms, killer, victim, assistant, _ = kill
        damage = 190 + int(self._draw() * 71)
        if victim is not None:
            self._of(victim, time_ms).damage_taken += damage
        if killer is None:
            return
        if assistant is not None:
            by_helper = 40 + int(self._draw() * (damage // 2 - 39))
            self._of(assistant, time_ms).damage_dealt += by_helper
            damage -= by_helper
        self._of(killer, time_ms).damage_dealt += damage

    def _exchange(self, phase: Phase, count: int) -> None:
        """Opponents hurt each other and part."""
        draw, present = self._draw, phase.present
        foes = {team: phase.foes(team) for team in {*phase.team_of} if team is not None}
        tallies = [self._of(at, phase.start_ms) for at in range(len(self._plan.seats))]
        for _ in range(count if present else 0):
            damage = 30 + int(draw() * 141)
            one = present[int(draw() * len(present))]
            tallies[one].damage_taken += damage
            others = foes[phase.team_of[one] or 0]
            if others:
                tallies[others[int(draw() * len(others))]].damage_dealt += damage

    def _finish(self, tally: Tally, at: int, team: int) -> None:
        seat, ways = self._plan.seats[at], self._ways[id(tally)]
        tally.headshot_kills, tally.melee_kills = ways[Method.HEADSHOT], ways[Method.MELEE]
        tally.grenade_kills, tally.power_weapon_kills = ways[Method.GRENADE], ways[Method.POWER]
        if self._plan.mode.arms.melee < 0.9:
            tally.shots_hit = tally.damage_dealt // _DAMAGE_A_HIT + tally.headshot_kills
            accuracy = min(0.72, max(0.12, self._gauss(0.30 + seat.rating / 8_000, 0.05)))
            tally.shots_fired = max(tally.shots_hit, round(tally.shots_hit / accuracy))
        if self._plan.mode.has_vehicles:
            tally.vehicle_destroys = int(tally.kills * 0.16 * self._draw() + self._draw() * 0.9)
            tally.driver_assists = int(tally.assists * 0.2 * self._draw())
            tally.hijacks = int(self._draw() * 1.12)
        present_ms = round(seat.share_on(team) * self._length_ms)
        tally.spawns = tally.deaths + 1 if self._plan.mode.respawns else max(1, len(self._plan.rounds))
        tally.lived_ms = max(0, present_ms - tally.deaths * (5_000 + int(self._draw() * 4_000)))
