"""The page's websocket: frames in, frames out, and no way to make either side grow."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import WSCloseCode, WSMsgType, web

from bot.playground.web.actions import Actions
from bot.playground.web.backstage import Backstage
from bot.playground.web.outbox import Outbox
from bot.playground.web.visit import Visit

__all__ = ["Sockets"]

_LONGEST_FRAME = 256 * 1024
_MOST_SOCKETS = 32
_AT_ONCE = 16
_A_SECOND = 60
_HEARTBEAT_S = 20.0
_GOODBYE_S = 2.0


class Sockets:
    """Serves every websocket of the page.

    Args:
        ready: Returns once there is something to show.
        monotonic: Time in seconds, for the pace of requests.
    """

    def __init__(self, ready: asyncio.Future[Backstage], *, monotonic: Callable[[], float]) -> None:
        self._ready = ready
        self._monotonic = monotonic
        self._open: set[web.WebSocketResponse] = set()

    async def close(self) -> None:
        """End every connection; the page will try to come back."""
        going = WSCloseCode.GOING_AWAY
        await asyncio.gather(*(socket.close(code=going, message=b"closing") for socket in set(self._open)))

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        if len(self._open) >= _MOST_SOCKETS:
            raise web.HTTPServiceUnavailable(text="Too many pages are open.\n")
        socket = web.WebSocketResponse(
            timeout=_GOODBYE_S, max_msg_size=_LONGEST_FRAME, heartbeat=_HEARTBEAT_S, compress=False
        )
        await socket.prepare(request)
        self._open.add(socket)

        def hang_up() -> None:
            if request.transport is not None:
                request.transport.abort()

        outbox = Outbox(socket, hang_up)
        writer = asyncio.create_task(outbox.write())
        try:
            if not self._ready.done():
                outbox.send({"event": "starting", "data": {}})
            await self._serve(socket, outbox, await asyncio.shield(self._ready))
        finally:
            self._open.discard(socket)
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
        return socket

    async def _serve(self, socket: web.WebSocketResponse, outbox: Outbox, backstage: Backstage) -> None:
        visit = Visit(backstage, outbox.send)
        actions = Actions(visit)
        slots = asyncio.Semaphore(_AT_ONCE)
        pace = _Pace(self._monotonic)

        async def answer(text: str) -> None:
            try:
                outbox.send(await actions.answer(text))
            finally:
                slots.release()

        under_way: set[asyncio.Task[None]] = set()
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    await socket.close(code=WSCloseCode.UNSUPPORTED_DATA)
                    break
                # Whoever is faster than this waits, and their frames with them.
                await pace.wait()
                await slots.acquire()
                task = asyncio.create_task(answer(message.data))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
        finally:
            visit.close()
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)


class _Pace:
    """Lets so many requests begin in any one second; later ones wait."""

    def __init__(
        self, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._begun: deque[float] = deque(maxlen=_A_SECOND)

    async def wait(self) -> None:
        if len(self._begun) == _A_SECOND:
            await self._sleep(max(0.0, self._begun[0] + 1 - self._monotonic()))
        self._begun.append(self._monotonic())
