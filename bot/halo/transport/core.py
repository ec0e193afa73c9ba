"""The one way from a service method to the wire and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any, Final

from aiohttp import ClientError, ClientMiddlewareType, ClientResponse, ClientSession, ClientTimeout
from aiohttp_client_cache.response import CachedResponse
from aiohttp_client_cache.session import CachedSession, CacheMixin
from yarl import URL

from bot.halo.errors import HaloConnectionError, HaloError, NotFoundError
from bot.halo.transport.about import Meant
from bot.halo.transport.answer import Answer
from bot.halo.transport.answer_cache import AnswerCache
from bot.halo.transport.cache import forget
from bot.halo.transport.call import Ask, Call
from bot.halo.transport.clock import Clock
from bot.halo.transport.failures import cause_of, failure_of, response_error
from bot.halo.transport.flight import SingleFlight
from bot.halo.transport.freshness import is_always_live
from bot.halo.transport.limiter import RateLimiter
from bot.halo.transport.memory import AnswerMemory
from bot.halo.transport.middlewares import BodyLimit, Origin, RateLimit, Renewal, TakenTokens, TokenGuard
from bot.halo.transport.options import RequestOptions
from bot.halo.transport.payload import Expectation, check_payload, holds_results
from bot.halo.transport.retry import Backoff, Retry
from bot.halo.transport.tokens import SERVICE_HOSTS, TokenSource

__all__ = ["Transport"]

_ATTEMPT_TIMEOUT: Final = ClientTimeout(total=None, sock_connect=5, sock_read=10)
_SETTLE_STEP_S: Final = 2.0
_ACCEPT: Final[Mapping[Expectation, str]] = {"json": "application/json", "binary": "*/*"}


class Transport:
    """Asks Halo's services, at most so often, and answers from what is already known.

    Args:
        session: The session to send with; nothing is ever set on it. A :class:`CachedSession` turns the
            caches on, those in memory included.
        tokens: Where the two tokens come from.
        requests_per_second: The most starts in any one second, for each service.
        origin: Where every real address is requested instead, from
            :func:`~bot.halo.transport.origin.parse_origin`.
        clock: Where time comes from.
        rng: Where jitter comes from.
    """

    def __init__(
        self,
        session: ClientSession | CachedSession,
        tokens: TokenSource,
        *,
        requests_per_second: int,
        origin: URL | None,
        clock: Clock,
        rng: Random,
    ) -> None:
        self._session = session
        self._tokens = tokens
        self._origin = origin
        self._clock = clock
        self._rng = rng
        self._limiters = {host: RateLimiter(requests_per_second, clock) for host in SERVICE_HOSTS}
        self._taken = TakenTokens()
        self._flights = SingleFlight(clock)
        self._cache = (
            AnswerCache(session.cache, clock, origin, AnswerMemory())
            if isinstance(session, CacheMixin)
            else None
        )

    async def forget(self, is_meant: Meant) -> None:
        """Forget every known answer that is meant, stored ones first.

        Raises:
            sqlite3.Error: The stored ones cannot be searched or deleted; those in memory are gone.
        """
        try:
            await forget(self._session, is_meant)
        finally:
            if self._cache is not None:
                self._cache.forget(is_meant)

    async def get(
        self,
        url: URL,
        *,
        options: RequestOptions,
        headers: Mapping[str, str] | None = None,
        expect: Expectation = "json",
        body_of_404: bool = False,
        settles: bool = False,
    ) -> Answer:
        """Return the answer of ``url``, with its body read.

        Args:
            url: The real address, whatever the origin.
            options: The caller's deadline, priority and so on.
            headers: Headers besides ``Accept`` and the tokens, such as ``Accept-Language``.
            expect: What the body of a success has to be.
            body_of_404: A 404 whose body holds results is returned rather than raised.
            settles: A 404 is asked again for ``options.not_found_wait_s``, in steps of 2 s.

        Raises:
            HaloError: Anything that went wrong; no other exception leaves this method.
        """
        asked = {
            "accept": _ACCEPT[expect],
            **{name.lower(): value for name, value in (headers or {}).items()},
        }
        settle_s = options.not_found_wait_s if settles else 0.0
        ask = Ask(url, tuple(sorted(asked.items())), expect, body_of_404, settle_s, options.revalidate)
        if self._cache is not None and not ask.revalidate and (hot := self._cache.recall(ask)) is not None:
            return hot
        return await self._flights.run(ask, options, self._fly)

    async def _fly(self, ask: Ask, call: Call) -> Answer:
        """Answer from the cache, else from the service, else from what the cache had kept."""
        cache = None if is_always_live(ask.url) else self._cache
        if cache is not None and (kept := await cache.find(ask)) is not None:
            if cache.is_fresh(kept) and not ask.revalidate:
                return kept.answer
            call.fallback = kept.answer.as_stale()
        try:
            answer = await self._settled(ask, call)
        except HaloError as error:
            if error.retryable and call.fallback is not None:
                return call.fallback
            raise
        if cache is not None:
            await cache.keep(ask, answer)
        return answer

    async def _settled(self, ask: Ask, call: Call) -> Answer:
        """Fetch, and again while a match that has just ended is not found yet."""
        give_up = min(self._clock.monotonic() + ask.settle_s, call.deadline)
        while True:
            try:
                return await self._fetch(ask, call)
            except NotFoundError:
                if self._clock.monotonic() + _SETTLE_STEP_S > give_up:
                    raise
                await self._clock.sleep(_SETTLE_STEP_S)

    async def _fetch(self, ask: Ask, call: Call) -> Answer:
        response = await self._send(ask, call)
        body = await response.read()
        is_success = 200 <= response.status < 300
        if not is_success and not (ask.body_of_404 and response.status == 404 and holds_results(body)):
            raise response_error(response, ask.endpoint, self._clock.time())
        fetched_at = datetime.fromtimestamp(self._clock.time(), UTC)
        return Answer(response, body, from_cache=False, fetched_at=fetched_at)

    async def _send(self, ask: Ask, call: Call) -> ClientResponse | CachedResponse:
        if self._session.closed:
            raise HaloConnectionError(ask.endpoint, "the session is closed")
        # A CachedSession neither reads nor writes with this: that is done above, under our own single flight.
        bypass: dict[str, Any] = {"expire_after": 0} if self._cache is not None else {}
        try:
            return await self._session.get(
                ask.url,
                headers=dict(ask.headers),
                middlewares=self._middlewares(ask, call),
                timeout=_ATTEMPT_TIMEOUT,
                raise_for_status=False,
                **bypass,
            )
        except (ClientError, OSError, ValueError) as error:
            failure, cause = failure_of(error, ask.endpoint), cause_of(error)
        raise failure from cause  # out here, where nothing else is attached to it

    def _middlewares(self, ask: Ask, call: Call) -> tuple[ClientMiddlewareType, ...]:
        """Return the way of one exchange to the wire, from the outside in."""
        guard = TokenGuard(self._tokens)
        return (
            Retry(
                call,
                lambda: Backoff(call, self._clock, self._rng),
                lambda response, body: self._check(ask, response, body),
            ),
            Renewal(self._tokens, guard, self._taken),
            BodyLimit(call),
            RateLimit(call, self._limiters),
            guard,
            Origin(self._origin),
        )

    def _check(self, ask: Ask, response: ClientResponse, body: bytes) -> None:
        """Raise for an answer that must be neither used nor stored, and may be better the next time."""
        if response.status == 429 or response.status >= 500:
            raise response_error(response, ask.endpoint, self._clock.time())
        if 200 <= response.status < 300:
            check_payload(body, response.headers.get("Content-Type", ""), ask.expect, ask.endpoint)
