"""The log of every request that reached a simulated host, for counting and for checking rates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from aiohttp import web

__all__ = ["LoggedRequest", "RequestLog", "split_target"]


@dataclass(slots=True, kw_only=True)
class LoggedRequest:
    """One request; ``started_s`` is of the service's monotonic clock, ``status`` None while it is answered."""

    host: str
    method: str
    path: str
    query: str
    started_s: float
    status: int | None = None


class RequestLog:
    """Every request in the order of its start."""

    def __init__(self) -> None:
        self._requests: list[LoggedRequest] = []

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(self._requests)

    def __len__(self) -> int:
        return len(self._requests)

    def add(self, request: LoggedRequest) -> None:
        """Notes a request that has just started."""
        self._requests.append(request)

    def clear(self) -> None:
        """Forgets all requests."""
        self._requests.clear()

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
