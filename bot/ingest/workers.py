"""Who does the jobs: workers for each lane, what becomes of a job afterwards, and what wakes them."""

from __future__ import annotations

import asyncio
import traceback
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.halo.errors import Fault, HaloError, HaloResponseError
from bot.ingest.meter import Meter
from bot.ingest.pause import Pause, RestingError
from bot.ingest.quiet_halo import QuietHalo
from bot.ingest.work import LANES, Again, JobLostError, Kind, Lane, retry_delay
from bot.store import Job, Store, StoreError

__all__ = ["Handler", "Workers", "say_mistake"]

log = structlog.stdlib.get_logger("adjutant.ingest")

_GIVE_BACK_S: Final = 5.0

Handler = Callable[[Sequence[Job]], Awaitable[Again | None]]
"""Does jobs of one kind; returns when to do them again, None for never."""


@dataclass(frozen=True, slots=True)
class _Bench:
    """A lane, and what wakes its workers."""

    lane: Lane
    bell: asyncio.Event = field(default_factory=asyncio.Event)


class Workers:
    """Take due jobs and do them, until cancelled. Nothing that a job does ends them.

    Args:
        store: Where the jobs are.
        halo: Whose trouble makes lanes wait.
        handlers: What to do, by kind.
        pause: Begins when the store is in trouble.
        meter: Counts failures.
        now: The time of day.
        lease: For how long a job is taken.
    """

    def __init__(
        self,
        store: Store,
        halo: QuietHalo,
        handlers: Mapping[Kind, Handler],
        *,
        pause: Pause,
        meter: Meter,
        now: Callable[[], datetime],
        lease: timedelta,
    ) -> None:
        self._store = store
        self._halo = halo
        self._handlers = handlers
        self._pause = pause
        self._meter = meter
        self._now = now
        self._lease = lease
        self._benches = [_Bench(lane) for lane in LANES]
        self._in_hand: dict[int, Job] = {}

    def wake(self, kinds: Sequence[str] = tuple(Kind)) -> None:
        """Let those look who do work of these kinds."""
        for bench in self._benches:
            if not set(bench.lane.kinds).isdisjoint(kinds):
                bench.bell.set()

    async def run(self) -> None:
        """Work until cancelled, and then give back what is not finished."""
        try:
            async with asyncio.TaskGroup() as group:
                for bench in self._benches:
                    for _ in range(bench.lane.workers):
                        group.create_task(self._work(bench), name=f"ingest-{bench.lane.kinds[0]}")
        finally:
            await self._give_back()

    async def work_off(self) -> int:
        """Do all that is due, one after the other, and return how many jobs that was."""
        done = 0
        for bench in self._benches:
            while jobs := await self._take(bench.lane):
                done += len(jobs)
                await self._do(jobs)
        return done

    async def _work(self, bench: _Bench) -> None:
        while True:
            await bench.bell.wait()
            await self._pause.over()
            await self._halo.rested(bench.lane.service)
            bench.bell.clear()
            try:
                if jobs := await self._take(bench.lane):
                    bench.bell.set()
                    await self._do(jobs)
            except StoreError as error:
                self._rest(error)
                bench.bell.set()
            except Exception as error:  # a mistake of ours must not end the work for good
                say_mistake(error)
                self._pause.begin(error)
                bench.bell.set()

    async def _take(self, lane: Lane) -> tuple[Job, ...]:
        jobs = await self._store.jobs.take(
            self._now(), lease=self._lease, kinds=lane.kinds, limit=lane.at_once, alike=lane.alike
        )
        self._pause.succeeded()
        return jobs

    async def _do(self, jobs: Sequence[Job]) -> None:
        """Do jobs that were taken together, those of a kind at once."""
        self._in_hand.update({job.id: job for job in jobs})
        by_kind: defaultdict[str, list[Job]] = defaultdict(list)
        for job in jobs:
            by_kind[job.kind].append(job)
        for kind, alike in by_kind.items():
            verdict = await self._try(Kind(kind), alike)
            try:
                for job in alike:
                    await self._close(job, verdict)
            except StoreError as error:
                # What cannot be put back comes back by itself when its lease has run out.
                self._rest(error)
            for job in alike:
                self._in_hand.pop(job.id, None)

    async def _try(self, kind: Kind, jobs: Sequence[Job]) -> Again | None:
        """Do jobs, and return when they are to be done again, whatever went wrong."""
        try:
            return await self._handlers[kind](jobs)
        except JobLostError:
            return None  # neither ours to finish, nor done by that: the store leaves it alone
        except RestingError as resting:
            return Again(self._now() + timedelta(seconds=resting.seconds), done=False)
        except StoreError as error:
            self._rest(error)
        except HaloError as error:
            self._failed(kind, error)
        except Exception as error:  # a mistake of ours in one job must not end all the others
            self._failed(kind, error)
            say_mistake(error, kind=kind.value)
        tries = max(job.attempts for job in jobs)
        return Again(self._now() + retry_delay(tries), done=False)

    async def _close(self, job: Job, verdict: Again | None) -> None:
        if verdict is None:
            await self._store.jobs.finish(job)
        else:
            await self._store.jobs.put_back(job, verdict.due_at, done=verdict.done)

    def _failed(self, kind: Kind, error: Exception) -> None:
        self._meter.failed(kind.value, type(error).__name__)
        if isinstance(error, HaloError):
            # Its message holds an address, and that may name a player.
            status = error.status if isinstance(error, HaloResponseError) else None
            level = log.warning if error.fault is Fault.OPERATOR else log.info
            level("ingest put off", kind=kind.value, error=type(error).__name__, status=status)

    def _rest(self, error: StoreError) -> None:
        self._meter.failed("store", type(error).__name__)
        if not self._pause.seconds_left:
            log.warning("ingest rests", reason=str(error))
        self._pause.begin(error)

    async def _give_back(self) -> None:
        """Put back what was being done, as far as that goes quickly."""
        jobs, self._in_hand = list(self._in_hand.values()), {}
        try:
            async with asyncio.timeout(_GIVE_BACK_S):
                for job in jobs:
                    await self._store.jobs.put_back(job, job.due_at)
        except (StoreError, TimeoutError) as error:
            log.info("ingest left work to its lease", error=type(error).__name__)


def say_mistake(error: Exception, **about: str) -> None:
    """Log a mistake of ours by its class and place: its message may name somebody."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    log.error("ingest failed", error=type(error).__name__, at=at, **about)
