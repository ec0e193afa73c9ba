"""The simulated Halo that every test of the client asks, in a world that all of them only look at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.playground.halo import Credentials, HaloService, run_halo_service
from bot.playground.world import World

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def world() -> World:
    return World(7, NOW, matches=60)


@pytest.fixture
async def service(world: World) -> AsyncIterator[HaloService]:
    tokens = Credentials(spartan="SPARTAN-SECRET", clearance="CLEARANCE-SECRET")
    async with run_halo_service(world, clock=lambda: NOW, credentials=tokens) as service:
        yield service
