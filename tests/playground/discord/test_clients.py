"""What people's clients do besides commands: typing, putting messages away, minding permissions, forgetting."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from bot.playground.discord import (
    ClientRefused,
    DiscordError,
    InteractionHandle,
    LocalDiscord,
    Person,
    Towns,
)
from bot.playground.discord.events import Event
from bot.playground.discord.intents import wants
from bot.playground.discord.model import Attachment, Message
from bot.playground.discord.permissions import Permission
from bot.playground.discord.uploads import Body
from tests.playground.discord.conftest import TurnableClock
from tests.playground.discord.hand_bot import HandBot
from tests.playground.discord.town_bot import TownBot

MESSAGE, DEFER = 4, 5
EPHEMERAL = 64


@pytest.fixture
def told(local: LocalDiscord) -> Iterator[list[Event]]:
    """Everything that happens."""
    events: list[Event] = []
    unsubscribe = local.state.events.subscribe(events.append)
    yield events
    unsubscribe()


def names(events: list[Event]) -> list[str]:
    return [event.name for event in events]


async def private_answer(ada: Person, hand: HandBot, towns: Towns) -> tuple[Message, InteractionHandle]:
    handle = await ada.slash(towns.general, "go")
    await hand.respond(handle, MESSAGE, {"content": "psst", "flags": EPHEMERAL})
    return await handle.answer(), handle


async def test_others_see_who_is_typing(ada: Person, towns: Towns, told: list[Event]):
    await ada.typing(towns.general)

    (event,) = told
    assert (event.name, event.guild_id) == ("TYPING_START", towns.arena.id)
    assert event.data["user_id"] == str(towns.ada.id)
    assert event.data["member"]["user"]["username"] == "adareyes"


async def test_a_bot_types_in_a_channel_and_in_a_conversation(bot: TownBot, towns: Towns, told: list[Event]):
    async with bot.get_partial_messageable(towns.general.id).typing():
        await (await bot.fetch_user(towns.ada.id)).create_dm()

    assert names(told) == ["TYPING_START"]
    assert told[0].data["user_id"] == str(bot.application_id)


async def test_a_private_answer_is_put_away_and_the_bot_goes_on_unaware(
    ada: Person, bo: Person, hand: HandBot, towns: Towns, told: list[Event]
):
    answer, handle = await private_answer(ada, hand, towns)
    with pytest.raises(ClientRefused):
        await bo.dismiss(answer)

    await ada.dismiss(answer)

    assert names(told)[-1] == "MESSAGE_DELETE"
    assert ada.messages(towns.general) == []
    with pytest.raises(ClientRefused):
        await ada.dismiss(answer)
    status, edited = await hand.edit(handle, {"content": "more"})
    assert (status, edited["content"]) == (200, "more")
    assert ada.messages(towns.general) == []


async def test_what_everybody_sees_cannot_be_put_away(ada: Person, towns: Towns):
    said = await ada.say(towns.general, "hello")

    with pytest.raises(ClientRefused):
        await ada.dismiss(said)


async def test_only_the_owner_writes_news(ada: Person, bo: Person, towns: Towns):
    await ada.say(towns.news, "welcome")

    for refused in (bo.say(towns.news, "me too"), bo.typing(towns.news)):
        with pytest.raises(ClientRefused, match="permission to send messages"):
            await refused
    assert [message.content for message in bo.messages(towns.news)] == ["welcome"]


async def test_captains_are_among_themselves(local: LocalDiscord, bo: Person, towns: Towns):
    await bo.say(towns.captains, "psst")

    with pytest.raises(ClientRefused, match="cannot see"):
        local.person(towns.chiyo).messages(towns.captains)
    towns.arena.members[towns.chiyo.id].role_ids.append(towns.captain.id)
    assert [message.content for message in local.person(towns.chiyo).messages(towns.captains)] == ["psst"]


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission.SEND_MESSAGES, "send messages"),
        (Permission.USE_APPLICATION_COMMANDS, "use application commands"),
    ],
)
async def test_commands_need_permission(
    bo: Person, hand: HandBot, towns: Towns, permission: Permission, words: str
):
    towns.arena.roles[towns.arena.id].permissions &= ~permission

    with pytest.raises(ClientRefused, match=words):
        await bo.slash(towns.general, "go")


@pytest.mark.parametrize("content", ["", " \n ", "x" * 2001])
async def test_a_message_says_something_and_not_too_much(ada: Person, towns: Towns, content: str):
    with pytest.raises(DiscordError):
        await ada.say(towns.general, content)


async def test_a_channel_forgets_its_oldest_messages(local: LocalDiscord, ada: Person, towns: Towns):
    local.state.history_limit = 3
    said = [await ada.say(towns.general, str(number)) for number in range(5)]
    await ada.say(towns.matches, "elsewhere")

    assert [message.content for message in ada.messages(towns.general)] == ["2", "3", "4"]
    assert [message.deleted for message in said] == [True, True, False, False, False]
    assert len(ada.messages(towns.matches)) == 1


async def test_interactions_are_forgotten_some_time_after_their_token_died(
    ada: Person, hand: HandBot, towns: Towns, clock: TurnableClock
):
    old = await ada.slash(towns.general, "go")
    await hand.respond(old, DEFER)
    clock.ahead += 16 * 60
    await ada.slash(towns.general, "go")
    assert (await hand.edit(old, {"content": "late"}))[1]["code"] == 50027

    clock.ahead += 15 * 60
    await ada.slash(towns.general, "go")

    assert (await hand.edit(old, {"content": "much later"}))[1]["code"] == 10015


async def test_clients_are_told_when_commands_change_and_bots_are_not(
    local: LocalDiscord, hand: HandBot, told: list[Event]
):
    await hand.register({"name": "stop", "description": "Stop"})
    (command,) = local.catalogue.all(None)
    await hand.call("PATCH", f"{hand.application}/commands/{command.id}", {"description": "Halt"})
    await hand.call("POST", f"{hand.application}/commands", {"name": "more", "description": "More"})
    await hand.call("DELETE", f"{hand.application}/commands/{command.id}")

    assert names(told) == ["GUILD_APPLICATION_COMMAND_INDEX_UPDATE"] * 4
    assert not any(wants(~0, event) for event in told)


async def test_whoever_watches_the_desk_is_told_of_every_interaction(
    local: LocalDiscord, ada: Person, hand: HandBot, towns: Towns
):
    seen: list[int] = []
    stop = local.desk.watch(lambda interaction: seen.append(interaction.id))
    first = await ada.slash(towns.general, "go")
    stop()
    await ada.slash(towns.general, "go")

    assert seen == [first.interaction.id]


def test_a_png_tells_its_size() -> None:
    def attachment(content: bytes) -> Attachment:
        return Attachment(1, 1, "a.png", content, "image/png")

    head = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR" + struct.pack(">II", 640, 480)
    assert attachment(head).size_px == (640, 480)
    for broken in (b"", head[:-1], head.replace(b"IHDR", b"IDAT"), b"GIF89a" + head[6:]):
        assert attachment(broken).size_px is None


async def test_a_picture_s_size_and_alt_text_come_with_the_embed_that_shows_it(
    local: LocalDiscord, ada: Person, hand: HandBot, towns: Towns
):
    handle = await ada.slash(towns.general, "go")
    await hand.respond(handle, DEFER)
    head = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR" + struct.pack(">II", 640, 480)
    body = {
        "embeds": [{"title": "x", "image": {"url": "attachment://a.png"}}],
        "attachments": [{"id": 0, "filename": "a.png", "description": "A medal"}],
    }
    _, edited = await hand.edit(handle, body, {"a.png": head})

    image = edited["embeds"][0]["image"]
    assert (image["width"], image["height"], image["description"]) == (640, 480, "A medal")
    local.board.edit(await handle.answer(), Body({"embeds": []}))
    assert local.board.json(await handle.answer())["attachments"][0]["width"] == 640
