"""The present: in every interval of the clock exactly one match ends somewhere in the world."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.world.booking import Booking, seats_needed
from bot.playground.world.circles import Circle
from bot.playground.world.games import Game, Games
from bot.playground.world.lobby import Lobby
from bot.playground.world.people import Player
from bot.playground.world.register import Origin, Register, gather_cast, seeded
from bot.playground.world.showcase import PIECES

__all__ = ["Stream"]

_MOST_PARTIES = 8
_IN_A_ROW = (2, 3, 4, 5, 6, 8)
_REST_S, _HERO_RESTS_S = (40 * 60.0, 240 * 60.0), (30 * 60.0, 90 * 60.0)
_BETWEEN_S = (20.0, 120.0)
_LONGEST_S = 20 * 60.0
_WITHIN = (0.15, 0.85)
_NUMBERS = 10**7
_MOST_AT_ONCE = 3_000


@dataclass(slots=True)
class _Table:
    """A circle in the stream: its party while it plays, else nobody; ``ready_s`` is when it plays next."""

    circle: Circle
    leads_world: bool
    ready_s: float = 0.0
    party: Sequence[Player] = ()
    left: int = 0
    before: Game | None = None


class Stream:
    """Books what ends after ``began_at``, one match for each interval ``every``, in order.

    Each match depends on those before it since ``began_at`` and on nothing else: the same beginning gives the
    same stream. Seconds are counted from a day before ``began_at``.
    """

    def __init__(
        self,
        seed: str,
        register: Register,
        circles: Sequence[Circle],
        lobby: Lobby,
        games: Games,
        *,
        began_at: datetime,
        every: timedelta,
    ) -> None:
        self._seed = seed
        self._register = register
        self._lobby = lobby
        self._games = games
        self._zero = began_at - timedelta(days=1)
        self._began_at = began_at
        self._every = every
        self._first_number = int(began_at.timestamp() // 60) * _NUMBERS
        self._booked = 0
        self._shown = 0
        self._tables = [_Table(circle, leads_world=at == 0) for at, circle in enumerate(circles)]

    def engage(self, bookings: Iterable[Booking]) -> None:
        """Takes notice of what ended before the beginning."""
        for booking in bookings:
            self._lobby.engage(booking.cast, (booking.ends_at - self._zero).total_seconds())

    def book_until(self, now: datetime) -> list[Booking]:
        """What has ended up to ``now`` and was not booked before, in the order of the ends.

        After a long pause it takes several calls: none books more than some thousand matches.
        """
        booked: list[Booking] = []
        while len(booked) < _MOST_AT_ONCE and self._ends_at(self._booked) <= now:
            booked.append(self._book(self._booked))
            self._booked += 1
        return booked

    @property
    def next_end(self) -> datetime:
        """When the next match ends."""
        return self._ends_at(self._booked)

    def _rng(self, number: int) -> random.Random:
        return seeded(self._seed, "stream", self._first_number + number)

    def _ends_at(self, number: int) -> datetime:
        low, high = _WITHIN
        share = low + seeded(self._seed, "end", self._first_number + number).random() * (high - low)
        moment = self._began_at + self._every * (number + share)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def _book(self, number: int) -> Booking:
        rng, ends_at = self._rng(number), self._ends_at(number)
        end_s = (ends_at - self._zero).total_seconds()
        for table in self._waiting(rng, end_s):
            game = self._draw_game(rng, table)
            start_s = end_s - game.takes_s
            if max(table.ready_s, self._lobby.free_at(table.party)) <= start_s:
                size = seats_needed(game.mode, game.playlist)[1]
                party = table.party[:size] if game.playlist else table.party
                cast = gather_cast(rng, self._lobby, game, party, start_s)
                self._played(rng, table, game, end_s)
                break
        else:
            game, cast = self._among_strangers(rng, end_s)
        self._lobby.engage(cast, end_s)
        return self._register.book(Origin.STREAM, self._first_number + number, ends_at, game, cast)

    def _among_strangers(self, rng: random.Random, end_s: float) -> tuple[Game, list[Player]]:
        game = self._games.draw_matchmade(rng, 1, None)
        lead = self._lobby.find_anybody(rng, end_s - game.takes_s)
        return game, gather_cast(rng, self._lobby, game, lead, end_s - game.takes_s)

    def _waiting(self, rng: random.Random, end_s: float) -> list[_Table]:
        """Parties that play, longest waiting first, then one new one while there are not too many."""
        playing = sorted((it for it in self._tables if it.left), key=lambda table: table.ready_s)
        rested = [it for it in self._tables if not it.left and it.ready_s <= end_s - _LONGEST_S]
        if rested and len(playing) < _MOST_PARTIES:
            table = min(rested, key=lambda it: (not it.leads_world, it.ready_s - rng.random() * 3_600))
            self._gather(rng, table)
            playing.append(table)
        return playing

    def _gather(self, rng: random.Random, table: _Table) -> None:
        party = table.circle.draw_party(rng)
        if table.leads_world:
            hero = table.circle.players[0]
            party = [hero, *(player for player in party if player is not hero)]
        table.party, table.left, table.before = party, rng.choice(_IN_A_ROW), None
        self._lobby.reserve(party)

    def _draw_game(self, rng: random.Random, table: _Table) -> Game:
        """The first player's matches go through the showcase again and again."""
        if not table.leads_world:
            return self._games.draw(rng, len(table.party), table.before)
        return PIECES[-1 - self._shown % len(PIECES)].draw(rng)

    def _played(self, rng: random.Random, table: _Table, game: Game, end_s: float) -> None:
        self._shown += table.leads_world
        table.before, table.left = game, table.left - 1
        table.ready_s = end_s + rng.uniform(*_BETWEEN_S)
        if not table.left:
            self._lobby.release(table.party)
            table.ready_s = end_s + rng.uniform(*(_HERO_RESTS_S if table.leads_world else _REST_S))
