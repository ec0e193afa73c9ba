"""Plays a match out as a feed of kills: who fell when, by whom and how. Every statistic follows from it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.playground.world.modes import Arms, Scoring, Sides
from bot.playground.world.plan import Outcome, Plan

__all__ = ["Kill", "Method", "draw_feed"]

_RESPAWN_MS = 8_000
_FIRST_CONTACT_MS = 9_000
_ASSIST_SHARE = 0.38
_KILLS_BY_AI_SHARE = 0.06


class Method(Enum):
    """How somebody fell."""

    SHOT = auto()
    HEADSHOT = auto()
    MELEE = auto()
    GRENADE = auto()
    POWER = auto()


@dataclass(frozen=True, slots=True)
class Kill:
    """One death, ``time_ms`` into the playable time. Seats are numbers in the plan's order.

    Without a killer it was the victim's own doing, or the game's where the game is the enemy; without a victim
    an enemy of the game fell.
    """

    time_ms: int
    killer: int | None
    victim: int | None
    assistant: int | None
    method: Method


def draw_feed(rng: random.Random, plan: Plan) -> tuple[Kill, ...]:
    """The kills of a planned match in order of time, agreeing with its scores."""
    return _Battle(rng, plan).feed()


class _Battle:
    """The state of a match while it is played out."""

    def __init__(self, rng: random.Random, plan: Plan) -> None:
        self._rng = rng
        self._plan = plan
        self._length_ms = round(plan.playable.total_seconds() * 1000)
        self._back_at = [0] * len(plan.seats)
        self._methods, self._odds = _odds(plan.mode.arms)
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
        self._rng.shuffle(sides)
        best = next((result.team for result in self._plan.results if result.outcome is Outcome.WIN), None)
        if self._plan.mode.scoring is Scoring.KILLS and best is not None:
            sides.remove(best)
            sides.append(best)
        kills = [
            self._one_kill(time, side) for time, side in zip(self._times(len(sides)), sides, strict=True)
        ]
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
        times = sorted(self._rng.randint(_FIRST_CONTACT_MS, self._length_ms - 2_000) for _ in range(count))
        for at in range(1, count - 1):
            if self._rng.random() < 0.22:
                times[at] = min(times[at], times[at - 1] + self._rng.randint(700, 3_600))
        return times

    def _one_kill(self, time_ms: int, side: int) -> Kill:
        friends, foes = self._standing(time_ms, side)
        killer = self._killer(time_ms, side, friends)
        victim = self._rng.choices(foes, [2_200 - self._plan.seats[foe].rating for foe in foes])[0]
        self._back_at[victim] = time_ms + _RESPAWN_MS
        helpers = [friend for friend in friends if friend != killer]
        assistant = self._rng.choice(helpers) if helpers and self._rng.random() < _ASSIST_SHARE else None
        return Kill(time_ms, killer, victim, assistant, self._method())

    def _killer(self, time_ms: int, side: int, friends: Sequence[int]) -> int:
        """Often whoever just killed, which is what makes a double kill."""
        before = self._last.get(side)
        if before and before[1] in friends and time_ms - before[0] < 4_000 and self._rng.random() < 0.4:
            killer = before[1]
        else:
            killer = self._rng.choices(friends, [self._plan.seats[at].rating + 400 for at in friends])[0]
        self._last[side] = (time_ms, killer)
        return killer

    def _standing(self, time_ms: int, side: int) -> tuple[list[int], list[int]]:
        """The seats of a side and of its enemies that are in play, the living ones if there are any."""
        share = time_ms / self._length_ms
        present = [(at, seat.team_at(share)) for at, seat in enumerate(self._plan.seats)]
        friends = [at for at, team in present if team == side]
        foes = [at for at, team in present if team is not None and team != side]
        return self._living(friends, time_ms), self._living(foes, time_ms)

    def _living(self, seats: list[int], time_ms: int) -> list[int]:
        return [at for at in seats if self._back_at[at] <= time_ms] or seats

    def _without_respawn(self) -> list[Kill]:
        """Each round ends when one side has fallen."""
        kills: list[Kill] = []
        span = self._length_ms // max(1, len(self._plan.rounds))
        for number, winner in enumerate(self._plan.rounds):
            window = (number * span + min(4_000, span // 4), (number + 1) * span - 1_000)
            kills += self._one_round(window, winner)
        return kills

    def _one_round(self, window: tuple[int, int], winner: int) -> list[Kill]:
        share = window[0] / self._length_ms
        sides = {
            side: [at for at, seat in enumerate(self._plan.seats) if seat.team_at(share) == side]
            for side in (0, 1)
        }
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
        moments: list[tuple[int, int]] = []
        for at, seat in enumerate(self._plan.seats):
            start = max(_FIRST_CONTACT_MS, int(seat.joined * self._length_ms) + 1)
            end = min(self._length_ms - 2_000, int(seat.left * self._length_ms) - 1)
            moments += [(self._rng.randint(start, end), at) for _ in range(seat.points)]
        kills: list[Kill] = []
        for time_ms, killer in sorted(moments):
            share = time_ms / self._length_ms
            present = [
                at
                for at, seat in enumerate(self._plan.seats)
                if at != killer and seat.team_at(share) is not None
            ]
            victim = self._rng.choice(self._living(present, time_ms))
            self._back_at[victim] = time_ms + _RESPAWN_MS
            kills.append(Kill(time_ms, killer, victim, None, self._method()))
        return kills + self._mishaps()

    def _against_the_game(self) -> list[Kill]:
        count = self._kills_of(0)
        kills: list[Kill] = []
        for time_ms in self._times(count):
            friends, _ = self._standing(time_ms, 0)
            who = self._rng.choices(friends, [self._plan.seats[at].rating + 400 for at in friends])[0]
            if self._rng.random() < _KILLS_BY_AI_SHARE:
                kills.append(Kill(time_ms, None, who, None, Method.SHOT))
            else:
                helpers = [at for at in friends if at != who]
                helper = self._rng.choice(helpers) if helpers and self._rng.random() < 0.2 else None
                kills.append(Kill(time_ms, who, None, helper, self._method()))
        return kills

    def _mishaps(self) -> list[Kill]:
        """A fall into the void now and then."""
        kills: list[Kill] = []
        for _ in range(self._rng.choice((0, 0, 0, 1, 2))):
            time_ms = self._rng.randint(_FIRST_CONTACT_MS, self._length_ms - 2_000)
            share = time_ms / self._length_ms
            present = [at for at, seat in enumerate(self._plan.seats) if seat.team_at(share) is not None]
            kills.append(Kill(time_ms, None, self._rng.choice(present), None, Method.SHOT))
        return kills

    def _method(self) -> Method:
        return self._rng.choices(self._methods, self._odds)[0]


def _odds(arms: Arms) -> tuple[list[Method], list[float]]:
    special = {
        Method.HEADSHOT: arms.headshot,
        Method.MELEE: arms.melee,
        Method.GRENADE: arms.grenade,
        Method.POWER: arms.power,
    }
    return [*special, Method.SHOT], [*special.values(), max(0.0, 1 - sum(special.values()))]
