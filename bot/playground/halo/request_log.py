"""The log of every request that reached a simulated host, for counting and for checking rates."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web

__all__ = ["LoggedRequest", "RequestLog", "split_target"]

_MOST: Final = 100_000


@dataclass(slots=True, kw_only=True)
class LoggedRequest:
    """One request; ``started_s`` is of the service's monotonic clock, ``status`` None while it is answered.

    ``address`` is host, path and query to the letter as they were sent, where the rest is decoded. ``headers``
    (names in lower case; what comes repeatedly is joined by commas) and ``body`` hold what is secret, so they
    never leave the process.
    """

    host: str
    method: str
    path: str
    query: str
    started_s: float
    address: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def target(self) -> str:
        """Host and path."""
        return self.host + self.path

    @property
    def form(self) -> dict[str, str]:
        """The fields of the body, if that is a form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def write(self) -> dict[str, Any]:
        """What may be shown of it."""
        shown = ("host", "method", "path", "query", "started_s", "status")
        return {name: getattr(self, name) for name in shown}


class RequestLog:
    """Every request in the order of its start, as far back as a hundred thousand.

    Attributes:
        total: How many there were, those no longer kept included.
    """

    def __init__(self) -> None:
        self.total = 0
        self._requests: deque[LoggedRequest] = deque(maxlen=_MOST)
        self._arrived = asyncio.Event()

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(self._requests)

    def __len__(self) -> int:
        return len(self._requests)

    def add(self, request: LoggedRequest) -> None:
        """Notes a request that has just started."""
        self.total += 1
        self._requests.append(request)
        self._arrived.set()
        self._arrived = asyncio.Event()

    def keep(self, most: int) -> None:
        """Keeps no more than the newest ``most`` from now on."""
        self._requests = deque(self._requests, maxlen=most)

    def clear(self) -> None:
        """Forgets all requests."""
        self.total = 0
        self._requests.clear()

    def count(self, target: str = "*") -> int:
        """How many requests there were to targets like that."""
        return sum(fnmatchcase(request.target, target) for request in self._requests)

    async def arrived(self, target: str = "*", times: int = 1) -> None:
        """Return when so many requests to targets like that have started."""
        while self.count(target) < times:
            await self._arrived.wait()

    def targets(self) -> list[str]:
        """Hosts and paths that were asked, in order."""
        return [request.target for request in self._requests]

    def starts(self, host: str | None = None) -> list[float]:
        """When requests to a host (or to any) started, in seconds, in order."""
        return sorted(request.started_s for request in self._requests if host in {None, request.host})

    def max_starts_in_any_second(self, host: str | None = None) -> int:
        """The largest number of starts within any half-open window of one second."""
        starts = self.starts(host)
        return max((bisect_left(starts, start + 1.0) - at for at, start in enumerate(starts)), default=0)


def split_target(request: web.Request) -> tuple[str, str]:
    """The simulated host of a request, and the path on it."""
    host, _, path = request.path.removeprefix("/").partition("/")
    return host, f"/{path}"
