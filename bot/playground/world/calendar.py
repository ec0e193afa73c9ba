"""The seasons around the world's present: where CSR starts anew, and which season a match belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["Season", "draw_seasons", "find_season", "season_at"]

# The ids are as irregular as the service's own.
_IDS = (
    "1",
    "1-2",
    "2",
    "2-2",
    "2-3",
    "3-1",
    "4-1",
    "5-1",
    "6-1",
    "7-1",
    "8-1",
    "9-1",
    "10-1",
    "11-1",
    "12-1",
    "13-1",
    "13-2",
    "13-3",
)
_LENGTH = timedelta(days=63)
_AGE_OF_CURRENT = timedelta(days=17)


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
    """All seasons, oldest first; the last lies in the future and the one before it holds ``now``."""
    current = (now - _AGE_OF_CURRENT).replace(hour=17, minute=0, second=0, microsecond=0)
    first = current - _LENGTH * (len(_IDS) - 2)
    return tuple(
        Season(f"CsrSeason{season_id}", first + _LENGTH * index, first + _LENGTH * (index + 1))
        for index, season_id in enumerate(_IDS)
    )


def season_at(seasons: tuple[Season, ...], moment: datetime) -> Season:
    """The season with the latest start not after ``moment`` (the first one before all time)."""
    return next((season for season in reversed(seasons) if season.starts_at <= moment), seasons[0])


def find_season(seasons: tuple[Season, ...], season_id: str) -> Season | None:
    """The season with this bare id, None when there is none."""
    return next((season for season in seasons if season.season_id.casefold() == season_id.casefold()), None)
