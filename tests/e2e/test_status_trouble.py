"""``/status`` while the sign-in, Halo or the database keep the bot from its work."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import connect_bot
from tests.e2e.table import House, Table, open_house
from tests.e2e.test_lastmatch import embed_of, field_of

pytestmark = pytest.mark.usefixtures("discord_api")

AGO = r"<t:\d+:R>"


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_trouble() -> None:
    """The stand-ins here live for one test."""


async def test_a_sign_in_that_is_refused_is_the_operators(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        house.halo.sign_in.revoke()
        house.halo.sign_in.expire()
        await ada.ask("lastmatch", player=house.resident(0).gamertag)

        message = await ada.ask("status")

        assert "only my operator can sign me in again" in embed_of(message)["description"]
        assert re.match(
            rf"🔴 \*\*Sign-in\*\* · needs my operator: it began {AGO}", field_of(message, "Halo's services")
        )
        assert "🟢" not in field_of(message, "Halo's services")


async def wait_for_work(table: Table, expected: str) -> None:
    """Look until the background work is told like this; each time as somebody else, for there is an allowance."""
    for number in range(200):
        user = table.discord.state.add_user(f"Looker {number}")
        table.discord.state.join(table.discord.state.guilds[table.channel.guild_id or 0], user)
        looker = Table(table.discord, table.bot, table.channel, table.discord.person(user))
        if re.search(expected, field_of(await looker.ask("status"), "Background work")):
            return
    raise TimeoutError


async def test_work_that_halo_keeps_from_being_done_waits_visibly_and_is_then_done(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        house.halo.faults.add(Fault(kind=FaultKind.STATUS, status=503, host="halostats*"))
        await ada.link(house.resident(0).gamertag)

        await wait_for_work(ada, rf"\*\*First matches of new accounts\*\* · .*look-up.* {AGO}")
        board = field_of(await ada.ask("status"), "This server")
        assert board == "1 linked member · 1 member's matches are being read in"


async def test_a_destroyed_database_costs_its_parts_and_no_more(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        await ada.ask("lastmatch", player=house.resident(0).gamertag)
        for file in house.settings.data_dir.glob("adjutant.sqlite*"):
            with file.open("r+b") as opened:
                opened.write(b"\xff" * file.stat().st_size)

        message = await ada.ask("status")

        assert "I cannot read my own memory" in embed_of(message)["description"]
        assert field_of(message, "Background work") == "cannot be read right now"
        assert field_of(message, "This server") == "cannot be read right now"
        assert "🟢 **Matches**" in field_of(message, "Halo's services")
