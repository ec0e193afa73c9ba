"""How an answer lies in the cache: as data, never as code, and without anything secret.

A value is a fixed head, JSON with status and headers, and the body as it came. Reading one executes
nothing, whoever wrote it, and whatever does not fit is as good as absent.
"""

from __future__ import annotations

import codecs
import json
import struct
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aiohttp import hdrs
from aiohttp.typedefs import RawHeaders
from aiohttp_client_cache.response import CachedResponse

from bot.halo.transport.tokens import TOKEN_HEADERS

__all__ = ["HEAD_BYTES", "ResponseSerializer", "expiry_of", "stored_response"]

_HEAD: Final = struct.Struct(">4sddI")
_MAGIC: Final = b"HAL1"
_NEVER: Final = -1.0
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECRET_HEADERS: Final = frozenset(
    name.lower().encode()
    for name in (*TOKEN_HEADERS, hdrs.AUTHORIZATION, hdrs.COOKIE, hdrs.SET_COOKIE, "Set-Cookie2")
)

HEAD_BYTES: Final = _HEAD.size
"""How many bytes of a value :func:`expiry_of` needs."""


class ResponseSerializer:
    """What :class:`aiohttp_client_cache.BaseCache` calls to store and read a response."""

    def dumps(self, item: CachedResponse) -> bytes:
        """Return a response as bytes, without its request's headers, cookies and history."""
        meta = json.dumps(
            {
                "method": item.method,
                "status": item.status,
                "reason": item.reason,
                "url": str(item.url),
                "encoding": item.encoding,
                "headers": [
                    [part.decode("latin-1") for part in pair] for pair in _without_secrets(item.raw_headers)
                ],
            }
        ).encode()
        body: bytes = item._body or b""  # pyright: ignore[reportPrivateUsage]  # read() is a coroutine
        expires = _NEVER if item.expires is None else _epoch_s(item.expires)
        return b"".join((_HEAD.pack(_MAGIC, _epoch_s(item.created_at), expires, len(meta)), meta, body))

    def loads(self, data: object) -> CachedResponse | None:
        """Return the response that a value holds, or None for a value that is none of ours."""
        if not isinstance(data, bytes):
            return None
        try:
            magic, created_at, expires, length = _HEAD.unpack_from(data)
            start = HEAD_BYTES + length
            if magic != _MAGIC or start > len(data):
                return None
            meta: dict[str, Any] = json.loads(data[HEAD_BYTES:start])
            return stored_response(
                method=str(meta["method"]),
                status=int(meta["status"]),
                reason=str(meta["reason"]),
                url=str(meta["url"]),
                encoding=codecs.lookup(meta["encoding"]).name,
                raw_headers=tuple(
                    (name.encode("latin-1"), value.encode("latin-1")) for name, value in meta["headers"]
                ),
                body=data[start:],
                created_at=_naive(created_at),
                expires=None if expires == _NEVER else _naive(expires),
            )
        except (
            AttributeError,
            LookupError,
            OverflowError,
            RecursionError,
            TypeError,
            ValueError,
            struct.error,
        ):
            return None


def stored_response(
    *,
    method: str,
    status: int,
    reason: str,
    url: str,
    encoding: str,
    raw_headers: RawHeaders,
    body: bytes,
    created_at: datetime,
    expires: datetime | None,
) -> CachedResponse:
    """Return a response fit for storing: without its request's headers, history, cookies and tokens.

    Both moments are UTC without a zone, as the cache library has them.
    """
    response = CachedResponse(
        method=method,
        status=status,
        reason=reason,
        url=url,
        real_url=url,
        version="1.1",
        encoding=encoding,
        raw_headers=_without_secrets(raw_headers),
        created_at=created_at,
        expires=expires,
    )
    # The library offers no other way to a body than from a live response, which holds on to its session.
    response._body = body  # pyright: ignore[reportPrivateUsage]
    return response


def expiry_of(head: object) -> float | None:
    """Return when a value expires, from its first :data:`HEAD_BYTES`: epoch seconds, 0 for no value of ours.

    None means that it never expires.
    """
    if not isinstance(head, bytes) or len(head) < HEAD_BYTES:
        return 0.0
    magic, _, expires, _ = _HEAD.unpack_from(head)
    if magic != _MAGIC:
        return 0.0
    return None if expires == _NEVER else expires


def _without_secrets(raw_headers: RawHeaders) -> RawHeaders:
    return tuple((name, value) for name, value in raw_headers if name.lower() not in _SECRET_HEADERS)


def _epoch_s(naive_utc: datetime) -> float:
    return naive_utc.replace(tzinfo=UTC).timestamp()


def _naive(epoch_s: float) -> datetime:
    """Return a moment as the cache library has them: UTC without a zone."""
    return (_EPOCH + timedelta(seconds=epoch_s)).replace(tzinfo=None)
