"""How often a player is looked after: somebody who plays now every few minutes, a sleeper once a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final

__all__ = ["CADENCE", "SLEEPING", "interval", "interval_when_asked", "spread"]

#: Up to so long after the end of the last match, so often. What is later than all of them is `SLEEPING`.
CADENCE: Final = (
    (timedelta(minutes=45), timedelta(minutes=3)),
    (timedelta(hours=3), timedelta(minutes=5)),
    (timedelta(hours=12), timedelta(minutes=15)),
    (timedelta(days=3), timedelta(hours=1)),
    (timedelta(days=14), timedelta(hours=3)),
    (timedelta(days=60), timedelta(hours=8)),
)
SLEEPING: Final = timedelta(days=1)

_ASKED_AT_LEAST: Final = timedelta(minutes=1)
_ASKED_AT_MOST: Final = timedelta(minutes=10)
_JITTER: Final = 0.1


def interval(last_match_at: datetime | None, now: datetime) -> timedelta:
    """Return the time until the next look; for who has no match to be seen it is that of a sleeper."""
    if last_match_at is None:
        return SLEEPING
    idle = now - last_match_at
    return next((every for limit, every in CADENCE if idle < limit), SLEEPING)


def interval_when_asked(last_match_at: datetime | None, now: datetime) -> timedelta:
    """Return how fresh a player has to be for somebody who looks at the board: 1 to 10 minutes."""
    return min(max(interval(last_match_at, now) / 10, _ASKED_AT_LEAST), _ASKED_AT_MOST)


def spread(every: timedelta, rng: Random) -> timedelta:
    """Return a time like that, up to a tenth more or less, so that not all come at once."""
    return every * rng.uniform(1 - _JITTER, 1 + _JITTER)
