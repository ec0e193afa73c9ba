"""Lets ordered faults strike: one middleware in front of every simulated service."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.halo.answers import FILE_MAX_AGE_S, answer_refusal
from bot.playground.halo.faults import Fault, FaultBook, FaultKind
from bot.playground.halo.gate import CONTROL
from bot.playground.halo.request_log import split_target

__all__ = ["Trouble"]

_HTML = (
    "<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>We will be right back</h1></body></html>"
)
_GARBLE = b"HTTP/1.1 200 OK\r\nContent-Length: none\r\n\r\n"
_DRIPS = 8
_PLAIN_STATUSES = frozenset({526})
Strike = Callable[[Fault, web.Request, Handler], Awaitable[web.StreamResponse]]


class Trouble:
    """The middleware. ``closing`` ends every wait when the service shuts down."""

    def __init__(self, faults: FaultBook, rng: random.Random, closing: asyncio.Event) -> None:
        self._faults = faults
        self._rng = rng
        self._closing = closing
        self._strikes: dict[FaultKind, Strike] = {
            FaultKind.STATUS: self._status,
            FaultKind.TRUNCATED: self._truncated,
            FaultKind.INVALID_JSON: self._invalid_json,
            FaultKind.HTML: self._html,
            FaultKind.GARBLED: self._garbled,
            FaultKind.RESET: self._reset,
            FaultKind.DRIP: self._drip,
            FaultKind.HANG: self._hang,
            FaultKind.HOLD: self._hold,
            FaultKind.REDIRECT: self._redirect,
        }

    async def handle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answers with what is ordered for this request, else with the service's own answer."""
        host, path = split_target(request)
        answer = handler
        struck = self._faults.take(host, path, request.query_string) if host != CONTROL else ()
        for fault in struck:
            if fault.kind is FaultKind.LATENCY:
                await self._wait(fault.delay_s + self._rng.uniform(0, fault.jitter_s))
            else:
                answer = _bind(self._strikes[fault.kind], fault, handler)
        return await answer(request)

    async def _wait(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return

    async def _status(self, fault: Fault, _request: web.Request, _handler: Handler) -> web.StreamResponse:
        response = _answer(fault)
        if fault.retry_after_s is not None:
            response.headers["Retry-After"] = f"{fault.retry_after_s:g}"
        if fault.location:
            response.headers["Location"] = fault.location
        response.headers.update(fault.headers)
        return response

    async def _html(self, _fault: Fault, _request: web.Request, _handler: Handler) -> web.StreamResponse:
        headers = {"Cache-Control": f"public, max-age={FILE_MAX_AGE_S}"}
        return web.Response(text=_HTML, content_type="text/html", headers=headers)

    async def _invalid_json(
        self, _fault: Fault, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        body, headers = await _real(request, handler)
        return web.Response(body=body[: len(body) // 2], headers=headers)

    async def _truncated(self, _fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
        body, headers = await _real(request, handler)
        response = web.StreamResponse(headers=headers)
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        _hang_up(request, kindly=True)
        return response

    async def _drip(self, fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
        body, headers = await _real(request, handler)
        response = web.StreamResponse(headers=headers)
        response.content_length = len(body)
        await response.prepare(request)
        size = max(1, -(-len(body) // _DRIPS))
        for start in range(0, len(body), size):
            await self._wait(fault.delay_s / _DRIPS)
            await response.write(body[start : start + size])
        return response

    async def _garbled(self, _fault: Fault, request: web.Request, _handler: Handler) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.write(_GARBLE)
        _hang_up(request, kindly=True)
        return web.Response()

    async def _reset(self, _fault: Fault, request: web.Request, _handler: Handler) -> web.StreamResponse:
        _hang_up(request, kindly=False)
        return web.Response()

    async def _hang(self, _fault: Fault, _request: web.Request, _handler: Handler) -> web.StreamResponse:
        await self._wait(None)
        return answer_refusal(503, "Closing")

    async def _hold(self, fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
        ends = [
            asyncio.ensure_future(self._faults.until_taken_back(fault)),
            asyncio.ensure_future(self._closing.wait()),
        ]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        return await handler(request)

    async def _redirect(self, fault: Fault, _request: web.Request, _handler: Handler) -> web.StreamResponse:
        location = fault.location[1:] if fault.location.startswith("//") else fault.location
        return web.Response(status=302, headers={"Location": location})


def _bind(strike: Strike, fault: Fault, handler: Handler) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await strike(fault, request, handler)

    return answer


def _answer(fault: Fault) -> web.Response:
    """The ordered status with its body."""
    if isinstance(fault.body, bytes):
        return web.Response(body=fault.body, status=fault.status, content_type="application/octet-stream")
    if fault.body is not None:
        kind = "application/json" if fault.body.lstrip()[:1] in {"{", "["} else "text/html"
        return web.Response(text=fault.body, status=fault.status, content_type=kind)
    if fault.status in _PLAIN_STATUSES:
        return web.Response(text="error code: 526", status=fault.status)
    return answer_refusal(fault.status, "Ordered")


async def _real(request: web.Request, handler: Handler) -> tuple[bytes, dict[str, str]]:
    """The body and headers that the service would have sent."""
    response = await handler(request)
    body = response.body if isinstance(response, web.Response) else b""
    wanted = {"Content-Type", "Cache-Control"}
    return body if isinstance(body, bytes) else b"", {
        k: v for k, v in response.headers.items() if k in wanted
    }


def _hang_up(request: web.Request, *, kindly: bool) -> None:
    transport = request.transport
    if transport is not None:
        transport.close() if kindly else transport.abort()
