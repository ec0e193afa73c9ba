"""CSR seasons: which there are, which is the current one, and which a person means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from bot.halo.models.gamecms_hacs import CsrSeasonCalendar

__all__ = ["CsrSeason", "current_season", "find_season", "season_number", "seasons_of"]

_PREFIX: Final = "CsrSeason"
# A year is no season.
_NUMBER: Final = re.compile(r"(?<!\d)\d{1,2}(?:-\d{1,2})?(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrSeason:
    """A time between two resets of CSR, half-open.

    ``path`` is what the calendar and matches call it (``Csr/Seasons/CsrSeason13-2.json``). The service has no
    names for CSR seasons: operations have, but several of them share a season.
    """

    path: str
    starts_at: datetime
    ends_at: datetime | None

    @property
    def season_id(self) -> str:
        """The bare id, such as ``CsrSeason13-2``: what the skill service takes."""
        return PurePosixPath(self.path).stem

    @property
    def number(self) -> str:
        """What players call it, such as ``13-2``."""
        return self.season_id.removeprefix(_PREFIX)


def seasons_of(calendar: CsrSeasonCalendar) -> tuple[CsrSeason, ...]:
    """Return the seasons of a calendar, newest first; those to come are among them, those without a start are not."""
    seasons = [
        CsrSeason(path=season.csr_season_file_path, starts_at=start, ends_at=season.end_date.value)
        for season in calendar.seasons
        if (start := season.start_date.value) is not None and season.csr_season_file_path
    ]
    return tuple(sorted(seasons, key=lambda season: season.starts_at, reverse=True))


def current_season(seasons: Iterable[CsrSeason], now: datetime) -> CsrSeason | None:
    """Return the season with the latest start not after ``now``."""
    begun = [season for season in seasons if season.starts_at <= now]
    return max(begun, key=lambda season: season.starts_at, default=None)


def find_season(asked: str, seasons: Sequence[CsrSeason]) -> CsrSeason | None:
    """Return the season that a person means: by its id, its path, or its number within any words ("Season 13-2")."""
    wanted = asked.strip().casefold()
    for season in seasons:
        if wanted in {season.path.casefold(), season.season_id.casefold(), season.number.casefold()}:
            return season
    number = season_number(asked)
    return next((season for season in seasons if season.number == number), None)


def season_number(text: str) -> str | None:
    """Return the one season number that stands within any words; None for none, or several."""
    numbers = _NUMBER.findall(text)
    return numbers[0] if len(numbers) == 1 else None
