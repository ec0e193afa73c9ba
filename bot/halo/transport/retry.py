"""What is worth another attempt, and when."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

import stamina
from aiohttp import ClientError, ClientHandlerType, ClientRequest, ClientResponse
from aiohttp.http import HttpProcessingError

from bot.halo.errors import (
    DeadlineExceededError,
    HaloConnectionError,
    HaloError,
    HaloResponseError,
    PayloadError,
    RateLimitedError,
    ServiceError,
    error_for_status,
)
from bot.halo.transport.call import Call
from bot.halo.transport.clock import Clock
from bot.halo.transport.failures import cause_of, failure_of
from bot.halo.transport.outcome import Outcome

__all__ = ["Backoff", "Retry"]

_ATTEMPTS: Final = 4
_FIRST_WAIT_S: Final = 0.2
_LONGEST_WAIT_S: Final = 2.0
_RETRY_AFTER_JITTER_S: Final = 0.25
_WORTH_ANOTHER: Final = (HaloConnectionError, PayloadError, RateLimitedError, ServiceError)


class Backoff:
    """How long to wait after each failure of one exchange.

    Between half and the whole of 0.2, 0.4, 0.8 … seconds, at most 2; after a ``Retry-After`` what it
    asks for and up to 0.25 s more. Four attempts, and a further one for each 429 that says when. A wait that ends after the deadline is not begun: the error that
    would be waited out is the answer, early rather than late.
    """

    def __init__(self, call: Call, clock: Clock, rng: Random) -> None:
        self._call = call
        self._clock = clock
        self._rng = rng
        self._failures = 0
        self._attempts = _ATTEMPTS

    def __call__(self, error: Exception) -> float | bool:
        """Return the seconds until the next attempt, or False when there is to be none."""
        if not isinstance(error, _WORTH_ANOTHER):
            return False
        self._failures += 1
        retry_after_s = error.retry_after_s if isinstance(error, HaloResponseError) else None
        if isinstance(error, RateLimitedError) and retry_after_s is not None:
            # The service says when to come back: that costs time, not one of the attempts.
            self._attempts += 1
        if self._failures >= self._attempts:
            return False
        wait = self._seconds(retry_after_s)
        if self._clock.monotonic() + wait >= self._call.deadline:
            return False
        if wait > _LONGEST_WAIT_S:
            self._call.tell_wait(wait)
        return wait

    def _seconds(self, retry_after_s: float | None) -> float:
        if retry_after_s is not None:
            return retry_after_s + self._rng.uniform(0, _RETRY_AFTER_JITTER_S)
        longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (self._failures - 1))
        return self._rng.uniform(longest / 2, longest)


class Retry:
    """The outermost middleware: attempts until an answer is whole, refused for good, or given up.

    ``check`` gets a response with its body and raises for what must neither be used nor stored. What it
    lets through, redirects and other 4xx among it, goes back to aiohttp. All failures leave as errors
    of our own, which also keeps aiohttp from sending the request again by itself.
    """

    def __init__(
        self,
        call: Call,
        backoff: Callable[[], Backoff],
        check: Callable[[ClientResponse, bytes], None],
    ) -> None:
        self._call = call
        self._backoff = backoff
        self._check = check

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send one hop of an exchange."""
        async for attempt in stamina.retry_context(on=self._backoff(), attempts=None, timeout=None):
            with attempt:
                return await self._attempt(request, handler)
        raise AssertionError("stamina ends with an answer or an error")

    async def _attempt(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Try once, and tell how that ended."""
        host = request.url.raw_host or ""
        try:
            response = await self._answer(request, handler)
        except DeadlineExceededError:
            raise  # its turn would have come too late: the service was not asked
        except HaloError as error:
            self._call.tell_outcome(Outcome(host, error))
            raise
        status = response.status
        refusal = error_for_status(status)(status, self._call.endpoint) if status >= 400 else None
        self._call.tell_outcome(Outcome(host, refusal))
        return response

    async def _answer(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        try:
            response = await handler(request)
            body = await response.read()
        except (ClientError, HttpProcessingError, OSError, ValueError) as error:
            failure, cause = failure_of(error, self._call.endpoint), cause_of(error)
        else:
            self._check(response, body)
            return response
        raise failure from cause  # out here, where nothing else is attached to it
