"""How far a first backfill has come, for whoever waits for it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Collection
from dataclasses import dataclass
from typing import Final

from bot.halo.transport.clock import Clock

__all__ = ["Progress", "ProgressBoard"]

_REMEMBERED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` matches are here; ``total`` is None until the history has been read."""

    done: int
    total: int | None
    finished: bool


class _Entry:
    def __init__(self) -> None:
        self.progress = Progress(0, None, finished=False)
        self.moved = asyncio.Event()


class ProgressBoard:
    """Where workers write and waiters read. Nothing of it is stored: it is as old as this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: OrderedDict[int, _Entry] = OrderedDict()

    def set(self, xuid: int, progress: Progress) -> None:
        """Write how far it has come."""
        entry = self._entries.setdefault(xuid, _Entry())
        self._entries.move_to_end(xuid)
        entry.progress = progress
        entry.moved.set()
        entry.moved = asyncio.Event()
        while len(self._entries) > _REMEMBERED:
            self._entries.popitem(last=False)

    def forget(self, xuids: Collection[int]) -> None:
        """Forget players; whoever waits for one reads no more than that it is over."""
        for xuid in xuids:
            if xuid in self._entries:
                self.set(xuid, Progress(0, 0, finished=True))
                del self._entries[xuid]

    async def follow(self, xuid: int, *, longest_s: float) -> AsyncGenerator[Progress]:
        """Yield where it stands, and again whenever that changes, until it is done or ``longest_s`` have passed.

        Of a player of whom no backfill is known nothing comes.
        """
        entry = self._entries.get(xuid)
        if entry is None:
            return
        timer = asyncio.ensure_future(self._clock.sleep(longest_s))
        try:
            while True:
                moved, progress = asyncio.ensure_future(entry.moved.wait()), entry.progress
                try:
                    yield progress
                    if progress.finished:
                        return
                    await asyncio.wait({moved, timer}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    moved.cancel()
                if timer.done():
                    return
        finally:
            timer.cancel()
