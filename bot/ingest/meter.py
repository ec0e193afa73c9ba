"""What the work is counted with; the bot's metrics are one, tests have another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.store import Backlog

__all__ = ["Meter", "NoMeter"]


class Meter(Protocol):
    """Is told what happens. None of it names anybody."""

    def asked(self, what: str) -> None:
        """A request to Halo begins: for a ``history``, ``stats``, ``skill``, ``csr``, ``playlist``, ``seasons``."""
        ...

    def stored(self, matches: int) -> None:
        """So many matches are new in the store."""
        ...

    def failed(self, kind: str, error: str) -> None:
        """Work of a kind failed with that class of error; ``match`` is also a single match, ``store`` the store."""
        ...

    def waiting(self, backlog: Sequence[Backlog], now: datetime) -> None:
        """What waits now, and is being done; a kind that is not named has nothing."""
        ...


class NoMeter:
    """Counts nothing."""

    def asked(self, what: str) -> None:
        """Count nothing."""

    def stored(self, matches: int) -> None:
        """Count nothing."""

    def failed(self, kind: str, error: str) -> None:
        """Count nothing."""

    def waiting(self, backlog: Sequence[Backlog], now: datetime) -> None:
        """Count nothing."""
