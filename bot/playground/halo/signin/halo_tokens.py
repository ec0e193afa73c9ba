"""The tokens that Halo's services take."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.playground.halo.signin.credentials import Credentials

__all__ = ["HaloTokens"]

_REMEMBERED: Final = 200


class HaloTokens:
    """Spartan tokens, a new one for each sign-in, and clearances; besides those that were given by hand.

    Every token begins with the one given by hand, so that it can be told wherever it turns up.
    """

    def __init__(self, credentials: Credentials, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._secrets: deque[str] = deque(maxlen=_REMEMBERED)
        self._original = credentials
        self._begin(credentials)

    def _begin(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._spartans: dict[str, datetime] = {}
        self._clearances = [credentials.clearance]
        self._secrets += [credentials.spartan, credentials.clearance]

    @property
    def credentials(self) -> Credentials:
        """The tokens given by hand; assign others to expire these and those of every sign-in."""
        return self._credentials

    @credentials.setter
    def credentials(self, credentials: Credentials) -> None:
        self._begin(credentials)

    @property
    def clearance(self) -> str:
        """The flight configuration id of now."""
        return self._clearances[-1]

    @property
    def secrets(self) -> Sequence[str]:
        """What every token of now and of before begins with; none may be seen where it does not belong."""
        return tuple(self._secrets)

    def issue_spartan(self, life: timedelta) -> str:
        """A Spartan token that no sign-in has had before."""
        now = self._clock()
        self._spartans = {token: end for token, end in self._spartans.items() if end > now}
        token = f"{self._credentials.spartan}-{next(self._numbers)}"
        self._spartans[token] = now + life
        return token

    def begin_flight(self) -> str:
        """From now on there is another clearance; those of before are still taken. Returns it."""
        clearance = f"{self._credentials.clearance}-{next(self._numbers)}"
        self._clearances.append(clearance)
        return clearance

    def expire(self) -> None:
        """Take no token of before any more."""
        number = next(self._numbers)
        self._begin(
            Credentials(
                spartan=f"{self._original.spartan}-{number}", clearance=f"{self._original.clearance}-{number}"
            )
        )

    def takes_spartan(self, spartan: str | None) -> bool:
        """Whether that Spartan token is good."""
        if spartan == self._credentials.spartan:
            return True
        end = self._spartans.get(spartan) if spartan is not None else None
        return end is not None and end > self._clock()

    def take(self, spartan: str | None, clearance: str | None) -> bool:
        """Whether both tokens are good."""
        return clearance in self._clearances and self.takes_spartan(spartan)
