"""Keeps foreign web pages away from what the playground lets its user do.

A browser on this machine reaches every local port, and any page in it can make it send requests there. Two headers,
which no page can forge, tell those apart: ``Host`` is a foreign name when a page has made its own name point here,
and ``Origin`` names the page.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any, Final

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from yarl import URL

__all__ = ["Guard", "is_loopback"]

_PORTS: Final = {"http": 80, "https": 443}


def is_loopback(host: str | None) -> bool:
    """Whether a host, as in an address and without a port, can only be this machine."""
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


class Guard:
    """Refuses requests that were sent to, or by, another name than this server's.

    Its names are those of loopback and the address that the connection reached, with the port that it listens on: no
    foreign page has either for a name. What else it is called, or a port that is mapped, it has to be told.

    Args:
        names: More names, each with its port where that is not the scheme's own: ``playground.example:8343``.

    Raises:
        ValueError: One of the names is none.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(self._known(name) for name in names)

    @staticmethod
    def _known(name: str) -> tuple[str, int]:
        place = _parse("http", name)
        if place is None:
            raise ValueError(f"{name!r} is no host with an optional port")
        return place

    def refusal(self, request: web.BaseRequest) -> str | None:
        """Why a request must not be answered, None where it may."""
        if not self._is_ours(_parse("http", request.headers.get(hdrs.HOST, "")), request):
            return "This is not the name of the playground."
        origins = request.headers.getall(hdrs.ORIGIN, [])
        if not all(self._is_ours(_place(origin), request) for origin in origins):
            return "Another page has no business here."
        return None

    def protect(self, handler: Handler) -> Handler:
        """The handler, behind the guard."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            if (reason := self.refusal(request)) is not None:
                return web.Response(status=403, text=reason)
            return await handler(request)

        return guarded

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Puts a whole server behind the guard."""
        return await self.protect(handler)(request)

    def _is_ours(self, place: tuple[str, int] | None, request: web.BaseRequest) -> bool:
        if place is None:
            return False
        host, port = place
        address, listening = _reached(request)
        return place in self._names or (port == listening and (is_loopback(host) or host == address))


def _reached(request: web.BaseRequest) -> tuple[str | None, int | None]:
    """The address and the port of this side of the connection."""
    transport = request.transport
    name: tuple[Any, ...] | str | None = transport.get_extra_info("sockname") if transport else None
    return (name[0], name[1]) if isinstance(name, tuple) else (None, None)


def _place(origin: str) -> tuple[str, int] | None:
    scheme, separator, authority = origin.partition("://")
    return _parse(scheme, authority) if separator else None


def _parse(scheme: str, authority: str) -> tuple[str, int] | None:
    """Host and port of an authority, None where it is more, or less, than that."""
    authority = authority.lower()
    try:
        url = URL(f"{scheme}://{authority}")
        plain = url.raw_authority == authority and url.raw_path in {"", "/"} and url.raw_user is None
        host, port = url.host, url.explicit_port
    except ValueError:
        return None
    if not plain or not host or scheme not in _PORTS:
        return None
    return host, port or _PORTS[scheme]
