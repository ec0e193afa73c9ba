"""A player's ranks, asked of a simulated Halo that counts, and remembered in a store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.world import World
from bot.store import Address, Store, open_store
from tests.reports.conftest import NOW, House
from tests.reports.csr.desk import Desk


@pytest.fixture(scope="session")
def finished_world() -> World:
    """A world whose past reaches into the season before."""
    return World(7, NOW, matches=2_000)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(Address.of_file(tmp_path / "adjutant.sqlite")) as opened:
        yield opened


@pytest.fixture
async def desk(house: House, store: Store) -> AsyncIterator[Desk]:
    desk = Desk(house, store)
    yield desk
    await desk.playlists.close()
    await desk.seasons.close()
