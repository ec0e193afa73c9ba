"""What ``/csr`` shows: a player's ranks in all ranked playlists of a season, before any wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.stats.csr_rank import CsrRank
from bot.stats.csr_seasons import CsrSeason

__all__ = ["CsrChanges", "CsrRow", "CsrSheet", "order_rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrChanges:
    """How a rank moved over rolling times, None where it is not known: 24 hours and 7 days up to now.

    A day is the last 24 hours rather than a calendar day: the answer may be read in any time zone.
    """

    day: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrRow:
    """One playlist. ``name`` is the service's, "" where it has none; ``known_at`` None means live."""

    playlist_id: UUID
    name: str
    rank: CsrRank
    changes: CsrChanges
    known_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrSheet:
    """Everything known at ``asked_at``, perhaps not all of it yet.

    Attributes:
        season: None where the calendar cannot be had; the ranks are then those of the service's present.
        waiting: Playlists that are still to be answered; some of them may stand in ``rows`` as last known.
        unanswered: Playlists that were not answered at all, and of which nothing is known from before.
    """

    xuid: int
    gamertag: str
    gamerpic_url: str | None
    season: CsrSeason | None
    is_current_season: bool
    rows: tuple[CsrRow, ...]
    waiting: int
    unanswered: int
    asked_at: datetime

    @property
    def is_complete(self) -> bool:
        """Whether nothing more is to come."""
        return self.waiting == 0

    @property
    def has_live(self) -> bool:
        """Whether any rank is live."""
        return any(row.known_at is None for row in self.rows)

    @property
    def oldest(self) -> datetime | None:
        """When the oldest rank was seen that is not live; None if all are."""
        return min((row.known_at for row in self.rows if row.known_at is not None), default=None)


def order_rows(rows: list[CsrRow]) -> tuple[CsrRow, ...]:
    """Return ranked playlists first, then placements, then those not played this season; each as they came."""
    return tuple(sorted(rows, key=lambda row: (not row.rank.is_ranked, not row.rank.is_played_this_season)))
