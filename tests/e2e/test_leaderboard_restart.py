"""A leaderboard outlives the bot that sent it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playground.discord import ClientRefused, LocalDiscord, build_towns
from bot.playground.halo import run_halo_service
from bot.playground.stage import DISCORD_TOKEN, connect_bot, playground_settings
from bot.playground.world import World
from tests.e2e.test_leaderboard import ask, choose, fill, title_of
from tests.reports.conftest import NOW


@pytest.mark.usefixtures("discord_api")
async def test_controls_of_an_earlier_bot_work(tmp_path: Path):
    async with (
        run_halo_service(World("board-restart", NOW, matches=40)) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        towns = build_towns(discord.state)
        ada, settings = discord.person(towns.ada), playground_settings(halo, discord, tmp_path)
        async with connect_bot(settings) as bot:
            people = [ada, discord.person(towns.bo)]
            xuids = [2_533_274_999_000_000 + number for number in range(2)]
            await fill(bot.resources.store, towns.arena, people, xuids)
            message = await ask(towns.general, ada, metric="kills", window="a")
            with pytest.raises(ClientRefused):
                await ada.click(message, "Next")

        async with connect_bot(settings):
            changed = await choose(ada, message, 0, "kd")
            assert changed.id == message.id
            assert title_of(changed) == "All matchmaking · K/D"
