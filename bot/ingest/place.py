"""How far a part of a history has been read, and whether it ends where a page says so.

A page with fewer matches than it could have looks like the end. It may also be a service's mistake, a refusal, or
a history that was hidden a moment ago: an end is believed when the same is said again a day later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from bot.halo.models.stats import MatchHistoryResult
from bot.ingest.quiet_halo import PAGE

__all__ = ["CONFIRMED_AFTER", "End", "Place", "end_of", "reaches", "shut_for"]

CONFIRMED_AFTER: Final = timedelta(days=1)

_SHUT_FOR: Final = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)


@dataclass(frozen=True, slots=True)
class End:
    """What seems to be a history's first match, and since when nothing was said of earlier ones."""

    match_id: UUID
    since: datetime

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> End | None:
        """Read it from a job; None where there was none."""
        if (found := payload.get("end")) is None:
            return None
        return cls(UUID(found["match"]), datetime.fromisoformat(found["since"]))

    def payload(self) -> dict[str, Any]:
        """Return it for a job."""
        return {"end": {"match": str(self.match_id), "since": self.since.isoformat()}}

    def seen(self, match_id: UUID, now: datetime) -> End:
        """Return what is to be thought when a history seems to end with a match: this, if it did before."""
        return self if match_id == self.match_id else End(match_id, now)

    def is_confirmed(self, now: datetime) -> bool:
        """Whether it has been said for long enough."""
        return now - self.since >= CONFIRMED_AFTER


@dataclass(frozen=True, slots=True)
class Place:
    """Where to read on in a history.

    Attributes:
        start: How many newer matches there are; they only become more, so nothing is passed over.
        until: Down to when to read; None: to the end.
        end: What seems to be the end.
        shut: How often in a row nothing was shown at all.
    """

    start: int
    until: datetime | None = None
    end: End | None = None
    shut: int = 0

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Place:
        """Read it from a job."""
        until = payload.get("until")
        return cls(
            start=int(payload["start"]),
            until=None if until is None else datetime.fromisoformat(until),
            end=End.of(payload),
            shut=int(payload.get("shut", 0)),
        )

    def payload(self) -> dict[str, Any]:
        """Return it for a job."""
        return {
            "start": self.start,
            **({} if self.until is None else {"until": self.until.isoformat()}),
            **({} if self.end is None else self.end.payload()),
            **({"shut": self.shut} if self.shut else {}),
        }

    def after(self, page: Sequence[MatchHistoryResult], now: datetime) -> tuple[Place, datetime] | None:
        """Return where to read on after this page, and when; None if all is read."""
        if reaches([end_of(result) for result in page], self.until):
            return None
        if len(page) >= PAGE:
            return Place(self.start + PAGE, self.until), now
        if not page:
            # At a true end there is one match to be seen from one place further up, and in a hidden history none.
            start = self.start if self.shut else max(self.start - 1, 0)
            return Place(start, self.until, shut=self.shut + 1), now + shut_for(self.shut + 1)
        last = page[-1].match_id
        end = End(last, now) if self.end is None else self.end.seen(last, now)
        if end.is_confirmed(now):
            return None
        return Place(self.start, self.until, end), end.since + CONFIRMED_AFTER


def shut_for(times: int) -> timedelta:
    """Return how long a history is left alone that has shown nothing so often, from 15 minutes to three days."""
    return _SHUT_FOR[min(max(times, 1), len(_SHUT_FOR)) - 1]


def end_of(result: MatchHistoryResult) -> datetime | None:
    """When a match ended, or at least began."""
    return result.match_info.end_time or result.match_info.start_time


def reaches(ends: Sequence[datetime | None], until: datetime | None) -> bool:
    """Whether matches that ended then reach back beyond a moment."""
    return until is not None and any(end is not None and end < until for end in ends)
