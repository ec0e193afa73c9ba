"""``/status``: how the bot is doing, from what it knows. Nobody is asked but its own database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final, TypeVar

import structlog

from bot.reports.service_watch import ServiceWatch
from bot.stats.leaderboard import Freshness
from bot.stats.status import BoardStatus, Status, Unreadable, Waiting
from bot.store import Backlog, Store, StoreError, Window

__all__ = ["StatusReport"]

log = structlog.stdlib.get_logger("adjutant.status")

T = TypeVar("T")

PATIENCE_S: Final = 3.0


class StatusReport:
    """Answers at once, also while Halo or the database does not.

    Args:
        store: Where the boards are.
        watch: What is known of Halo's services.
        backlog: Reads what work waits, and what is being done.
        now: The time of day; the bot was started when this is made.
        patience_s: How long the database may take, in seconds.
    """

    def __init__(
        self,
        store: Store,
        watch: ServiceWatch,
        backlog: Callable[[], Awaitable[Sequence[Backlog]]],
        *,
        now: Callable[[], datetime],
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._store = store
        self._watch = watch
        self._backlog = backlog
        self._patience_s = patience_s
        self._started_at = now()

    async def look(self, server_id: int | None) -> Status:
        """Return how the bot is doing, with the board of one server; None leaves that out.

        A database that cannot be read costs the parts that are in it, and no more.
        """
        work, board = await asyncio.gather(self._read(self._work), self._board_of(server_id))
        return Status(
            started_at=self._started_at,
            halo=self._watch.status(),
            work=work,
            board=board,
        )

    async def _work(self) -> tuple[Waiting, ...]:
        backlog = await self._backlog()
        return tuple(
            Waiting(one.kind, one.due, one.later, one.oldest_due_at, in_hand=one.in_hand) for one in backlog
        )

    async def _board_of(self, server_id: int | None) -> BoardStatus | Unreadable | None:
        if server_id is None:
            return None

        async def board() -> BoardStatus:
            board = await self._store.boards.totals(server_id, (), Window())
            return BoardStatus(len(board), Freshness.of(board.members.refreshed_at))

        return await self._read(board)

    async def _read(self, part: Callable[[], Awaitable[T]]) -> T | Unreadable:
        try:
            async with asyncio.timeout(self._patience_s):
                return await part()
        except (StoreError, TimeoutError) as error:
            log.warning("status without what the database holds", error=type(error).__name__)
            return Unreadable()
