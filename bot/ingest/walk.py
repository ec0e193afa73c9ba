"""What reading a history from its newest match on brings to light."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.halo.models.stats import MatchHistoryResult
from bot.ingest.misses import FRESH
from bot.ingest.place import End, Place, end_of, reaches
from bot.ingest.quiet_halo import PAGE

__all__ = ["Walk"]


@dataclass(slots=True)
class Walk:
    """The pages of a history so far, newest first.

    Attributes:
        floor: As of when all was known before; None: nothing was.
    """

    floor: datetime | None
    ends: dict[UUID, datetime | None] = field(default_factory=dict[UUID, datetime | None])
    _unknown: set[UUID] = field(default_factory=set[UUID])
    _start: int = 0
    _page: Sequence[MatchHistoryResult] = ()

    def note(self, start: int, page: Sequence[MatchHistoryResult], unknown: Collection[UUID]) -> None:
        """Take in a page, and which of its matches are to be fetched."""
        self.ends.update({result.match_id: end_of(result) for result in page})
        self._unknown.update(unknown)
        self._start, self._page = start, page

    @property
    def is_short(self) -> bool:
        """Whether the last page looked like the history's end."""
        return len(self._page) < PAGE

    @property
    def is_whole(self) -> bool:
        """Whether it reaches back to what was known before, whoever has brought what is in between."""
        return reaches(list(self.ends.values()), self.floor)

    @property
    def newest_end(self) -> datetime | None:
        """When the newest match ended."""
        return max(filter(None, self.ends.values()), default=None)

    def end(self, before: End | None, now: datetime) -> End:
        """Return the match with which the history seems to end, which may be what it seemed before."""
        last = next(reversed(self.ends))
        return End(last, now) if before is None else before.seen(last, now)

    def rest(self, now: datetime, *, until: datetime | None) -> tuple[Place, datetime] | None:
        """Return where to read on in the history and when; None if there is nothing more to read."""
        return Place(self._start, until).after(self._page, now)

    def fresh(self, now: datetime) -> dict[UUID, datetime]:
        """Which matches ended so recently that they may have no stats yet, and when they did."""
        return {it: end for it, end in self.ends.items() if end is not None and now - end < FRESH}

    def missing(self) -> list[UUID]:
        """What is to be fetched, oldest first."""
        return [match_id for match_id in reversed(self.ends) if match_id in self._unknown]
