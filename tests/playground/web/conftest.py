"""The page's server, with the real bot behind it or with one that is played by hand."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from discord.http import Route

from bot.playground.discord import DiscordState, InteractionHandle, LocalDiscord, Towns, build_towns
from bot.playground.discord.interactions import Interaction
from bot.playground.halo import HaloService
from bot.playground.stage import Playground, open_playground, run_playground_site
from bot.playground.web import PlaygroundSite, WorldPanel
from bot.playground.world import World
from tests.playground.discord.hand_bot import HandBot
from tests.playground.web.page_client import PageClient, open_page
from tests.tier_emoji import tier_emojis

TOKEN = "page-token"


@pytest.fixture(scope="module")
def discord_api() -> Iterator[None]:
    """Give discord.py its own address back afterwards."""
    base = Route.BASE
    yield
    Route.BASE = base


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def playground(
    discord_api: None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Playground]:
    """The real bot; started once for a module whose tests all run in the module's loop."""
    data_dir: Path = tmp_path_factory.mktemp("data")
    async with open_playground(data_dir, emojis=tier_emojis()) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(playground: Playground) -> AsyncIterator[PlaygroundSite]:
    async with run_playground_site(playground) as running:
        yield running


class TurnableClock:
    """The machine's clock, plus what a test adds."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def time(self) -> float:
        return time.time() + self.ahead

    def monotonic(self) -> float:
        return time.perf_counter() + self.ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """A page before a local Discord whose bot the test plays."""

    site: PlaygroundSite
    discord: LocalDiscord
    towns: Towns
    halo: HaloService
    clock: TurnableClock
    bot: HandBot
    sent: dict[str, InteractionHandle]
    signed_in: list[bool]

    @property
    def origin(self) -> str:
        return self.site.origin

    def channel(self, name: str) -> str:
        return str(getattr(self.towns, name).id)


@pytest.fixture(scope="session")
def small_world() -> World:
    return World("page", datetime.now(UTC), matches=40)


@pytest.fixture
async def rig(small_world: World) -> AsyncIterator[Rig]:
    clock = TurnableClock()
    state = DiscordState(clock, history_limit=150)
    towns = build_towns(state)
    signed_in: list[bool] = []
    sent: dict[str, InteractionHandle] = {}

    def note(interaction: Interaction) -> None:
        sent[str(interaction.id)] = InteractionHandle(interaction)

    async def sign_in() -> None:
        signed_in.append(True)

    async with (
        HaloService(small_world).running() as halo,
        LocalDiscord(token=TOKEN, state=state) as discord,
        aiohttp.ClientSession(f"{discord.api_base}/", headers={"Authorization": f"Bot {TOKEN}"}) as session,
        PlaygroundSite().listening() as site,
        site.showing(discord, WorldPanel(halo, sign_in=sign_in), halo.origin),
    ):
        bot = HandBot(discord, session)
        discord.desk.watch(note)
        await bot.register({"name": "go", "description": "Go"})
        yield Rig(
            site=site,
            discord=discord,
            towns=towns,
            halo=halo,
            clock=clock,
            bot=bot,
            sent=sent,
            signed_in=signed_in,
        )


@pytest.fixture
async def ada(rig: Rig) -> AsyncIterator[PageClient]:
    async with open_page(rig.origin, "Ada") as page:
        yield page


@pytest.fixture
async def bo(rig: Rig) -> AsyncIterator[PageClient]:
    async with open_page(rig.origin, "Bo") as page:
        yield page


@pytest.fixture
async def chiyo(rig: Rig) -> AsyncIterator[PageClient]:
    async with open_page(rig.origin, "Chiyo") as page:
        yield page
