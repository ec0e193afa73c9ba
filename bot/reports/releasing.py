"""What follows when a link was replaced, and nobody links the old account any more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Final

import structlog

from bot.reports.forgetting import Forgetting
from bot.store import StoreError

__all__ = ["Releasing"]

log = structlog.stdlib.get_logger("adjutant.forgetting")

AGAIN_S: Final = 30.0


class Releasing:
    """Forgets the players that the store has let go, however long that takes.

    What the store keeps of them is gone by then, and the scrubbing is queued: a link was replaced, and that is
    no failure any more, whatever happens here.

    Args:
        forgetting: What forgets.
        sleep: Waits some seconds.
    """

    def __init__(self, forgetting: Forgetting, *, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._forgetting = forgetting
        self._sleep = sleep
        self._waiting: set[asyncio.Task[None]] = set()

    async def release(self, xuids: Collection[int], gamertags: Collection[str]) -> None:
        """Forget players; what cannot be done now is done later."""
        if not await self._forgets(xuids, gamertags):
            task = asyncio.create_task(self._keep_trying(xuids, gamertags), name="release")
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def close(self) -> None:
        """Give up what waits: this process's memory ends with it."""
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _keep_trying(self, xuids: Collection[int], gamertags: Collection[str]) -> None:
        await self._sleep(AGAIN_S)
        while not await self._forgets(xuids, gamertags):
            await self._sleep(AGAIN_S)

    async def _forgets(self, xuids: Collection[int], gamertags: Collection[str]) -> bool:
        try:
            await self._forgetting.released(xuids, gamertags)
        except StoreError as error:
            log.warning("released players not forgotten yet", reason=str(error))
            return False
        return True
