"""A stand-in for every Halo host on a loopback port, and a clock that nobody has to wait for."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import ClientSession, web
from yarl import URL

from bot.halo.transport.answer import Answer
from bot.halo.transport.core import Transport
from bot.halo.transport.options import RequestOptions
from bot.halo.transport.origin import parse_origin
from bot.halo.transport.tokens import StaticTokens, TokenSource

__all__ = ["Asker", "FakeClock", "StandIn", "counted", "down", "everything", "rows", "settle"]

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeClock:
    """Time that passes when told to, or when somebody sleeps for less than ``jump_s``."""

    def __init__(self, jump_s: float = 0.0) -> None:
        self.now = 1000.0
        self.jump_s = jump_s
        self.slept: list[float] = []
        self._epoch = time.time() - self.now
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self._epoch + self.now

    async def sleep(self, seconds: float) -> None:
        if seconds <= self.jump_s:
            self.slept.append(seconds)
            self.pass_time(seconds)
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, future))
        await future

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        for due, future in self._sleepers:
            if due <= self.now and not future.done():
                future.set_result(None)
        self._sleepers = [(due, future) for due, future in self._sleepers if not future.done()]

    async def advance(self, seconds: float) -> None:
        """Let time pass from one sleeper's end to the next, and everyone react in between."""
        end = self.now + seconds
        while True:
            await settle()
            due = min((due for due, future in self._sleepers if not future.done()), default=end)
            if due >= end:
                break
            self.pass_time(due - self.now)
        self.pass_time(end - self.now)
        await settle()


async def settle() -> None:
    """Let everything that can run without network or time run."""
    for _ in range(20):
        await asyncio.sleep(0)


class StandIn:
    """Answers ``/{host}/{path}``; ``reply`` decides how, ``seen`` tells what was asked."""

    def __init__(self) -> None:
        self.seen: list[web.Request] = []
        self.origin = ""
        self._arrived = asyncio.Condition()
        self.reply: Reply = self._empty

    async def _empty(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request)
        async with self._arrived:
            self._arrived.notify_all()
        return await self.reply(request)

    def answers(self, *replies: web.Response | Callable[[], web.Response]) -> None:
        """Answer one after the other; the last one again and again. Callables make a response each time."""
        left = list(replies)

        async def reply(request: web.Request) -> web.StreamResponse:
            made = left.pop(0) if len(left) > 1 else left[0]
            return made() if callable(made) else made

        self.reply = reply

    async def wait_for(self, requests: int) -> None:
        """Return when so many requests have arrived."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: len(self.seen) >= requests)

    @property
    def paths(self) -> list[str]:
        return [request.raw_path for request in self.seen]


class Asker:
    """A transport in front of the stand-in, with short words for what tests ask."""

    def __init__(
        self, session: ClientSession, stand_in: StandIn, clock: FakeClock, tokens: TokenSource | None
    ) -> None:
        self.tokens = tokens or StaticTokens("SPARTAN-SECRET", "CLEARANCE-SECRET")
        self.transport = Transport(
            session,
            self.tokens,
            requests_per_second=5,
            origin=parse_origin(stand_in.origin),
            clock=clock,
            rng=Random(7),  # noqa: S311  # jitter, no secret
        )

    async def get(self, url: str, *, headers: dict[str, str] | None = None, **how: Any) -> Answer:
        kinds = {name: how.pop(name) for name in ("expect", "body_of_404", "settles") if name in how}
        return await self.transport.get(
            URL(url, encoded=True), options=RequestOptions(**how), headers=headers, **kinds
        )


def counted(stand_in: StandIn, cache_control: str | None = "public, max-age=86400", **headers: str) -> None:
    """Answer with how many requests there were, and the language asked for."""

    async def reply(request: web.Request) -> web.StreamResponse:
        language = request.headers.get("Accept-Language", "")
        if cache_control is not None:
            headers["Cache-Control"] = cache_control
        return web.json_response({"n": len(stand_in.seen), "language": language}, headers=headers)

    stand_in.reply = reply


def down(stand_in: StandIn, status: int = 503) -> None:
    stand_in.answers(lambda: web.Response(status=status))


def everything(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def rows(path: Path) -> int:
    with sqlite3.connect(path) as db:
        count: int = db.execute("SELECT count(*) FROM responses").fetchone()[0]
    db.close()
    return count
