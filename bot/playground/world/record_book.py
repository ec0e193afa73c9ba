"""Keeps every player's sums by kind of match, so that a service record is summed up once and then kept up."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.playground.world.booking import Booking, Lifecycle
from bot.playground.world.match import Match
from bot.playground.world.records import RecordFilter, RecordKind, ServiceRecord, add_records, kind_of

__all__ = ["RecordBook"]

_MOST_PLAYERS = 64
_AT_ONCE = 8


@dataclass(slots=True)
class _Page:
    """One player's sums over the first ``told`` of their matches, the last of which ended at ``until``."""

    told: int = 0
    until: datetime | None = None
    sums: dict[RecordKind, ServiceRecord] = field(default_factory=dict[RecordKind, ServiceRecord])


class RecordBook:
    """The sums of the players asked for most recently.

    Args:
        matches_of: A player's matches, oldest first.
        play: Tells what happened in a match.
    """

    def __init__(
        self, matches_of: Callable[[int], Sequence[Booking]], play: Callable[[Booking], Match]
    ) -> None:
        self._matches_of = matches_of
        self._play = play
        self._pages: OrderedDict[int, _Page] = OrderedDict()

    def forget(self, xuid: int, moment: datetime) -> None:
        """Takes notice of another match of a player: the sums begin anew if they are past its end."""
        page = self._pages.get(xuid)
        if page is not None and page.until is not None and page.until > moment:
            del self._pages[xuid]

    def sum_up(self, xuid: int, until: datetime | None) -> Iterator[None]:
        """Adds the player's matches that ended by ``until``, some at each step; others may do so meanwhile."""
        bookings = self._matches_of(xuid)
        while self._take_step(self._page(xuid, until), bookings, xuid, until):
            yield

    def _take_step(self, page: _Page, bookings: Sequence[Booking], xuid: int, until: datetime | None) -> bool:
        """Adds a few matches; False when none was missing."""
        missing = bookings[page.told : page.told + _AT_ONCE]
        fresh = [booking for booking in missing if until is None or booking.ends_at <= until]
        for booking in fresh:
            self._tell(page, booking, xuid)
        return bool(fresh)

    def record(
        self, xuid: int, lifecycles: frozenset[Lifecycle], wanted: RecordFilter, until: datetime | None
    ) -> ServiceRecord:
        """The sums of a player's matches of some kinds that ended by ``until``."""
        for _ in self.sum_up(xuid, until):
            pass
        return add_records(
            record
            for kind, record in self._pages[xuid].sums.items()
            if kind.lifecycle in lifecycles and wanted.takes_kind(kind)
        )

    def _page(self, xuid: int, until: datetime | None) -> _Page:
        page = self._pages.get(xuid)
        if page is None or (until is not None and page.until is not None and page.until > until):
            page = self._pages[xuid] = _Page()
        self._pages.move_to_end(xuid)
        while len(self._pages) > _MOST_PLAYERS:
            self._pages.popitem(last=False)
        return page

    def _tell(self, page: _Page, booking: Booking, xuid: int) -> None:
        match = self._play(booking)
        showing = match.showing_of(xuid)
        if showing is not None:
            kind = kind_of(booking)
            if kind not in page.sums:
                page.sums[kind] = ServiceRecord()
            page.sums[kind].add_match(match, showing)
        page.told, page.until = page.told + 1, booking.ends_at
