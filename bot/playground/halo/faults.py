"""Trouble to order: what goes wrong, where, and for how many requests."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

__all__ = ["Fault", "FaultBook", "FaultKind"]


class FaultKind(StrEnum):
    """What goes wrong."""

    LATENCY = "latency"
    """The answer comes ``delay_s`` plus up to ``jitter_s`` later, and then whatever else is ordered."""
    STATUS = "status"
    """The answer is ``status``, with ``Retry-After`` where ``retry_after_s`` says so."""
    TRUNCATED = "truncated"
    """The connection closes after half of the body that was announced."""
    INVALID_JSON = "invalid_json"
    """A complete answer whose JSON breaks off."""
    HTML = "html"
    """An error page with status 200, cacheable like the real answer."""
    RESET = "reset"
    """The connection is cut without any answer."""
    DRIP = "drip"
    """The body takes ``delay_s``, a little at a time."""
    HANG = "hang"
    """No answer, for ever."""
    REDIRECT = "redirect"
    """A redirect to ``location``: ``//host/path`` stays within the service, under another of its hosts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One order. ``host`` and ``path`` are patterns with ``*``; ``times`` None means until cleared."""

    kind: FaultKind
    host: str = "*"
    path: str = "*"
    times: int | None = None
    status: int = 503
    retry_after_s: float | None = None
    delay_s: float = 0.0
    jitter_s: float = 0.0
    location: str = ""

    def strikes(self, host: str, path: str) -> bool:
        """Whether a request to that place is meant."""
        return fnmatchcase(host, self.host) and fnmatchcase(path, self.path)


class FaultBook:
    """The orders that stand."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._standing: dict[int, tuple[Fault, int | None]] = {}

    def add(self, fault: Fault) -> int:
        """Orders a fault; the number removes it again."""
        number = next(self._numbers)
        self._standing[number] = (fault, fault.times)
        return number

    def remove(self, number: int) -> None:
        """Takes an order back; one that has run out is no mistake."""
        self._standing.pop(number, None)

    def clear(self) -> None:
        """Takes all orders back."""
        self._standing.clear()

    def standing(self) -> dict[int, Fault]:
        """The orders by number."""
        return {number: fault for number, (fault, _) in self._standing.items()}

    def take(self, host: str, path: str) -> list[Fault]:
        """What strikes this request: every latency, and the first of everything else. Counts as one time each."""
        struck: list[Fault] = []
        decided = False
        for number, (fault, left) in list(self._standing.items()):
            delays = fault.kind is FaultKind.LATENCY
            if not fault.strikes(host, path) or (decided and not delays):
                continue
            decided = decided or not delays
            struck.append(fault)
            if left is not None:
                self._standing[number] = (fault, left - 1)
                if left <= 1:
                    del self._standing[number]
        return struck
