"""Players' histories: the last hundred matches after a link, those before in time, and the new ones for ever."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

import structlog

from bot.ingest import work
from bot.ingest.cadence import interval, spread
from bot.ingest.intake import CHUNK, Intake
from bot.ingest.ladders import Ladders
from bot.ingest.look import Look
from bot.ingest.misses import Misses
from bot.ingest.place import Place, shut_for
from bot.ingest.progress import Progress, ProgressBoard
from bot.ingest.quiet_halo import PAGE, QuietHalo, ticket
from bot.ingest.walk import Walk
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
_RETRY_ODD: Final = timedelta(hours=1)
_RETRY_EMPTY: Final = timedelta(hours=1)
_LATE: Final = timedelta(hours=3)
"""By how much a match may turn up in the history later than it ended, and still be found wherever it is."""


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
        since = await self._store.players.refreshed_at(xuid)
        walk = await self._walk(job, xuid, pages=FIRST_PAGES, urgent=True, floor=_floor(since))
        total = len(walk.ends)
        missing = walk.missing()
        self._progress.set(xuid, Progress(total - len(missing), total, finished=False))
        async for done in self._bring(missing, job, urgent=True):
            self._progress.set(xuid, Progress(total - len(missing) + done, total, finished=False))
        await self._store.jobs.add(
            *(work.rank(xuid, playlist_id, self._now()) for playlist_id in self._ladders.known())
        )
        await (self._go_on(job, xuid, walk, since, began_at) if walk.ends else self._wait(job, xuid, since))
        self._progress.set(xuid, Progress(total, total, finished=True))
        log.info("backfilled", matches=len(missing), of=total)

    async def refresh(self, jobs: Sequence[Job]) -> Again:
        """Bring what a player has played since the last look."""
        job, xuid, began_at = *_of_player(jobs), self._now()
        since, look = await self._store.players.refreshed_at(xuid), Look.of(job.payload)
        if (again_at := look.rests_until(since, began_at)) is not None:
            return Again(again_at)
        floor = None if look.is_first else _floor(since)
        walk = await self._walk(job, xuid, pages=MOST_PAGES, urgent=False, floor=floor, to_known=True)
        async for _ in self._bring(walk.missing(), job, urgent=False):
            pass
        before = look
        look, as_of, due_at = self._judge(walk, before, since, began_at)
        if as_of is not None:
            await self._bridge(job, xuid, walk)
            if before.end is not None and not walk.is_short:
                await self._read_on(job, xuid, walk)
            await self._store.players.refreshed([xuid], as_of)
        if look.payload() != job.payload:
            await self._hold(job, look.payload())
        return Again(due_at)

    async def older(self, jobs: Sequence[Job]) -> Again | None:
        """Bring one page of what was played before the first hundred, and note where the next one begins."""
        job, xuid = _of_player(jobs)
        place = Place.of(job.payload)
        results = await self._halo.history(xuid, place.start, ticket())
        ids = dict.fromkeys(result.match_id for result in results)
        unknown = await self._store.matches.unknown(ids, xuid=xuid)
        async for _ in self._bring([it for it in reversed(ids) if it in unknown], job, urgent=False):
            pass
        if (then := place.after(results, self._now())) is None:
            log.info("history is here to its end")
            return None
        # Matches that end meanwhile move the others back: the next page may repeat some, and misses none.
        place, due_at = then
        await self._hold(job, place.payload())
        return Again(due_at)

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

    async def _walk(
        self, job: Job, xuid: int, *, pages: int, urgent: bool, floor: datetime | None, to_known: bool = False
    ) -> Walk:
        """Read a history page by page: to its end, so many pages, or back to what was known before.

        That all matches of a page are known does not end it: another player may have brought those, and they
        say nothing of what is beyond.
        """
        walk = Walk(floor)
        for start in range(0, pages * PAGE, PAGE):
            results = await self._halo.history(xuid, start, ticket(urgent=urgent))
            ids = {result.match_id for result in results}
            unknown = await self._store.matches.unknown(ids, xuid=xuid)
            missing = {it for it in unknown if not self._misses.is_held_back(it)}
            walk.note(start, results, missing)
            if walk.is_short or (to_known and walk.is_whole and not missing):
                break
            await self._hold(job)
        return walk

    def _judge(
        self, walk: Walk, look: Look, since: datetime | None, began_at: datetime
    ) -> tuple[Look, datetime | None, datetime]:
        """Return what to remember of a look, as of when all is there if it has become later, and the next one."""
        now = self._now()
        due_at, as_of = self._settled(walk, since, began_at)
        if walk.floor is not None and not walk.ends:
            again_at = now + spread(shut_for(look.shut + 1), self._rng)
            return Look(shut=look.shut + 1, again_at=again_at, as_of=since), None, again_at
        if walk.floor is not None and walk.is_short and not walk.is_whole:
            end = walk.end(look.end, now)
            if not end.is_confirmed(now):
                is_long = len(walk.ends) >= PAGE
                return Look(end=end), None, max(due_at, now + _RETRY_ODD) if is_long else due_at
        end = walk.end(look.end, now) if look.end is not None and walk.is_short and walk.ends else None
        return Look(is_first=not walk.ends, end=None if end and end.is_confirmed(now) else end), as_of, due_at

    async def _bridge(self, job: Job, xuid: int, walk: Walk) -> None:
        """Have what is between a walk and what was known before brought like old matches, if there is any."""
        now = self._now()
        if walk.is_whole or not walk.ends or (walk.is_short and walk.floor is not None):
            return
        if (rest := walk.rest(now, until=walk.floor)) is not None:
            place, due_at = rest
            below = next(reversed(walk.ends))
            await self._store.jobs.add(work.older(xuid, due_at, place, server_id=job.server_id, below=below))

    async def _go_on(
        self, job: Job, xuid: int, walk: Walk, since: datetime | None, began_at: datetime
    ) -> None:
        """Queue what follows a backfill; what was there before it, for another link, is not forgotten over it."""
        due_at, as_of = self._settled(walk, since, began_at)
        if since is None or walk.is_whole or not walk.is_short:
            if since is not None:
                await self._bridge(job, xuid, walk)
            await self._store.players.refreshed([xuid], as_of)
        # Looks at a history of less than a page see its end every time; that of others is confirmed by a job.
        is_seen = since is None and walk.is_short and len(walk.ends) < PAGE
        look = Look(end=walk.end(None, self._now())) if is_seen else None
        await self._store.jobs.add(work.refresh(xuid, due_at, server_id=job.server_id, look=look))
        if not is_seen:
            await self._read_on(job, xuid, walk)

    async def _read_on(self, job: Job, xuid: int, walk: Walk) -> None:
        """Have what is beyond a walk brought, to the end of the history."""
        if (rest := walk.rest(self._now(), until=None)) is not None:
            place, due_at = rest
            await self._store.jobs.add(work.older(xuid, due_at, place, server_id=job.server_id))

    async def _wait(self, job: Job, xuid: int, since: datetime | None) -> None:
        """Nothing of a history is shown: look again soon, and then now and then."""
        now = self._now()
        due_at = now + spread(_RETRY_EMPTY, self._rng)
        look = Look(is_first=since is None)
        await self._store.jobs.add(work.refresh(xuid, due_at, server_id=job.server_id, look=look))
        if since is None:
            await self._store.players.refreshed([xuid], now)

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

    def _settled(self, walk: Walk, since: datetime | None, began_at: datetime) -> tuple[datetime, datetime]:
        """Return when to look at a player again, and as of when all is there.

        A match that has just ended and has no stats yet is looked for shortly; until it is there, not all is.
        """
        now = self._now()
        due_at = now + spread(interval(walk.newest_end, now), self._rng)
        awaited = {it: at for it in walk.fresh(now) if (at := self._misses.again_at(it)) is not None}
        if not awaited:
            return due_at, began_at
        as_of = min(began_at, *(end for it, end in walk.fresh(now).items() if it in awaited))
        due_at = min(due_at, max(min(awaited.values()), now + _RETRY_FRESH))
        return due_at, as_of if since is None else max(as_of, since)


def _floor(since: datetime | None) -> datetime | None:
    return None if since is None else since - _LATE


def _of_player(jobs: Sequence[Job]) -> tuple[Job, int]:
    """Return the one job and its player.

    Raises:
        JobLostError: The player has been erased.
    """
    (job,) = jobs
    if job.xuid is None:
        raise JobLostError
    return job, job.xuid
