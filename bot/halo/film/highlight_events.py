"""Reads the highlight events of a film, the last of its chunks.

Where the numbers come from: recorded films of the major versions 31, 37, 39 and 41. The chunk is zlib
data in which events lie at any bit offset. What is known of one: it begins with the player's XUID, which
a marker follows, and ends with another marker, before which stands a record of 60 bytes.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.halo.errors import FilmReadError
from bot.halo.film.bits import BitPattern, BitPatterns, Bits, Places
from bot.halo.film.event import EventType, HighlightEvent
from bot.halo.film.medals import FILM_MEDALS
from bot.halo.models.stats import MatchStats, PlayerStats
from bot.halo.xuid import xuid_of_player_id

__all__ = ["HighlightEvent", "check", "read"]

_MAX_BYTES: Final = 32 * 2**20
_MAX_EVENTS: Final = 2**16

_XUID_BITS: Final = 64
_XUID_RANGE: Final = (2 * 10**15, 3 * 10**15)
# The highest byte of an XUID, always 0, and the marker behind it: 25 c0 or 2d c0.
_XUID_END: Final = BitPattern(b"\x00\x25\xc0", mask=b"\xff\xf7\xff")
_RECORD_END: Final = BitPattern(b"\x00\x00\x2e\xe0")
_MARKERS: Final = BitPatterns(_XUID_END, _RECORD_END)

_RECORD_BYTES: Final = 60
_EVENT_BITS: Final = 20_000

_GAMERTAG_BYTES: Final = 32
_GAMERTAG_AT: Final[Mapping[int, int]] = MappingProxyType({39: 12, 40: 12})
_HINT_AT: Final = 47
_TIME_AT: Final = 48
_IS_MEDAL_AT: Final = 55
_MEDAL_AT: Final = 59
_TYPES: Final[Mapping[int, EventType]] = MappingProxyType({10: "mode", 20: "death", 50: "kill"})
_WEIGHTS: Final = frozenset({50, 51, 52, 100, 101, 150, 200, 205, 210, 220, 225, 230, 235, 240, 245, 250})
"""Every sorting weight in the medal metadata."""
_NO_WEIGHTS: Final = frozenset({10, 20})
"""Hints that no medal has for a sorting weight: they keep their meaning beside the medal flag."""

_MEDAL_NAMES: Final[Mapping[int, str]] = MappingProxyType(
    {code: medal.display_name for code, medal in FILM_MEDALS.items()}
)

_BEYOND: Final = 2**62
"""A place after the end of any film."""

_TIME_TO_END_BITS: Final = range(8 * (_RECORD_BYTES - _TIME_AT), 8 * (_RECORD_BYTES - _TIME_AT + 1))
"""How far the event's own end is from a time that looks like one."""


def read(data: bytes, version: int, gamertags: Mapping[int, str] | None = None) -> list[HighlightEvent]:
    """Return the highlight events in a chunk's data, in the film's order, which is nearly that of time.

    It takes some 10 ms: on an event loop, call it in a thread, and not for many films at once.

    What need not fail does not: letters that are none become replacement characters, and a medal stays one
    whatever its sorting weight.

    Args:
        data: The chunk as it is stored, which is zlib data.
        version: The film's major version, from its manifest. Versions after 41 are read like 41.
        gamertags: Gamertags by XUID. They are used instead of the film's own, which are only right as
            long as the film's layout is known.

    Raises:
        FilmReadError: The data is broken, or holds an event that cannot be understood.
    """
    bits = Bits(_decompress(data))
    xuid_ends, record_ends = bits.find(_MARKERS)
    if xuid_ends.size > _MAX_EVENTS or record_ends.size > 2 * _MAX_EVENTS:
        raise FilmReadError("The film has more events than any match")
    starts = _find_starts(bits, xuid_ends)
    names = _Names(_GAMERTAG_AT.get(version, 0), gamertags or {})
    return [
        _event(xuid, record, names)
        for xuid, record in zip(starts.values(), _records(bits, starts, record_ends), strict=True)
    ]


def check(events: Sequence[HighlightEvent], match_stats: MatchStats) -> list[str]:
    """Return a sentence for each person whose kills, deaths or medals differ between film and statistics.

    None is the rule. Rarely a film lacks one kill or death, and kills of the game's own enemies are in
    no film: each sentence ends with the mode, so that Firefight can be told.
    """
    filmed = Counter((event.xuid, event.event_type) for event in events)
    mode = match_stats.match_info.game_variant_category.name
    differences: list[str] = []
    for player in match_stats.players:
        xuid = xuid_of_player_id(player.player_id)
        if xuid is None or not player.is_human:
            continue
        told = [
            f"{filmed[xuid, event_type]} of {count} {event_type}s"
            for event_type, count in _counted(player).items()
            if filmed[xuid, event_type] != count
        ]
        if told:
            differences.append(f"The film shows {', '.join(told)} of {player.player_id} ({mode})")
    return differences


class _Names:
    """Gamertags: those given, else those in the film, each decoded once."""

    def __init__(self, offset: int, given: Mapping[int, str]) -> None:
        self._field = slice(offset, offset + _GAMERTAG_BYTES)
        self._given = given
        self._decoded: dict[bytes, str] = {}

    def of(self, xuid: int, record: bytes) -> str:
        """Return the name of a player in whose record it also stands."""
        if (given := self._given.get(xuid)) is not None:
            return given
        text = record[self._field]
        if text not in self._decoded:
            self._decoded[text] = text.decode("utf-16-le", "replace").strip("\x00")
        return self._decoded[text]


def _decompress(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(data, _MAX_BYTES)
    except zlib.error as error:
        raise FilmReadError("The film is not zlib data, or broken") from error
    if not stream.eof:
        raise FilmReadError("The film is too large" if stream.unconsumed_tail else "The film breaks off")
    return content


def _find_starts(bits: Bits, xuid_ends: Places) -> dict[int, int]:
    """Return whose event starts where, in order."""
    lowest, highest = _XUID_RANGE
    starts: dict[int, int] = {}
    for end in xuid_ends.tolist():
        start = end - (_XUID_BITS - 8)
        if start >= 0:
            xuid = int.from_bytes(bits.bytes_at(start, _XUID_BITS // 8), "little")
            if lowest < xuid < highest:
                starts[start] = xuid
    return starts


def _records(bits: Bits, starts: Iterable[int], record_ends: Places) -> Iterator[bytes]:
    """Yield the record of each event: the bytes before the first end marker.

    12,000 ms and a few other times look like the marker themselves. What stands before is no record
    then, and the marker that follows at the right distance is the event's own.
    """
    ends = [*record_ends.tolist(), _BEYOND, _BEYOND]
    for start in starts:
        nth = bisect_left(ends, start)
        first, second = ends[nth : nth + 2]
        record = _record_before(bits, start, first)
        if not _is_understood(record) and second - first in _TIME_TO_END_BITS:
            record = _record_before(bits, start, second)
        yield record


def _record_before(bits: Bits, start: int, end: int) -> bytes:
    length = end - start
    if length > _EVENT_BITS - 8 * _RECORD_END.size:
        raise FilmReadError("An event of the film has no end")
    if length < 8 * _RECORD_BYTES:
        raise FilmReadError("An event of the film is too short")
    return bits.bytes_at(end - 8 * _RECORD_BYTES, _RECORD_BYTES)


def _is_understood(record: bytes) -> bool:
    hint = record[_HINT_AT]
    return hint in _TYPES or (record[_IS_MEDAL_AT] == 1 and hint in _WEIGHTS)


def _event(xuid: int, record: bytes, names: _Names) -> HighlightEvent:
    hint, medal = record[_HINT_AT], record[_MEDAL_AT]
    is_medal = record[_IS_MEDAL_AT] == 1
    event_type = "medal" if is_medal and hint not in _NO_WEIGHTS else _TYPES.get(hint)
    if event_type is None:
        raise FilmReadError(f"An event of the film is of an unknown type ({hint})")
    return HighlightEvent(
        xuid,
        names.of(xuid, record),
        hint,
        is_medal,
        event_type,
        int.from_bytes(record[_TIME_AT : _TIME_AT + 4], "big"),
        medal,
        _MEDAL_NAMES.get(medal) if event_type == "medal" else None,
    )


def _counted(player: PlayerStats) -> dict[EventType, int]:
    """Return how many events of each type the statistics of a player let expect."""
    parts = [part.stats.core_stats for part in player.player_team_stats]
    return {
        "kill": sum(part.kills for part in parts),
        "death": sum(part.deaths for part in parts),
        "medal": sum(medal.count for part in parts for medal in part.medals),
    }
