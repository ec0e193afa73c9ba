from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp_client_cache.backends.sqlite import SQLiteBackend
from aiohttp_client_cache.session import CachedSession

import bot.halo
from bot.halo import HaloInfiniteClient
from bot.halo.transport.clock import Clock
from bot.halo.transport.options import Priority
from bot.halo.transport.tokens import CLEARANCE_HEADER, SPARTAN_HEADER
from bot.playground.halo import Credentials, HaloService
from bot.playground.world import World
from tests.halo.conftest import NOW
from tests.halo.transport.stand_in import FakeClock, settle


async def filter_by_cache_control(response: Any) -> bool:
    return "Cache-Control" in response.headers


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_it_works_as_described_with_a_plain_session(service: HaloService) -> None:
    async with ClientSession() as session:
        client = HaloInfiniteClient(
            session=session,
            spartan_token=service.credentials.spartan,
            clearance_token=service.credentials.clearance,
            requests_per_second=5,
            origin=service.origin,
        )
        response = await client.profile.get_current_user()

    assert (await response.parse()).xuid == service.world.hero.xuid
    assert response.from_cache is False
    assert response.response.status == 200
    assert [request.headers[SPARTAN_HEADER] for request in service.log] == [service.credentials.spartan]


async def test_it_works_as_described_with_a_cached_session(service: HaloService, tmp_path: Path) -> None:
    cache = SQLiteBackend(
        str(tmp_path / "cache.sqlite"), cache_control=True, filter_fn=filter_by_cache_control
    )
    async with CachedSession(cache=cache) as session:
        tokens = service.credentials
        client = HaloInfiniteClient(session, tokens.spartan, tokens.clearance, origin=service.origin)
        first = await client.gamecms_hacs.get_season_calendar()
        second = await client.gamecms_hacs.get_season_calendar()

    assert [first.from_cache, second.from_cache] == [False, True]
    assert await first.parse() is await second.parse()
    assert len(service.log) == 1
    assert b"-SECRET" not in everything(tmp_path)


async def test_tokens_can_be_changed_in_every_view_at_once(service: HaloService) -> None:
    service.credentials = Credentials(spartan="new", clearance="newer")
    async with ClientSession() as session:
        client = HaloInfiniteClient(session, "old", "old", origin=service.origin)
        view = client.with_options(priority=Priority.BACKGROUND)
        client.set_tokens("new", "newer\n")
        await view.profile.get_current_user()

    (request,) = service.log
    assert (request.headers[SPARTAN_HEADER], request.headers[CLEARANCE_HEADER]) == ("new", "newer")


def client_at_rate(
    service: HaloService, session: ClientSession, rate: int, clock: Clock
) -> HaloInfiniteClient:
    tokens = service.credentials
    return HaloInfiniteClient(
        session, tokens.spartan, tokens.clearance, rate, origin=service.origin, clock=clock
    )


async def test_views_share_one_rate_and_the_service_never_sees_more(world: World) -> None:
    clock = FakeClock()
    service = HaloService(world, clock=lambda: NOW, monotonic=clock.monotonic)
    async with service.running(), ClientSession() as session:
        client = client_at_rate(service, session, 5, clock)
        views = [client, client.with_options(priority=Priority.BACKGROUND)]
        people = service.world.people[:6]
        asking = [
            asyncio.create_task(views[n % 2].profile.get_user_by_id(it.xuid)) for n, it in enumerate(people)
        ]
        await service.log.arrived("*", times=5)
        await clock.advance(1.1)
        await asyncio.gather(*asking)

    assert len(service.log) == 6
    assert service.max_starts_in_any_second() == 5


async def test_a_whole_rate_starts_at_once_and_one_service_does_not_wait_for_another(
    service: HaloService,
) -> None:
    clock = FakeClock()
    async with ClientSession() as session:
        client = client_at_rate(service, session, 2, clock)
        people = service.world.people[:3]
        profiles = [asyncio.create_task(client.profile.get_user_by_id(person.xuid)) for person in people]
        await asyncio.gather(*profiles[:2])
        await client.stats.get_match_count(people[0].xuid)
        await client.gamecms_hacs.get_season_calendar()
        await client.economy.get_player_reward_track_operations(people[0].xuid)
        await settle()
        assert (len(service.log), clock.now) == (5, 1000.0)

        await clock.advance(1.1)
        await profiles[2]


async def test_mistakes_are_told_at_once_and_tokens_to_nobody() -> None:
    async with ClientSession() as session:
        with pytest.raises(ValueError, match="https"):
            HaloInfiniteClient(session, "s", "c", origin="http://halo.example")
        with pytest.raises(ValueError, match="at least 1"):
            HaloInfiniteClient(session, "s", "c", 0)
        client = HaloInfiniteClient(session, "SECRET", "SECRET")
        assert "SECRET" not in repr(client)
        with pytest.raises(TypeError):
            client.with_options(patience=3)


def test_the_package_offers_the_client_and_its_sign_in_and_nothing_else() -> None:
    offered = ["AzureApp", "HaloInfiniteClient", "authenticate_player", "refresh_player_tokens"]
    assert bot.halo.__all__ == offered
    assert all(callable(getattr(bot.halo, name)) for name in offered)
    with pytest.raises(AttributeError):
        _ = bot.halo.SomethingElse  # pyright: ignore[reportAttributeAccessIssue]  # that is the point
