"""When each shard may identify: Discord allows one every five seconds in each of its buckets."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

__all__ = ["IdentifyGate"]

INTERVAL_S = 5.0


class IdentifyGate:
    """Spaces identifies within a bucket and lets the buckets go side by side.

    Args:
        max_concurrency: How many buckets Discord grants (``GET /gateway/bot``).
        time, sleep: A monotonic clock in seconds and the way to wait on it.
    """

    def __init__(
        self, max_concurrency: int, *, time: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._buckets = max(1, max_concurrency)
        self._time = time
        self._sleep = sleep
        self._last: dict[int, float] = {}
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def wait(self, shard_id: int) -> None:
        """Return when this shard may identify."""
        bucket = shard_id % self._buckets
        async with self._locks[bucket]:
            if (last := self._last.get(bucket)) is not None:
                await self._sleep(max(0.0, last + INTERVAL_S - self._time()))
            self._last[bucket] = self._time()
