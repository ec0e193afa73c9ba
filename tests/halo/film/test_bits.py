"""Patterns found at any bit offset, held against looking at every one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.film.bits import BitPattern, BitPatterns, Bits
from tests.halo.film.films import bits_of, bytes_of

MASKED = BitPattern(b"\x00\x25\xc0", mask=b"\xff\xf7\xff")
WHOLE = BitPattern(b"\x00\x00\x2e\xe0")
BOTH = BitPatterns(MASKED, WHOLE)
BLOCK_BITS = 8 << 18


def every_place(data: bytes, pattern: BitPattern) -> list[int]:
    whole, size = int.from_bytes(data, "big"), 8 * len(data)
    last = size - 8 * pattern.size
    return [place for place in range(last + 1) if whole >> last - place & pattern.mask == pattern.content]


def find(data: bytes) -> list[list[int]]:
    return [places.tolist() for places in Bits(data).find(BOTH)]


pieces = st.sampled_from(
    [
        bits_of(content)
        for content in (b"\x00\x25\xc0", b"\x00\x2d\xc0", b"\x00\x00\x2e\xe0", b"\x2e\xe0", b"\x00")
    ]
) | st.text("01", max_size=20)


@given(st.lists(pieces, max_size=8).map(lambda parts: bytes_of("".join(parts))))
def test_every_place_of_every_pattern_is_found(data: bytes) -> None:
    assert find(data) == [every_place(data, MASKED), every_place(data, WHOLE)]


@given(st.binary(min_size=1, max_size=40), st.data())
def test_bytes_are_read_at_any_place(data: bytes, draw: st.DataObject) -> None:
    count = draw.draw(st.integers(0, len(data)))
    place = draw.draw(st.integers(0, 8 * (len(data) - count)))

    assert bits_of(Bits(data).bytes_at(place, count)) == bits_of(data)[place : place + 8 * count]


@pytest.mark.parametrize("place", [*range(BLOCK_BITS - 40, BLOCK_BITS + 10), 2 * BLOCK_BITS - 20])
def test_what_lies_across_two_blocks_is_found(place: int) -> None:
    data = bytes_of("1" * place + bits_of(b"\x00\x00\x2e\xe0") + "1" * 40)

    assert find(data) == [[], [place]]
