"""The matches of a day of the past: evenings of parties that play some matches in a row.

A day depends on the seed and its date only, and keeps clear of midnight, so that days fit together in any number.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.playground.world.booking import Booking
from bot.playground.world.circles import Circle
from bot.playground.world.games import Game, Games
from bot.playground.world.lobby import Lobby
from bot.playground.world.people import Player
from bot.playground.world.register import Origin, Register, gather_cast, seeded

__all__ = ["Days"]

_OPENS_S, _CLOSES_S = 20 * 60.0, 23 * 3600.0 + 38 * 60.0
_EVENING = 0.8
_MATCHES_BY_WEEKDAY = (52, 52, 54, 56, 66, 82, 74)
_IN_A_ROW = (1, 2, 3, 4, 5, 5, 6, 7, 9)
_NUMBERS_A_DAY = 1_000


@dataclass(slots=True)
class _Appointment:
    """One match of a party; times are seconds of the day."""

    start_s: float
    end_s: float
    party: list[Player]
    game: Game


class Days:
    """Books whole days of the past."""

    def __init__(
        self, seed: str, register: Register, circles: Sequence[Circle], lobby: Lobby, games: Games
    ) -> None:
        self._seed = seed
        self._register = register
        self._circles = circles
        self._lobby = lobby
        self._games = games

    def book(self, day: date) -> list[Booking]:
        """Every match of a day (UTC) in the order of their ends."""
        rng = seeded(self._seed, "day", day.toordinal())
        self._lobby.empty()
        appointments = sorted(self._appoint(rng, day), key=lambda it: it.end_s)
        midnight = datetime.combine(day, time(), UTC)
        return [
            self._book(rng, midnight, day.toordinal() * _NUMBERS_A_DAY + number, appointment)
            for number, appointment in enumerate(appointments)
        ]

    def _appoint(self, rng: random.Random, day: date) -> list[_Appointment]:
        """Who plays when: circles in turn, until the day has its matches."""
        wanted = _MATCHES_BY_WEEKDAY[day.weekday()]
        appointments: list[_Appointment] = []
        for circle in rng.sample(self._circles, len(self._circles)):
            if len(appointments) >= wanted:
                break
            party = circle.draw_party(rng)
            self._lobby.reserve(party)
            in_a_row = min(rng.choice(_IN_A_ROW), wanted - len(appointments))
            appointments += self._evening(rng, party, in_a_row)
        return appointments

    def _evening(self, rng: random.Random, party: list[Player], count: int) -> list[_Appointment]:
        games: list[Game] = []
        for _ in range(count):
            games.append(self._games.draw(rng, len(party), games[-1] if games else None))
        gaps = [45 + rng.random() * 200 for _ in games]
        lengths = [game.takes_s for game in games]
        latest = max(_OPENS_S, _CLOSES_S - sum(lengths) - sum(gaps))
        now = rng.triangular(_OPENS_S, latest, _OPENS_S + _EVENING * (latest - _OPENS_S))
        appointments: list[_Appointment] = []
        for game, gap, length in zip(games, gaps, lengths, strict=True):
            start = now + gap
            now = start + length
            appointments.append(_Appointment(start, now, party, game))
        return appointments

    def _book(self, rng: random.Random, midnight: datetime, number: int, it: _Appointment) -> Booking:
        cast = gather_cast(rng, self._lobby, it.game, it.party, it.start_s)
        self._lobby.engage(cast, it.end_s)
        ends_at = midnight + timedelta(milliseconds=round(it.end_s * 1000))
        return self._register.book(Origin.DAY, number, ends_at, it.game, cast)
