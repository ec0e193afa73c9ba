"""How long the bot's event loop is kept from its work while it answers and pictures are drawn."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bot_process import draw_art, run_bot
from benchmarks.table import AGAINST_BOUND, Part, Row
from benchmarks.watched_bot import PAUSES
from bot.playground.discord import LocalDiscord, Towns
from bot.playground.halo import run_halo_service
from bot.playground.world import World

__all__ = ["measure"]

BOUND_S = 0.025
PEOPLE = 6


async def measure() -> list[Part]:
    with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as folder:
        record = Path(folder) / "pauses"
        async with run_halo_service(World("bench", datetime.now(UTC))) as halo:
            draw_art(halo)
            gamertag = halo.world.hero.gamertag
            command = ("-m", "benchmarks.watched_bot")
            async with run_bot(halo, command=command, extra={PAUSES: str(record)}) as (discord, towns):
                start = time.monotonic()
                await asyncio.gather(*(_look(discord, towns, gamertag, ago) for ago in range(PEOPLE)))
                end = time.monotonic()
        longest = max(await asyncio.to_thread(_pauses, record, start, end))
    row = Row.of_bound("longest pause of the loop", longest / 1000, BOUND_S)
    return [Part(f"{PEOPLE} people answered at once, pictures drawn", AGAINST_BOUND, [row])]


def _pauses(record: Path, start: float, end: float) -> Sequence[float]:
    moments = (line.split() for line in record.read_text("ascii").splitlines())
    return [float(pause_ms) for when, pause_ms in moments if start <= float(when) <= end]


async def _look(discord: LocalDiscord, towns: Towns, gamertag: str, ago: int) -> None:
    user = discord.state.add_user(f"Watcher {ago}")
    discord.state.join(towns.arena, user)
    person = discord.person(user)
    handle = await person.slash(towns.general, "lastmatch", player=gamertag, ago=ago)
    await (await person.click(await handle.answer(), "Scoreboard")).answer()
