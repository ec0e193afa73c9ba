"""Who is gone: servers that removed the bot, also while it was away, and members who left a server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from random import Random
from typing import Final, Protocol

import structlog

from bot.reports.forgetting import Forgetting
from bot.reports.identities import Identities
from bot.store import Store, StoreError

__all__ = ["Departures", "Presence", "PresenceUnknownError"]

log = structlog.stdlib.get_logger("adjutant.departures")

# A member is looked for again when last known to be there this long ago. With a round that takes SPREAD_S and
# some time for the answers, and the pause behind it, that is within the hour.
UNSEEN_FOR: Final = timedelta(minutes=25)
SPREAD_S: Final = 8 * 60.0
ROUND_S: Final = 10 * 60.0
AT_ONCE: Final = 100
PACE_S: Final = 1.0


class PresenceUnknownError(Exception):
    """Discord did not say who is where; the message says why."""


class Presence(Protocol):
    """What Discord says."""

    def is_ours(self, server_id: int) -> bool:
        """Whether this process looks after a server."""
        ...

    async def servers(self) -> frozenset[int]:
        """Ask which servers the bot is in.

        Raises:
            PresenceUnknownError: There is no answer.
        """
        ...

    async def has_removed_us(self, server_id: int) -> bool:
        """Ask for one server, whether the bot is really no longer in it.

        Raises:
            PresenceUnknownError: There is no answer.
        """
        ...

    async def absent(self, server_id: int, user_ids: Collection[int]) -> frozenset[int]:
        """Ask who of at most 100 users is not a member of a server, and return those that it says so of.

        Raises:
            PresenceUnknownError: There is no answer, or the server is not available.
        """
        ...


class Departures:
    """Erases servers that are gone, and takes members who left off their boards, round after round.

    Only a plain answer removes anybody: silence, an outage or an error leaves everything as it is, until the
    next round.

    Args:
        store: Where servers and members are.
        forgetting: What erases servers.
        identities: What remembers who is on a board.
        presence: What Discord says.
        now: The time.
        sleep: Waits some seconds.
        random: Spreads the requests.
    """

    def __init__(
        self,
        store: Store,
        forgetting: Forgetting,
        identities: Identities,
        presence: Presence,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        random: Random,
    ) -> None:
        self._store = store
        self._forgetting = forgetting
        self._identities = identities
        self._presence = presence
        self._now = now
        self._sleep = sleep
        self._random = random
        self._asked = asyncio.Event()

    async def run(self) -> None:
        """Go round until cancelled."""
        while True:
            self._asked.clear()
            try:
                await self.go_round()
            except StoreError as error:
                log.warning("departures not looked for", reason=str(error))
            pause = asyncio.ensure_future(self._sleep(ROUND_S * self._random.uniform(0.8, 1.0)))
            asked = asyncio.ensure_future(self._asked.wait())
            try:
                await asyncio.wait((pause, asked), return_when=asyncio.FIRST_COMPLETED)
                if pause.done():
                    pause.result()
            finally:
                pause.cancel()
                asked.cancel()

    def look_now(self) -> None:
        """Begin the next round at once: Discord has told anew of all servers."""
        self._asked.set()

    async def go_round(self) -> None:
        """Look once after every server, and clear up behind what was erased.

        Raises:
            StoreError: The store cannot be read or written.
        """
        # Always in the same order, so that from one look to the next it is never longer than a round.
        kept = [
            server for server in sorted(await self._store.servers.known()) if self._presence.is_ours(server)
        ]
        pace_s = min(PACE_S, SPREAD_S / max(len(kept), 1))
        try:
            here = await self._presence.servers()
        except PresenceUnknownError as unknown:
            log.info("servers not told", reason=str(unknown))
            here = frozenset(kept)
        for server_id in kept:
            try:
                await self._look_after(server_id, is_here=server_id in here, pace_s=pace_s)
            except PresenceUnknownError as unknown:
                log.info("server not looked after", server=server_id, reason=str(unknown))
        await self._store.verifications.drop_expired(self._now())
        await self._forgetting.catch_up()

    async def joined(self, server_id: int) -> None:
        """Note that the bot was added to a server."""
        await self._store.servers.add(server_id, self._now())

    async def removed(self, server_id: int) -> None:
        """Erase a server that removed the bot."""
        erased = await self._forgetting.server(server_id)
        log.info("server erased", server=server_id, members=len(erased.user_ids), players=len(erased.xuids))

    async def _look_after(self, server_id: int, *, is_here: bool, pace_s: float) -> None:
        if is_here:
            await self._members(server_id, pace_s)
        elif await self._presence.has_removed_us(server_id):
            await self.removed(server_id)

    async def _members(self, server_id: int, pace_s: float) -> None:
        before = self._now() - UNSEEN_FOR
        while unseen := await self._store.servers.unseen_since(server_id, before, limit=AT_ONCE):
            asked_at = self._now()
            gone = await self._presence.absent(server_id, unseen)
            there = frozenset(unseen) - gone
            if gone:
                await self._store.servers.remove_members(server_id, gone)
                self._identities.outdated(server_id)
                log.info("members left", server=server_id, count=len(gone))
            if there:
                await self._store.servers.seen(server_id, there, asked_at)
            await self._sleep(pace_s * self._random.uniform(0.5, 1.0))
