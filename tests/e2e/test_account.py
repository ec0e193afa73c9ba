"""``/link``, ``/unlink`` and ``/account`` as members use them, on the real bot."""

from __future__ import annotations

import json

import pytest

from bot.playground.discord import Person
from bot.playground.stage import Playground
from bot.playground.world.people import Player
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson
from tests.e2e.table import Table, text_of, title_of
from tests.e2e.test_lastmatch import embed_of, labels_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def table(playground: Playground, person: Person) -> Table:
    return Table(playground.discord, playground.bot, playground.towns.general, person)


@pytest.fixture
def other(playground: Playground, make_person: MakePerson) -> Table:
    return Table(playground.discord, playground.bot, playground.towns.general, make_person())


def resident(playground: Playground, number: int) -> Player:
    """A player with matches; each test takes one of its own, as one account has one holder in a server."""
    return [p for p in playground.halo.world.people if p.plays and not p.hides_matches][number]


async def test_linking_is_private_and_takes_any_spelling(playground: Playground, table: Table):
    player = resident(playground, 20)

    message = await table.link(f" {player.gamertag.upper().replace(' ', '')} ")

    assert message.ephemeral
    assert title_of(message) == f"You are linked to {player.gamertag}"
    assert embed_of(message)["author"]["icon_url"].startswith("https://")
    assert labels_of(message) == ["Verify"]
    assert "Not verified" in text_of(message)
    assert "/account" in text_of(message)
    assert_valid_requests(playground.discord.transcript.requests)


async def test_an_xuid_links_as_well_and_to_link_again_changes_nothing(playground: Playground, table: Table):
    player = resident(playground, 21)

    await table.link(str(player.xuid))
    again = await table.link(player.gamertag)

    assert title_of(again) == f"You were linked to {player.gamertag} already"


async def test_without_a_player_it_is_the_linked_one(playground: Playground, table: Table):
    player = resident(playground, 23)
    await table.link(player.gamertag)

    message = await table.ask("lastmatch")

    assert embed_of(message)["author"]["name"] == player.gamertag
    assert not message.ephemeral


async def test_members_of_the_server_can_mention_and_are_offered_the_linked_one(
    playground: Playground, table: Table, other: Table
):
    player = resident(playground, 24)
    await table.link(player.gamertag)

    message = await other.ask("lastmatch", player=table.person.user.mention)

    assert embed_of(message)["author"]["name"] == player.gamertag
    assert player.gamertag in await other.offered(player.gamertag[:4])


async def test_other_servers_learn_nothing(playground: Playground, table: Table, other: Table):
    elsewhere, player = playground.towns.sofa, resident(playground, 25)
    for person in (table.person, other.person):
        playground.discord.state.join(playground.towns.lounge, person.user)
    await table.link(player.gamertag)

    there = other.at(elsewhere)
    mentioned = await there.ask("lastmatch", player=table.person.user.mention)
    misspelt = await there.ask("lastmatch", player=player.gamertag + "x")

    assert title_of(mentioned) == "That member has not linked an account"
    assert player.gamertag not in await there.offered("")
    assert player.gamertag not in text_of(misspelt).replace(player.gamertag + "x", "")


async def test_whoever_uses_the_bot_in_another_server_is_on_its_board_too(
    playground: Playground, table: Table, other: Table
):
    elsewhere, player = playground.towns.sofa, resident(playground, 26)
    for person in (table.person, other.person):
        playground.discord.state.join(playground.towns.lounge, person.user)
    await table.link(player.gamertag)
    await table.at(elsewhere).ask("lastmatch")
    await table.at(elsewhere).noted()

    mentioned = await other.at(elsewhere).ask("lastmatch", player=table.person.user.mention)

    assert embed_of(mentioned)["author"]["name"] == player.gamertag


async def test_also_a_command_without_an_answer_is_a_use_of_the_bot(playground: Playground, table: Table):
    elsewhere = table.at(playground.towns.sofa)
    playground.discord.state.join(playground.towns.lounge, table.user)
    await table.link(resident(playground, 38).gamertag)

    await elsewhere.ask("lastmatch", player="Nobody By That")

    await elsewhere.noted()


async def test_an_unknown_gamertag_gets_suggestions_and_another_try(
    playground: Playground, table: Table, other: Table
):
    player, own = resident(playground, 27), resident(playground, 28)
    await other.link(player.gamertag)

    message = await table.link(player.gamertag[:-1])
    assert message.ephemeral
    assert player.gamertag in text_of(message)

    answer = await table.fill_in(message, "Try again", own.gamertag)
    assert title_of(answer) == f"You are linked to {own.gamertag}"


@pytest.mark.parametrize("asked", ["Nobody By That", "<@123456789012345678>", "@everyone **x**", "..", "💥"])
async def test_what_is_no_account_is_refused_kindly(table: Table, asked: str):
    message = await table.link(asked)

    assert message.ephemeral
    assert title_of(message) == "Unknown gamertag"
    assert labels_of(message) == ["Try again"]
    assert "@everyone" not in text_of(message)


async def test_another_account_is_linked_only_after_a_question(playground: Playground, table: Table):
    old, new = resident(playground, 29), resident(playground, 30)
    await table.link(old.gamertag)

    question = await table.link(new.gamertag)
    assert title_of(question) == f"Link {new.gamertag} instead?"
    kept = await table.click(question, "Keep as it is")
    assert title_of(kept) == "All as before"
    assert embed_of(await table.ask("lastmatch"))["author"]["name"] == old.gamertag

    question = await table.link(new.gamertag)
    assert labels_of(question) == [f"Link {new.gamertag} instead of {old.gamertag}", "Keep as it is"]
    done = await table.click(question, labels_of(question)[0])
    assert title_of(done) == f"You are linked to {new.gamertag}"
    assert f"**{old.gamertag}** is no longer linked" in text_of(done)
    assert embed_of(await table.ask("lastmatch"))["author"]["name"] == new.gamertag


async def test_the_link_button_links_and_runs_what_was_asked(playground: Playground, table: Table):
    player = resident(playground, 31)
    question = await table.ask("lastmatch", ago=1)
    assert question.ephemeral

    form = await (await table.person.click(question, "Link account")).modal()
    field = form.components[0]["component"]["custom_id"]
    handle = await table.person.submit(form, {field: player.gamertag})
    answer, told = await handle.answer(), await handle.follow_up()

    assert not answer.ephemeral
    assert embed_of(answer)["author"]["name"] == player.gamertag
    assert told.ephemeral
    assert title_of(told) == f"You are linked to {player.gamertag}"
    ago = playground.halo.world.matches_of(player.xuid)[1]
    assert str(ago.match_id)[:8] in text_of(await table.click(answer, "Scoreboard")) or answer.attachments


async def test_a_link_that_cannot_be_made_by_the_form_is_told(
    playground: Playground, table: Table, other: Table
):
    player = resident(playground, 32)
    await other.link(player.gamertag)

    unknown = await table.fill_in(await table.ask("lastmatch"), "Link account", "Nobody By That")
    assert title_of(unknown) == "Unknown gamertag"
    held = await table.fill_in(unknown, "Link account", player.gamertag)

    assert title_of(held) == "Somebody else has linked this account"
    assert other.person.user.mention in text_of(held)
    assert await playground.bot.resources.store.links.of_user(table.person.user.id) is None


async def test_the_menu_of_a_member_shows_their_last_match(
    playground: Playground, table: Table, other: Table
):
    player = resident(playground, 33)
    await other.link(player.gamertag)

    handle = await table.person.use_on_user(table.channel, "Halo: last match", other.person.user)
    assert embed_of(await handle.answer())["author"]["name"] == player.gamertag

    handle = await other.person.use_on_user(table.channel, "Halo: last match", table.person.user)
    assert title_of(await handle.answer()) == "That member has not linked an account"
    handle = await table.person.use_on_user(table.channel, "Halo: last match", table.person.user)
    assert labels_of(await handle.answer()) == ["Link account", "Look somebody up"]


async def test_unlinking_asks_first_and_then_forgets(playground: Playground, table: Table):
    player = resident(playground, 34)
    await table.link(player.gamertag)

    question = await table.ask("unlink")
    assert question.ephemeral
    assert title_of(await table.click(question, "Keep as it is")) == "All as before"
    assert await playground.bot.resources.store.links.of_user(table.person.user.id) is not None

    gone = await table.click(await table.ask("unlink"), "Yes, delete it all")
    assert title_of(gone) == "I have forgotten you"
    assert await playground.bot.resources.store.accounts.of_user(table.person.user.id) is None
    assert title_of(await table.ask("unlink")) == "Nothing is stored"


async def test_the_account_is_shown_exported_and_deleted(playground: Playground, table: Table):
    player, friend = resident(playground, 35), resident(playground, 36)
    await table.ask("lastmatch", player=friend.gamertag)
    await table.link(player.gamertag)

    shown = await table.ask("account")
    assert shown.ephemeral
    assert labels_of(shown) == ["Verify", "Export as JSON", "Delete it all"]
    for said in (player.gamertag, str(player.xuid), friend.gamertag, playground.towns.arena.name):
        assert said in text_of(shown)

    exported = await table.click(shown, "Export as JSON")
    assert exported.ephemeral
    (file,) = exported.attachments
    assert file.filename == "adjutant-account.json"
    data = json.loads(file.content)
    assert data["user_id"] == str(table.person.user.id)
    assert data["link"]["xuid"] == str(player.xuid)
    assert data["look_ups"] == [friend.gamertag]

    question = await table.click(shown, "Delete it all")
    gone = await table.click(question, "Yes, delete it all")
    assert title_of(gone) == "I have forgotten you"
    assert title_of(await table.ask("account")) == "Nothing is stored"
    assert_valid_requests(playground.discord.transcript.requests)


async def test_buttons_are_their_owners(playground: Playground, table: Table, other: Table):
    message = await other.link(resident(playground, 37).gamertag)

    with pytest.raises(Exception, match="cannot see"):
        await table.person.click(message, "Verify")
