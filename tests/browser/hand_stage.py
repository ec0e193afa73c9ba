"""The page before a bot that the test plays by hand, and a clock that it turns: what the real bot does not do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.playground.discord import DiscordState, InteractionHandle, LocalDiscord, Towns, build_towns
from bot.playground.discord.interactions import Interaction
from bot.playground.discord.model import Message
from bot.playground.discord.uploads import Body, Upload
from bot.playground.halo import HaloService
from bot.playground.web import PlaygroundSite, WorldPanel
from bot.playground.world import World
from tests.playground.discord.hand_bot import HandBot
from tests.playground.web.conftest import TurnableClock

__all__ = ["HandStage", "open_hand_stage"]

TOKEN = "hand-token"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandStage:
    """Servers and people without messages; `interactions` are what people sent, in order."""

    site: PlaygroundSite
    discord: LocalDiscord
    towns: Towns
    clock: TurnableClock
    bot: HandBot
    interactions: asyncio.Queue[InteractionHandle]

    def post(self, files: Sequence[Upload] = (), **body: Any) -> Message:
        """Let the bot post into the first channel."""
        uploads = dict(enumerate(files))
        state = self.discord.state
        return self.discord.board.create(self.towns.general, state.bot, Body(body, uploads))

    async def register(self, *commands: Mapping[str, Any]) -> None:
        """Register the bot's commands."""
        status, answer = await self.bot.register(*commands)
        assert status == 200, answer


@asynccontextmanager
async def open_hand_stage(world: World) -> AsyncGenerator[HandStage]:
    """Start it, with one command `go`."""
    clock = TurnableClock()
    state = DiscordState(clock, history_limit=150)
    towns = build_towns(state)
    interactions: asyncio.Queue[InteractionHandle] = asyncio.Queue()

    def note(interaction: Interaction) -> None:
        interactions.put_nowait(InteractionHandle(interaction))

    async def sign_in() -> None:
        """Nobody is signed in here."""

    async with (
        HaloService(world).running() as halo,
        LocalDiscord(token=TOKEN, state=state) as discord,
        aiohttp.ClientSession(f"{discord.api_base}/", headers={"Authorization": f"Bot {TOKEN}"}) as session,
        PlaygroundSite().listening() as site,
        site.showing(discord, WorldPanel(halo, sign_in=sign_in), halo.origin),
    ):
        discord.desk.watch(note)
        stage = HandStage(
            site=site,
            discord=discord,
            towns=towns,
            clock=clock,
            bot=HandBot(discord, session),
            interactions=interactions,
        )
        await stage.register({"name": "go", "description": "Go"})
        yield stage
