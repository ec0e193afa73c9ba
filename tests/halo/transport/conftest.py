"""The clock, and a transport between it and the simulated Halo, for every test of the transport."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import stamina
from aiohttp import ClientSession
from aiohttp_client_cache.session import CachedSession

from bot.halo.transport.cache import open_session
from bot.halo.transport.tokens import StaticTokens, TokenSource
from bot.playground.halo import HaloService
from tests.halo.transport.asking import Asker
from tests.halo.transport.stand_in import FakeClock


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
def make_asker(service: HaloService, clock: FakeClock) -> Callable[..., Asker]:
    shown = StaticTokens(service.credentials.spartan, service.credentials.clearance)

    def make(session: ClientSession, tokens: TokenSource = shown) -> Asker:
        return Asker(session, service.origin, clock, tokens)

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
