"""How long the event loop is kept from its work while pictures are drawn: bot and stand-ins in one loop."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.result import Result
from bot.playground.stage import Playground, open_playground

__all__ = ["measure"]

STEP_S = 0.001
BOUND_MS = 25.0
PEOPLE = 6


async def measure() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as data_dir:
        async with open_playground(Path(data_dir)) as playground:
            await asyncio.sleep(3)
            lags: list[float] = []
            watch = asyncio.create_task(_watch(lags))
            await asyncio.gather(*(_look(playground, ago) for ago in range(PEOPLE)))
            watch.cancel()
    return [Result("longest pause of the event loop, against 25 ms", max(lags), BOUND_MS)]


async def _look(playground: Playground, ago: int) -> None:
    user = playground.discord.state.add_user(f"Watcher {ago}")
    playground.discord.state.join(playground.towns.arena, user)
    person = playground.discord.person(user)
    gamertag = playground.halo.world.hero.gamertag
    message = await (
        await person.slash(playground.towns.general, "lastmatch", player=gamertag, ago=ago)
    ).answer()
    await (await person.click(message, "Scoreboard")).answer()


async def _watch(lags: list[float]) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(STEP_S)
        lags.append((time.perf_counter() - before - STEP_S) * 1000)
