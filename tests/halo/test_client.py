from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp_client_cache.backends.sqlite import SQLiteBackend
from aiohttp_client_cache.session import CachedSession

import bot.halo
from bot.halo import HaloInfiniteClient
from bot.halo.transport.options import Priority
from bot.halo.transport.tokens import CLEARANCE_HEADER, SPARTAN_HEADER

SEASONS = {"Seasons": [], "Events": []}


class Halo:
    """A stand-in that answers every address with the same body."""

    def __init__(self) -> None:
        self.origin = ""
        self.seen: list[web.Request] = []
        self.starts: list[float] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.seen.append(request)
        self.starts.append(asyncio.get_running_loop().time())
        headers = {"Cache-Control": "max-age=86400"} if "calendars" in request.path else {}
        return web.json_response(SEASONS, headers=headers)


@pytest.fixture
async def halo() -> AsyncIterator[Halo]:
    stand_in = Halo()
    app = web.Application()
    app.router.add_get("/{tail:.*}", stand_in.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand_in.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield stand_in
    await runner.cleanup()


async def filter_by_cache_control(response: Any) -> bool:
    return "Cache-Control" in response.headers


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_it_works_as_described_with_a_plain_session(halo: Halo) -> None:
    async with ClientSession() as session:
        client = HaloInfiniteClient(
            session=session,
            spartan_token="SPARTAN_TOKEN",
            clearance_token="CLEARANCE_TOKEN",
            requests_per_second=5,
            origin=halo.origin,
        )
        response = await client.stats.get_challenge_decks(1234567890123456)

    assert await response.parse() == SEASONS
    assert response.from_cache is False
    assert response.response.status == 200
    assert halo.seen[0].headers[SPARTAN_HEADER] == "SPARTAN_TOKEN"


async def test_it_works_as_described_with_a_cached_session(halo: Halo, tmp_path: Path) -> None:
    cache = SQLiteBackend(
        str(tmp_path / "cache.sqlite"), cache_control=True, filter_fn=filter_by_cache_control
    )
    async with CachedSession(cache=cache) as session:
        client = HaloInfiniteClient(session, "SPARTAN_TOKEN", "CLEARANCE_TOKEN", origin=halo.origin)
        first = await client.gamecms_hacs.get_season_calendar()
        second = await client.gamecms_hacs.get_season_calendar()

    assert [first.from_cache, second.from_cache] == [False, True]
    assert await first.parse() is await second.parse()
    assert len(halo.seen) == 1
    assert b"_TOKEN" not in everything(tmp_path)


async def test_tokens_can_be_changed_in_every_view_at_once(halo: Halo) -> None:
    async with ClientSession() as session:
        client = HaloInfiniteClient(session, "old", "old", origin=halo.origin)
        view = client.with_options(priority=Priority.BACKGROUND)
        client.set_tokens("new", "newer\n")
        await view.stats.get_challenge_decks(1234567890123456)

    assert (halo.seen[0].headers[SPARTAN_HEADER], halo.seen[0].headers[CLEARANCE_HEADER]) == ("new", "newer")


async def test_views_share_one_rate_and_the_service_never_sees_more(halo: Halo) -> None:
    async with ClientSession() as session:
        client = HaloInfiniteClient(session, "s", "c", origin=halo.origin)
        views = [client, client.with_options(priority=Priority.BACKGROUND)]
        await asyncio.gather(
            *(views[n % 2].stats.get_challenge_decks(1234567890123450 + n) for n in range(6))
        )

    assert len(halo.starts) == 6
    assert halo.starts[4] - halo.starts[0] < 0.5
    assert halo.starts[5] - halo.starts[0] > 1.0


async def test_one_service_does_not_wait_for_another(halo: Halo) -> None:
    async with ClientSession() as session:
        client = HaloInfiniteClient(session, "s", "c", origin=halo.origin, requests_per_second=1)
        await asyncio.gather(
            client.stats.get_challenge_decks(1234567890123456),
            client.gamecms_hacs.get_progression_file("calendars/a.json"),
            client.economy.get_player_reward_track_operations(1234567890123456),
        )

    assert halo.starts[-1] - halo.starts[0] < 0.9


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
