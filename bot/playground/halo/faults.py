"""Trouble to order: what goes wrong, where, and for how many requests."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import ConfigDict, Field

__all__ = ["Fault", "FaultBook", "FaultKind"]

_Seconds = Annotated[float, Field(ge=0, le=86_400)]
_HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")]
_HeaderValue = Annotated[str, Field(pattern=r"^[\t\x20-\x7E]*$")]


class FaultKind(StrEnum):
    """What goes wrong."""

    LATENCY = "latency"
    """The answer comes ``delay_s`` plus up to ``jitter_s`` later, and then whatever else is ordered."""
    STATUS = "status"
    """The answer is ``status`` with ``body`` and ``headers``, and with ``Retry-After`` and ``Location`` where given."""
    TRUNCATED = "truncated"
    """The connection closes after half of the body that was announced."""
    INVALID_JSON = "invalid_json"
    """A complete answer whose JSON breaks off."""
    HTML = "html"
    """An error page with status 200, cacheable like the real answer."""
    GARBLED = "garbled"
    """An answer that breaks the rules of HTTP itself."""
    RESET = "reset"
    """The connection is cut without any answer."""
    DRIP = "drip"
    """The body takes ``delay_s``, a little at a time."""
    HANG = "hang"
    """No answer, for ever."""
    HOLD = "hold"
    """No answer until the order is taken back, and then the service's own."""
    REDIRECT = "redirect"
    """A redirect to ``location``: ``//host/path`` stays within the service, under another of its hosts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One order. ``host``, ``path`` and ``query`` are patterns with ``*``; ``times`` None means until cleared.

    ``body`` is JSON or HTML of one's own or, within the process, any bytes; None for what such a service says
    with that status. ``headers`` come instead of those that it would have had.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", ser_json_bytes="base64")

    kind: FaultKind
    host: str = "*"
    path: str = "*"
    query: str = "*"
    times: int | None = None
    status: Annotated[int, Field(ge=200, le=599)] = 503
    body: str | bytes | None = None
    headers: Mapping[_HeaderName, _HeaderValue] = field(default_factory=dict[str, str])
    retry_after_s: Annotated[float, Field(ge=0)] | None = None
    delay_s: _Seconds = 0.0
    jitter_s: _Seconds = 0.0
    location: _HeaderValue = ""

    def strikes(self, host: str, path: str, query: str) -> bool:
        """Whether a request to that place is meant."""
        pairs = ((host, self.host), (path, self.path), (query, self.query))
        return all(fnmatchcase(text, pattern) for text, pattern in pairs)


class FaultBook:
    """The orders that stand."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._standing: dict[int, tuple[Fault, int | None]] = {}
        self._holding: dict[int, tuple[Fault, asyncio.Event]] = {}

    def add(self, fault: Fault) -> int:
        """Orders a fault; the number removes it again."""
        number = next(self._numbers)
        self._standing[number] = (fault, fault.times)
        if fault.kind is FaultKind.HOLD:
            self._holding[number] = (fault, asyncio.Event())
        return number

    def remove(self, number: int) -> None:
        """Takes an order back; one that has run out is no mistake."""
        self._standing.pop(number, None)
        if number in self._holding:
            self._holding.pop(number)[1].set()

    def clear(self) -> None:
        """Takes all orders back."""
        for number in {*self._standing, *self._holding}:
            self.remove(number)

    def standing(self) -> dict[int, Fault]:
        """The orders by number."""
        return {number: fault for number, (fault, _) in self._standing.items()}

    async def until_taken_back(self, fault: Fault) -> None:
        """Return when a hold has been taken back, however often it has struck."""
        for order, taken_back in list(self._holding.values()):
            if order is fault:
                await taken_back.wait()

    def take(self, host: str, path: str, query: str = "") -> list[Fault]:
        """What strikes this request: every latency, and the first of everything else. Counts as one time each."""
        struck: list[Fault] = []
        decided = False
        for number, (fault, left) in list(self._standing.items()):
            delays = fault.kind is FaultKind.LATENCY
            if not fault.strikes(host, path, query) or (decided and not delays):
                continue
            decided = decided or not delays
            struck.append(fault)
            if left is not None:
                self._standing[number] = (fault, left - 1)
                if left <= 1:
                    del self._standing[number]
        return struck
