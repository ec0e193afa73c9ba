"""``/lastmatch`` from Enter to answer: the bot as a process of its own, the stand-ins in this one."""

from __future__ import annotations

import asyncio
import statistics
from datetime import UTC, datetime

from benchmarks.bot_process import draw_art, run_bot
from benchmarks.table import AGAINST_BOUND, Part, Row
from bot.playground.discord import LocalDiscord, Towns
from bot.playground.halo import Fault, FaultKind, HaloService, run_halo_service
from bot.playground.world import World

__all__ = ["measure"]

LATENCY_S = 0.1
CHAIN = 3  # history → stats → skill
COLD_AT_MOST = 1.25  # of the time that the requests of the chain wait
COLD_STARTS = 5
MATCHES = 20
PACE_S = 0.75  # below Halo's rate, so that no command waits for it


async def measure() -> list[Part]:
    async with run_halo_service(World("bench", datetime.now(UTC))) as halo:
        await asyncio.to_thread(draw_art, halo)
        cold = [await _cold(halo) for _ in range(COLD_STARTS)]
        drawn, known = await _warm(halo)
    median = statistics.median
    return [
        Part(
            "/lastmatch, from Enter to the answer",
            ("measured", "its chain", "of it"),
            [
                Row.of_bound(
                    "cold, 100 ms upstream", median(cold) / 1000, CHAIN * LATENCY_S, at_most=COLD_AT_MOST
                )
            ],
        ),
        Part(
            "/lastmatch, median of 20 in a row",
            AGAINST_BOUND,
            [
                Row.of_bound("warm, the picture drawn", median(drawn) / 1000, 0.150),
                Row.of_bound("warm, the picture drawn before", median(known) / 1000, 0.040),
            ],
        ),
    ]


async def _cold(halo: HaloService) -> float:
    async with run_bot(halo) as (discord, towns):
        fault = halo.faults.add(Fault(kind=FaultKind.LATENCY, delay_s=LATENCY_S))
        try:
            return await _ask(discord, towns, halo.world.hero.gamertag, 0)
        finally:
            halo.faults.remove(fault)


async def _warm(halo: HaloService) -> tuple[list[float], list[float]]:
    async with run_bot(halo) as (discord, towns):
        gamertag = halo.world.hero.gamertag
        await _ask(discord, towns, gamertag, 24)
        passes: list[list[float]] = []
        for _ in range(2):
            times: list[float] = []
            for ago in range(MATCHES):
                await asyncio.sleep(PACE_S)
                times.append(await _ask(discord, towns, gamertag, ago))
            passes.append(times)
        return passes[0], passes[1]


async def _ask(discord: LocalDiscord, towns: Towns, gamertag: str, ago: int) -> float:
    user = discord.state.add_user("Somebody")
    discord.state.join(towns.arena, user)
    handle = await discord.person(user).slash(towns.general, "lastmatch", player=gamertag, ago=ago)
    message = await handle.answer()
    assert message.components, message.embeds
    assert handle.answer_ms is not None
    return handle.answer_ms
