"""One link per person: another account takes its place only after a yes that named both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.discord.model import Message
from bot.playground.stage import connect_bot
from bot.playground.world.people import Player
from bot.store import Link
from tests.e2e.table import House, Table, open_house, text_of, title_of
from tests.e2e.test_account_proof import prove
from tests.e2e.test_lastmatch import embed_of, labels_of

pytestmark = pytest.mark.usefixtures("discord_api")


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_trouble() -> None:
    """The stand-ins here live for one test."""


async def link_of(table: Table) -> Link:
    link = await table.bot.resources.store.links.of_user(table.user.id)
    assert link is not None
    return link


def instead(new: Player, old: Player) -> str:
    return f"Link {new.gamertag} instead of {old.gamertag}"


async def typed_late(table: Table, command: str, first: Player, later: Player) -> Message:
    """Ask without a link, link in another way, and only then fill in the form of the first answer."""
    unanswered = await table.ask(command)
    assert labels_of(unanswered) == ["Link account", "Look somebody up"]
    await table.link(first.gamertag)
    return await table.fill_in(unanswered, "Link account", later.gamertag)


@pytest.mark.parametrize("command", ["lastmatch", "csr"])
async def test_a_form_asks_before_it_replaces_a_link_and_then_runs_what_was_asked(
    house: House, command: str
) -> None:
    old, new = house.resident(0), house.resident(1)
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)

        question = await typed_late(ada, command, old, new)

        assert question.ephemeral
        assert title_of(question) == f"Link {new.gamertag} instead?"
        assert labels_of(question) == [instead(new, old), "Keep as it is"]
        assert (await link_of(ada)).xuid == old.xuid

        handle = await ada.person.click(question, instead(new, old))
        answer, told = await handle.answer(), await handle.follow_up()
        assert embed_of(answer)["author"]["name"] == new.gamertag
        assert not answer.ephemeral
        assert title_of(told) == f"You are linked to {new.gamertag}"
        assert f"**{old.gamertag}** is no longer linked" in text_of(told)
        assert (await link_of(ada)).xuid == new.xuid


async def test_a_verified_link_is_kept_by_whoever_says_no(house: House) -> None:
    old, new = house.resident(0), house.resident(1)
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        unanswered = await ada.ask("lastmatch")
        await prove(house, ada, await ada.link(old.gamertag), old)

        question = await ada.fill_in(unanswered, "Link account", new.gamertag)
        assert f"You have verified **{old.gamertag}**" in text_of(question)
        kept = await ada.click(question, "Keep as it is")

        assert title_of(kept) == "All as before"
        link = await link_of(ada)
        assert (link.xuid, link.verified) == (old.xuid, True)


async def test_the_same_account_typed_again_needs_no_question(house: House) -> None:
    player = house.resident(0)
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)

        answer = await typed_late(ada, "lastmatch", player, player)

        assert embed_of(answer)["author"]["name"] == player.gamertag


async def test_a_yes_to_one_question_replaces_no_other_link(house: House) -> None:
    first, second, third = (house.resident(number) for number in range(3))
    async with connect_bot(house.settings) as bot:
        ada = house.table(bot, house.towns.ada)
        await ada.link(first.gamertag)
        old_question = await ada.link(second.gamertag)
        await ada.click(await ada.link(third.gamertag), instead(third, first))

        asked_anew = await ada.click(old_question, instead(second, first))

        assert labels_of(asked_anew) == [instead(second, third), "Keep as it is"]
        assert (await link_of(ada)).xuid == third.xuid
        await ada.click(asked_anew, instead(second, third))
        assert (await link_of(ada)).xuid == second.xuid


async def test_the_question_outlives_the_bot_that_asked_it(house: House) -> None:
    old, new = house.resident(0), house.resident(1)
    async with connect_bot(house.settings) as bot:
        question = await typed_late(house.table(bot, house.towns.ada), "lastmatch", old, new)

    async with connect_bot(house.settings) as bot:
        answer = await house.table(bot, house.towns.ada).click(question, instead(new, old))
        assert embed_of(answer)["author"]["name"] == new.gamertag


async def test_an_account_that_somebody_holds_leaves_the_link_as_it_was(house: House) -> None:
    old, held = house.resident(0), house.resident(1)
    async with connect_bot(house.settings) as bot:
        ada, eve = house.table(bot, house.towns.ada), house.table(bot, house.eve)
        await eve.link(held.gamertag)

        question = await typed_late(ada, "lastmatch", old, held)
        refused = await ada.click(question, instead(held, old))

        assert title_of(refused) == "Somebody else has linked this account"
        assert (await link_of(ada)).xuid == old.xuid


async def test_a_proof_says_before_which_link_it_replaces(house: House) -> None:
    old, held = house.resident(0), house.resident(1)
    async with connect_bot(house.settings) as bot:
        ada, eve = house.table(bot, house.towns.ada), house.table(bot, house.eve)
        await eve.link(held.gamertag)
        own = await ada.click(await ada.link(old.gamertag), "Verify")
        assert "instead" not in text_of(own)

        refused = await ada.click(await ada.link(held.gamertag), instead(held, old))
        code = await ada.click(refused, "Verify")

        assert f"You are linked to **{old.gamertag}**. With the proof **{held.gamertag}**" in text_of(code)
        await prove(house, ada, refused, held)
        assert (await link_of(ada)).xuid == held.xuid
