"""A memory of results that is bounded by their size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

__all__ = ["KeptBytes"]

# What an entry takes beside its bytes: key, objects, table slots.
_OVERHEAD_BYTES: Final = 256


class KeptBytes:
    """Keeps the most recently used byte strings up to a total size; safe to share among threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held_bytes = 0
        self._entries: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    @property
    def held_bytes(self) -> int:
        """The size of everything kept."""
        return self._held_bytes

    def get(self, key: Hashable) -> bytes | None:
        """Return what is kept under the key, or None; it counts as used."""
        with self._lock:
            if key not in self._entries:
                return None
            self._entries.move_to_end(key)
            return self._entries[key]

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._entries.clear()
            self._held_bytes = 0

    def put(self, key: Hashable, value: bytes) -> None:
        """Keep a value; the least recently used ones give way. What is larger than all room is not kept."""
        with self._lock:
            if key in self._entries:
                self._held_bytes -= _weight(self._entries.pop(key))
            if _weight(value) > self._most_bytes:
                return
            self._entries[key] = value
            self._held_bytes += _weight(value)
            while self._held_bytes > self._most_bytes:
                self._held_bytes -= _weight(self._entries.popitem(last=False)[1])


def _weight(value: bytes) -> int:
    return _OVERHEAD_BYTES + len(value)
