"""Bytes that are read at any bit offset.

A pattern of whole bytes that starts ``s`` bits after a byte boundary still covers two whole bytes of
the data. Comparing every pair of neighbouring bytes with those two, for each of the eight ``s``, finds all
places where the pattern can be without shifting anything; only the few that agree are looked at in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np

__all__ = ["BitPattern", "Bits", "ByteRows", "Places"]

Places: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
"""Offsets in bits."""

ByteRows: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
"""As many bytes from each of several places: one row for each place."""

_Pairs: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint16]]

_BLOCK_PAIRS: Final = 1 << 17
"""How many are compared at a time, so that what lies in between stays in the processor's cache."""


class BitPattern:
    """What :meth:`Bits.find` looks for: at least three bytes, or those of their bits that a mask has.

    Args:
        content: The bytes, with zeros where the mask has them.
        mask: Its ones are the bits that have to agree; all when it is not given.
    """

    def __init__(self, content: bytes, mask: bytes | None = None) -> None:
        mask = mask or b"\xff" * len(content)
        self.size = len(content)
        self._content = np.frombuffer(content, np.uint8)
        self._mask = np.frombuffer(mask, np.uint8)
        self._is_masked = not (self._mask == 0xFF).all()
        self._pairs = [
            (16 + shift - 8 * len(content), _last_pair(content, shift), _last_pair(mask, shift))
            for shift in range(8)
        ]

    def likely_in(self, pairs: _Pairs) -> Iterator[Places]:
        """Yield the places, from the first pair on, where a pair is the last whole one of the pattern."""
        masked = np.empty_like(pairs) if self._is_masked else pairs
        for offset, pair, mask in self._pairs:
            if self._is_masked:
                np.bitwise_and(pairs, mask, out=masked)
            hits = (masked == pair).nonzero()[0]
            if hits.size:
                yield hits * 8 + offset

    def agrees_with(self, rows: ByteRows) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell which rows are the pattern."""
        return ((rows & self._mask) == self._content).all(axis=1)


class Bits:
    """Data whose contents need not begin at a byte boundary; its first bit is number 0."""

    def __init__(self, data: bytes) -> None:
        content = np.frombuffer(data, np.uint8)
        self._size = content.size
        # Each byte with the one that follows it, the last with nothing.
        self._pairs: _Pairs = content.astype(np.uint16)
        self._pairs <<= 8
        self._pairs[:-1] |= content[1:]

    def find(self, pattern: BitPattern) -> Places:
        """Return all places of a pattern, in order."""
        found = [
            self._verified(np.concatenate(likely) + 8 * first, pattern)
            for first in range(0, self._size, _BLOCK_PAIRS)
            if (likely := list(pattern.likely_in(self._pairs[first : first + _BLOCK_PAIRS])))
        ]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

    def bytes_at(self, places: Places, count: int) -> ByteRows:
        """Return ``count`` bytes from each place on; all of them have to lie within the data."""
        pairs = self._pairs[(places >> 3)[:, None] + np.arange(count)]
        pairs >>= (8 - (places & 7)).astype(np.uint16)[:, None]
        return pairs.astype(np.uint8)

    def _verified(self, places: Places, pattern: BitPattern) -> Places:
        places = places[(places >= 0) & (places <= 8 * (self._size - pattern.size))]
        return places[pattern.agrees_with(self.bytes_at(places, pattern.size))]


def _last_pair(content: bytes, shift: int) -> np.uint16:
    """Return the last two bytes that are whole when the content starts ``shift`` bits late."""
    return np.uint16(int.from_bytes(content, "big") >> shift & 0xFFFF)
