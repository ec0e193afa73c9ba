"""The last answers that were good, for the minutes in which a service gives none."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.halo.errors import HaloError

__all__ = ["Known", "Recall"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Known(Generic[V]):
    """A value and when it was true; ``is_live`` is False when it was remembered for want of an answer."""

    value: V
    at: datetime
    is_live: bool


class Recall(Generic[K, V]):
    """A bounded memory of one kind of answer, in least-recently-used order."""

    def __init__(self, *, size: int, now: Callable[[], datetime]) -> None:
        self._size = size
        self._now = now
        self._kept: OrderedDict[K, tuple[V, datetime]] = OrderedDict()

    async def ask(self, key: K, fetch: Callable[[], Awaitable[V]]) -> Known[V]:
        """Fetch the value, or recall it when the service is in trouble.

        Raises:
            HaloError: The fetch failed and nothing is remembered, or it failed for a reason that
                asking later would not mend (unknown player, refused tokens).
        """
        try:
            value = await fetch()
        except HaloError as error:
            kept = self._kept.get(key)
            if kept is None or not error.retryable:
                raise
            return Known(kept[0], kept[1], is_live=False)
        return Known(value, self.keep(key, value), is_live=True)

    def keep(self, key: K, value: V) -> datetime:
        """Remember a value as true now; returns that moment."""
        at = self._now()
        self._kept[key] = (value, at)
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return at

    def forget(self, is_meant: Callable[[K, V], bool]) -> None:
        """Forget every entry that is meant, by its key and value."""
        for key in [key for key, (value, _) in self._kept.items() if is_meant(key, value)]:
            del self._kept[key]

    def get(self, key: K, *, within: timedelta | None = None) -> V | None:
        """The remembered value: however old, or only if it was true ``within`` that time."""
        kept = self._kept.get(key)
        if kept is None or (within is not None and self._now() - kept[1] > within):
            return None
        return kept[0]
