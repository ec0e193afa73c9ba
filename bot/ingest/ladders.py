"""Which playlists are ranked, and which CSR season it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.ingest.quiet_halo import QuietHalo, ticket
from bot.stats.csr_seasons import CsrSeason, current_season
from bot.stats.playlists import RANKED_PLAYLISTS

__all__ = ["Ladders"]

_LOOKED_AT_FOR: Final = timedelta(days=1)
_SEASONS_FOR: Final = timedelta(hours=1)
_REMEMBERED: Final = 1_000


class Ladders:
    """Knows the ranked playlists, and learns others from the matches that come in."""

    def __init__(
        self, halo: QuietHalo, *, now: Callable[[], datetime], learned: Callable[[UUID], None]
    ) -> None:
        self._halo = halo
        self._now = now
        self._learned = learned
        self._ranked = dict.fromkeys(RANKED_PLAYLISTS)
        self._unranked: OrderedDict[UUID, datetime] = OrderedDict()
        self._seasons: tuple[CsrSeason, ...] = ()
        self._seasons_at: datetime | None = None

    def known(self) -> tuple[UUID, ...]:
        """Every playlist known to be ranked, those of the table first."""
        return tuple(self._ranked)

    def recall(self, playlist_ids: Iterable[UUID]) -> None:
        """Learn playlists that are certainly ranked: somebody has a rank in them."""
        for playlist_id in playlist_ids:
            self._learn(playlist_id)

    async def is_ranked(self, playlist_id: UUID) -> bool:
        """Tell whether a playlist has CSR; one that is not known is looked at once a day.

        Raises:
            HaloError: That cannot be found out now.
        """
        if playlist_id in self._ranked:
            return True
        looked_at = self._unranked.get(playlist_id)
        if looked_at is not None and self._now() - looked_at < _LOOKED_AT_FOR:
            return False
        if await self._halo.has_csr(playlist_id, ticket()):
            self._learn(playlist_id)
            return True
        self._unranked[playlist_id] = self._now()
        while len(self._unranked) > _REMEMBERED:
            self._unranked.popitem(last=False)
        return False

    async def season(self) -> CsrSeason | None:
        """Return the season of now; None between two seasons of which the second is not published yet.

        Raises:
            HaloError: The calendar cannot be had.
        """
        now = self._now()
        if self._seasons_at is None or now - self._seasons_at >= _SEASONS_FOR:
            self._seasons, self._seasons_at = await self._halo.seasons(ticket()), now
        return current_season(self._seasons, now)

    def _learn(self, playlist_id: UUID) -> None:
        if playlist_id not in self._ranked:
            self._ranked[playlist_id] = None
            self._learned(playlist_id)
