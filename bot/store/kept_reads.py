"""What was read before, kept for as long as it is what a new read would give."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock
from typing import Any, TypeVar

__all__ = ["KeptReads"]

T = TypeVar("T", bound=Sized)


class KeptReads:
    """Keeps what was used last. A key has to name the version of the data: nothing is ever thrown out as old.

    Threads may use it, and tasks. Two who come at the same time both read: nobody ever waits for another one.
    """

    def __init__(self, most: int) -> None:
        """Keep values of up to ``most`` elements in all."""
        self._most = most
        self._held = 0
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def read(self, key: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` gave for this key, now or before."""
        with self._lock:
            found: T | None = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
                return found
        value = read()
        with self._lock:
            self._keep(key, value)
        return value

    def _keep(self, key: Hashable, value: Sized) -> None:
        before = self._values.pop(key, None)
        self._held += _weight(value) - (0 if before is None else _weight(before))
        self._values[key] = value
        while self._held > self._most:
            _, gone = self._values.popitem(last=False)
            self._held -= _weight(gone)


def _weight(value: Sized) -> int:
    return len(value) + 1  # what is empty takes room too
