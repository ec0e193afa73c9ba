"""What leaves by one websocket: a bounded queue, so that a slow reader costs himself his connection and nobody memory."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from bot.playground.discord.model import Json

__all__ = ["Outbox"]

_WAITING_FRAMES = 512
_FRAME_TAKES_S = 10.0


class Outbox:
    """Sends frames in order. Whoever does not read them in time is hung up on.

    Args:
        socket: The open websocket.
        hang_up: Ends the connection at once, without asking the other side.
    """

    def __init__(self, socket: web.WebSocketResponse, hang_up: Callable[[], None]) -> None:
        self._socket = socket
        self._hang_up = hang_up
        self._waiting: asyncio.Queue[str] = asyncio.Queue(_WAITING_FRAMES)

    def send(self, frame: Json) -> None:
        """Queue one frame; never blocks and never raises."""
        try:
            self._waiting.put_nowait(json.dumps(frame, separators=(",", ":"), ensure_ascii=False))
        except asyncio.QueueFull:
            self._hang_up()

    async def write(self) -> None:
        """Send what is queued until cancelled or cut off."""
        try:
            while True:
                text = await self._waiting.get()
                async with asyncio.timeout(_FRAME_TAKES_S):
                    await self._socket.send_str(text)
        except TimeoutError:
            self._hang_up()
        except ConnectionError:
            return
