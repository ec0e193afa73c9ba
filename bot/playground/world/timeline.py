"""Every match of the world in the order of time: the past, the present as it passes, and what is ordered."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bot.playground.world.booking import Booking
from bot.playground.world.calendar import Season
from bot.playground.world.circles import find_circles
from bot.playground.world.days import Days
from bot.playground.world.games import Game, Games
from bot.playground.world.lobby import Lobby
from bot.playground.world.people import Player
from bot.playground.world.register import Origin, Register, seeded
from bot.playground.world.showcase import Showcase
from bot.playground.world.stream import Stream

__all__ = ["Timeline"]

_BUSY_BEFORE = timedelta(minutes=20)
_NUMBERS = 1_000


class Timeline:
    """Books matches and finds them again.

    Args:
        seed: Of the world.
        residents: Whose circles play; the first is the one that the showcase is about.
        strangers: Whom they meet.
        seasons: The calendar.
        began_at: Where the past ends.
        count: How many matches the past has.
        every: How often a match ends after that, None for never.
    """

    def __init__(
        self,
        seed: str,
        residents: Sequence[Player],
        strangers: Sequence[Player],
        seasons: tuple[Season, ...],
        *,
        began_at: datetime,
        count: int,
        every: timedelta | None,
    ) -> None:
        self._seed = seed
        self._lobby = Lobby(residents, strangers)
        self._register = Register(seed, seasons)
        games, circles = Games(), find_circles(residents)
        self._bookings: list[Booking] = []
        self._by_id: dict[UUID, Booking] = {}
        self._by_xuid: defaultdict[int, list[Booking]] = defaultdict(list)
        self._orders = 0
        days = Days(seed, self._register, circles, self._lobby, games)
        self._showcase = Showcase(seed, self._register, residents, self._lobby)
        past = self._book_past(days, began_at, count)
        for booking in past:
            self._note(booking)
        self._stream = None
        if every is not None:
            lobby = Lobby(residents, strangers)
            self._stream = Stream(seed, self._register, circles, lobby, games, began_at=began_at, every=every)
            self._stream.engage(it for it in past if it.ends_at > began_at - _BUSY_BEFORE)

    def _book_past(self, days: Days, began_at: datetime, count: int) -> list[Booking]:
        """The showcase, and before it whole days, of the first of which only the end may be needed."""
        latest = self._showcase.book(began_at, count)
        missing = count - len(latest)
        blocks = [latest]
        day: date = (latest[0].starts_at if latest else began_at).astimezone(UTC).date()
        while missing > 0:
            day -= timedelta(days=1)
            block = days.book(day)[-missing:]
            missing -= len(block)
            blocks.append(block)
        return [booking for block in reversed(blocks) for booking in block]

    @property
    def bookings(self) -> Sequence[Booking]:
        """Every known match, oldest first."""
        return self._bookings

    def of(self, xuid: int) -> Sequence[Booking]:
        """A player's matches, oldest first."""
        return self._by_xuid.get(xuid, ())

    def find(self, match_id: UUID) -> Booking | None:
        """A match by its id."""
        return self._by_id.get(match_id)

    @property
    def next_end(self) -> datetime | None:
        """When the next match ends by itself; None where none does."""
        return None if self._stream is None else self._stream.next_end

    def pass_time(self, now: datetime) -> list[Booking]:
        """Books what ends up to ``now``; what was booked once stays as it is. Returns what is new."""
        fresh = self._stream.book_until(now) if self._stream is not None else []
        for booking in fresh:
            self._note(booking)
        return fresh

    def order(self, now: datetime, game: Game, lead: Player) -> Booking:
        """A match around ``lead`` that ends at ``now``; changes nothing of what the stream has yet to bring."""
        number = int(now.timestamp() * 1000) * _NUMBERS + self._orders % _NUMBERS
        self._orders += 1
        zero = now - timedelta(days=1)
        self._lobby.empty()
        for booking in self._bookings[self._first_after(now - _BUSY_BEFORE) :]:
            self._lobby.engage(booking.cast, (booking.ends_at - zero).total_seconds())
        rng, start_s = seeded(self._seed, "order", number), (now - zero).total_seconds() - game.takes_s
        cast = self._showcase.gather(rng, game, lead, start_s)
        booking = self._register.book(Origin.ORDER, number, now, game, cast, spares_lead=True)
        self._note(booking)
        return booking

    def _first_after(self, moment: datetime) -> int:
        return bisect_right(self._bookings, moment, key=_end)

    def _note(self, booking: Booking) -> None:
        self._by_id[booking.match_id] = booking
        _insert(self._bookings, booking)
        for player in booking.cast:
            _insert(self._by_xuid[player.xuid], booking)


def _insert(bookings: list[Booking], booking: Booking) -> None:
    if bookings and bookings[-1].ends_at > booking.ends_at:
        insort(bookings, booking, key=_end)
    else:
        bookings.append(booking)


def _end(booking: Booking) -> datetime:
    return booking.ends_at
