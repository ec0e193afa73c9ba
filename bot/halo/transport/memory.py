"""The answers that every command needs, kept parsed in memory above the HTTP cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from yarl import URL

from bot.halo.transport.answer import Answer

__all__ = ["AnswerMemory", "Kept", "Place"]

Place = tuple[URL, tuple[tuple[str, str], ...]]
"""An address and the headers it is asked with."""

_MAX_ENTRIES: Final = 256
_MAX_BYTES: Final = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with the moments until which it is fresh, and may be used at all (None: for ever)."""

    answer: Answer
    fresh_until: datetime
    expires: datetime | None


class AnswerMemory:
    """The answers used last, bounded by their number and the bytes of their bodies.

    What has been parsed of an answer stays with it, so a hit costs no decoding.
    """

    def __init__(self, *, max_entries: int = _MAX_ENTRIES, max_bytes: int = _MAX_BYTES) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Place, Kept] = OrderedDict()
        self._bytes = 0

    def get(self, place: Place) -> Kept | None:
        """Return what is kept for a place, and count it as just used."""
        kept = self._kept.get(place)
        if kept is not None:
            self._kept.move_to_end(place)
        return kept

    def forget(self, is_meant: Callable[[Place, Kept], bool]) -> None:
        """Forget what is meant, by its place and content."""
        for place in [place for place, kept in self._kept.items() if is_meant(place, kept)]:
            self._bytes -= len(self._kept.pop(place).answer.body)

    def put(self, place: Place, kept: Kept) -> None:
        """Keep an answer of reasonable size, and forget the least used ones beyond the bounds."""
        if (old := self._kept.pop(place, None)) is not None:
            self._bytes -= len(old.answer.body)
        if len(kept.answer.body) > self._max_bytes // 4:
            return
        self._kept[place] = kept
        self._bytes += len(kept.answer.body)
        while len(self._kept) > self._max_entries or self._bytes > self._max_bytes:
            _, forgotten = self._kept.popitem(last=False)
            self._bytes -= len(forgotten.answer.body)
