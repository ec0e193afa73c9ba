"""Proving by service tag that an account is one's own, and who wins a dispute."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.discord.model import Message
from bot.playground.stage import connect_bot
from bot.playground.world.people import Player
from tests.e2e.table import House, Table, eventually, open_house, text_of, title_of
from tests.e2e.test_lastmatch import labels_of

pytestmark = pytest.mark.usefixtures("discord_api")


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_trouble() -> None:
    """The stand-ins here live for one test."""


def code_in(message: Message) -> str:
    found = re.search(r"# `([A-Z0-9]{4})`", text_of(message))
    assert found
    return found[1]


async def prove(house: House, table: Table, message: Message, player: Player) -> Message:
    shown = await table.click(message, "Verify")
    house.halo.world.set_service_tag(player.xuid, code_in(shown).lower())
    return await table.click(shown, "Check")


async def test_a_code_is_shown_checked_and_right(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        table, player = house.table(bot, house.towns.ada), house.resident(0)
        linked = await table.link(player.gamertag)

        shown = await table.click(linked, "Verify")
        assert shown.ephemeral
        assert "Service Tag" in text_of(shown)
        assert "<t:" in text_of(shown)
        assert code_in(shown) != player.service_tag
        wrong = await table.click(shown, "Check")
        assert title_of(wrong) == "Not yet"
        assert player.service_tag in text_of(wrong)
        assert "4 checks left" in text_of(wrong)
        again = await table.click(linked, "Verify")
        assert code_in(again) == code_in(shown)

        house.halo.world.set_service_tag(player.xuid, code_in(shown))
        right = await table.click(wrong, "Check")

        assert title_of(right) == f"✓ {player.gamertag} is yours"
        account = await table.ask("account")
        assert "✓ verified" in text_of(account)
        assert labels_of(account) == ["Export as JSON", "Delete it all"]


async def test_five_wrong_checks_use_a_code_up_and_a_new_one_is_offered(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        table, player = house.table(bot, house.towns.ada), house.resident(0)
        shown = await table.click(await table.link(player.gamertag), "Verify")
        for _ in range(4):
            assert title_of(await table.click(shown, "Check")) == "Not yet"
        last = await table.click(shown, "Check")
        assert title_of(last) == "That was the last check"

        house.halo.world.set_service_tag(player.xuid, code_in(shown))
        assert title_of(await table.click(shown, "Check")) == "This code is over"
        fresh = await table.click(last, "New code")
        assert code_in(fresh) != code_in(shown)


async def test_proof_wins_the_board_and_the_loser_is_told(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        ada, eve = (house.table(bot, user) for user in (house.towns.ada, house.eve))
        player = house.resident(0)
        await ada.link(player.gamertag)

        held = await eve.link(player.gamertag)
        assert title_of(held) == "Somebody else has linked this account"
        assert ada.user.mention in text_of(held)
        assert labels_of(held) == ["Verify"]
        assert await bot.resources.store.links.of_user(eve.user.id) is None

        assert title_of(await prove(house, eve, held, player)) == f"✓ {player.gamertag} is yours"
        assert await eve.is_on_board()
        assert not await ada.is_on_board()

        told = await ada.ask("account")
        assert f"{eve.user.mention} holds this account on this server" in text_of(told)
        elsewhere = await ada.at(house.towns.sofa).ask("account")
        assert "Somebody else has proved to own this account" in text_of(elsewhere)
        assert eve.user.mention not in text_of(elsewhere)

        assert title_of(await prove(house, ada, told, player)) == f"✓ {player.gamertag} is yours"
        assert await ada.is_on_board()
        assert not await eve.is_on_board()


async def test_the_first_fetching_is_followed_to_its_end(house: House) -> None:
    async with connect_bot(house.settings) as bot:
        table, player = house.table(bot, house.towns.ada), house.resident(0)
        handle = await table.person.slash(table.channel, "link", gamertag=player.gamertag)
        message = await handle.answer()

        async def is_said() -> bool:
            return "Your last" in text_of(message)

        await eventually(is_said)
        kept = await bot.resources.accounts.kept(table.user.id, server_id=None)
        assert kept.matches == len(house.halo.world.matches_of(player.xuid))
        assert f"Your last {kept.matches} matches are here" in text_of(message)


async def test_buttons_work_after_a_restart(house: House) -> None:
    player, other = house.resident(0), house.resident(1)
    async with connect_bot(house.settings) as bot:
        table = house.table(bot, house.towns.ada)
        linked = await table.link(player.gamertag)
        shown = await table.click(linked, "Verify")
        question = await table.link(other.gamertag)
        missing = await house.table(bot, house.eve).ask("lastmatch")
        doomed = await table.ask("unlink")

    house.halo.world.set_service_tag(player.xuid, code_in(shown))
    async with connect_bot(house.settings) as bot:
        table, eve = house.table(bot, house.towns.ada), house.table(bot, house.eve)
        assert code_in(await table.click(linked, "Verify")) == code_in(shown)
        assert title_of(await table.click(shown, "Check")) == f"✓ {player.gamertag} is yours"
        replaced = await table.click(question, labels_of(question)[0])
        assert title_of(replaced) == f"You are linked to {other.gamertag}"
        answer = await eve.fill_in(missing, "Link account", player.gamertag)
        assert answer.embeds[0]["author"]["name"] == player.gamertag
        assert title_of(await table.click(doomed, "Yes, delete it all")) == "I have forgotten you"
