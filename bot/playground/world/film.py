"""Writes the last chunk of a film, as the game does: zlib data in which events stand at any bit offset.

What nobody understands of an event is left out: it is as long as in a recorded film, and ones.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

__all__ = ["FilmMoment", "MomentKind", "write_highlight_events"]

_LEAD_BITS: Final = 1_200
_TAIL_BITS: Final = 1_072
_LENGTHS: Final = ((30, 17_006), (37, 11_086), (39, 12_526), (41, 15_406))
"""From which major version on an event has how many bits before its end marker."""

_MOVED_GAMERTAG: Final = frozenset({39, 40})
_MARKER: Final = bytes.fromhex("2dc0")
_END: Final = bytes.fromhex("00002ee0")


class MomentKind(IntEnum):
    """What a moment is, by the number that a film has for it."""

    MODE = 10
    DEATH = 20
    KILL = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmMoment:
    """One event of one player, ``time_ms`` after the start of the match.

    Of a medal ``kind`` is its sorting weight, ``is_medal`` is set and ``code`` is the film's byte for it.
    A gamertag has room for 16 letters.
    """

    xuid: int
    gamertag: str
    kind: int
    time_ms: int
    is_medal: bool = False
    code: int = 0


def write_highlight_events(
    moments: Iterable[FilmMoment], version: int, *, lead_bits: int = _LEAD_BITS
) -> bytes:
    """The chunk's data for a film of a major version, with the moments in the given order.

    ``lead_bits`` is where the first one begins. As in the game's own films, a moment at 12,000 ms (and at few
    others) holds the bits of the end marker in its time.
    """
    bits = "0" * lead_bits + "".join(_event_bits(moment, version) for moment in moments)
    whole = -(-len(bits) // 8)
    return zlib.compress(int(bits.ljust(whole * 8, "0") or "0", 2).to_bytes(whole, "big"))


def _event_bits(moment: FilmMoment, version: int) -> str:
    length = _LENGTHS[max(0, bisect_right(_LENGTHS, version, key=lambda entry: entry[0]) - 1)][1]
    head = _bits(moment.xuid.to_bytes(8, "little") + _MARKER)
    record = _bits(_record(moment, version))
    unknown = "1" * (length - len(head) - len(record))
    return f"{head}{unknown}{record}{_bits(_END)}".ljust(length + _TAIL_BITS, "0")


def _record(moment: FilmMoment, version: int) -> bytes:
    name = moment.gamertag.encode("utf-16-le")[:32].ljust(32, b"\x00")
    before, after = (12, 3) if version in _MOVED_GAMERTAG else (0, 15)
    parts = (
        bytes(before) + name + bytes(after),
        moment.kind.to_bytes(1, "big"),
        moment.time_ms.to_bytes(4, "big"),
        bytes(3) + moment.is_medal.to_bytes(1, "big"),
        bytes(3) + moment.code.to_bytes(1, "big"),
    )
    return b"".join(parts)


def _bits(content: bytes) -> str:
    return f"{int.from_bytes(content, 'big'):0{8 * len(content)}b}"
