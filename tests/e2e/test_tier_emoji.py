"""The application's tier emojis: drawn and uploaded once, then used."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app import AdjutantBot
from bot.playground.discord import Fault, LocalDiscord, build_towns
from bot.playground.halo import run_halo_service
from bot.playground.stage import DISCORD_TOKEN, connect_bot, playground_settings
from bot.playground.world import World
from bot.stats.csr import standing_at
from cogs.tier_emoji import STANDINGS
from tests.discord_openapi import DESCRIPTION, assert_valid_requests
from tests.reports.conftest import NOW

EMOJIS = "/applications/{application_id}/emojis"


async def finished() -> None:
    """Return once the background upload is over."""
    for _ in range(400):
        if not any(task.get_name() == "tier-emoji" for task in asyncio.all_tasks()):
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


def icon(bot: AdjutantBot, csr: int) -> str:
    return bot.resources.tier_emoji.write(standing_at(csr))


@pytest.mark.usefixtures("discord_api")
async def test_emojis_are_uploaded_once_and_the_rest_at_the_next_start(tmp_path: Path) -> None:
    async with (
        run_halo_service(World("emoji", NOW, matches=30)) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        build_towns(discord.state)
        settings = playground_settings(halo, discord, tmp_path)

        async with connect_bot(settings) as bot:
            await finished()
            names = {emoji.name for emoji in discord.state.emojis.values()}
            assert len(names) == len(STANDINGS)
            assert {"csr_bronze_1", "csr_diamond_6", "csr_onyx", "csr_unranked"} <= names
            assert icon(bot, 1210).startswith("<:csr_diamond_1:")

        missing = next(e for e in discord.state.emojis.values() if e.name == "csr_onyx")
        del discord.state.emojis[missing.id]
        uploads = len(discord.transcript.of("POST", EMOJIS))
        if DESCRIPTION.exists():
            assert_valid_requests(discord.transcript.requests)
        discord.faults.add(Fault(403, "POST", EMOJIS))
        async with connect_bot(settings) as bot:
            await finished()
            assert icon(bot, 1210).startswith("<:csr_diamond_1:")
            assert icon(bot, 1600) == ""

        async with connect_bot(settings) as bot:
            await finished()
            assert icon(bot, 1600).startswith("<:csr_onyx:")
        assert len(discord.transcript.of("POST", EMOJIS)) == uploads + 2
