"""CSR of linked players, 32 in one request: of somebody after a ranked match, and of everybody now and then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

import structlog

from bot.halo.models.refdata import SkillResultCode
from bot.halo.xuid import xuid_of_player_id
from bot.ingest.cadence import spread
from bot.ingest.ladders import Ladders
from bot.ingest.quiet_halo import BATCH, QuietHalo, ticket
from bot.ingest.recaps import rank_now
from bot.ingest.work import Again, JobLostError
from bot.stats.csr_seasons import CsrSeason
from bot.store import Job, Rank, Store

__all__ = ["LADDER_EVERY", "Ranks"]

log = structlog.stdlib.get_logger("adjutant.ingest")

LADDER_EVERY: Final = timedelta(hours=6)
_BETWEEN_SEASONS: Final = timedelta(minutes=15)


class Ranks:
    """Does the jobs about CSR. A season begins with the calendar; its snapshots go under its own path."""

    def __init__(
        self,
        store: Store,
        halo: QuietHalo,
        ladders: Ladders,
        *,
        now: Callable[[], datetime],
        rng: Random,
        lease: timedelta,
    ) -> None:
        self._store = store
        self._halo = halo
        self._ladders = ladders
        self._now = now
        self._rng = rng
        self._lease = lease

    async def rank(self, jobs: Sequence[Job]) -> Again | None:
        """Look at some players, those of the same playlist together."""
        season = await self._ladders.season()
        if season is None:
            return Again(self._now() + _BETWEEN_SEASONS)
        linked = frozenset(await self._store.links.linked_xuids())
        by_playlist: defaultdict[UUID, list[Job]] = defaultdict(list)
        for job in jobs:
            by_playlist[UUID(job.payload["playlist"])].append(job)
        for playlist_id, together in by_playlist.items():
            players = {job.xuid for job in together if job.xuid is not None} & linked
            await self._snapshot(playlist_id, sorted(players), season)
            for job in together:
                await self._store.jobs.finish(job)
        return None

    async def ladder(self, jobs: Sequence[Job]) -> Again:
        """Look at everybody who is linked in one playlist; an end in between is gone on from."""
        (job,) = jobs
        season = await self._ladders.season()
        if season is None:
            return Again(self._now() + _BETWEEN_SEASONS)
        xuids = await self._store.links.linked_xuids()
        for start in range(int(job.payload.get("done", 0)), len(xuids), BATCH):
            await self._snapshot(UUID(job.key), xuids[start : start + BATCH], season)
            await self._hold(job, start + BATCH)
        await self._hold(job, 0)
        return Again(self._now() + spread(LADDER_EVERY, self._rng))

    async def _hold(self, job: Job, done: int) -> None:
        if not await self._store.jobs.keep(job, self._now() + self._lease, {"done": done}):
            raise JobLostError

    async def _snapshot(self, playlist_id: UUID, xuids: Sequence[int], season: CsrSeason) -> None:
        if not xuids:
            return
        values = await self._halo.csr(playlist_id, xuids, season.season_id, ticket())
        ranks: dict[int, Rank] = {}
        for value in values:
            xuid = xuid_of_player_id(value.id)
            if (
                xuid is None
                or value.result is None
                or value.result_code not in {None, SkillResultCode.SUCCESS}
            ):
                continue
            if (rank := rank_now(value.result)) is not None:
                ranks[xuid] = rank
        if ranks:
            await self._store.snapshots.add(playlist_id, season.path, ranks, self._now())
