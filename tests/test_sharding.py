"""When each shard may identify."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.sharding import INTERVAL_S, IdentifyGate
from tests.halo.transport.stand_in import FakeClock, settle


def identified(buckets: int, shards: list[int]) -> list[tuple[int, float]]:
    """When each shard went, with all of them waiting from the start."""
    clock = FakeClock()
    clock.now = 0.0
    gate = IdentifyGate(buckets, time=clock.monotonic, sleep=clock.sleep)
    went: list[tuple[int, float]] = []

    async def identify(shard: int) -> None:
        await gate.wait(shard)
        went.append((shard, clock.monotonic()))

    async def run() -> None:
        async with asyncio.TaskGroup() as group:
            for shard in shards:
                group.create_task(identify(shard))
            await settle()
            while len(went) < len(shards):
                await clock.advance(INTERVAL_S / 2)

    asyncio.run(run())
    return went


def test_one_bucket_lets_a_shard_go_every_five_seconds() -> None:
    assert identified(1, [0, 1, 2]) == [(0, 0.0), (1, 5.0), (2, 10.0)]


def test_buckets_go_side_by_side() -> None:
    assert sorted(identified(16, list(range(16)))) == [(shard, 0.0) for shard in range(16)]


@given(st.integers(0, 4), st.integers(0, 6))
def test_within_a_bucket_shards_keep_their_distance(buckets: int, shards: int) -> None:
    went = identified(buckets, list(range(shards)))

    assert sorted(shard for shard, _ in went) == list(range(shards))
    size = max(1, buckets)
    for bucket in range(size):
        moments = [at for shard, at in went if shard % size == bucket]
        assert all(later - earlier >= INTERVAL_S for earlier, later in pairwise(moments))
