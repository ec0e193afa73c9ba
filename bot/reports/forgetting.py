"""Forgetting people: in the store, and wherever else something is kept of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import uuid4

import structlog

from bot.store import Erased, NewJob, Store, StoreError

__all__ = ["Forgetting", "People", "scrub_after"]

log = structlog.stdlib.get_logger("adjutant.forgetting")

SCRUB: Final = "scrub"
UNCACHE: Final = "uncache"
SCRUB_AFTER: Final = timedelta(minutes=5)
LEASE: Final = timedelta(minutes=30)
AT_ONCE: Final = 100
RETRIES: Final = {SCRUB: timedelta(minutes=15), UNCACHE: timedelta(minutes=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Of whom nothing is to be kept: Discord users, and the players that nobody links any more."""

    user_ids: frozenset[int] = frozenset()
    xuids: frozenset[int] = frozenset()
    gamertags: frozenset[str] = frozenset()


class DropCached(Protocol):
    """Deletes what is cached of players."""

    async def __call__(self, *, xuids: Collection[int], gamertags: Collection[str]) -> None:
        """Delete it, or raise `sqlite3.Error`."""
        ...


def scrub_after(now: datetime) -> NewJob:
    """Return the rewriting of the store's files that has to be queued with whatever lets a player go.

    The work has a new name every few minutes, so that what is being scrubbed already does not stand for it.
    """
    period = int(now.timestamp() // SCRUB_AFTER.total_seconds())
    return NewJob(kind=SCRUB, key=str(period), due_at=now + SCRUB_AFTER)


class Forgetting:
    """Erases users and servers wholly.

    The order is such that an end at any point leaves something to begin again with: cached answers go first (those
    of somebody who stays are only fetched again), then the store's, and last what no restart outlives. The files of the store are rewritten
    some minutes later, once for all erasures in between; that it is due is stored, too.

    Where cached answers cannot be deleted, as somebody else keeps their file locked, it is stored that all of them
    are to be deleted, whoever they are about. So the note names nobody: of those who were erased nothing is kept
    until then but the answers themselves, and they go with the first round of `Departures` that finds the file free.

    Args:
        store: What is erased.
        drop_cached: Deletes the cached answers about players.
        drop_all_cached: Deletes all of them, or raises `sqlite3.Error`.
        memories: What forgets people at once.
        now: The time.
    """

    def __init__(
        self,
        store: Store,
        *,
        drop_cached: DropCached,
        drop_all_cached: Callable[[], Awaitable[None]],
        memories: Sequence[Callable[[People], Awaitable[None]]],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._drop_cached = drop_cached
        self._drop_all_cached = drop_all_cached
        self._memories = memories
        self._now = now

    async def user(self, user_id: int) -> Erased:
        """Forget a Discord user, and the linked player unless somebody else links it.

        Raises:
            StoreError: Nothing was erased.
        """
        link = await self._store.links.of_user(user_id)
        named = {} if link is None else await self._names([link.xuid])
        await self._drop(named)
        await self._scrub_later()
        erased = await self._store.erasure.forget_user(user_id)
        await self._forget(erased, named)
        return erased

    async def server(self, server_id: int) -> Erased:
        """Forget a server that removed the bot, and its members who are on no other server's board.

        Raises:
            StoreError: Nothing was erased.
        """
        named = await self._names([link.xuid for link in await self._store.links.of_server(server_id)])
        await self._drop(named)
        await self._scrub_later()
        erased = await self._store.erasure.forget_server(server_id)
        await self._forget(erased, named)
        return erased

    async def released(self, xuids: Collection[int], gamertags: Collection[str]) -> None:
        """Forget players that the store has let go: a link was replaced."""
        if xuids:
            named = dict.fromkeys(xuids, frozenset(gamertags))
            await self._scrub_later()
            await self._drop(named)
            await self._forget(Erased(xuids=frozenset(xuids)), named)

    async def names(self, xuid: int) -> frozenset[str]:
        """Return the gamertags that a player is known to have had."""
        return (await self._names([xuid]))[xuid]

    async def catch_up(self) -> None:
        """Do what is due of earlier erasures; what cannot be done stays due.

        Raises:
            StoreError: The store is in trouble.
        """
        try:
            await self.uncache()
        except sqlite3.Error as error:
            log.warning("cached answers still not deleted", reason=str(error))
        await self.scrub()

    async def uncache(self) -> bool:
        """Delete all cached answers if some could not be deleted before; return whether it was done.

        Raises:
            sqlite3.Error: It is due and could not be done; it stays due.
            StoreError: The store is in trouble.
        """
        return await self._do_due(UNCACHE, self._drop_all_cached)

    async def scrub(self) -> bool:
        """Rewrite the store's files if that is due; return whether it was done.

        Raises:
            StoreError: It is due and could not be done; it stays due.
        """
        return await self._do_due(SCRUB, self._store.erasure.scrub)

    async def _do_due(self, kind: str, work: Callable[[], Awaitable[None]]) -> bool:
        jobs = await self._store.jobs.take(self._now(), lease=LEASE, kinds=(kind,), limit=AT_ONCE)
        if not jobs:
            return False
        try:
            await work()
        except (StoreError, sqlite3.Error):
            for job in jobs:
                await self._store.jobs.put_back(job, self._now() + RETRIES[kind])
            raise
        for job in jobs:
            await self._store.jobs.finish(job)
        return True

    async def _names(self, xuids: Collection[int]) -> dict[int, frozenset[str]]:
        return {
            xuid: frozenset(known.gamertag for known in await self._store.players.history(xuid))
            for xuid in xuids
        }

    async def _drop(self, named: dict[int, frozenset[str]]) -> None:
        if not named:
            return
        try:
            gamertags = frozenset[str]().union(*named.values())
            await self._drop_cached(xuids=named.keys(), gamertags=gamertags)
        except sqlite3.Error as error:
            # The erasure itself must not fail over it.
            log.warning("cached answers not deleted yet", reason=str(error))
            # A name of its own each time: what is being done already must not stand for it.
            await self._store.jobs.add(NewJob(kind=UNCACHE, key=uuid4().hex, due_at=self._now()))

    async def _forget(self, erased: Erased, named: dict[int, frozenset[str]]) -> None:
        gone = [named.get(xuid, frozenset[str]()) for xuid in erased.xuids]
        people = People(user_ids=erased.user_ids, xuids=erased.xuids, gamertags=frozenset[str]().union(*gone))
        for forget in self._memories:
            await forget(people)

    async def _scrub_later(self) -> None:
        """Note it before anything is erased: to scrub once too often is no harm."""
        await self._store.jobs.add(scrub_after(self._now()))
