"""Whose turn it is to write, among those of one process."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

__all__ = ["Turns"]


class Turns:
    """A lock with two queues: people's, and that of work in the background.

    Each is served in order. While there are waiters in both they are served by turns: who waits for an answer is
    not kept waiting by all the work there is, and people do not bring the work to a stop.
    """

    def __init__(self) -> None:
        self._taken = False
        self._people: deque[asyncio.Future[None]] = deque()
        self._work: deque[asyncio.Future[None]] = deque()
        self._people_next = True

    @asynccontextmanager
    async def turn(self, *, background: bool) -> AsyncGenerator[None]:
        """Wait for the turn and have it; who stops waiting leaves the queue."""
        await self._take(self._work if background else self._people)
        self._people_next = background
        try:
            yield
        finally:
            self._give_up()

    async def _take(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        mine = asyncio.get_running_loop().create_future()
        queue.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._give_up()  # it was handed over at the same moment
            with suppress(ValueError):
                queue.remove(mine)
            raise

    def _give_up(self) -> None:
        """Hand the turn to the next one, so that nobody can come in between."""
        queues = (self._people, self._work) if self._people_next else (self._work, self._people)
        for queue in queues:
            while queue:
                waiter = queue.popleft()
                if not waiter.done():
                    waiter.set_result(None)
                    return
        self._taken = False
