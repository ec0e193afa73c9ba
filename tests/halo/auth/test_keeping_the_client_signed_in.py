"""The real client, the token keeper and the simulated Halo together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector

from bot.halo.auth import AzureApp, FileTokenStore, TokenKeeper
from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import RefreshTokenRefusedError
from bot.halo.transport.cache import open_session
from bot.playground.halo import Credentials, HaloService
from bot.playground.world import World
from tests.halo.auth.hosts import SECRET

FIRST = "playground-refresh-1"


@pytest.fixture(scope="module")
def world() -> World:
    return World(7, datetime(2026, 11, 22, tzinfo=UTC), matches=60)


@pytest.fixture
async def halo(world: World) -> AsyncIterator[HaloService]:
    credentials = Credentials(spartan=f"{SECRET}spartan-1", clearance=f"{SECRET}clearance-1")
    async with HaloService(world, credentials=credentials).running() as running:
        yield running


@pytest.fixture
async def keeper(halo: HaloService, tmp_path: Path) -> AsyncIterator[TokenKeeper]:
    async with ClientSession() as session:
        keeper = TokenKeeper(
            session,
            AzureApp("client-id"),
            FileTokenStore(tmp_path / "sign-in.json"),
            first_refresh_token=FIRST,
            origin=halo.origin,
        )
        yield keeper
        await keeper.close()


def client_of(keeper: TokenKeeper, halo: HaloService, session: ClientSession) -> HaloInfiniteClient:
    return HaloInfiniteClient(session, "", "", 1000, origin=halo.origin, token_source=keeper)


def sign_ins(halo: HaloService) -> int:
    return sum(request.path == "/spartan-token" for request in halo.log)


async def test_tokens_that_expire_amid_fifty_requests_cost_one_renewal_and_no_request(
    keeper: TokenKeeper, halo: HaloService, world: World
) -> None:
    answered = 0
    async with ClientSession(connector=TCPConnector(limit=10)) as session:
        client = client_of(keeper, halo, session)

        async def ask(start: int, count: int) -> int:
            nonlocal answered
            response = await client.stats.get_match_history(world.hero.xuid, start=start, count=count)
            answered += 1
            if answered == 20:
                halo.credentials = Credentials(spartan=f"{SECRET}spartan-2", clearance=f"{SECRET}clearance-2")
            return (await response.parse()).result_count

        counts = await asyncio.gather(*(ask(n % 25, 1 + n // 25) for n in range(50)))

    assert counts == [1] * 25 + [2] * 25
    assert sign_ins(halo) == 2
    assert any(request.status == 401 for request in halo.log)
    assert halo.leaks == []


async def test_fifty_requests_with_expired_tokens_are_all_answered_after_one_renewal(
    keeper: TokenKeeper, halo: HaloService, world: World
) -> None:
    async with ClientSession() as session:
        client = client_of(keeper, halo, session)
        await client.profile.get_current_user()
        halo.credentials = Credentials(spartan=f"{SECRET}spartan-2", clearance=f"{SECRET}clearance-2")
        await asyncio.gather(
            *(client.stats.get_match_history(world.hero.xuid, start=start, count=1) for start in range(50))
        )

        assert sign_ins(halo) == 2


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_no_token_is_in_any_log_error_or_file_but_the_keeper_s_own(
    halo: HaloService, world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    app = AzureApp("client-id", f"{SECRET}client")
    store = FileTokenStore(tmp_path / "sign-in.json")
    async with open_session(tmp_path / "cache.sqlite") as session:
        keeper = TokenKeeper(session, app, store, first_refresh_token=FIRST, origin=halo.origin)
        async with keeper:
            client = client_of(keeper, halo, session)
            await client.gamecms_hacs.get_medal_metadata()
            halo.credentials = Credentials(spartan=f"{SECRET}spartan-2", clearance=f"{SECRET}clearance-2")
            await client.stats.get_match_count(world.hero.xuid)
        spent = TokenKeeper(session, app, FileTokenStore(tmp_path / "other.json"),
                            first_refresh_token=FIRST, origin=halo.origin)  # fmt: skip
        with pytest.raises(RefreshTokenRefusedError) as refused:
            await spent.current()

    kept = store.load()
    assert kept is not None
    secrets = (SECRET, FIRST, kept.refresh_token, "playground-access", "playground-user", "playground-xsts")
    files = read_files(tmp_path)
    assert files.pop("sign-in.json")
    said = caplog.text + repr([refused.value, keeper, app, store, kept, keeper.player, client])
    assert "signed in to halo" in caplog.text
    assert "cache.sqlite" in files
    assert [secret for secret in secrets if secret in said] == []
    assert [name for name, content in files.items() for s in secrets if s.encode() in content] == []
