"""The state of one exchange with a service while it is under way."""

from __future__ import annotations

from dataclasses import dataclass, field

from yarl import URL

from bot.halo.transport.answer import Answer
from bot.halo.transport.clock import Clock
from bot.halo.transport.failures import endpoint_of
from bot.halo.transport.limiter import Ticket
from bot.halo.transport.options import RequestOptions
from bot.halo.transport.outcome import Outcome
from bot.halo.transport.payload import Expectation

__all__ = ["Ask", "Call"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for; equal asks at the same time share one exchange.

    Attributes:
        url: The real address, whatever the origin.
        headers: The caller's headers, sorted, with names in lower case.
        expect: What the body has to be.
        body_of_404: A 404 that holds results is an answer.
        settle_s: For how long a 404 is asked again.
        revalidate: A fresh answer from the cache will not do.
    """

    url: URL
    headers: tuple[tuple[str, str], ...]
    expect: Expectation
    body_of_404: bool
    settle_s: float
    revalidate: bool

    @property
    def endpoint(self) -> str:
        """Host and path, fit for a message."""
        return endpoint_of(self.url)


@dataclass(slots=True, eq=False)
class Call:
    """What everyone who waits for an exchange wants of it, taken together.

    Attributes:
        endpoint: Host and path, fit for a message.
        deadline: The moment on the clock at which the most patient waiter gives up.
        ticket: The standing of the most urgent waiter.
        fallback: The expired answer to serve if the service fails.
        began: When its first waiter came, on the clock.
    """

    endpoint: str
    deadline: float
    ticket: Ticket
    fallback: Answer | None = None
    began: float = 0.0
    _waiters: list[RequestOptions] = field(default_factory=list[RequestOptions])

    @classmethod
    def begin(cls, ask: Ask, options: RequestOptions, clock: Clock) -> Call:
        """Open an exchange for its first waiter, who has yet to join."""
        now = clock.monotonic()
        ticket = Ticket(options.priority, options.background_share)
        return cls(ask.endpoint, now + options.deadline_s, ticket, began=now)

    def join(self, options: RequestOptions, clock: Clock) -> None:
        """Take a waiter's wishes into account."""
        self._waiters.append(options)
        self.deadline = max(self.deadline, clock.monotonic() + options.deadline_s)
        self._stand()

    def leave(self, options: RequestOptions) -> bool:
        """Forget a waiter; return whether that was the last one."""
        self._waiters.remove(options)
        if self._waiters:
            self._stand()
        return not self._waiters

    def _stand(self) -> None:
        """Stand where the most urgent waiter stands, with the largest share among such."""
        priority = min(options.priority for options in self._waiters)
        shares = [it.background_share for it in self._waiters if it.priority == priority]
        self.ticket.stand(priority, max((it for it in shares if it), default=None) if all(shares) else None)

    def tell_wait(self, seconds: float) -> None:
        """Let every waiter know that it takes at least so long."""
        for options in self._waiters:
            if options.on_wait is not None:
                options.on_wait(seconds)

    def tell_outcome(self, outcome: Outcome) -> None:
        """Let whoever keeps an eye on the services know how an attempt has ended."""
        for tell in dict.fromkeys(options.on_outcome for options in self._waiters):
            if tell is not None:
                tell(outcome)
