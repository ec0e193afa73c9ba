"""The sign-in hosts, a clock, and a folder to keep a sign-in in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.halo.auth import AzureApp, FileTokenStore, StoredSignIn
from bot.playground.world import World
from tests.halo.auth.hosts import SECRET, SignIn
from tests.halo.transport.stand_in import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(jump_s=2.0)


@pytest.fixture(scope="session")
def world() -> World:
    """Who signs in; nothing happens in it."""
    return World(7, datetime(2026, 11, 22, tzinfo=UTC), matches=60)


@pytest.fixture
async def sign_in(world: World, clock: FakeClock) -> AsyncIterator[SignIn]:
    async with SignIn(world, clock.time).running() as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def app() -> AzureApp:
    return AzureApp("client-id", f"{SECRET}client")


@pytest.fixture
def store(tmp_path: Path, sign_in: SignIn) -> FileTokenStore:
    """A store with a sign-in that works."""
    store = FileTokenStore(tmp_path / "sign-in.json")
    obtained_at = datetime(2026, 11, 1, tzinfo=UTC)
    store.save(StoredSignIn(refresh_token=sign_in.newest, client_id="client-id", obtained_at=obtained_at))
    return store
