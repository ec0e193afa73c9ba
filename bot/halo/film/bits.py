"""Bytes that are read at any bit offset.

A pattern of whole bytes that starts some bits after a byte boundary still covers two whole bytes of the data. A
table tells for every two bytes whether a pattern can end with them, however late it starts. So one look at each
pair of neighbouring bytes finds all places where any of the patterns can be, without shifting anything;
only the few that agree are looked at in full.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

__all__ = ["BitPattern", "BitPatterns", "Bits", "Places"]

Places: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
"""Offsets in bits."""

_NONE: Final = np.empty(0, np.int64)

_BLOCK_BYTES: Final = 1 << 18
"""How many are looked at together: hostile data must not make what lies in between large."""

# Around the last pair of a pattern stand the bytes before it, and the one that its last bits are in.
_WINDOW: Final = np.arange(-3, 3)
_WORTH: Final = np.int64(1) << 8 * np.arange(5, -1, -1)
_BEHIND: Final = np.arange(8, 0, -1)
"""How many bits of the window are behind a pattern that starts 0, 1, 2 … bits late."""


class BitPattern:
    """Three to five bytes, or those of their bits that a mask has.

    Args:
        content: The bytes, with zeros where the mask has them.
        mask: Its ones are the bits that have to agree; all when it is not given.
    """

    def __init__(self, content: bytes, mask: bytes | None = None) -> None:
        self.size = len(content)
        self.content = int.from_bytes(content, "big")
        self.mask = int.from_bytes(mask or b"\xff" * len(content), "big")


class BitPatterns:
    """What `Bits.find` looks for in one go."""

    def __init__(self, *patterns: BitPattern) -> None:
        self.patterns = patterns
        pairs = np.arange(1 << 16, dtype=np.uint16).byteswap()
        self.can_end_with = np.zeros(1 << 16, np.bool_)
        """Of every pair, its first byte the lowest, whether one of the patterns can end with it."""
        for pattern in patterns:
            for shift in range(8):
                mask = np.uint16(pattern.mask >> shift & 0xFFFF)
                self.can_end_with |= (pairs & mask) == np.uint16(pattern.content >> shift & 0xFFFF)


class Bits:
    """Data whose contents need not begin at a byte boundary; its first bit is number 0."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._content = np.frombuffer(data, np.uint8)

    def find(self, patterns: BitPatterns) -> list[Places]:
        """Return all places of each pattern, in order."""
        found: list[list[Places]] = [[] for _ in patterns.patterns]
        for first in range(0, len(self._data) - 1, _BLOCK_BYTES):
            likely = self._likely(first, patterns)
            if likely.size:
                windows = self._content.take(likely[:, None] + _WINDOW, mode="clip") @ _WORTH
                ends = windows[:, None] >> _BEHIND
                starts = 8 * likely + 16
                for places, pattern in zip(found, patterns.patterns, strict=True):
                    rows, shifts = ((ends & pattern.mask) == pattern.content).nonzero()
                    if rows.size:
                        places.append(self._inside(starts[rows] + shifts - 8 * pattern.size, pattern))
        return [np.concatenate(places) if places else _NONE for places in found]

    def bytes_at(self, place: int, count: int) -> bytes:
        """Return ``count`` bytes from a place on; all of them have to lie within the data."""
        first, late = divmod(place, 8)
        if late == 0:
            return self._data[first : first + count]
        covered = int.from_bytes(self._data[first : first + count + 1], "big") >> 8 - late
        return (covered & (1 << 8 * count) - 1).to_bytes(count, "big")

    def _likely(self, first: int, patterns: BitPatterns) -> Places:
        """Return which bytes of a block make, with the next one, a pair that a pattern can end with."""
        size = min(_BLOCK_BYTES, len(self._data) - 1 - first)
        is_likely = np.empty(size, np.bool_)
        for odd in range(min(2, size)):
            count = (size + 1 - odd) // 2
            pairs = np.frombuffer(self._data, "<u2", count=count, offset=first + odd)
            is_likely[odd::2] = patterns.can_end_with.take(pairs)
        return is_likely.nonzero()[0] + first

    def _inside(self, places: Places, pattern: BitPattern) -> Places:
        """Return those of the places, in order, where the whole pattern lies within the data."""
        last = 8 * (len(self._data) - pattern.size)
        if places[0] >= 0 and places[-1] <= last:
            return places
        return places[(places >= 0) & (places <= last)]
