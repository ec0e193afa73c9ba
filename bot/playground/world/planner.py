"""Draws the plan of one match: seats, teams, score and what went differently than usual."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bot.playground.world.booking import Booking, Lifecycle, Twist, seats_needed
from bot.playground.world.mode import Mode, Sides
from bot.playground.world.people import Player
from bot.playground.world.plan import Outcome, Plan, Seat, TeamResult
from bot.playground.world.scores import draw_results, draw_rounds

__all__ = ["Booking", "Twist", "draw_plan", "seats_needed"]

_BOT_NUMBERS = range(60)


@dataclass(slots=True)
class _Chair:
    """A seat while the plan is drawn; times in milliseconds of play."""

    player: Player | None
    bot: int | None
    team: int
    first_team: int
    left_ms: int
    joined_ms: int = 0
    switched_ms: int = 0
    points: int = 0
    wins: bool = False

    @property
    def rating(self) -> int:
        return self.player.rating if self.player else 350


def draw_plan(rng: random.Random, booking: Booking) -> Plan:
    """The plan of a booked match; the same generator state gives the same plan."""
    mode = booking.mode
    sides, size = seats_needed(mode, booking.playlist)
    length_ms = round(booking.playable.total_seconds() * 1000)
    chairs = _set_chairs(rng, booking, sides, size, length_ms)
    results: tuple[TeamResult, ...] = ()
    rounds: tuple[int, ...] = ()
    if mode.sides is Sides.FREE_FOR_ALL:
        _draw_points(rng, mode, chairs)
    else:
        winner = _draw_winner(rng, booking.twist, chairs, sides)
        rounds = draw_rounds(rng, mode, winner)
        results = draw_results(rng, mode, sides, winner, rounds)
    _Twister(rng, booking, chairs, length_ms, len(rounds)).apply()
    return Plan(
        index=booking.index,
        match_id=booking.match_id,
        mode=mode,
        place=booking.place,
        playlist=booking.playlist,
        lifecycle=booking.lifecycle,
        ends_at=booking.ends_at,
        playable=booking.playable,
        seats=tuple(_take_seat(chair, results, length_ms) for chair in chairs),
        results=results,
        rounds=rounds,
        season=booking.season if booking.lifecycle is Lifecycle.MATCHMADE else None,
    )


def _set_chairs(rng: random.Random, booking: Booking, sides: int, size: int, length_ms: int) -> list[_Chair]:
    """The cast fills one side after the other, so that friends stand together; bots take what is left."""
    wanted = sides * size
    first_side = rng.randrange(sides)
    cast = booking.cast[:wanted]
    bots = iter(rng.sample(_BOT_NUMBERS, wanted - len(cast)))
    chairs: list[_Chair] = []
    for at in range(wanted):
        player = cast[at] if at < len(cast) else None
        side = (first_side + at // size) % sides
        chairs.append(_Chair(player, None if player else next(bots), side, side, length_ms))
    return chairs


def _draw_winner(rng: random.Random, twist: Twist, chairs: Sequence[_Chair], sides: int) -> int | None:
    """The winning side, None for a tie; a lone side wins or, as −1, loses against the game."""
    if sides == 1:
        return 0 if rng.random() < 0.7 else -1
    if Twist.TIE in twist:
        return None
    strength = [0, 0]
    for chair in chairs:
        strength[chair.team] += chair.rating
    edge = 2 * (strength[1] - strength[0]) / len(chairs)
    return 0 if rng.random() < 1 / (1 + 10 ** (edge / 400)) else 1


def _draw_points(rng: random.Random, mode: Mode, chairs: list[_Chair]) -> None:
    """Own points for everybody in a free-for-all, better players more; the best of them wins."""
    target = mode.target or 16
    strength = [chair.rating + rng.gauss(0, 260) for chair in chairs]
    order = sorted(range(len(chairs)), key=lambda at: -strength[at])
    points = sorted((int(target * rng.uniform(0.2, 0.95)) for _ in order[1:]), reverse=True)
    for at, value in zip(order, [target, *points], strict=True):
        chairs[at].points = value
    chairs[order[0]].wins = True


def _take_seat(chair: _Chair, results: Sequence[TeamResult], length_ms: int) -> Seat:
    if chair.left_ms < length_ms:
        outcome = Outcome.DID_NOT_FINISH
    elif results:
        outcome = results[chair.team].outcome
    else:
        outcome = Outcome.WIN if chair.wins else Outcome.LOSS
    return Seat(
        player=chair.player,
        bot=chair.bot,
        team=chair.team,
        first_team=chair.first_team,
        outcome=outcome,
        joined=chair.joined_ms / length_ms,
        left=chair.left_ms / length_ms,
        switched=chair.switched_ms / length_ms,
        points=chair.points,
    )


class _Twister:
    """Late joiners, leavers, substitutes and side switches.

    At most every other chair of a match changes, so that somebody stands on every side.
    """

    def __init__(
        self, rng: random.Random, booking: Booking, chairs: list[_Chair], length_ms: int, rounds: int
    ) -> None:
        self._rng = rng
        self._booking = booking
        self._chairs = chairs
        self._length_ms = length_ms
        self._rounds = rounds if not booking.mode.respawns else 0
        self._free = [
            chair
            for at, chair in enumerate(chairs)
            if chair.player is not None and not chair.wins and not (at == 0 and booking.spares_lead)
        ]
        rng.shuffle(self._free)
        if booking.spares_lead:
            self._free.sort(key=lambda chair: chair.team == chairs[0].team)
        self._changes_left = (len(chairs) - 1) // 2

    def apply(self) -> None:
        twist = self._booking.twist
        for wanted, change in (
            (Twist.LEAVER, self._leave),
            (Twist.LATE_JOINER, self._join_late),
            (Twist.SIDE_SWITCH, self._switch),
        ):
            if wanted in twist and self._free and self._changes_left:
                self._changes_left -= 1
                change(self._free.pop(0))

    def _moment(self, least: float, most: float) -> int:
        """A moment of play in milliseconds; between two rounds where a death lasts until the next."""
        share = self._rng.uniform(least, most)
        if self._rounds > 1:
            number = min(self._rounds - 1, max(1, round(share * self._rounds)))
            return number * (self._length_ms // self._rounds)
        return round(share * self._length_ms)

    def _leave(self, chair: _Chair) -> None:
        if self._rounds == 1:
            return
        chair.left_ms = self._moment(0.35, 0.85)
        if self._booking.mode.sides is Sides.FREE_FOR_ALL:
            return
        substitute, bot = self._substitute(), None
        if substitute is None:
            if Twist.BACKFILL not in self._booking.twist:
                return
            seated = {other.bot for other in self._chairs}
            bot = self._rng.choice([number for number in _BOT_NUMBERS if number not in seated])
        arrives_ms = chair.left_ms if self._rounds else min(self._length_ms - 10_000, chair.left_ms + 12_000)
        self._chairs.append(_Chair(substitute, bot, chair.team, chair.team, self._length_ms, arrives_ms))

    def _substitute(self) -> Player | None:
        """Whoever of the cast has no seat yet."""
        seated = {chair.player.xuid for chair in self._chairs if chair.player}
        return next((player for player in self._booking.cast if player.xuid not in seated), None)

    def _join_late(self, chair: _Chair) -> None:
        substituted = any(other.joined_ms and other.player for other in self._chairs)
        if not substituted and self._rounds != 1:
            chair.joined_ms = self._moment(0.15, 0.6)

    def _switch(self, chair: _Chair) -> None:
        if {other.team for other in self._chairs} == {0, 1} and self._rounds != 1:
            chair.first_team, chair.switched_ms = 1 - chair.team, self._moment(0.25, 0.6)
