"""Draws the plan of one match: seats, teams, score and what went differently than usual."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Flag, auto

from bot.playground.world.modes import Mode, Scoring, Sides
from bot.playground.world.people import Player
from bot.playground.world.places import Place
from bot.playground.world.plan import Lifecycle, Outcome, Plan, Seat, TeamResult
from bot.playground.world.playlists import Playlist

__all__ = ["Booking", "Twist", "draw_plan", "seats_needed"]

_BOT_NUMBERS = range(60)
_POINTS_A_ROUND = 100


class Twist(Flag):
    """What can go differently than usual in a match."""

    NONE = 0
    LATE_JOINER = auto()
    LEAVER = auto()
    BOTS = auto()
    SIDE_SWITCH = auto()
    TIE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Everything about a match that is decided before its plan is drawn; ``cast`` sits in this order."""

    index: int
    match_id: uuid.UUID
    mode: Mode
    place: Place
    playlist: Playlist | None
    lifecycle: Lifecycle
    ends_at: datetime
    season: str | None
    cast: tuple[Player, ...]
    twist: Twist = Twist.NONE


def seats_needed(mode: Mode, playlist: Playlist | None) -> tuple[int, int]:
    """How many sides and how many seats a side."""
    size = (playlist.team_size if playlist else None) or mode.team_size
    match mode.sides:
        case Sides.TEAMS:
            return 2, size
        case Sides.TOGETHER:
            return 1, size
        case Sides.FREE_FOR_ALL:
            return mode.team_size, 1


def draw_plan(rng: random.Random, booking: Booking) -> Plan:
    """The plan of a booked match; the same generator state gives the same plan."""
    mode = booking.mode
    sides, size = seats_needed(mode, booking.playlist)
    seats = _draw_seats(rng, booking, sides, size)
    rounds: tuple[int, ...] = ()
    if mode.sides is Sides.FREE_FOR_ALL:
        seats, results = _draw_places(rng, mode, seats), ()
    else:
        winner = _draw_winner(rng, booking.twist, seats, sides)
        rounds = _draw_rounds(rng, mode, winner)
        results = _draw_results(rng, mode, sides, winner, rounds)
        seats = [replace(seat, outcome=results[seat.team].outcome) for seat in seats]
    return Plan(
        index=booking.index,
        match_id=booking.match_id,
        mode=mode,
        place=booking.place,
        playlist=booking.playlist,
        lifecycle=booking.lifecycle,
        ends_at=booking.ends_at,
        playable=timedelta(milliseconds=round(rng.uniform(*mode.minutes) * 60_000)),
        seats=tuple(_apply_twists(rng, booking.twist, seats, keep=booking.cast[0])),
        results=results,
        rounds=rounds,
        season=booking.season if booking.lifecycle is Lifecycle.MATCHMADE else None,
    )


def _draw_seats(rng: random.Random, booking: Booking, sides: int, size: int) -> list[Seat]:
    first_side = rng.randrange(sides)
    wanted = sides * size
    bots = rng.sample(_BOT_NUMBERS, wanted)
    seats: list[Seat] = []
    for place in range(wanted):
        # The cast fills one side after the other, so that friends stand together.
        side = (first_side + place // size) % sides
        player = booking.cast[place] if place < len(booking.cast) else None
        seats.append(
            Seat(
                player=player,
                bot=None if player else bots[place],
                team=side,
                first_team=side,
                outcome=Outcome.LOSS,
            )
        )
    return seats


def _draw_winner(rng: random.Random, twist: Twist, seats: Sequence[Seat], sides: int) -> int | None:
    """The winning side, None for a tie; a lone side wins or, as −1, loses against the game."""
    if sides == 1:
        return 0 if rng.random() < 0.7 else -1
    if Twist.TIE in twist:
        return None
    strength = [
        sum(seat.rating for seat in seats if seat.team == side) / max(1, len(seats) / 2) for side in range(2)
    ]
    return 0 if rng.random() < 1 / (1 + 10 ** ((strength[1] - strength[0]) / 400)) else 1


def _draw_rounds(rng: random.Random, mode: Mode, winner: int | None) -> tuple[int, ...]:
    if mode.scoring not in {Scoring.ROUNDS, Scoring.POINTS_IN_ROUNDS}:
        return ()
    if winner is None:
        return tuple(rng.sample([0, 1] * max(1, mode.target - 1), 2 * max(1, mode.target - 1)))
    earlier = [winner] * (mode.target - 1) + [1 - winner] * rng.randrange(mode.target)
    rng.shuffle(earlier)
    return (*earlier, winner)


def _draw_results(
    rng: random.Random, mode: Mode, sides: int, winner: int | None, rounds: tuple[int, ...]
) -> tuple[TeamResult, ...]:
    scores = _draw_scores(rng, mode, sides, winner, rounds)
    results: list[TeamResult] = []
    for side in range(sides):
        outcome = Outcome.TIE if winner is None else Outcome.WIN if side == winner else Outcome.LOSS
        won = rounds.count(side) if rounds else int(outcome is Outcome.WIN)
        lost = len(rounds) - won if rounds else int(outcome is Outcome.LOSS)
        tied = int(outcome is Outcome.TIE and not rounds)
        results.append(
            TeamResult(
                team=side,
                score=scores[side],
                rounds_won=won,
                rounds_lost=lost,
                rounds_tied=tied,
                outcome=outcome,
            )
        )
    return tuple(results)


def _draw_scores(
    rng: random.Random, mode: Mode, sides: int, winner: int | None, rounds: tuple[int, ...]
) -> list[int]:
    if mode.scoring is Scoring.ROUNDS:
        return [rounds.count(side) for side in range(sides)]
    if mode.scoring is Scoring.POINTS_IN_ROUNDS:
        return [
            sum(_POINTS_A_ROUND if won == side else rng.randint(12, _POINTS_A_ROUND - 1) for won in rounds)
            for side in range(sides)
        ]
    best = mode.target if rng.random() < 0.8 else max(1, int(mode.target * rng.uniform(0.7, 1)))
    if winner is None:
        return [max(1, best - 1)] * sides
    behind = [int(best * rng.uniform(0.25, 0.999)) for _ in range(sides)]
    return [best if side == winner else behind[side] for side in range(sides)]


def _draw_places(rng: random.Random, mode: Mode, seats: list[Seat]) -> list[Seat]:
    """Own points for everybody in a free-for-all, better players more; the best of them wins."""
    target = mode.target or 16
    strength = [seat.rating + rng.gauss(0, 260) for seat in seats]
    order = sorted(range(len(seats)), key=lambda at: -strength[at])
    points = sorted((int(target * rng.uniform(0.2, 0.95)) for _ in order[1:]), reverse=True)
    placed = dict(zip(order, [target, *points], strict=True))
    return [
        replace(seat, points=placed[at], outcome=Outcome.WIN if at == order[0] else Outcome.LOSS)
        for at, seat in enumerate(seats)
    ]


def _apply_twists(rng: random.Random, twist: Twist, seats: list[Seat], keep: Player) -> list[Seat]:
    """Late joiners, leavers and side switches, never of the player that the match was booked for."""
    free = [
        at
        for at, seat in enumerate(seats)
        if seat.player is not None and seat.player is not keep and seat.team != seats[0].team
    ]
    free += [at for at, seat in enumerate(seats[1:], 1) if seat.player is not None and at not in free]
    changed = list(seats)
    if {seat.team for seat in seats} != {0, 1}:
        twist &= ~Twist.SIDE_SWITCH
    # Half of the seats stay as they are, so that somebody stands on every side.
    for wanted in (Twist.LATE_JOINER, Twist.LEAVER, Twist.SIDE_SWITCH):
        if wanted in twist and 2 * (len(seats) - len(free)) < len(seats):
            at = free.pop(0)
            changed[at] = _twisted(rng, wanted, seats[at])
    return changed


def _twisted(rng: random.Random, twist: Twist, seat: Seat) -> Seat:
    if twist is Twist.LATE_JOINER:
        return replace(seat, joined=rng.uniform(0.15, 0.6))
    if twist is Twist.LEAVER:
        return replace(seat, left=rng.uniform(0.35, 0.85), outcome=Outcome.DID_NOT_FINISH)
    return replace(seat, first_team=1 - seat.team, switched=rng.uniform(0.25, 0.6))
