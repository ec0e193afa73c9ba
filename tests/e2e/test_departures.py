"""Servers that remove the bot and members who leave: their data goes, and nobody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio

from bot.app import AdjutantBot
from bot.playground.stage import connect_bot
from bot.reports import departures
from cogs.account import AccountCog
from tests.e2e.table import House, eventually, open_house

pytestmark = pytest.mark.usefixtures("discord_api")


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_trouble() -> None:
    """The stand-ins here live for one test."""


async def look(bot: AdjutantBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round in which everybody is looked for, however lately they were seen."""
    monkeypatch.setattr(departures, "UNSEEN_FOR", timedelta(0))
    await cast("AccountCog", bot.get_cog("account")).departures.go_round()


async def test_a_server_that_removes_the_bot_is_erased_at_once(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        ada, eve = house.table(bot, house.towns.ada), house.table(bot, house.eve)
        store, there = bot.resources.store, house.towns.sofa
        await ada.link(house.resident(0).gamertag)
        await eve.link(house.resident(1).gamertag)
        await eve.at(there).ask("account")

        house.discord.state.remove_bot(house.towns.arena)

        async def is_erased() -> bool:
            return house.towns.arena.id not in await store.servers.known()

        await eventually(is_erased)
        assert await store.links.of_user(ada.user.id) is None
        assert await store.links.of_user(eve.user.id) is not None
        assert await eve.at(there).is_on_board()


async def test_a_server_that_was_lost_while_the_bot_was_away_is_erased_when_it_is_back(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        await house.table(bot, house.towns.ada).link(house.resident(0).gamertag)
        await house.table(bot, house.eve, house.towns.sofa).link(house.resident(1).gamertag)
    house.discord.state.remove_bot(house.towns.arena)

    async with connect_bot(house.settings) as bot:
        store = bot.resources.store

        async def is_erased() -> bool:
            return await store.servers.known() == frozenset({house.towns.lounge.id})

        await eventually(is_erased)
        assert await store.links.of_user(house.towns.ada.id) is None
        assert await store.links.of_user(house.eve.id) is not None


async def test_a_server_that_was_lost_during_an_outage_is_erased_after_it(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        store = bot.resources.store
        await house.table(bot, house.towns.ada).link(house.resident(0).gamertag)
        async with house.discord.gateway.outage():
            house.discord.state.remove_bot(house.towns.arena)
        await house.discord.gateway.wait_connected()

        async def is_erased() -> bool:
            return not await store.servers.known()

        await eventually(is_erased)
        assert await store.links.of_user(house.towns.ada.id) is None


async def test_an_outage_of_a_server_erases_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        await ada.link(house.resident(0).gamertag)
        house.discord.state.set_unavailable(house.towns.arena, True)

        await look(bot, monkeypatch)

        assert await ada.is_on_board()
        house.discord.state.set_unavailable(house.towns.arena, False)
        await look(bot, monkeypatch)
        assert await ada.is_on_board()


async def test_who_left_is_off_the_board_and_stays_linked(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connect_bot(house.settings) as bot:
        ada, eve = house.table(bot, house.towns.ada), house.table(bot, house.eve)
        player = house.resident(1)
        await ada.link(house.resident(0).gamertag)
        await eve.link(player.gamertag)
        assert player.gamertag in await ada.offered(player.gamertag[:5])
        house.discord.state.leave(house.towns.arena, house.eve)

        await look(bot, monkeypatch)

        assert await ada.is_on_board()
        assert not await eve.is_on_board()
        assert player.gamertag not in await ada.offered(player.gamertag[:5])
        assert await bot.resources.store.links.of_user(eve.user.id) is not None


async def test_a_server_is_noted_when_the_bot_is_added(house: House) -> None:
    house.discord.state.remove_bot(house.towns.lounge)
    async with connect_bot(house.settings) as bot:
        house.discord.state.add_bot(house.towns.lounge)

        async def is_noted() -> bool:
            return house.towns.lounge.id in await bot.resources.store.servers.known()

        await eventually(is_noted)
