"""Failures that can be switched on: rate limits and server errors, for some requests or for all."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault", "Faults"]


@dataclass(slots=True)
class Fault:
    """An answer given instead of the real one.

    `method` and `template` narrow it down (None is any); it is used up after `times` requests.
    A 429 says to wait for `retry_after` seconds; `via` is false for one that comes from an edge server.
    """

    status: int
    method: str | None = None
    template: str | None = None
    times: int = 1
    retry_after: float = 0.0
    via: bool = True

    def body(self) -> dict[str, object]:
        """Return the JSON that comes with it."""
        if self.status == 429:
            return {
                "message": "You are being rate limited.",
                "retry_after": self.retry_after,
                "global": False,
            }
        return {"message": f"{self.status}: Server Error", "code": 0}

    def headers(self) -> dict[str, str]:
        """Return the headers that come with it."""
        if self.status != 429:
            return {}
        via = {"Via": "1.1 local"} if self.via else {}
        return {"Retry-After": str(max(1, round(self.retry_after))), "X-RateLimit-Scope": "user", **via}


class Faults:
    """The failures that wait for their request."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let requests fail from now on."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """End all failures."""
        self._waiting.clear()

    def take(self, method: str, template: str | None) -> Fault | None:
        """Return the failure that is due for a request and count it."""
        for fault in self._waiting:
            if fault.method in (None, method) and fault.template in (None, template):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
