"""What was read is read once, by one of those who ask, and kept while there is room."""

from __future__ import annotations

import asyncio

import pytest

from bot.store.kept_reads import KeptReads


class Source:
    """Counts its reads, and gives nothing before it is told to."""

    def __init__(self, value: list[int]) -> None:
        self.value, self.reads = value, 0
        self.ready = asyncio.Event()

    async def read(self) -> list[int]:
        self.reads += 1
        await self.ready.wait()
        return self.value


async def test_who_comes_while_it_is_being_read_waits_for_it() -> None:
    kept, source = KeptReads(10), Source([1])
    asking = [asyncio.create_task(kept.read("key", source.read)) for _ in range(5)]
    await asyncio.sleep(0)
    source.ready.set()

    assert await asyncio.gather(*asking, kept.read("key", source.read)) == [[1]] * 6
    assert source.reads == 1


async def test_if_the_reader_gives_up_another_one_reads() -> None:
    kept, source = KeptReads(10), Source([1])
    asking = [asyncio.create_task(kept.read("key", source.read)) for _ in range(3)]
    await asyncio.sleep(0)
    asking[0].cancel()
    source.ready.set()

    answers = await asyncio.gather(*asking, return_exceptions=True)

    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [[1], [1]]
    assert source.reads == 2


async def test_a_failure_is_the_reader_s_own() -> None:
    kept, source = KeptReads(10), Source([1])
    source.ready.set()

    async def fail() -> list[int]:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it has no words
        await kept.read("key", fail)
    assert await kept.read("key", source.read) == [1]


async def test_what_was_used_longest_ago_makes_room() -> None:
    kept = KeptReads(10)
    sources = {name: Source([0, 0, 0]) for name in "abc"}
    for source in sources.values():
        source.ready.set()

    for name in "abacabc":
        await kept.read(name, sources[name].read)

    assert {name: source.reads for name, source in sources.items()} == {"a": 1, "b": 2, "c": 2}


async def test_empty_values_are_values_and_take_room() -> None:
    kept, source = KeptReads(2), Source([])
    source.ready.set()
    for key in "aabbcc":
        assert await kept.read(key, source.read) == []
    assert source.reads == 3
    await kept.read("a", source.read)
    assert source.reads == 4
