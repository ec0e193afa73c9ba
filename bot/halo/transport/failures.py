"""From whatever went wrong below to the one tree of errors above."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from aiohttp import ClientError, ClientPayloadError, ClientResponse, InvalidURL
from aiohttp_client_cache.response import CachedResponse
from yarl import URL

from bot.halo.errors import (
    HaloConnectionError,
    HaloError,
    HaloResponseError,
    PayloadError,
    error_for_status,
)

__all__ = ["cause_of", "endpoint_of", "failure_of", "response_error", "retry_after_s"]

# A gamertag stands in ``gt(…)`` at the profile service and bare behind ``/players/`` elsewhere; an XUID may stay.
_GAMERTAG: Final = re.compile(r"gt(?:\(|%28)[^/]*|(?<=/players/)(?!xuid(?:\(|%28))[^/]+", re.IGNORECASE)
_HEADERS_WORTH_LOGGING: Final = ("X-343-Exception", "MS-CV", "Transaction-ID")
_HEADER_LIMIT: Final = 200


def endpoint_of(url: URL) -> str:
    """Return host and path for people: no query, and no gamertag."""
    return _GAMERTAG.sub("gt(…)", f"{url.raw_host}{url.raw_path}")


def failure_of(error: BaseException, endpoint: str) -> HaloError:
    """Return what a failed exchange is called in our own tree.

    Its message says what kind of failure it was and nothing that came over the wire.
    """
    if isinstance(error, HaloError):
        return error
    reason = type(error).__name__
    if isinstance(error, ClientPayloadError):
        return PayloadError(endpoint, f"the body broke off ({reason})")
    if isinstance(error, TimeoutError):
        return HaloConnectionError(endpoint, f"timed out ({reason})")
    if isinstance(error, InvalidURL):
        return HaloConnectionError(endpoint, f"redirected to an invalid address ({reason})")
    if isinstance(error, ClientError | OSError):
        return HaloConnectionError(endpoint, f"the connection failed ({reason})")
    return PayloadError(endpoint, f"an unusable answer ({reason})")


def cause_of(error: BaseException) -> OSError | None:
    """Return the error if a traceback may show it.

    What the system says about a connection helps whoever looks for the trouble. Everything else quotes what
    came over the wire, which might hold the tokens that went out.
    """
    return error if isinstance(error, OSError) else None


def response_error(response: ClientResponse | CachedResponse, endpoint: str, now: float) -> HaloResponseError:
    """Return the error for an answer whose status is not 2xx; ``now`` is the epoch time in seconds."""
    headers = response.headers
    return error_for_status(response.status)(
        response.status,
        endpoint,
        headers={name: headers[name][:_HEADER_LIMIT] for name in _HEADERS_WORTH_LOGGING if name in headers},
        retry_after_s=retry_after_s(headers.get("Retry-After"), now),
    )


def retry_after_s(value: str | None, now: float) -> float | None:
    """Return the seconds that a ``Retry-After`` asks for, given as seconds or as an HTTP date."""
    text = (value or "").strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)
