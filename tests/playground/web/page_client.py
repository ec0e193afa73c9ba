"""A page without a browser: asks by websocket, keeps what it is told."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

__all__ = ["PageClient", "Refused", "open_page"]

PATIENCE_S = 20.0
Fits = Callable[[Any], bool]


class Refused(Exception):
    """The page was told a sentence instead of being given what it asked for."""


class PageClient:
    """One open page."""

    def __init__(self, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.session = session
        self.socket = socket
        self.welcome: Any = None
        self.events: list[tuple[str, Any]] = []
        self._numbers = itertools.count(1)
        self._replies: dict[int | None, Any] = {}
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            frame = json.loads(message.data)
            async with self._news:
                if "event" in frame:
                    self.events.append((frame["event"], frame["data"]))
                else:
                    self._replies[frame["n"]] = frame
                self._news.notify_all()
        async with self._news:
            self._news.notify_all()

    async def close(self) -> None:
        await self.socket.close()
        await self._reading

    async def closed(self) -> int | None:
        """The code with which the server ended the connection."""
        async with asyncio.timeout(PATIENCE_S):
            await self._reading
        return self.socket.close_code

    async def enter(self, user: str | None = None, channel: str | None = None) -> Self:
        self.welcome = await self.ask("enter", user=user, channel=channel)
        return self

    async def ask(self, action: str, /, **arguments: Any) -> Any:
        """What an action gave, once it was answered; raises `Refused` with the sentence."""
        number = next(self._numbers)
        await self.socket.send_json({"n": number, "do": action, **arguments})
        return await self.reply(number)

    async def reply(self, number: int | None) -> Any:
        await self._until(lambda: number in self._replies)
        reply = self._replies.pop(number)
        if "error" in reply:
            raise Refused(reply["error"])
        return reply["ok"]

    async def event(self, name: str, fits: Fits = lambda _: True) -> Any:
        """The first event of that name that fits, which is then used up."""

        def index() -> int | None:
            found = (at for at, (kind, data) in enumerate(self.events) if kind == name and fits(data))
            return next(found, None)

        await self._until(lambda: index() is not None)
        return self.events.pop(index() or 0)[1]

    async def answer(self, interaction: str, fits: Fits = lambda _: True) -> Any:
        """The message that answers a command, when it no longer says that the application is thinking."""

        def answers(data: Any) -> bool:
            message = data["message"]
            about = message.get("interaction_metadata") or {}
            return about.get("id") == interaction and not message["thinking"] and fits(message)

        return (await self.event("message", answers))["message"]

    async def message(self, message_id: str, fits: Fits = lambda _: True) -> Any:
        """A message that is new or was changed."""
        found = await self.event("message", lambda d: d["message"]["id"] == message_id and fits(d["message"]))
        return found["message"]

    async def settle(self) -> None:
        """Return when everything that was on its way to this page is here."""
        await self.ask("open", channel=self.welcome["channel"])

    def channel(self, name: str) -> str:
        """The id of a channel that this person sees."""
        channels = [channel for guild in self.welcome["guilds"] for channel in guild["channels"]]
        return next(channel["id"] for channel in channels if channel["name"] == name)

    def user(self, name: str) -> str:
        """The id of somebody whose name begins like that."""
        return next(user["id"] for user in self.welcome["users"] if user["name"].startswith(name))

    async def get(self, path: str, **options: Any) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of something that the page loads."""
        async with self.session.get(path, **options) as response:
            return response.status, response.headers, await response.read()

    async def _until(self, there: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: there() or self._reading.done())
        if not there():
            raise ConnectionError(f"the page was closed with {self.socket.close_code}")


@asynccontextmanager
async def open_page(origin: str, user: str | None = None, **options: Any) -> AsyncGenerator[PageClient]:
    """A page that somebody has entered, the first one there is by default."""
    async with aiohttp.ClientSession(origin) as session:
        socket = await session.ws_connect("/ws", origin=origin, max_msg_size=0, **options)
        page = PageClient(session, socket)
        try:
            await page.enter()
            if user is not None:
                await page.enter(page.user(user))
            yield page
        finally:
            await page.close()
