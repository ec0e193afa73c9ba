"""A real browser, started once, before the real bot, or before one that is played by hand."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from discord.http import Route

from bot.playground.discord import Person
from bot.playground.discord.model import Channel, User
from bot.playground.stage import Playground, open_playground, run_playground_site
from bot.playground.web import PlaygroundSite
from bot.playground.world import World
from tests.browser.driving import ARGUMENTS, Tabs, Windows, find_chromium
from tests.browser.hand_stage import HandStage, open_hand_stage
from tests.tier_emoji import tier_emojis

PATIENCE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Room:
    """A member and a channel that no other test uses."""

    user: User
    channel: Channel
    person: Person


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def windows() -> AsyncIterator[Windows]:
    executable = find_chromium()
    if executable is None:
        pytest.skip("no chromium is installed (Debian: apt install chromium)")
    reason = "playwright is not installed (pip install playwright)"
    playwright = pytest.importorskip("playwright.async_api", reason=reason)
    # Patience, not a bound: a busy machine takes longer, and what fails is not there at all.
    playwright.expect.set_options(timeout=PATIENCE_MS)
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield Windows(browser)
        await browser.close()


@pytest.fixture(scope="module")
def discord_api() -> Iterator[None]:
    """Give discord.py its own address back afterwards."""
    base = Route.BASE
    yield
    Route.BASE = base


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def playground(
    windows: Windows, discord_api: None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Playground]:
    """The real bot. It needs the browser's windows, so that nothing is started where there is none."""
    data_dir: Path = tmp_path_factory.mktemp("data")
    async with open_playground(data_dir, emojis=tier_emojis()) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(playground: Playground) -> AsyncIterator[PlaygroundSite]:
    async with run_playground_site(playground) as running:
        yield running


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return itertools.count(1)


@pytest_asyncio.fixture(loop_scope="session")
async def room(playground: Playground, site: PlaygroundSite, numbers: Iterator[int]) -> Room:
    """Somebody new in a channel of their own: each has an allowance of their own."""
    number, state, arena = next(numbers), playground.discord.state, playground.towns.arena
    user = state.add_user(f"Member {number}")
    state.join(arena, user)
    return Room(user, state.add_channel(arena, f"room-{number}"), playground.discord.person(user))


@pytest_asyncio.fixture(loop_scope="session")
async def tabs(windows: Windows, site: PlaygroundSite) -> AsyncIterator[Tabs]:
    """Tabs before the real bot."""
    tabs = Tabs(windows, site.origin)
    yield tabs
    await tabs.close()


@pytest.fixture(autouse=True)
def _no_trouble(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "playground" in request.fixturenames:
        playground: Playground = request.getfixturevalue("playground")
        playground.halo.faults.clear()
        playground.discord.faults.clear()


@pytest.fixture(scope="session")
def small_world() -> World:
    return World("page", datetime.now(UTC), matches=40)


@pytest_asyncio.fixture(loop_scope="session")
async def stage(windows: Windows, small_world: World) -> AsyncIterator[HandStage]:
    """A bot that the test plays."""
    async with open_hand_stage(small_world) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def hand_tabs(windows: Windows, stage: HandStage) -> AsyncIterator[Tabs]:
    """Tabs before the bot that the test plays."""
    tabs = Tabs(windows, stage.site.origin)
    yield tabs
    await tabs.close()
