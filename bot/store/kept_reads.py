"""What was read before, kept for as long as it is what a new read would give."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock
from typing import Any, TypeVar

__all__ = ["KeptReads", "KeptView"]

T = TypeVar("T", bound=Sized)


class KeptReads:
    """Keeps what was used last. A key has to name the version of the data: nothing is ever thrown out as old.

    Threads may use it, and tasks. Two who come at the same time both read: nobody ever waits for another one.
    What is read through a view from before `clear` is not kept: it may be what was to go.
    """

    def __init__(self, most: int) -> None:
        """Keep values of up to ``most`` elements in all."""
        self._most = most
        self._held = 0
        self._cleared = 0
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def view(self) -> KeptView:
        """Return the way to read; it has to be taken before the transaction that is read in begins."""
        with self._lock:
            return KeptView(self, self._cleared)

    def clear(self) -> None:
        """Drop everything, and what is being read meanwhile."""
        with self._lock:
            self._values.clear()
            self._held = 0
            self._cleared += 1

    def find(self, key: Hashable) -> Any | None:
        """Return what is kept, if anything."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: Hashable, value: Sized, cleared: int) -> None:
        """Keep a value, unless everything was dropped since it had been ``cleared`` times."""
        with self._lock:
            if cleared == self._cleared:
                self._keep(key, value)

    def _keep(self, key: Hashable, value: Sized) -> None:
        before = self._values.pop(key, None)
        self._held += _weight(value) - (0 if before is None else _weight(before))
        self._values[key] = value
        while self._held > self._most:
            _, gone = self._values.popitem(last=False)
            self._held -= _weight(gone)


class KeptView:
    """Reads what was kept, and keeps what it reads as long as nothing was dropped."""

    def __init__(self, kept: KeptReads, cleared: int) -> None:
        self._kept, self._cleared = kept, cleared

    def read(self, key: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` gave for this key, now or before."""
        found: T | None = self._kept.find(key)
        if found is not None:
            return found
        value = read()
        self._kept.keep(key, value, self._cleared)
        return value


def _weight(value: Sized) -> int:
    return len(value) + 1  # what is empty takes room too
