"""A client whose every service is one loopback server that keeps what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import unquote

import pytest
from aiohttp import ClientSession, web

from bot.halo.client import HaloInfiniteClient

Rule = Callable[[web.Request], web.Response]


class Service:
    """Answers every request by ``rule`` and keeps it, as it came over the wire."""

    def __init__(self) -> None:
        self.origin = ""
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.rule: Rule = lambda _: web.json_response({})

    async def handle(self, request: web.Request) -> web.Response:
        self.requests.append(request.raw_path.removeprefix("/"))
        self.headers.append(dict(request.headers))
        return self.rule(request)

    @property
    def asked(self) -> list[str]:
        """The addresses asked for, decoded for reading."""
        return [unquote(path) for path in self.requests]

    def answers(self, body: Any, status: int = 200) -> None:
        self.rule = lambda _: web.json_response(body, status=status)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    app = web.Application()
    app.router.add_route("*", r"/{tail:[\s\S]*}", service.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield service
    await runner.cleanup()


@pytest.fixture
async def client(service: Service) -> AsyncIterator[HaloInfiniteClient]:
    async with ClientSession() as session:
        yield HaloInfiniteClient(session, "spartan", "clearance", 1000, origin=service.origin)
