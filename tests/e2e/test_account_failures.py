"""A database that cannot be used: a clear answer, nothing half done, and players by name as ever."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.discord.interactions import Interaction
from bot.playground.discord.model import Message
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import connect_bot
from tests.e2e.table import House, open_house, text_of, title_of
from tests.e2e.test_lastmatch import embed_of, labels_of

pytestmark = pytest.mark.usefixtures("discord_api")

PATIENCE_S = 50.0
NO_MEMORY = "I cannot reach my memory"


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_trouble() -> None:
    """The stand-ins here live for one test."""


def told_of_memory(interaction: Interaction) -> Message | None:
    answer = interaction.original
    return answer if answer and answer.embeds and answer.embeds[0].get("title") == NO_MEMORY else None


@asynccontextmanager
async def locked(file: Path) -> AsyncGenerator[None]:
    """Another program holds the database, as a backup tool might."""
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        # In a thread: it may have to wait until the bot lets go.
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_a_locked_database_is_told_and_retried(house: House) -> None:
    player, other = house.resident(0), house.resident(1)
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        async with locked(house.settings.data_dir / "adjutant.sqlite"):
            handle = await ada.person.slash(ada.channel, "link", gamertag=player.gamertag)
            # Other work of the bot may stand before it and wait, too; that it takes long is said meanwhile.
            failed = await handle.until(told_of_memory, PATIENCE_S)
            assert failed.ephemeral
            assert labels_of(failed) == ["Retry"]
            by_name = await ada.ask("lastmatch", player=other.gamertag)
            assert embed_of(by_name)["author"]["name"] == other.gamertag
        assert await bot.resources.store.links.of_user(ada.user.id) is None

        assert title_of(await ada.click(failed, "Retry")) == f"You are linked to {player.gamertag}"


async def test_a_database_that_was_destroyed_leaves_players_by_name(house: House) -> None:
    player = house.resident(0)
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        await ada.link(player.gamertag)
        for file in house.settings.data_dir.glob("adjutant.sqlite*"):
            with file.open("r+b") as opened:
                opened.write(b"\xff" * file.stat().st_size)

        by_name = await ada.ask("lastmatch", player=player.gamertag)
        by_link = await ada.ask("lastmatch")
        account = await ada.ask("account")

        assert embed_of(by_name)["author"]["name"] == player.gamertag
        assert [title_of(it) for it in (by_link, account)] == [NO_MEMORY, NO_MEMORY]
        assert await ada.offered(player.gamertag[:4]) == [player.gamertag]


async def test_halo_in_trouble_is_told_and_is_no_check(house: House) -> None:
    player = house.resident(0)
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        linked = await ada.link(player.gamertag)
        shown = await ada.click(linked, "Verify")
        house.halo.faults.add(Fault(kind=FaultKind.STATUS, status=503, path="*/customization*"))

        failed = await ada.click(shown, "Check")
        assert title_of(failed) == "Halo services are having trouble"
        house.halo.faults.clear()

        assert "4 checks left" in text_of(await ada.click(failed, "Retry"))
