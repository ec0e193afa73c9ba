"""A message outlives the bot that sent it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playground.discord import LocalDiscord, build_towns
from bot.playground.discord.model import Message
from bot.playground.halo import run_halo_service
from bot.playground.stage import DISCORD_TOKEN, connect_bot, playground_settings
from bot.playground.world import World
from tests.e2e.test_lastmatch import embed_of
from tests.reports.conftest import NOW
from tests.tier_emoji import add_tier_emojis


@pytest.mark.usefixtures("discord_api")
async def test_buttons_of_an_earlier_bot_work(tmp_path: Path) -> None:
    async with (
        run_halo_service(World("restart", NOW, matches=40)) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        add_tier_emojis(discord.state)
        towns = build_towns(discord.state)
        ada, settings = discord.person(towns.ada), playground_settings(halo, discord, tmp_path)
        hero = halo.world.hero.gamertag

        async def ask(**options: object) -> Message:
            return await (await ada.slash(towns.general, "lastmatch", **options)).answer()

        async with connect_bot(settings):
            shown = await ask(player=hero)
            private = await ask(player="Quiet One", private=True)
            unknown = await ask(player="Nobody By That")
            first = embed_of(shown)

        async with connect_bot(settings):
            board = await (await ada.click(shown, "Scoreboard")).answer()
            assert board.id == shown.id
            assert [a.filename for a in board.attachments] == ["scoreboard.png"]

            older = await (await ada.click(shown, "Older")).answer()
            assert embed_of(older)["description"] != first["description"]

            shared = await (await ada.click(private, "Share")).answer()
            assert not shared.ephemeral
            assert embed_of(shared)["author"]["name"] == "Quiet One"

            form = await (await ada.click(unknown, "Try again")).modal()
            field = form.components[0]["component"]["custom_id"]
            answer = await (await ada.submit(form, {field: hero})).answer()
            assert embed_of(answer)["title"] == first["title"]
