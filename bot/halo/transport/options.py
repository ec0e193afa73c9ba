"""What a caller may decide about one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from bot.halo.transport.outcome import Outcome

__all__ = ["Priority", "RequestOptions"]


class Priority(IntEnum):
    """Who goes first when the rate allows no more starts for now; the lower number does."""

    INTERACTIVE = 0
    BACKGROUND = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions:
    """How long a call may take, whom it may overtake, and how fresh its answer must be.

    Attributes:
        priority: A person is waiting, or a job that can be overtaken.
        background_share: At most so many starts of the background, in any one second and at each service, as
            long as this call is among it: whatever leaves for it counts, retries, redirects and repetitions with
            other tokens too. None: as many as the rate allows. While a person waits for the same answer, it
            does not matter.
        deadline_s: Seconds until the call fails, waiting for the rate included.
        not_found_wait_s: For how long the 404 of a match that has just ended is asked again.
        revalidate: Ask the service even though the cache holds a fresh answer.
        on_wait: Called with the expected seconds each time the call has to wait for the rate or
            for a ``Retry-After``, so that a person can be told. It must return at once.
        on_outcome: Called each time an attempt of the call has ended, well or not. It must return at once;
            of calls that share an exchange it is told once.
    """

    priority: Priority = Priority.INTERACTIVE
    background_share: int | None = None
    deadline_s: float = 20.0
    not_found_wait_s: float = 0.0
    revalidate: bool = False
    on_wait: Callable[[float], None] | None = None
    on_outcome: Callable[[Outcome], None] | None = None

    def __post_init__(self) -> None:
        """Refuse a share with which nothing would ever start.

        Raises:
            ValueError: It is less than one start a second.
        """
        if self.background_share is not None and self.background_share < 1:
            raise ValueError("background_share must be at least 1")
