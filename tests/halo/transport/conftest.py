"""The stand-in, the clock and a transport between them, for every test of the transport."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import stamina
from aiohttp import ClientSession, web
from aiohttp_client_cache.session import CachedSession

from bot.halo.transport.cache import open_session
from bot.halo.transport.tokens import TokenSource
from tests.halo.transport.stand_in import Asker, FakeClock, StandIn


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    server = StandIn()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(jump_s=2.5)


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(testing=True, attempts=4):
        yield


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def make_asker(stand_in: StandIn, clock: FakeClock) -> Callable[..., Asker]:
    def make(session: ClientSession, tokens: TokenSource | None = None) -> Asker:
        return Asker(session, stand_in, clock, tokens)

    return make


@pytest.fixture
def asker(session: ClientSession, make_asker: Callable[..., Asker]) -> Asker:
    return make_asker(session)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "halo.sqlite"


@pytest.fixture
async def cached(path: Path) -> AsyncIterator[CachedSession]:
    async with open_session(path) as session:
        yield session
