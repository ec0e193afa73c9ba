"""Makes tokens that can be recognised and that expire."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

__all__ = ["Mint"]


class Mint:
    """Tokens of one kind: ``{name}-1``, ``{name}-2`` …, each good until its end."""

    def __init__(self, name: str, clock: Callable[[], datetime]) -> None:
        self._name = name
        self._clock = clock
        self._numbers = itertools.count(1)
        self._ends_at: dict[str, datetime] = {}

    def issue(self, life: timedelta) -> str:
        """A new token."""
        now = self._clock()
        self._ends_at = {token: end for token, end in self._ends_at.items() if end > now}
        token = f"{self._name}-{next(self._numbers)}"
        self._ends_at[token] = now + life
        return token

    def takes(self, token: object) -> bool:
        """Whether that is a token of this kind which has not expired."""
        end = self._ends_at.get(token) if isinstance(token, str) else None
        return end is not None and end > self._clock()
