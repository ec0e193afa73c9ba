"""Matches as a sequence whose plans are drawn when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from bot.playground.world.booking import Booking
from bot.playground.world.plan import Plan

__all__ = ["Plans"]


class Plans(Sequence[Plan]):
    """The plans of bookings, in the bookings' order."""

    def __init__(self, bookings: Sequence[Booking], draw: Callable[[Booking], Plan]) -> None:
        self._bookings = bookings
        self._draw = draw

    def __len__(self) -> int:
        return len(self._bookings)

    @overload
    def __getitem__(self, at: int) -> Plan: ...
    @overload
    def __getitem__(self, at: slice) -> list[Plan]: ...
    def __getitem__(self, at: int | slice) -> Plan | list[Plan]:
        if isinstance(at, slice):
            return [self._draw(booking) for booking in self._bookings[at]]
        return self._draw(self._bookings[at])
