"""Both stand-ins with the real bot between them, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import AdjutantBot
from bot.config import Settings
from bot.playground.discord import LocalDiscord, Person, Towns, build_towns
from bot.playground.halo import HaloService, run_halo_service
from bot.playground.world import World
from bot.run import open_bot

__all__ = ["Playground", "connect_bot", "open_playground", "playground_settings"]

# Only the local Discord takes it.
DISCORD_TOKEN = "playground.discord.token"  # noqa: S105
READY_S = 30.0
GUILD_READY_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Playground:
    """A simulated Halo, a local Discord with two servers, and the bot."""

    halo: HaloService
    discord: LocalDiscord
    towns: Towns
    bot: AdjutantBot

    @property
    def ada(self) -> Person:
        """Somebody to talk to the bot."""
        return self.discord.person(self.towns.ada)


@asynccontextmanager
async def open_playground(data_dir: Path, *, seed: str = "adjutant") -> AsyncGenerator[Playground]:
    """Start everything; the bot is connected and its commands are registered when this yields."""
    async with (
        run_halo_service(World(seed, datetime.now(UTC))) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        towns = build_towns(discord.state)
        async with connect_bot(playground_settings(halo, discord, data_dir)) as bot:
            yield Playground(halo=halo, discord=discord, towns=towns, bot=bot)


def playground_settings(halo: HaloService, discord: LocalDiscord, data_dir: Path) -> Settings:
    """The bot's settings for these stand-ins; the environment decides nothing that matters here."""
    return Settings(
        discord_token=SecretStr(DISCORD_TOKEN),
        discord_api_base=discord.api_base,
        halo_origin=halo.origin,
        halo_spartan_token=SecretStr(halo.credentials.spartan),
        halo_clearance_token=SecretStr(halo.credentials.clearance),
        data_dir=data_dir,
        operator="You, on this machine",
    )


@asynccontextmanager
async def connect_bot(settings: Settings) -> AsyncGenerator[AdjutantBot]:
    """Run a bot in this process until the context ends.

    Raises:
        ConfigurationError: The settings do not fit.
        TimeoutError: It did not get ready.
    """
    (token,) = settings.require("discord_token")
    async with open_bot(settings, guild_ready_s=GUILD_READY_S) as bot:
        running = asyncio.create_task(bot.start(token), name="discord")
        ready = asyncio.create_task(_ready(bot), name="ready")
        try:
            await asyncio.wait((running, ready), timeout=READY_S, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
            if not ready.done():
                raise TimeoutError("the bot did not get ready")
            yield bot
        finally:
            await bot.close()
            for task in (running, ready):
                task.cancel()
            await asyncio.gather(running, ready, return_exceptions=True)


async def _ready(bot: AdjutantBot) -> None:
    # A client that has not begun to log in has nothing to wait on yet.
    await bot.setup_done.wait()
    await bot.wait_until_ready()
