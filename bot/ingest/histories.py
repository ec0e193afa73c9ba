"""Players' histories: the last hundred matches after a link, those before in time, and the new ones for ever."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

import structlog

from bot.halo.models.stats import MatchHistoryResult
from bot.ingest import work
from bot.ingest.cadence import interval, spread
from bot.ingest.intake import CHUNK, Intake
from bot.ingest.ladders import Ladders
from bot.ingest.misses import FRESH, Misses
from bot.ingest.progress import Progress, ProgressBoard
from bot.ingest.quiet_halo import PAGE, QuietHalo, ticket
from bot.ingest.work import Again, JobLostError
from bot.store import Job, Store

__all__ = ["LEASE", "Histories"]

log = structlog.stdlib.get_logger("adjutant.ingest")

FIRST_PAGES: Final = 4
"""Which makes the last hundred matches."""
MOST_PAGES: Final = 40
"""Whoever played more since the last look has the rest brought like old ones."""
LEASE: Final = timedelta(minutes=3)
_RETRY_FRESH: Final = timedelta(seconds=10)


@dataclass(slots=True)
class _Walk:
    """What reading a history from its newest match on has brought to light, newest first."""

    ends: dict[UUID, datetime | None] = field(default_factory=dict[UUID, datetime | None])
    unknown: set[UUID] = field(default_factory=set[UUID])
    ended: bool = False

    @property
    def newest_end(self) -> datetime | None:
        """When the newest match ended."""
        return max(filter(None, self.ends.values()), default=None)

    def fresh(self, now: datetime) -> list[UUID]:
        """Which matches ended so recently that they may have no stats yet."""
        return [match_id for match_id, end in self.ends.items() if end is not None and now - end < FRESH]

    def missing(self) -> list[UUID]:
        """What is to be fetched, oldest first."""
        return [match_id for match_id in reversed(self.ends) if match_id in self.unknown]


class Histories:
    """Does the jobs about what a player has played. Each may be done twice, or in part and then again."""

    def __init__(
        self,
        store: Store,
        halo: QuietHalo,
        intake: Intake,
        ladders: Ladders,
        misses: Misses,
        *,
        progress: ProgressBoard,
        now: Callable[[], datetime],
        rng: Random,
        lease: timedelta = LEASE,
    ) -> None:
        self._store = store
        self._halo = halo
        self._intake = intake
        self._ladders = ladders
        self._misses = misses
        self._progress = progress
        self._now = now
        self._rng = rng
        self._lease = lease

    async def backfill(self, jobs: Sequence[Job]) -> None:
        """Bring a player's last hundred matches, and queue all that follows."""
        job, xuid, began_at = *_of_player(jobs), self._now()
        walk = await self._walk(job, xuid, pages=FIRST_PAGES, urgent=True, to_known=False)
        total = len(walk.ends)
        missing = walk.missing()
        self._progress.set(xuid, Progress(total - len(missing), total, finished=False))
        async for done in self._bring(missing, job, urgent=True):
            self._progress.set(xuid, Progress(total - len(missing) + done, total, finished=False))
        now = self._now()
        await self._store.jobs.add(
            *(work.rank(xuid, playlist_id, now) for playlist_id in self._ladders.known()),
            work.refresh(xuid, await self._settle(xuid, walk, began_at), server_id=job.server_id),
        )
        if not walk.ended:
            await self._store.jobs.add(
                work.older(xuid, now, start=FIRST_PAGES * PAGE, server_id=job.server_id)
            )
        self._progress.set(xuid, Progress(total, total, finished=True))
        log.info("backfilled", matches=len(missing), of=total)

    async def refresh(self, jobs: Sequence[Job]) -> Again:
        """Bring what a player has played since the last look."""
        job, xuid, began_at = *_of_player(jobs), self._now()
        walk = await self._walk(job, xuid, pages=MOST_PAGES, urgent=False, to_known=True)
        async for _ in self._bring(walk.missing(), job, urgent=False):
            pass
        if not walk.ended:
            start, server_id = MOST_PAGES * PAGE, job.server_id
            await self._store.jobs.add(
                work.older(xuid, self._now(), start=start, server_id=server_id, is_gap=True)
            )
        return Again(await self._settle(xuid, walk, began_at))

    async def older(self, jobs: Sequence[Job]) -> Again | None:
        """Bring one page of what was played before the first hundred, and note where the next one begins."""
        job, xuid = _of_player(jobs)
        start = int(job.payload["start"])
        results = await self._halo.history(xuid, start, ticket())
        ids = dict.fromkeys(result.match_id for result in results)
        unknown = await self._store.matches.unknown(ids, xuid=xuid)
        async for _ in self._bring([it for it in reversed(ids) if it in unknown], job, urgent=False):
            pass
        if len(results) < PAGE:
            log.info("history is here to its end")
            return None
        # Matches that end meanwhile move the others back: the next page may repeat some, and misses none.
        await self._hold(job, {"start": start + PAGE})
        return Again(self._now())

    async def match(self, jobs: Sequence[Job]) -> Again | None:
        """Try once more to bring a match that could not be had."""
        job, xuid = _of_player(jobs)
        match_id = UUID(job.payload["match"])
        if await self._store.matches.unknown([match_id], xuid=xuid):
            await self._intake.bring([match_id], job)
        if self._misses.again_at(match_id) is None:
            return None
        if job.attempts >= work.MATCH_TRIES:
            log.warning("match given up", match=str(match_id), tries=job.attempts)
            return None
        return Again(self._now() + work.match_delay(job.attempts), done=False)

    async def _walk(self, job: Job, xuid: int, *, pages: int, urgent: bool, to_known: bool) -> _Walk:
        """Read a history page by page: to its end, so many pages, or to one on which all is known."""
        walk = _Walk()
        for page in range(pages):
            results = await self._halo.history(xuid, page * PAGE, ticket(urgent=urgent))
            ends = {result.match_id: _end(result) for result in results}
            unknown = await self._store.matches.unknown(ends, xuid=xuid)
            missing = {it for it in unknown if not self._misses.is_held_back(it)}
            walk.ends.update(ends)
            walk.unknown |= missing
            walk.ended = len(results) < PAGE or (to_known and not missing)
            if walk.ended:
                break
            await self._hold(job)
        return walk

    async def _bring(self, missing: Sequence[UUID], job: Job, *, urgent: bool) -> AsyncGenerator[int]:
        """Bring matches, oldest first; yields how many are done."""
        for start in range(0, len(missing), CHUNK):
            chunk = missing[start : start + CHUNK]
            await self._intake.bring(chunk, job, urgent=urgent)
            await self._hold(job)
            yield start + len(chunk)

    async def _hold(self, job: Job, payload: dict[str, int] | None = None) -> None:
        """Keep the job, or stop: what is done for somebody who was erased meanwhile would be in vain."""
        if not await self._store.jobs.keep(job, self._now() + self._lease, payload):
            raise JobLostError

    async def _settle(self, xuid: int, walk: _Walk, began_at: datetime) -> datetime:
        """Note that a player was looked after, and return when to look again.

        A match that has just ended and has no stats yet is looked for shortly; until it is there, not all is.
        """
        now = self._now()
        due_at = now + spread(interval(walk.newest_end, now), self._rng)
        awaited = [at for it in walk.fresh(now) if (at := self._misses.again_at(it)) is not None]
        if awaited:
            return min(due_at, max(min(awaited), now + _RETRY_FRESH))
        await self._store.players.refreshed([xuid], began_at)
        return due_at


def _of_player(jobs: Sequence[Job]) -> tuple[Job, int]:
    """Return the one job and its player.

    Raises:
        JobLostError: The player has been erased.
    """
    (job,) = jobs
    if job.xuid is None:
        raise JobLostError
    return job, job.xuid


def _end(result: MatchHistoryResult) -> datetime | None:
    return result.match_info.end_time or result.match_info.start_time
