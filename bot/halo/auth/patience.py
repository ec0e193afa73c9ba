"""When to try a sign-in again, so that neither a failure nor a stubborn 401 makes a storm of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from random import Random
from types import MappingProxyType
from typing import Final

from bot.halo.errors import Fault, HaloError, HaloResponseError
from bot.halo.transport.clock import Clock

__all__ = ["Patience"]

_INTERVALS_S: Final[Mapping[bool, tuple[float, float]]] = MappingProxyType(
    {
        False: (2.0, 300.0),  # trouble passes by itself
        True: (30.0, 900.0),  # the operator has to do something
    }
)
_LONGEST_ASKED_S: Final = 3600.0
_AFTER_401: Final = 10
_AFTER_401_SPAN_S: Final = 600.0


class Patience:
    """The failures in a row, and the interval that the last one asks for.

    It is between half and the whole of 2, 4, 8 … seconds, at most 5 minutes, and where the operator is
    at fault of 30, 60, 120 … seconds, at most 15 minutes. A longer ``Retry-After`` is kept to, up to an hour:
    one that asks for years must not end the sign-in for good.
    """

    def __init__(self, clock: Clock, rng: Random) -> None:
        self._clock = clock
        self._rng = rng
        self._failure: HaloError | None = None
        self._failures = 0
        self._until = 0.0
        self._granted: deque[float] = deque(maxlen=_AFTER_401)

    @property
    def failure(self) -> HaloError | None:
        """The failure whose interval is not over yet."""
        return self._failure if self._clock.monotonic() < self._until else None

    @property
    def left_s(self) -> float:
        """How much of the interval is left, in seconds."""
        return max(0.0, self._until - self._clock.monotonic())

    def failed(self, failure: HaloError) -> None:
        """Begin the interval after a failure."""
        shortest, longest = _INTERVALS_S[failure.fault is Fault.OPERATOR]
        wait = min(longest, shortest * 2 ** min(self._failures, 16))
        asked = failure.retry_after_s if isinstance(failure, HaloResponseError) else None
        self._failures += 1
        self._failure = failure
        asked_s = min(asked or 0.0, _LONGEST_ASKED_S)
        self._until = self._clock.monotonic() + max(self._rng.uniform(wait / 2, wait), asked_s)

    def forget(self) -> None:
        """Let the next try begin at once: one succeeded, or something has changed."""
        self._failure, self._failures, self._until = None, 0, 0.0

    def grants_a_401(self) -> bool:
        """Tell whether a 401 may begin a renewal: 10 in 10 minutes may, for no token cures a place that takes none."""
        now = self._clock.monotonic()
        if len(self._granted) == _AFTER_401 and now - self._granted[0] < _AFTER_401_SPAN_S:
            return False
        self._granted.append(now)
        return True
