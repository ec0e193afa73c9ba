"""How requests to the services end, for whoever keeps an eye on them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.halo.errors import HaloError

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt to get an answer from a service ended; what the cache answers has none.

    Attributes:
        host: The service's real host, whatever the origin.
        error: What went wrong, also where another attempt follows; a status from 400 on is the error that it
            would be raised as, and a request that had no tokens has the error of the sign-in. None: an answer.
    """

    host: str
    error: HaloError | None
