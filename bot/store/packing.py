"""Two small lists that travel in a column: the medals of a line, and the peaks behind a longest spree."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

__all__ = ["NO_PEAKS", "climb", "longest_since", "pack_medals", "unpack_medals"]

_PAIR: Final = struct.Struct(">IH")
_MOST: Final = 0xFFFF

NO_PEAKS: Final = b""


def pack_medals(medals: Mapping[int, int]) -> bytes:
    """Pack how often each medal was earned, by the medal's name id; 6 bytes a medal.

    Raises:
        ValueError: A name id does not fit 32 bits, or a count is not from 1 to 65,535.
    """
    for medal_id, count in medals.items():
        if not (0 <= medal_id <= 0xFFFFFFFF and 1 <= count <= _MOST):
            raise ValueError("a medal's id or count is out of range")
    return b"".join(_PAIR.pack(*pair) for pair in sorted(medals.items()))


def unpack_medals(packed: bytes) -> dict[int, int]:
    """Return what `pack_medals` packed."""
    return dict(_PAIR.iter_unpack(packed))


def climb(peaks: bytes, ended_at: int, spree: int) -> bytes:
    """Return the peaks as one sees them after one more match.

    Peaks are the sprees that are longer than every later one, oldest and longest first, each with the second
    in which its match ended: looking back from here to any moment, the first peak not before it is the
    longest spree since. A player has as many as there are different lengths at most, in practice about five.
    """
    if spree <= 0:
        return peaks
    height = min(spree, _MOST)
    end = len(peaks)
    while end and _PAIR.unpack_from(peaks, end - _PAIR.size)[1] <= height:
        end -= _PAIR.size
    return peaks[:end] + _PAIR.pack(ended_at, height)


def longest_since(peaks: bytes, since: int) -> int:
    """Return the longest spree from that second on; 0 if there was none."""
    return next((spree for ended_at, spree in _PAIR.iter_unpack(peaks) if ended_at >= since), 0)
