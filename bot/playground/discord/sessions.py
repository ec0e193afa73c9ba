"""A bot's gateway session: what it was sent, so that a lost connection can be resumed."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque

from aiohttp import web

from bot.playground.discord.model import Json

__all__ = ["Connection", "Session"]

_REPLAYED = 1000


class Connection:
    """One websocket with a queue before it, so that events leave in order and nobody waits for the wire.

    Frames are plain text whatever compression the address asks for: clients tell the two apart by frame type.
    """

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()

    def send(self, frame: Json) -> None:
        """Queue one frame."""
        self._queue.put_nowait(json.dumps(frame, separators=(",", ":")))

    def finish(self) -> None:
        """Let the writer end once what is queued was sent."""
        self._queue.put_nowait(None)

    async def write(self) -> None:
        """Send what is queued until `finish`; a connection that breaks just ends it."""
        with contextlib.suppress(ConnectionError):
            while (text := await self._queue.get()) is not None:
                await self.socket.send_str(text)


class Session:
    """An identified shard. It outlives its connection until the bot ends it or identifies anew."""

    def __init__(self, session_id: str, shard: tuple[int, int], intents: int) -> None:
        self.id = session_id
        self.shard_id, self.shard_count = shard
        self.intents = intents
        self.connection: Connection | None = None
        self._sequence = 0
        self._sent: deque[Json] = deque(maxlen=_REPLAYED)

    def has(self, guild_id: int | None) -> bool:
        """Whether events of a server (or of a conversation: None) go to this shard."""
        return (0 if guild_id is None else (guild_id >> 22) % self.shard_count) == self.shard_id

    def dispatch(self, name: str, data: Json) -> None:
        """Send an event now or when the bot resumes."""
        self._sequence += 1
        frame: Json = {"op": 0, "t": name, "s": self._sequence, "d": data}
        self._sent.append(frame)
        if self.connection is not None:
            self.connection.send(frame)

    def resume(self, connection: Connection, sequence: int) -> bool:
        """Continue on a new connection after the last event the bot saw; false when that is too long ago."""
        if sequence > self._sequence or (self._sent and sequence < self._sent[0]["s"] - 1):
            return False
        self.connection = connection
        for frame in self._sent:
            if frame["s"] > sequence:
                connection.send(frame)
        self.dispatch("RESUMED", {})
        return True
