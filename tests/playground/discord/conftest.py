"""A local Discord with two servers, a clock to turn, and real discord.py bots that connect to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import aiohttp
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.playground.discord import DiscordState, LocalDiscord, Person, Towns, build_towns
from tests.playground.discord.hand_bot import HandBot
from tests.playground.discord.town_bot import TOKEN, TownBot

StartBot = Callable[..., AbstractAsyncContextManager[TownBot]]


class TurnableClock:
    """The machine's clock, plus what a test adds, or one that stands still."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self._stopped_at: float | None = None

    def stop(self) -> None:
        """Let no deadline pass, however slow the machine is."""
        self._stopped_at = time.time()

    def time(self) -> float:
        return (self._stopped_at or time.time()) + self.ahead

    def monotonic(self) -> float:
        return time.perf_counter() + self.ahead


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
def state(clock: TurnableClock) -> DiscordState:
    return DiscordState(clock, application_name="Town Bot")


@pytest.fixture
def towns(state: DiscordState) -> Towns:
    return build_towns(state)


@pytest.fixture
def shards() -> int:
    return 1


@pytest.fixture
async def local(
    state: DiscordState, towns: Towns, shards: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord(token=TOKEN, state=state, shards=shards) as server:
        monkeypatch.setattr(Route, "BASE", server.api_base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway.url))
        yield server


@pytest.fixture
def start_bot(local: LocalDiscord) -> StartBot:
    """Start a bot, its commands synced, as an async context manager that closes it."""

    @asynccontextmanager
    async def start(**options: Any) -> AsyncGenerator[TownBot, None]:
        bot = TownBot(**options)
        await bot.login(TOKEN)
        running = asyncio.create_task(bot.connect())
        try:
            await bot.wait_until_ready()
            await bot.tree.sync()
            yield bot
        finally:
            await bot.close()
            await running

    return start


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[TownBot]:
    async with start_bot() as running:
        yield running


@pytest.fixture
def ada(local: LocalDiscord, towns: Towns) -> Person:
    return local.person(towns.ada)


@pytest.fixture
def bo(local: LocalDiscord, towns: Towns) -> Person:
    return local.person(towns.bo)


@pytest.fixture
async def hand(local: LocalDiscord) -> AsyncIterator[HandBot]:
    """A bot played by hand, with one command `/go` for everywhere."""
    base, headers = f"{local.api_base}/", {"Authorization": f"Bot {TOKEN}"}
    async with aiohttp.ClientSession(base, headers=headers) as session:
        bot = HandBot(local, session)
        await bot.register({"name": "go", "description": "Go", "integration_types": [0, 1]})
        yield bot
