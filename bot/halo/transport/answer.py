"""What one call came back with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from aiohttp import ClientResponse
from aiohttp_client_cache.response import CachedResponse

__all__ = ["Answer"]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A response whose body has been read, shared by everyone who asked the same.

    Attributes:
        response: The live or stored response.
        body: Its body.
        from_cache: It was not fetched for this call.
        fetched_at: When the service sent it (UTC).
        is_stale: It has expired, and is served because the service failed.
        parsed: Frozen models that the body has already been turned into, by their class. It goes along
            with every copy of the answer, so a hot answer is parsed once.
    """

    response: ClientResponse | CachedResponse
    body: bytes = field(repr=False)
    from_cache: bool
    fetched_at: datetime
    is_stale: bool = False
    parsed: dict[type[Any], Any] = field(default_factory=dict[type[Any], Any], repr=False)

    def as_stale(self) -> Answer:
        """Return this answer as what is served when the service fails."""
        return replace(self, from_cache=True, is_stale=True)
