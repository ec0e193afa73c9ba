"""``/status`` as a member sees it, also while Halo is in trouble."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot import __version__
from bot.playground.discord import Person
from bot.playground.discord.model import Channel, Message
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson
from tests.e2e.test_lastmatch import ask, embed_of, field_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE_S = 10.0
HERO = "Ember Fox 7"
AGO = r"<t:\d+:R>"


async def status_of(person: Person, channel: Channel) -> Message:
    return await (await person.slash(channel, "status")).answer(patience_s=PATIENCE_S)


def parts_of(message: Message) -> list[str]:
    return [field["name"] for field in embed_of(message)["fields"]]


async def join(playground: Playground, channel: Channel, *people: Person) -> None:
    """Put people on the board of a channel's server, whose matches are as fresh as can be."""
    store, now = playground.bot.resources.store, datetime.now(UTC)
    for person in people:
        xuid = person.user.id % 10**15 + 10**15
        claim = await store.links.claim(person.user.id, xuid, "Somebody", server_id=channel.guild_id, at=now)
        assert claim.held_by is None
        await store.players.refreshed([xuid], now)


async def test_a_member_sees_alone_how_the_bot_is_doing(playground: Playground, person: Person):
    await ask(playground, person, player=HERO)

    message = await status_of(person, playground.towns.general)

    assert message.ephemeral
    assert embed_of(message)["title"] == "Status"
    assert parts_of(message) == ["Halo's services", "Background work", "This server", "The bot"]
    assert re.search(rf"🟢 \*\*Matches\*\* · answered {AGO}", field_of(message, "Halo's services"))
    bot = rf"Version {re.escape(__version__)} · started {AGO} · Discord answers in \d+ ms"
    assert re.fullmatch(bot, field_of(message, "The bot"))
    assert_valid_requests(playground.discord.transcript.requests)


@pytest.mark.parametrize(
    ("code", "command", "title", "parts"),
    [
        ("de", "status", "Status", ["Halo-Dienste", "Arbeit im Hintergrund", "Dieser Server", "Der Bot"]),
        (
            "ja",
            "ステータス",
            "ステータス",
            ["Halo のサービス", "バックグラウンド処理", "このサーバー", "ボット"],
        ),
    ],
)
async def test_it_speaks_the_members_language(
    playground: Playground, make_person: MakePerson, code: str, command: str, title: str, parts: list[str]
):
    message = await status_of(make_person(code), playground.towns.general)

    assert (embed_of(message)["title"], parts_of(message)) == (title, parts)
    (registered,) = [it for it in playground.discord.state.commands.values() if it.name == "status"]
    assert registered.body["name_localizations"][code] == command


async def test_each_server_sees_its_own_members_alone(playground: Playground, make_person: MakePerson):
    state = playground.discord.state
    people = [make_person() for _ in range(3)]
    hall = state.add_guild("Hall", people[0].user)
    for person in people:
        state.join(hall, person.user)
    cellar = state.add_guild("Cellar", people[0].user)
    there, below = state.add_channel(hall, "general"), state.add_channel(cellar, "general")
    await join(playground, there, *people)

    hall_says, cellar_says = await status_of(people[0], there), await status_of(people[0], below)
    in_private = await status_of(people[0], state.dm(people[0].user, state.bot))

    assert re.fullmatch(rf"3 linked members · data as of {AGO}.*", field_of(hall_says, "This server"))
    # Whoever asks is put on a board only after the answer.
    assert field_of(cellar_says, "This server").startswith("Nobody here has linked an account yet.")
    assert "This server" not in parts_of(in_private)


async def test_a_server_that_has_the_bot_by_a_user_install_only_has_no_figures(playground: Playground):
    state = playground.discord.state
    guest = state.add_user("Status Guest")
    state.user_installs.add(guest.id)
    lobby = state.add_channel(state.add_guild("No Bot Inn", guest, has_bot=False), "lobby")

    message = await status_of(playground.discord.person(guest), lobby)

    assert parts_of(message) == ["Halo's services", "Background work", "The bot"]


async def test_a_failing_halo_is_told_with_its_beginning_and_its_recovery(
    playground: Playground, person: Person
):
    await ask(playground, person, player=HERO)
    playground.halo.faults.add(Fault(kind=FaultKind.STATUS, status=503, host="halostats*"))
    await ask(playground, person, player="Static Wren")

    failing = await status_of(person, playground.towns.general)

    assert embed_of(failing)["description"].startswith("Some of Halo's services are in trouble.")
    trouble = rf"🔴 \*\*Matches\*\* · answers with errors: it began {AGO}, the last good answer came {AGO}\n"
    assert re.search(trouble, field_of(failing, "Halo's services"))
    assert "🟢 **Players**" in field_of(failing, "Halo's services")

    playground.halo.faults.clear()
    await ask(playground, person, player="Static Wren")
    assert "🔴" not in field_of(await status_of(person, playground.towns.general), "Halo's services")


async def test_it_does_not_wait_for_a_halo_that_hangs(playground: Playground, person: Person):
    playground.halo.faults.add(Fault(kind=FaultKind.HANG))
    waiting = await person.slash(playground.towns.general, "lastmatch", player="Quiet One")

    message = await status_of(person, playground.towns.general)

    assert embed_of(message)["title"] == "Status"
    assert await waiting.answer()  # what hung was given up, so it is nobody else's trouble later
