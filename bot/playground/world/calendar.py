"""The seasons around the world's present: where CSR starts anew, and which season a match belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["Season", "draw_seasons", "find_season", "season_at"]

# The ids are as irregular as the service's own, and so are the lengths: days by id, oldest first.
_LENGTHS = {
    "1": 247, "1-2": 70, "2": 112, "2-2": 77, "2-3": 119, "3-1": 105, "4-1": 119, "5-1": 105, "6-1": 91, "7-1": 35,
    "8-1": 98, "9-1": 84, "10-1": 63, "11-1": 91, "12-1": 70, "13-1": 91, "13-2": 70, "13-3": 63,
}  # fmt: skip
_CURRENT = "13-2"
_TUESDAY, _HOUR = 1, 17
_LEAST_AGE = timedelta(days=17)


@dataclass(frozen=True, slots=True)
class Season:
    """One CSR season, half-open in time; ``season_id`` is the bare id such as ``CsrSeason13-2``."""

    season_id: str
    starts_at: datetime
    ends_at: datetime

    @property
    def path(self) -> str:
        """The form that match stats and the calendar use."""
        return f"Csr/Seasons/{self.season_id}.json"


def draw_seasons(now: datetime) -> tuple[Season, ...]:
    """All seasons, oldest first; the last lies in the future and the one before it holds ``now``.

    A season starts on a Tuesday, so that the same week has the same calendar; the current one is 17 days old
    or a little older.
    """
    return tuple(_seasons_from(_first_start(_latest_change(now - _LEAST_AGE))))


def _latest_change(moment: datetime) -> datetime:
    """The last Tuesday, 17:00, at or before a moment."""
    day = moment.astimezone(UTC).replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    day -= timedelta(days=(day.weekday() - _TUESDAY) % 7)
    return day if day <= moment else day - timedelta(days=7)


def _first_start(current: datetime) -> datetime:
    ids = list(_LENGTHS)
    return current - timedelta(days=sum(_LENGTHS[it] for it in ids[: ids.index(_CURRENT)]))


def _seasons_from(start: datetime) -> Iterator[Season]:
    for season_id, days in _LENGTHS.items():
        end = start + timedelta(days=days)
        yield Season(f"CsrSeason{season_id}", start, end)
        start = end


def season_at(seasons: tuple[Season, ...], moment: datetime) -> Season:
    """The season with the latest start not after ``moment`` (the first one before all time)."""
    return seasons[max(0, bisect_right(seasons, moment, key=lambda season: season.starts_at) - 1)]


def find_season(seasons: tuple[Season, ...], season_id: str) -> Season | None:
    """The season with this bare id, None when there is none."""
    return next((season for season in seasons if season.season_id.casefold() == season_id.casefold()), None)
