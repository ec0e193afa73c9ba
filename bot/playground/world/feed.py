"""Plays a match out as a feed of kills: who fell when, by whom and how. Every statistic follows from it."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from itertools import accumulate
from math import inf
from typing import NamedTuple

from bot.playground.world.mode import Arms, Scoring, Sides
from bot.playground.world.plan import Outcome, Plan
from bot.playground.world.presence import Phase

__all__ = ["Kill", "Method", "draw_feed"]

_RESPAWN_MS = 8_000
_FIRST_CONTACT_MS = 9_000
_LAST_MS = 2_000
_ASSIST_SHARE = 0.4
_HELP_AGAINST_AI_SHARE = 0.2
_KILLS_BY_AI_SHARE = 0.06
_FOLLOWS_SHARE = 0.06
_FOLLOW_MS = 4_000
_SAME_KILLER_SHARE = 0.1
_TRIES = 5
_MISHAPS = (0, 0, 0, 0, 0, 1, 1, 2)


class Method(IntEnum):
    """How somebody fell."""

    SHOT = 0
    HEADSHOT = 1
    MELEE = 2
    GRENADE = 3
    POWER = 4


class Kill(NamedTuple):
    """One death, ``time_ms`` into the playable time. Seats are numbers in the plan's order.

    Without a killer it was the victim's own doing, or the game's where the game is the enemy; without a victim
    an enemy of the game fell.
    """

    time_ms: int
    killer: int | None
    victim: int | None
    assistant: int | None
    method: Method


def draw_feed(rng: random.Random, plan: Plan, phases: Sequence[Phase]) -> tuple[Kill, ...]:
    """The kills of a planned match in order of time, agreeing with its scores; ``phases`` are the plan's."""
    return _Battle(rng, plan, phases).feed()


class _Crowd:
    """Some seats to pick one from, by weight."""

    __slots__ = ("_limits", "_total", "members")

    def __init__(self, members: Sequence[int], weights: Sequence[int]) -> None:
        self.members = members
        self._total = sum(weights)
        self._limits: list[float] = [*accumulate(weights[:-1]), inf]

    def pick(self, rng: random.Random, back_at: Sequence[int], time_ms: int) -> int:
        """One of the living, or one of all when none of them lives."""
        limits, total, members = self._limits, self._total, self.members
        for _ in range(_TRIES):
            at = members[bisect_right(limits, rng.random() * total)]
            if back_at[at] <= time_ms:
                return at
        living = [at for at in members if back_at[at] <= time_ms] or members
        return living[int(rng.random() * len(living))]


class _Ground:
    """A phase with its crowds: a side's people as killers, better ones more; its foes as victims, better ones less."""

    def __init__(self, plan: Plan, phase: Phase) -> None:
        self.phase = phase
        self._seats = plan.seats
        self._killers: dict[int, _Crowd] = {}
        self._victims: dict[int, _Crowd] = {}

    def killers(self, side: int) -> _Crowd:
        crowd = self._killers.get(side)
        if crowd is None:
            members = self.phase.friends(side)
            crowd = self._killers[side] = _Crowd(members, [self._seats[at].rating + 400 for at in members])
        return crowd

    def victims(self, side: int) -> _Crowd:
        """Those who stand against a side."""
        crowd = self._victims.get(side)
        if crowd is None:
            members = self.phase.foes(side)
            crowd = self._victims[side] = _Crowd(members, [2_200 - self._seats[at].rating for at in members])
        return crowd


class _Battle:
    """The state of a match while it is played out."""

    def __init__(self, rng: random.Random, plan: Plan, phases: Sequence[Phase]) -> None:
        self._rng = rng
        self._plan = plan
        self._length_ms = round(plan.playable.total_seconds() * 1000)
        self._grounds = [_Ground(plan, phase) for phase in phases]
        self._starts = [phase.start_ms for phase in phases]
        self._back_at = [0] * len(plan.seats)
        self._limits = _odds(plan.mode.arms)
        self._last: dict[int, tuple[int, int]] = {}

    def feed(self) -> tuple[Kill, ...]:
        mode = self._plan.mode
        if mode.sides is Sides.TOGETHER:
            kills = self._against_the_game()
        elif mode.sides is Sides.FREE_FOR_ALL:
            kills = self._free_for_all()
        elif not mode.respawns:
            kills = self._without_respawn()
        else:
            kills = self._team_fight()
        return tuple(sorted(kills, key=lambda kill: kill.time_ms))

    def _team_fight(self) -> list[Kill]:
        sides = [result.team for result in self._plan.results for _ in range(self._kills_of(result.team))]
        sides.sort(key=lambda _: self._rng.random())
        best = next((result.team for result in self._plan.results if result.outcome is Outcome.WIN), None)
        if self._plan.mode.scoring is Scoring.KILLS and best is not None:
            sides.remove(best)
            sides.append(best)
        times = self._times(len(sides))
        kills = [self._one_kill(time, side) for time, side in zip(times, sides, strict=True)]
        return kills + self._mishaps()

    def _kills_of(self, team: int) -> int:
        """Kills are the score where the mode says so, else they follow from time and skill."""
        result = self._plan.results[team]
        if self._plan.mode.scoring is Scoring.KILLS:
            return result.score
        presence = sum(seat.share_on(team) for seat in self._plan.seats)
        edge = 1.08 if result.outcome is Outcome.WIN else 0.97
        minutes = self._plan.playable.total_seconds() / 60
        return round(
            self._plan.mode.kills_per_minute * minutes * presence * edge * self._rng.uniform(0.85, 1.15)
        )

    def _times(self, count: int) -> list[int]:
        """Moments of kills; some follow hard on the one before, as in a real fight."""
        draw = self._rng.random
        span = self._length_ms - _LAST_MS - _FIRST_CONTACT_MS
        times = sorted([_FIRST_CONTACT_MS + int(draw() * span) for _ in range(count)])
        for at in range(1, count - 1):
            if draw() < _FOLLOWS_SHARE:
                times[at] = min(times[at], times[at - 1] + 700 + int(draw() * 2_900))
        return times

    def _ground(self, time_ms: int) -> _Ground:
        return self._grounds[bisect_right(self._starts, time_ms) - 1]

    def _one_kill(self, time_ms: int, side: int) -> Kill:
        rng, ground = self._rng, self._ground(time_ms)
        friends = ground.killers(side)
        before, killer = self._last.get(side, (-_FOLLOW_MS, -1))
        # Often it is whoever just killed, which is what makes a double kill.
        again = (
            time_ms - before < _FOLLOW_MS
            and rng.random() < _SAME_KILLER_SHARE
            and self._back_at[killer] <= time_ms
            and ground.phase.team_of[killer] == side
        )
        if not again:
            killer = friends.pick(rng, self._back_at, time_ms)
        self._last[side] = (time_ms, killer)
        victim = ground.victims(side).pick(rng, self._back_at, time_ms)
        self._back_at[victim] = time_ms + _RESPAWN_MS
        assistant = self._helper(friends.members, killer) if rng.random() < _ASSIST_SHARE else None
        return Kill(time_ms, killer, victim, assistant, self._method())

    def _helper(self, friends: Sequence[int], killer: int) -> int | None:
        """Any of the friends but the killer, None where there is nobody."""
        if len(friends) < 2:
            return None
        helper = friends[int(self._rng.random() * (len(friends) - 1))]
        return friends[-1] if helper == killer else helper

    def _without_respawn(self) -> list[Kill]:
        """Each round ends when one side has fallen."""
        kills: list[Kill] = []
        span = self._length_ms // max(1, len(self._plan.rounds))
        for number, winner in enumerate(self._plan.rounds):
            window = (number * span + min(4_000, span // 4), (number + 1) * span - 1_000)
            kills += self._one_round(window, winner)
        return kills

    def _one_round(self, window: tuple[int, int], winner: int) -> list[Kill]:
        phase = self._ground(window[0]).phase
        sides = {side: list(phase.friends(side)) for side in (0, 1)}
        fallen_winners = self._rng.sample(sides[winner], self._rng.randrange(max(1, len(sides[winner]))))
        fallen = fallen_winners + self._rng.sample(sides[1 - winner], len(sides[1 - winner]))
        self._rng.shuffle(fallen)
        last_loser = next(at for at in reversed(fallen) if at not in fallen_winners)
        fallen.remove(last_loser)
        fallen.append(last_loser)
        times = sorted(self._rng.sample(range(*window), len(fallen)))
        kills: list[Kill] = []
        for time_ms, victim in zip(times, fallen, strict=True):
            side = 0 if victim in sides[1] else 1
            killer = self._rng.choice(sides[side])
            sides[1 - side].remove(victim)
            kills.append(Kill(time_ms, killer, victim, None, self._method()))
        return kills

    def _free_for_all(self) -> list[Kill]:
        draw = self._rng.random
        moments: list[tuple[int, int]] = []
        for at, seat in enumerate(self._plan.seats):
            start = max(_FIRST_CONTACT_MS, int(seat.joined * self._length_ms) + 1)
            span = min(self._length_ms - _LAST_MS, int(seat.left * self._length_ms) - 1) - start
            moments += [(start + int(draw() * span), at) for _ in range(seat.points)]
        kills: list[Kill] = []
        for time_ms, killer in sorted(moments):
            foes = self._ground(time_ms).victims(self._plan.seats[killer].team)
            victim = foes.pick(self._rng, self._back_at, time_ms)
            self._back_at[victim] = time_ms + _RESPAWN_MS
            kills.append(Kill(time_ms, killer, victim, None, self._method()))
        return kills + self._mishaps()

    def _against_the_game(self) -> list[Kill]:
        draw = self._rng.random
        kills: list[Kill] = []
        for time_ms in self._times(self._kills_of(0)):
            friends = self._ground(time_ms).killers(0)
            who = friends.pick(self._rng, self._back_at, time_ms)
            if draw() < _KILLS_BY_AI_SHARE:
                self._back_at[who] = time_ms + _RESPAWN_MS
                kills.append(Kill(time_ms, None, who, None, Method.SHOT))
            else:
                helper = self._helper(friends.members, who) if draw() < _HELP_AGAINST_AI_SHARE else None
                kills.append(Kill(time_ms, who, None, helper, self._method()))
        return kills

    def _mishaps(self) -> list[Kill]:
        """A fall into the void now and then."""
        draw = self._rng.random
        kills: list[Kill] = []
        for _ in range(_MISHAPS[int(draw() * len(_MISHAPS))]):
            time_ms = _FIRST_CONTACT_MS + int(draw() * (self._length_ms - _LAST_MS - _FIRST_CONTACT_MS))
            present = self._ground(time_ms).phase.present
            kills.append(Kill(time_ms, None, present[int(draw() * len(present))], None, Method.SHOT))
        return kills

    def _method(self) -> Method:
        return _METHODS[bisect_right(self._limits, self._rng.random())]


_METHODS = (Method.HEADSHOT, Method.MELEE, Method.GRENADE, Method.POWER, Method.SHOT)


def _odds(arms: Arms) -> list[float]:
    """The limits of a draw between 0 and 1 for each of the methods in their order."""
    return [*accumulate((arms.headshot, arms.melee, arms.grenade, arms.power)), inf]
