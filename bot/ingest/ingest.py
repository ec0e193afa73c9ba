"""The work behind the commands, as the rest of the bot sees it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Coroutine, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

import structlog

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.clock import Clock, SystemClock
from bot.ingest import work
from bot.ingest.cadence import interval, interval_when_asked
from bot.ingest.histories import LEASE, Histories
from bot.ingest.intake import Intake
from bot.ingest.ladders import Ladders
from bot.ingest.meter import Meter, NoMeter
from bot.ingest.misses import Misses
from bot.ingest.pause import Pause
from bot.ingest.progress import Progress, ProgressBoard
from bot.ingest.quiet_halo import QuietHalo
from bot.ingest.ranks import LADDER_EVERY, Ranks
from bot.ingest.work import Kind
from bot.ingest.workers import Workers, say_mistake
from bot.store import Backlog, Job, NewJob, Store, StoreError

__all__ = ["SHARE", "Ingest"]

log = structlog.stdlib.get_logger("adjutant.ingest")

SHARE: Final = 2
"""Of the five requests a second that each of Halo's services is asked: less than half."""

_LOOK_EVERY_S: Final = 3.0
_TIDY_EVERY_S: Final = 3600.0
_TIDY_AGAIN_S: Final = 60.0
_FOLLOW_S: Final = 600.0
_ASKED_EVERY: Final = timedelta(minutes=1)
_RANKS_AFTER: Final = timedelta(minutes=5)
_SERVERS: Final = 10_000
_AT_ONCE: Final = 200


class Ingest:
    """Keeps what linked players play in the store.

    All work is jobs of the store's: a crash at any point loses none, and what is done twice counts once.

    Args:
        store: Where it goes.
        halo: Where it comes from.
        now: The time of day.
        clock: The time that passes.
        rng: Jitter.
        share: How many requests may begin in a second at each of Halo's services.
        meter: Counts.
        learned: Is told of ranked playlists that are not in the table, soon after the start of those in which
            somebody is known to have a rank.
        lease: For how long a job is one worker's; after a crash it rests for that long.
    """

    def __init__(
        self,
        store: Store,
        halo: HaloInfiniteClient,
        *,
        now: Callable[[], datetime],
        clock: Clock | None = None,
        rng: Random | None = None,
        share: int = SHARE,
        meter: Meter | None = None,
        learned: Callable[[UUID], None] | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self._store = store
        self._now = now
        self._clock = clock or SystemClock()
        self._meter = meter or NoMeter()
        self._tell_learned = learned
        rng = rng or Random()  # noqa: S311 - jitter, no secret
        self._progress = ProgressBoard(self._clock)
        quiet = QuietHalo(halo, share=share, clock=self._clock, rng=rng, meter=self._meter)
        misses = Misses(now)
        self._ladders = Ladders(quiet, now=now, learned=self._learned)
        self._intake = Intake(store, quiet, self._ladders, misses, meter=self._meter, now=now)
        self._histories = histories = Histories(
            store,
            quiet,
            self._intake,
            self._ladders,
            misses,
            progress=self._progress,
            now=now,
            rng=rng,
            lease=lease,
        )
        ranks = Ranks(store, quiet, self._ladders, now=now, rng=rng, lease=lease)
        self._workers = Workers(
            store,
            quiet,
            {
                Kind.BACKFILL: self._backfill,
                Kind.REFRESH: histories.refresh,
                Kind.OLDER: histories.older,
                Kind.MATCH: histories.match,
                Kind.RANK: ranks.rank,
                Kind.LADDER: ranks.ladder,
            },
            pause=Pause(self._clock, rng),
            meter=self._meter,
            now=now,
            lease=lease,
        )
        self._asides: set[asyncio.Task[None]] = set()
        self._asked_at: OrderedDict[int, datetime] = OrderedDict()

    async def run(self) -> None:
        """Work until cancelled: jobs, schedules, housekeeping."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._workers.run(), name="ingest-workers")
                group.create_task(
                    self._steadily(self._look, _LOOK_EVERY_S, _LOOK_EVERY_S), name="ingest-look"
                )
                group.create_task(self._steadily(self.tidy, _TIDY_EVERY_S, _TIDY_AGAIN_S), name="ingest-tidy")
        finally:
            for task in self._asides:
                task.cancel()
            await asyncio.gather(*self._asides, return_exceptions=True)
            await self._intake.close()

    async def work_off(self) -> int:
        """Do all that is due now, one job after the other, and return how many jobs that was.

        Raises:
            StoreError: The store is in trouble.
        """
        return await self._workers.work_off()

    def first_work(self, xuid: int, *, server_id: int | None) -> tuple[NewJob, ...]:
        """Return what a new link needs: the last 100 matches at once, CSR with them, older matches after them.

        It is to be queued in the transaction that makes the link, and then told of with `begun`.

        Args:
            xuid: The player, whose it is: it stays when another user links them too.
            server_id: Where it was said: servers take turns.
        """
        now = self._now()
        return (
            work.backfill(xuid, now, server_id=server_id),
            # The backfill asks for them earlier, behind the matches that tell of the days before.
            *(work.rank(xuid, playlist_id, now + _RANKS_AFTER) for playlist_id in self._ladders.known()),
        )

    def begun(self, xuid: int) -> None:
        """Note that a player's first work is queued: there is a progress to follow, and something to do."""
        self._progress.set(xuid, Progress(0, None, finished=False))
        self._workers.wake()

    def progress(self, xuid: int) -> AsyncGenerator[Progress]:
        """Follow a first backfill: where it stands now, and again whenever that changes; ends when it is done.

        After ten minutes it ends anyway. It yields nothing for a player whose backfill this process knows
        nothing of.
        """
        return self._progress.follow(xuid, longest_s=_FOLLOW_S)

    async def refresh_server(self, server_id: int) -> None:
        """Have a server's members looked after: somebody looks at their board. Returns at once.

        Once a minute at most, and each member only if the last look is 1 to 10 minutes ago, by how active
        the member is.
        """
        now, last = self._now(), self._asked_at.get(server_id)
        if last is not None and now - last < _ASKED_EVERY:
            return
        self._asked_at[server_id] = now
        self._asked_at.move_to_end(server_id)
        while len(self._asked_at) > _SERVERS:
            self._asked_at.popitem(last=False)
        self._aside(self._refresh_members(server_id))

    async def backlog(self) -> tuple[Backlog, ...]:
        """Return what waits and what is being done, by kind of work.

        Raises:
            StoreError: That cannot be read.
        """
        ours = frozenset[str](Kind)
        return tuple(one for one in await self._store.jobs.backlog(self._now()) if one.kind in ours)

    def forget(self, xuids: Collection[int]) -> None:
        """Forget players who were erased; their jobs are gone with their data."""
        self._intake.forget(xuids)
        self._progress.forget(xuids)

    async def settled(self) -> None:
        """Return when what was begun aside, such as `refresh_server`, is queued."""
        await asyncio.gather(*self._asides, return_exceptions=True)

    async def tidy(self) -> None:
        """Queue what should be there and is not, whyever; there is never more than one job for the same thing.

        Raises:
            StoreError: The store is in trouble.
        """
        # Those that were learned before a restart; whoever is told of what is learned is told of them too.
        self._ladders.recall(await self._store.snapshots.playlists())
        now = self._now()
        jobs: list[NewJob] = [work.ladder(it, now + LADDER_EVERY) for it in self._ladders.known()]
        for player in await self._store.players.tracked():
            if player.refreshed_at is None:
                jobs.append(work.backfill(player.xuid, now))
            else:
                due_at = player.refreshed_at + interval(player.last_match_at, now) * 1.25
                jobs.append(work.refresh(player.xuid, max(due_at, now)))
        for start in range(0, len(jobs), _AT_ONCE):
            await self._store.jobs.add(*jobs[start : start + _AT_ONCE])
        await self._store.verifications.drop_expired(now)
        self._workers.wake()

    async def _backfill(self, jobs: Sequence[Job]) -> None:
        """Backfill, and leave no progress behind of a player who was erased meanwhile."""
        try:
            await self._histories.backfill(jobs)
        finally:
            with suppress(StoreError):
                xuids = [job.xuid for job in jobs if job.xuid is not None]
                self._progress.forget([it for it in xuids if not await self._store.links.of_player(it)])

    async def _look(self) -> None:
        """Wake whoever has something to do, and show what there is."""
        backlog = await self.backlog()
        self._meter.waiting(backlog, self._now())
        self._workers.wake([one.kind for one in backlog if one.due])

    async def _refresh_members(self, server_id: int) -> None:
        now = self._now()
        members = {link.xuid for link in await self._store.links.of_server(server_id)}
        await self._store.jobs.add(
            *(
                work.refresh(
                    player.xuid,
                    max(now, player.refreshed_at + interval_when_asked(player.last_match_at, now)),
                    server_id=server_id,
                )
                for player in await self._store.players.tracked()
                # Who has not been here at all is being backfilled.
                if player.xuid in members and player.refreshed_at is not None
            )
        )
        self._workers.wake()

    def _learned(self, playlist_id: UUID) -> None:
        """A playlist turned out to be ranked: everybody's CSR in it is kept from now on."""
        log.info("ranked playlist learned", playlist=str(playlist_id))
        if self._tell_learned is not None:
            self._tell_learned(playlist_id)
        self._aside(self._add_ladder(playlist_id))

    async def _add_ladder(self, playlist_id: UUID) -> None:
        await self._store.jobs.add(work.ladder(playlist_id, self._now() + LADDER_EVERY))

    def _aside(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do something small without letting anybody wait for it."""
        task = asyncio.create_task(_unless_the_store_fails(doing), name="ingest-aside")
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _steadily(
        self, step: Callable[[], Awaitable[None]], every_s: float, after_failure_s: float
    ) -> None:
        while True:
            try:
                await step()
            except StoreError as error:
                log.info("ingest waits for the store", reason=str(error))
                await self._clock.sleep(after_failure_s)
            except Exception as error:  # a mistake of ours must not end what works
                say_mistake(error)
                await self._clock.sleep(after_failure_s)
            else:
                await self._clock.sleep(every_s)


async def _unless_the_store_fails(doing: Coroutine[Any, Any, None]) -> None:
    try:
        await doing
    except StoreError as error:
        log.info("ingest waits for the store", reason=str(error))
