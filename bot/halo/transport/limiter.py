"""At most so many starts in any one second, acquired before a request leaves.

A sliding log rather than a bucket: bursts of the whole rate go out at once, and the next start has
to wait until one of them is old enough. The background can be held to a share of the rate, so that a person
always finds room in what is left.
"""

from __future__ import annotations

import asyncio
import math
from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.halo.transport.clock import Clock
from bot.halo.transport.options import Priority

__all__ = ["RateLimiter", "Slot", "Ticket"]

_WINDOW_S: Final = 1.05
_TRAVEL_S: Final = 0.25


class Ticket:
    """One caller's standing in every line it waits in; it can change while it waits.

    Attributes:
        priority: Whom it may overtake.
        background_share: With how many starts of the background in a second it puts up, its own among them; it
            does not matter to who is interactive. None: with any number.
        came: When it first joined a line. Whoever has to come back, for a retry or with other tokens,
            stands where it would stand had it never left.
    """

    __slots__ = ("_on_move", "background_share", "came", "priority")

    def __init__(self, priority: Priority, background_share: int | None = None) -> None:
        self.priority = priority
        self.background_share = background_share
        self.came: tuple[float, int] | None = None
        self._on_move: Callable[[], None] | None = None

    def raise_to(self, priority: Priority) -> None:
        """Move ahead if ``priority`` goes before the present one."""
        if priority < self.priority:
            self.stand(priority, self.background_share)

    def stand(self, priority: Priority, background_share: int | None) -> None:
        """Move to where one of this priority and share stands."""
        if (priority, background_share) != (self.priority, self.background_share):
            self.priority, self.background_share = priority, background_share
            if self._on_move is not None:
                self._on_move()

    def watch(self, on_move: Callable[[], None] | None) -> None:
        """Name what is to be told when the standing changes."""
        self._on_move = on_move


@dataclass(slots=True, eq=False)
class _Waiter:
    ticket: Ticket
    came: tuple[float, int]
    priority: Priority
    turn: asyncio.Event = field(default_factory=asyncio.Event)


class Slot:
    """One start that was granted to somebody of a ``priority``; it occupies the rate until the service must have seen it."""

    __slots__ = ("_limiter", "expires", "priority")

    def __init__(self, limiter: RateLimiter, priority: Priority) -> None:
        self._limiter = limiter
        self.priority = priority
        self.expires = math.inf

    def depart(self) -> None:
        """Tell that the request is being written: it has tokens and a connection."""
        self._limiter.depart(self)

    def settle(self) -> None:
        """Tell that the answer is there: the request arrived no later than now."""
        self._limiter.settle(self)


class RateLimiter:
    """A line before one service.

    The service counts arrivals, not departures. A request that waits for a sign-in or for a connection after
    its turn leaves later, together with others that did; so a slot is not counted down before the request
    is written. From then on it is counted from the moment the answer came, or from 0.25 s after the
    writing if that is earlier: no later start can fall into its second.

    Args:
        starts: How many requests may start in any 1.05 s.
        clock: Where the time comes from.
    """

    def __init__(self, starts: int, clock: Clock) -> None:
        self._starts = starts
        self._clock = clock
        self._slots: list[Slot] = []
        self._lines: dict[Priority, list[_Waiter]] = {priority: [] for priority in Priority}
        self._served = 0

    async def acquire(
        self,
        ticket: Ticket,
        *,
        latest_start: Callable[[], float] = lambda: math.inf,
        on_wait: Callable[[float], None] | None = None,
    ) -> Slot:
        """Wait for a start: interactive before background, then first come, first served.

        Args:
            ticket: The caller's standing.
            latest_start: The moment on the clock after which a start is of no use.
            on_wait: Called with the seconds that the wait will take at least, if there is one.

        Raises:
            TimeoutError: No start can be had by then, as far as can be told now.
        """
        waiter = self._join(ticket)
        try:
            wait = self._expected_wait(waiter)
            if wait > 0:
                if self._clock.monotonic() + wait > latest_start():
                    raise TimeoutError
                if on_wait is not None:
                    on_wait(wait)
            await self._turn(waiter)
            slot = Slot(self, waiter.priority)
            self._slots.append(slot)
            return slot
        finally:
            self._leave(waiter)

    def depart(self, slot: Slot) -> None:
        """Count a slot from 0.25 s after now."""
        slot.expires = self._clock.monotonic() + _TRAVEL_S + _WINDOW_S
        self._call_first()

    def settle(self, slot: Slot) -> None:
        """Count a slot from now on, unless it is counted from earlier."""
        expires = self._clock.monotonic() + _WINDOW_S
        if expires < slot.expires:
            slot.expires = expires
            self._call_first()

    def _join(self, ticket: Ticket) -> _Waiter:
        self._served += 1
        if ticket.came is None:
            ticket.came = (self._clock.monotonic(), self._served)
        waiter = _Waiter(ticket, ticket.came, ticket.priority)
        insort(self._lines[waiter.priority], waiter, key=_came)
        ticket.watch(lambda: self._move(waiter))
        return waiter

    def _leave(self, waiter: _Waiter) -> None:
        waiter.ticket.watch(None)
        self._lines[waiter.priority].remove(waiter)
        self._call_first()

    def _move(self, waiter: _Waiter) -> None:
        self._lines[waiter.priority].remove(waiter)
        waiter.priority = waiter.ticket.priority
        insort(self._lines[waiter.priority], waiter, key=_came)
        self._call_first()

    def _first(self) -> _Waiter | None:
        return next((line[0] for line in self._lines.values() if line), None)

    def _call_first(self) -> None:
        if (first := self._first()) is not None:
            first.turn.set()

    async def _turn(self, waiter: _Waiter) -> None:
        """Return when the waiter is first in line and a start is free."""
        while True:
            waiter.turn.clear()
            is_next = self._first() is waiter
            delay = self._next_free(waiter) - self._clock.monotonic() if is_next else math.inf
            if delay == math.inf:
                await waiter.turn.wait()
            elif delay > 0:
                await self._sleep(delay, waiter.turn)
            else:
                return

    async def _sleep(self, seconds: float, woken: asyncio.Event) -> None:
        """Sleep, but no longer than until a slot turns out to be free earlier."""
        sleeper = asyncio.ensure_future(self._clock.sleep(seconds))
        waker = asyncio.ensure_future(woken.wait())
        try:
            await asyncio.wait({sleeper, waker}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeper.cancel()
            waker.cancel()

    def _busy(self) -> list[Slot]:
        now = self._clock.monotonic()
        self._slots = [slot for slot in self._slots if slot.expires > now]
        return self._slots

    def _next_free(self, waiter: _Waiter) -> float:
        """Return when there is a start for a waiter, be it in the past."""
        busy = self._busy()
        free = _free_at(busy, self._starts)
        share = _share_of(waiter)
        return free if share is None else max(free, _free_at(_of_background(busy), share))

    def _expected_wait(self, waiter: _Waiter) -> float:
        """Return the seconds until a waiter's turn if nobody overtakes it and nobody gives up."""
        urgent = sum(len(line) for priority, line in self._lines.items() if priority < waiter.priority)
        alike = bisect_left(self._lines[waiter.priority], waiter.came, key=_came)
        busy, share = self._busy(), _share_of(waiter)
        wait = self._rounds(urgent + alike, busy, self._starts)
        return wait if share is None else max(wait, self._rounds(alike, _of_background(busy), share))

    def _rounds(self, ahead: int, busy: Sequence[Slot], starts: int) -> float:
        """Return the seconds until it is the turn of who has so many ahead, of whom so many start at once."""
        now = self._clock.monotonic()
        ends = sorted(min(slot.expires, now + _TRAVEL_S + _WINDOW_S) for slot in busy)
        rounds, place = divmod(ahead, starts)
        taken = place + len(ends) - starts
        start = ends[taken] - now if taken >= 0 else 0.0
        return start + rounds * _WINDOW_S


def _came(waiter: _Waiter) -> tuple[float, int]:
    return waiter.came


def _share_of(waiter: _Waiter) -> int | None:
    return waiter.ticket.background_share if waiter.priority is Priority.BACKGROUND else None


def _of_background(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.priority is Priority.BACKGROUND]


def _free_at(busy: Sequence[Slot], starts: int) -> float:
    """Return when fewer than so many slots are busy any more."""
    too_many = len(busy) - starts
    return sorted(slot.expires for slot in busy)[too_many] if too_many >= 0 else -math.inf
