"""A client of the simulated Halo that waits for nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import stamina
from aiohttp import ClientSession

from bot.halo.client import HaloInfiniteClient
from bot.playground.halo import HaloService


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(testing=True, attempts=2):
        yield


@pytest.fixture
async def client(service: HaloService) -> AsyncIterator[HaloInfiniteClient]:
    tokens = service.credentials
    async with ClientSession() as session:
        yield HaloInfiniteClient(session, tokens.spartan, tokens.clearance, 1000, origin=service.origin)
