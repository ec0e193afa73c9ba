"""The CSR seasons, kept in memory: autocomplete has no time to ask for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError
from bot.reports.patience import OPTIONAL_S
from bot.stats.csr_seasons import CsrSeason, current_season, find_season, seasons_of
from bot.stats.unanswerable import SeasonUnknown

__all__ = ["Seasons"]

AGE: Final = timedelta(hours=6)
# A calendar that knows of no season for now is out of date, or the service has not published the next one yet.
AGE_BETWEEN_SEASONS: Final = timedelta(minutes=5)


class Seasons:
    """Reads the calendar now and then, and remembers it whatever happens to the service."""

    def __init__(self, halo: HaloInfiniteClient, *, now: Callable[[], datetime]) -> None:
        self._halo = halo.with_options(deadline_s=OPTIONAL_S)
        self._now = now
        self._kept: tuple[CsrSeason, ...] = ()
        self._kept_at: datetime | None = None
        self._refreshing: asyncio.Task[None] | None = None

    def remembered(self) -> tuple[CsrSeason, ...]:
        """The seasons that have begun, newest first, without asking anybody; none before the first answer.

        Where the memory is old it is refreshed behind the caller's back.
        """
        if self._is_due():
            self._refresh()
        return tuple(season for season in self._kept if season.starts_at <= self._now())

    async def begun(self) -> tuple[CsrSeason, ...]:
        """The seasons that have begun, newest first; none if they were never to be had."""
        if self._is_due():
            await asyncio.shield(self._refresh())
        return self.remembered()

    async def current(self) -> CsrSeason | None:
        """The season of now; None if the calendar was never to be had."""
        return current_season(await self.begun(), self._now())

    async def find(self, asked: str) -> CsrSeason:
        """The season that a person means.

        Raises:
            SeasonUnknown: There is none like that, or none is known because the calendar cannot be had.
        """
        begun = await self.begun()
        season = find_season(asked, begun)
        if season is None:
            raise SeasonUnknown(asked, begun[0].number if begun else None)
        return season

    async def close(self) -> None:
        """End what is still asked."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    def _is_due(self) -> bool:
        now = self._now()
        if self._kept_at is None:
            return True
        current = current_season(self._kept, now)
        between = current is None or (current.ends_at is not None and current.ends_at <= now)
        return now - self._kept_at >= (AGE_BETWEEN_SEASONS if between else AGE)

    def _refresh(self) -> asyncio.Task[None]:
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._fetch(), name="csr-seasons")
        return self._refreshing

    async def _fetch(self) -> None:
        """Read the calendar; a failure leaves what is known, and the next question asks again."""
        halo = self._halo.with_options(revalidate=True) if self._kept else self._halo
        try:
            calendar = await (await halo.gamecms_hacs.get_csr_season_calendar()).parse()
        except HaloError:
            return
        if seasons := seasons_of(calendar):
            self._kept, self._kept_at = seasons, self._now()
