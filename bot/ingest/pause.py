"""When something that all work needs is in trouble, the work rests, longer each time, and resumes by itself."""

from __future__ import annotations

from random import Random
from typing import Final

from bot.halo.errors import Fault, HaloError, HaloResponseError
from bot.halo.transport.clock import Clock

__all__ = ["Pause", "RestingError"]

_FIRST_S: Final = 5.0
_LONGEST_S: Final = 300.0
_SIGN_IN_S: Final = 60.0
_LONGEST_ASKED_S: Final = 3600.0


class RestingError(Exception):
    """Nothing is asked for now; ``seconds`` is for how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"resting for {seconds:.0f} s")
        self.seconds = seconds


class Pause:
    """Begins with 5 s and doubles with every trouble in a row up to 5 minutes; the first success ends that.

    A lost sign-in rests a minute at least, for somebody has to mend it; a ``Retry-After`` is honoured. Of
    workers that meet the same trouble at the same time only the first makes it longer.
    """

    def __init__(self, clock: Clock, rng: Random) -> None:
        self._clock = clock
        self._rng = rng
        self._until = 0.0
        self._in_a_row = 0

    @property
    def seconds_left(self) -> float:
        """How long it still lasts; 0 when there is none."""
        return max(0.0, self._until - self._clock.monotonic())

    def begin(self, trouble: Exception) -> None:
        """Rest because of that."""
        if self.seconds_left:
            return
        longest = min(_LONGEST_S, _FIRST_S * 2.0 ** min(self._in_a_row, 10))
        self._in_a_row += 1
        seconds = self._rng.uniform(longest / 2, longest)
        if isinstance(trouble, HaloError) and trouble.fault is Fault.OPERATOR:
            seconds = max(seconds, _SIGN_IN_S)
        if isinstance(trouble, HaloResponseError) and trouble.retry_after_s is not None:
            seconds = max(seconds, min(trouble.retry_after_s, _LONGEST_ASKED_S))
        self._until = self._clock.monotonic() + seconds

    def succeeded(self) -> None:
        """Something worked: the next trouble is a first one."""
        self._in_a_row = 0

    def check(self) -> None:
        """Do nothing while there is no pause.

        Raises:
            RestingError: There is one.
        """
        if left := self.seconds_left:
            raise RestingError(left)

    async def over(self) -> None:
        """Return when there is no pause."""
        while left := self.seconds_left:
            await self._clock.sleep(left)
