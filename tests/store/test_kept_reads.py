"""What was read is kept while there is room."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store.kept_reads import KeptReads


class Source:
    """Counts its reads."""

    def __init__(self, value: list[int]) -> None:
        self.value, self.reads = value, 0

    def read(self) -> list[int]:
        self.reads += 1
        return self.value


def test_what_was_read_is_not_read_again() -> None:
    kept, source = KeptReads(10), Source([1])

    assert [kept.view().read("key", source.read) for _ in range(3)] == [[1]] * 3

    assert source.reads == 1


def test_a_failure_is_not_kept() -> None:
    kept, source = KeptReads(10), Source([1])

    def fail() -> list[int]:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it has no words
        kept.view().read("key", fail)
    assert kept.view().read("key", source.read) == [1]


def test_what_was_used_longest_ago_makes_room() -> None:
    kept = KeptReads(10)
    sources = {name: Source([0, 0, 0]) for name in "abc"}

    for name in "abacabc":
        kept.view().read(name, sources[name].read)

    assert {name: source.reads for name, source in sources.items()} == {"a": 1, "b": 2, "c": 2}


def test_empty_values_are_values_and_take_room() -> None:
    kept, source = KeptReads(2), Source([])
    for key in "aabbcc":
        assert kept.view().read(key, source.read) == []
    assert source.reads == 3
    kept.view().read("a", source.read)
    assert source.reads == 4


def test_what_is_too_large_is_given_and_not_kept() -> None:
    kept, source = KeptReads(3), Source([1, 2, 3, 4])

    assert [kept.view().read("key", source.read) for _ in range(2)] == [[1, 2, 3, 4]] * 2

    assert source.reads == 2


def test_threads_may_share_it() -> None:
    kept = KeptReads(20)

    def ask(n: int) -> list[int]:
        return kept.view().read(n % 7, lambda: [n % 7] * 3)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(2_000))) == [[n % 7] * 3 for n in range(2_000)]


def test_what_was_cleared_is_read_again_and_its_room_is_free() -> None:
    kept, source = KeptReads(4), Source([1])
    kept.view().read("a", source.read)
    kept.view().read("b", source.read)

    kept.clear()

    for key in "abab":
        kept.view().read(key, source.read)
    assert source.reads == 4


def test_what_is_being_read_as_everything_goes_is_given_and_not_kept() -> None:
    """Also what is only read afterwards, in a transaction that sees the state of before."""
    kept, source = KeptReads(10), Source([1])
    early = kept.view()

    def read() -> list[int]:
        kept.clear()
        return source.read()

    assert [early.read("a", read), early.read("b", source.read)] == [[1]] * 2

    for key in "abab":
        kept.view().read(key, source.read)
    assert source.reads == 4
