"""A card of ranks outlives the bot that sent it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playground.discord import LocalDiscord, build_towns
from bot.playground.discord.model import Message
from bot.playground.halo import Fault, FaultKind, run_halo_service
from bot.playground.stage import DISCORD_TOKEN, connect_bot, playground_settings
from bot.playground.world import World
from tests.e2e.csr_table import complete, fields_of, menu_of
from tests.e2e.test_lastmatch import embed_of
from tests.reports.conftest import NOW


@pytest.mark.usefixtures("discord_api")
async def test_controls_of_an_earlier_bot_work_and_what_it_stored_is_there(tmp_path: Path) -> None:
    async with (
        run_halo_service(World("csr-restart", NOW, matches=400), clock=lambda: NOW) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        towns = build_towns(discord.state)
        ada, settings = discord.person(towns.ada), playground_settings(halo, discord, tmp_path)
        hero = halo.world.hero.gamertag

        async def ask(**options: object) -> Message:
            return await complete(await ada.slash(towns.general, "csr", **options))

        async with connect_bot(settings):
            await (await ada.slash(towns.general, "link", gamertag=hero)).answer()
            shown = await ask()
            private = await ask(private=True)
            unknown = await ask(player="Nobody By That", season="1")

        async with connect_bot(settings):
            fresh = await complete(await ada.click(shown, "Refresh"))
            assert fresh.id == shown.id
            menu = menu_of(shown)
            chosen = await complete(await ada.select(shown, menu["custom_id"], ["1"]))
            assert embed_of(chosen)["title"] == "CSR · Season 1"
            shared = await complete(await ada.click(private, "Share"))
            assert not shared.ephemeral
            form = await (await ada.click(unknown, "Try again")).modal()
            field = form.components[0]["component"]["custom_id"]
            answer = await (await ada.submit(form, {field: hero})).answer()
            assert embed_of(answer)["title"] == "CSR · Season 1"

        async with connect_bot(settings):
            halo.faults.add(Fault(kind=FaultKind.STATUS, status=503))
            known = await ask()
            assert embed_of(known)["author"]["name"] == hero
            assert fields_of(known)
            assert all("-# last known <t:" in text for text in fields_of(known).values())
