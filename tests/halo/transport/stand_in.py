"""A stand-in for time: a clock that nobody has to wait for."""

from __future__ import annotations

import asyncio
import time

__all__ = ["FakeClock", "settle"]


class FakeClock:
    """Time that passes when told to, or when somebody sleeps for less than ``jump_s``."""

    def __init__(self, jump_s: float = 0.0) -> None:
        self.now = 1000.0
        self.jump_s = jump_s
        self.slept: list[float] = []
        self._epoch = time.time() - self.now
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self._epoch + self.now

    async def sleep(self, seconds: float) -> None:
        if seconds <= self.jump_s:
            self.slept.append(seconds)
            self.pass_time(seconds)
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, future))
        await future

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        for due, future in self._sleepers:
            if due <= self.now and not future.done():
                future.set_result(None)
        self._sleepers = [(due, future) for due, future in self._sleepers if not future.done()]

    async def advance(self, seconds: float) -> None:
        """Let time pass from one sleeper's end to the next, and everyone react in between."""
        end = self.now + seconds
        while True:
            await settle()
            due = min((due for due, future in self._sleepers if not future.done()), default=end)
            if due >= end:
                break
            self.pass_time(due - self.now)
        self.pass_time(end - self.now)
        await settle()


async def settle() -> None:
    """Let everything that can run without network or time run."""
    for _ in range(20):
        await asyncio.sleep(0)
