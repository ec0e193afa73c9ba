"""What stands between an attempt and the wire: renewal, size, rate limit, tokens, origin.

aiohttp runs these for every attempt and every redirect hop that really leaves, and for nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Final

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, hdrs
from aiohttp.connector import Connection
from yarl import URL

from bot.halo.errors import DeadlineExceededError, PayloadError
from bot.halo.transport.call import Call
from bot.halo.transport.limiter import RateLimiter
from bot.halo.transport.origin import rewrite
from bot.halo.transport.tokens import (
    CLEARANCE_HEADER,
    SPARTAN_HEADER,
    TOKEN_HEADERS,
    Tokens,
    TokenSource,
    token_headers,
)

__all__ = ["BodyLimit", "Origin", "RateLimit", "Renewal", "TakenTokens", "TokenGuard"]

_MAX_BODY_BYTES: Final = 32 * 2**20
"""Several times the longest film, which is the largest thing that is ever asked for."""
_MOST_RENEWALS: Final = 2
_TAKEN_TOKENS: Final = 4


class BodyLimit:
    """Reads the body, and gives up on one that is larger than any answer, unpacked if it came packed."""

    def __init__(self, call: Call, max_bytes: int = _MAX_BODY_BYTES) -> None:
        self._call = call
        self._max_bytes = max_bytes

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send one hop and read what comes back."""
        response = await handler(request)
        try:
            body = await self._read(response)
        except BaseException:
            response.close()
            raise
        # aiohttp has no other way to keep a body that was read in parts for response.read().
        response._body = body  # pyright: ignore[reportPrivateUsage]
        return response

    async def _read(self, response: ClientResponse) -> bytes:
        parts: list[bytes] = []
        left = self._max_bytes
        async for part in response.content.iter_any():
            left -= len(part)
            if left < 0:
                raise PayloadError(self._call.endpoint, "the body is larger than any answer")
            parts.append(part)
        return b"".join(parts)


class RateLimit:
    """Acquires a start from the limiter of the service that a request goes to."""

    def __init__(self, call: Call, limiters: Mapping[str, RateLimiter]) -> None:
        self._call = call
        self._limiters = limiters

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send a request when its turn has come; hosts that are no Halo service go at once."""
        limiter = self._limiters.get(request.url.raw_host or "")
        if limiter is None:
            return await handler(request)
        try:
            slot = await limiter.acquire(
                self._call.ticket,
                latest_start=lambda: self._call.deadline,
                on_wait=self._call.tell_wait,
            )
        except TimeoutError:
            seconds = round(self._call.deadline - self._call.began, 1)
            raise DeadlineExceededError(self._call.endpoint, seconds) from None
        send = request.send

        async def depart(conn: Connection) -> ClientResponse:
            slot.depart()
            return await send(conn)

        # aiohttp tells nobody but a session's own traces when it has a connection.
        request.send = depart
        try:
            return await handler(request)
        finally:
            request.send = send
            slot.settle()


class TokenGuard:
    """Puts tokens on a request that may carry them, and takes them off again when it has left.

    No ``Authorization`` goes anywhere, be it the session's or one that a redirect to
    ``https://user:password@host/`` brings; such a redirect gets no tokens either.

    Attributes:
        sent: The tokens that the last request carried.
    """

    def __init__(self, source: TokenSource) -> None:
        self.sent: Tokens | None = None
        self._source = source
        self._own_authorization: str | None = None
        self._is_first = True

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send one hop with what its real address may see."""
        authorization = request.headers.get(hdrs.AUTHORIZATION)
        if self._is_first:
            self._own_authorization, self._is_first = authorization, False
        self._strip(request)
        names = token_headers(request.url) if authorization in {None, self._own_authorization} else ()
        self.sent = await self._source.current() if names else None
        if self.sent is not None:
            values = {SPARTAN_HEADER: self.sent.spartan, CLEARANCE_HEADER: self.sent.clearance}
            request.headers.update({name: values[name] for name in names})
        try:
            return await handler(request)
        finally:
            self._strip(request)

    def _strip(self, request: ClientRequest) -> None:
        for name in (*TOKEN_HEADERS, hdrs.AUTHORIZATION):
            request.headers.popall(name, None)


class TakenTokens:
    """The Spartan tokens that services have lately taken, whatever request brought them."""

    def __init__(self) -> None:
        self._spartans: deque[str] = deque(maxlen=_TAKEN_TOKENS)

    def note(self, tokens: Tokens) -> None:
        """Remember tokens that a service has answered."""
        if not self.holds(tokens):
            self._spartans.append(tokens.spartan)

    def holds(self, tokens: Tokens) -> bool:
        """Tell whether tokens have been good before."""
        return tokens.spartan in self._spartans


class Renewal:
    """Answers a 401 of an exchange with tokens that their source has renewed.

    It does so once, and a second time only where the new tokens were taken elsewhere before: they have
    then expired while the request waited for its turn. Others that are refused at once stay refused.
    A renewal that fails is not counted, so that a later attempt of the exchange can have another one.
    """

    def __init__(self, source: TokenSource, guard: TokenGuard, taken: TakenTokens) -> None:
        self._source = source
        self._guard = guard
        self._taken = taken
        self._renewals = 0

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send one hop, and again if its tokens were refused and there are others."""
        response = await handler(request)
        while (sent := self._guard.sent) is not None and response.status == 401 and self._is_due(sent):
            await response.read()
            renewed = await self._source.renew(sent)
            self._renewals += 1
            if renewed == sent:
                break
            response = await handler(request)
        if sent is not None and response.status < 400:
            self._taken.note(sent)
        return response

    def _is_due(self, rejected: Tokens) -> bool:
        return self._renewals == 0 or (self._renewals < _MOST_RENEWALS and self._taken.holds(rejected))


class Origin:
    """Sends a request to the stand-in, while everyone above sees the real address."""

    def __init__(self, origin: URL | None) -> None:
        self._origin = origin

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send a request to where the origin has it."""
        real, host = request.url, request.headers[hdrs.HOST]
        request.url = rewrite(real, self._origin)
        if request.url is real:
            return await handler(request)
        request.headers[hdrs.HOST] = request.url.host_port_subcomponent or host
        try:
            return await handler(request)
        finally:
            request.url, request.headers[hdrs.HOST] = real, host
