"""One request to a sign-in host or to Xbox: sent without anything that is not meant for its host, and read whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar, cast

from aiohttp import (
    ClientError,
    ClientHandlerType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    hdrs,
)
from aiohttp.http import HttpProcessingError
from aiohttp_client_cache.session import CacheMixin
from yarl import URL

from bot.halo.errors import HaloConnectionError, HaloError, PayloadError, SignInStep, error_for_status
from bot.halo.transport.failures import endpoint_of, retry_after_s
from bot.halo.transport.origin import parse_origin, rewrite
from bot.halo.transport.tokens import TOKEN_HEADERS

__all__ = ["Reply", "at_step", "exchange", "read_text"]

_TIMEOUT: Final = ClientTimeout(total=15, sock_connect=5)
_MAX_BODY_BYTES: Final = 2**20
"""Hundreds of times the longest answer of the chain."""
_Error = TypeVar("_Error", bound=HaloError)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of a sign-in host that is neither trouble of its own nor too many requests.

    Attributes:
        step: The step that it answers; None if it is none.
        endpoint: Host and path, fit for a message.
        status: 2xx, or a 4xx that says no.
        data: The JSON object of the body; empty where a refusal has none.
    """

    step: SignInStep | None
    endpoint: str
    status: int
    data: dict[str, Any] = field(repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the step was taken."""
        return 200 <= self.status < 300


async def exchange(
    session: ClientSession,
    method: Literal["GET", "POST"],
    url: str,
    step: SignInStep | None,
    *,
    origin: str | None,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    document: Mapping[str, Any] | None = None,
) -> Reply:
    """Send one request and return what was answered.

    Redirects are not followed, caches not asked, and what the session sends by default (tokens of Halo,
    an ``Authorization``) does not go along. Nothing that was sent shows in an error.

    Raises:
        HaloConnectionError: No answer, or half of one.
        PayloadError: A success without a JSON object, or a body that is larger than any answer.
        RateLimitedError: 429.
        ServiceError: 5xx or a redirect.
    """
    real = URL(url)
    endpoint = endpoint_of(real)
    own = {name.lower(): value for name, value in (headers or {}).items()}
    send = session.post if method == "POST" else session.get
    bypass: dict[str, Any] = {"expire_after": 0} if isinstance(session, CacheMixin) else {}
    try:
        async with send(
            str(rewrite(real, parse_origin(origin))),
            headers={"accept": "application/json", **own},
            data=form,
            json=document,
            allow_redirects=False,
            raise_for_status=False,
            timeout=_TIMEOUT,
            middlewares=(_OnlyOwn(own),),
            **bypass,
        ) as response:
            body = await _read(response)
            return _judged(response, body, endpoint, step)
    except (ClientError, HttpProcessingError, OSError, ValueError) as error:
        reason = f"the exchange failed ({type(error).__name__})"
    except RuntimeError:
        if not session.closed:
            raise
        reason = "the session is closed"
    # Raised out here, where nothing is attached to it: what happened may quote what was sent or came back.
    raise at_step(HaloConnectionError(endpoint, reason), step)


def at_step(error: _Error, step: SignInStep | None) -> _Error:
    """Return the error, which now names the step of the sign-in that it belongs to, if to any."""
    error.step = step
    return error


def read_text(reply: Reply, *keys: str | int) -> str:
    """Return the text at ``keys`` of a reply, fit for a header.

    Raises:
        PayloadError: There is none.
    """
    found: Any = reply.data
    for key in keys:
        try:
            found = found[key]
        except (KeyError, IndexError, TypeError):
            found = None
            break
    if not isinstance(found, str) or not found or not found.isascii() or not found.isprintable():
        name = ".".join(map(str, keys))
        raise at_step(PayloadError(reply.endpoint, f"the answer has no usable {name}"), reply.step)
    return found


class _OnlyOwn:
    """Takes the session's own tokens off a request."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        for name in (*TOKEN_HEADERS, hdrs.AUTHORIZATION.lower()):
            request.headers.popall(name, None)
            if name in self._own:
                request.headers[name] = self._own[name]
        return await handler(request)


async def _read(response: ClientResponse) -> bytes | None:
    """Return the body, unpacked if it came packed; None for one that is larger than any answer."""
    parts: list[bytes] = []
    left = _MAX_BODY_BYTES
    async for part in response.content.iter_any():
        left -= len(part)
        if left < 0:
            response.close()
            return None
        parts.append(part)
    return b"".join(parts)


def _judged(response: ClientResponse, body: bytes | None, endpoint: str, step: SignInStep | None) -> Reply:
    status = response.status
    if body is None:
        raise at_step(PayloadError(endpoint, "the body is larger than any answer"), step)
    if status == 429 or not 200 <= status < 500 or 300 <= status < 400:
        # An HTTP date is not worth a clock here: it counts as no wish.
        asked = response.headers.get(hdrs.RETRY_AFTER, "")
        wait = retry_after_s(asked, 0.0) if asked.strip().isdecimal() else None
        raise at_step(error_for_status(status)(status, endpoint, retry_after_s=wait), step)
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        return Reply(step, endpoint, status, cast("dict[str, Any]", data))
    if status < 300:
        raise at_step(PayloadError(endpoint, "the answer is no JSON object"), step)
    return Reply(step, endpoint, status, {})
