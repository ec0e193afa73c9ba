"""The bot as a process of its own, connected to stand-ins in this one."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.playground.discord import LocalDiscord, Towns, build_towns
from bot.playground.halo import HaloService

__all__ = ["draw_art", "run_bot"]

TOKEN = "playground.discord.token"
SETTLE_S = 3.0


def draw_art(halo: HaloService) -> None:
    """The simulated service draws its art when first asked; the real one has it."""
    halo.stage.gallery.medal_sheet(128)


@asynccontextmanager
async def run_bot(
    halo: HaloService,
    *,
    command: Sequence[str] = ("-m", "bot", "run"),
    extra: Mapping[str, str] | None = None,
) -> AsyncGenerator[tuple[LocalDiscord, Towns]]:
    """Start the bot with an empty data folder; yields when it has had time to warm up."""
    async with LocalDiscord(token=TOKEN) as discord:
        discord.transcript.recording = False
        towns = build_towns(discord.state)
        with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as data_dir:
            async with _process(halo, discord, data_dir, command, extra or {}):
                await discord.gateway.wait_connected()
                await asyncio.sleep(SETTLE_S)
                yield discord, towns


@asynccontextmanager
async def _process(
    halo: HaloService, discord: LocalDiscord, data_dir: str, command: Sequence[str], extra: Mapping[str, str]
) -> AsyncGenerator[None]:
    settings = {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_BASE": discord.api_base,
        "HALO_ORIGIN": halo.origin,
        "HALO_SPARTAN_TOKEN": halo.credentials.spartan,
        "HALO_CLEARANCE_TOKEN": halo.credentials.clearance,
        "DATA_DIR": data_dir,
        "LOG_LEVEL": "ERROR",
    }
    environment = os.environ | {f"ADJUTANT_{name}": value for name, value in settings.items()} | dict(extra)
    process = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
