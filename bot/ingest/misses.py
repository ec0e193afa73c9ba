"""Matches that could not be had: asked for again ever more rarely, and in nobody's way meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

__all__ = ["FRESH", "Misses"]

#: A match that ended so recently may well have no stats yet.
FRESH: Final = timedelta(minutes=15)

_DELAYS: Final = tuple(timedelta(seconds=s) for s in (10, 10, 15, 30, 60, 120, 300, 900, 3600))
_REMEMBERED: Final = 2_000


@dataclass(slots=True)
class _Miss:
    times: int
    again_at: datetime


class Misses:
    """Remembers them, for all players who were in them; the least recent are forgotten first."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._missed: OrderedDict[UUID, _Miss] = OrderedDict()

    def note(self, match_id: UUID) -> int:
        """Note one more failure, and return how many there have been."""
        miss = self._missed.setdefault(match_id, _Miss(0, self._now()))
        miss.again_at = self._now() + _DELAYS[min(miss.times, len(_DELAYS) - 1)]
        miss.times += 1
        self._missed.move_to_end(match_id)
        while len(self._missed) > _REMEMBERED:
            self._missed.popitem(last=False)
        return miss.times

    def forget(self, match_id: UUID) -> None:
        """The match could be had after all."""
        self._missed.pop(match_id, None)

    def again_at(self, match_id: UUID) -> datetime | None:
        """When it is to be asked for again; None for a match that has not been missed."""
        miss = self._missed.get(match_id)
        return None if miss is None else miss.again_at

    def is_held_back(self, match_id: UUID) -> bool:
        """Whether it was missed, and it is too early to try again."""
        miss = self._missed.get(match_id)
        return miss is not None and miss.again_at > self._now()
