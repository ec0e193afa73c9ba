"""The REST endpoints beside interactions, and the faults that can be switched on."""

from __future__ import annotations

import asyncio
import math
import resource
from collections.abc import Iterator
from random import Random

import discord
import pytest

from bot.playground.discord import DiscordState, Fault, LocalDiscord, Person, Towns
from bot.playground.discord.events import Event
from bot.playground.discord.model import Overwrite
from bot.playground.discord.permissions import Permission
from tests.playground.discord.conftest import TurnableClock
from tests.playground.discord.hand_bot import HandBot
from tests.playground.discord.town_bot import PNG, TOKEN, TownBot, picture


class Seeded(Random):
    """A generator that repeats itself."""


async def test_a_message_is_posted_read_edited_and_deleted(bot: TownBot, towns: Towns):
    channel = await bot.fetch_channel(towns.general.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("one", file=picture())
    await message.edit(content="two")

    assert (await channel.fetch_message(message.id)).content == "two"
    assert [item.content async for item in channel.history(limit=5)] == ["two"]
    assert await message.attachments[0].read() == PNG
    await message.delete()
    with pytest.raises(discord.NotFound) as caught:
        await channel.fetch_message(message.id)
    assert caught.value.code == 10008


async def test_a_direct_message_reaches_the_person(
    bot: TownBot, local: LocalDiscord, ada: Person, towns: Towns
):
    user = await bot.fetch_user(towns.ada.id)
    await user.send("psst")

    (message,) = ada.messages(local.state.dm(towns.ada))
    assert message.content == "psst"


async def test_roles_below_the_bot_s_own_can_be_given_and_taken(bot: TownBot, towns: Towns):
    guild = bot.get_guild(towns.arena.id)
    assert guild is not None
    member = await guild.fetch_member(towns.chiyo.id)
    await member.add_roles(discord.Object(towns.ranked.id))
    assert [role.name for role in (await guild.fetch_member(towns.chiyo.id)).roles] == ["@everyone", "Ranked"]
    await member.remove_roles(discord.Object(towns.ranked.id))

    assert towns.arena.members[towns.chiyo.id].role_ids == []
    with pytest.raises(discord.Forbidden) as caught:
        await member.add_roles(guild.me.top_role)
    assert caught.value.code == 50013


async def test_a_channel_s_overwrites_are_honoured(bot: TownBot, local: LocalDiscord, towns: Towns):
    towns.matches.overwrites.append(
        Overwrite(towns.arena.id, for_member=False, deny=Permission.SEND_MESSAGES)
    )
    channel = await bot.fetch_channel(towns.matches.id)
    assert isinstance(channel, discord.TextChannel)

    with pytest.raises(discord.Forbidden) as caught:
        await channel.send("x")
    assert caught.value.code == 50013
    towns.matches.overwrites.append(Overwrite(towns.arena.id, for_member=False, deny=Permission.VIEW_CHANNEL))
    with pytest.raises(discord.Forbidden) as caught:
        await bot.fetch_channel(towns.matches.id)
    assert caught.value.code == 50001


async def test_application_emojis_are_kept_and_usable_in_buttons(
    bot: TownBot, local: LocalDiscord, towns: Towns
):
    emoji = await bot.create_application_emoji(name="perfect", image=PNG)

    assert [item.name for item in await bot.fetch_application_emojis()] == ["perfect"]
    channel = await bot.fetch_channel(towns.general.id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View().add_item(discord.ui.Button(emoji=emoji, custom_id="e"))
    message = await channel.send(view=view)
    assert message.components
    with pytest.raises(discord.HTTPException):
        await bot.create_application_emoji(name="perfect", image=PNG)
    with pytest.raises(discord.HTTPException) as caught:
        await bot.create_application_emoji(name="huge", image=PNG + bytes(256 * 1024))
    assert caught.value.code == 50138
    await emoji.delete()
    assert local.state.emojis == {}
    with pytest.raises(discord.HTTPException):
        await channel.send(view=view)
    view.stop()


async def test_commands_keep_their_ids_through_another_sync(bot: TownBot, local: LocalDiscord, towns: Towns):
    first = {command.name: command.id for command in await bot.tree.fetch_commands()}
    second = {command.name: command.id for command in await bot.tree.sync()}
    assert first == second

    guild = discord.Object(towns.arena.id)
    bot.tree.copy_global_to(guild=guild)
    await bot.tree.sync(guild=guild)
    assert {command.name for command in await bot.tree.fetch_commands(guild=guild)} == first.keys()
    command = await bot.tree.fetch_command(first["form"])
    await command.edit(description="Another")
    await (await bot.tree.fetch_command(first["menu"])).delete()
    assert {item.body["description"] for item in local.catalogue.all(None) if item.name == "form"} == {
        "Another"
    }
    assert "menu" not in {item.name for item in local.catalogue.all(None)}


async def test_the_application_is_described(bot: TownBot):
    info = await bot.application_info()

    assert (info.name, info.id, info.approximate_guild_count) == ("Town Bot", bot.application_id, 2)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "no/such/thing", 404, 0),
        ("DELETE", "users/@me", 405, 0),
        ("GET", "channels/1", 404, 10003),
        ("GET", "channels/me", 400, 50035),
        ("GET", "guilds/1", 404, 10004),
        ("GET", "users/1", 404, 10013),
        ("GET", "applications/1/commands", 404, 10002),
    ],
)
async def test_what_is_unknown_has_discord_s_code(
    hand: HandBot, method: str, path: str, status: int, code: int
):
    answered, body = await hand.call(method, path)

    assert (answered, body["code"]) == (status, code)


async def test_nobody_gets_in_without_the_token(hand: HandBot):
    status, body = await hand.call("GET", "users/@me", headers={"Authorization": "Bot wrong"})

    assert (status, body) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_answers_carry_the_bare_json_content_type_and_harmless_limits(
    local: LocalDiscord, hand: HandBot
):
    async with hand.session.get("users/@me") as response:
        assert response.headers["Content-Type"] == "application/json"
        assert int(response.headers["X-RateLimit-Remaining"]) > 0


async def test_a_rate_limit_is_waited_out_by_discord_py(bot: TownBot, local: LocalDiscord):
    local.faults.add(Fault(429, "GET", "/users/{user_id}", times=2, retry_after=0.001))

    assert bot.user is not None
    assert (await bot.fetch_user(bot.user.id)).id == bot.user.id
    assert [item.status for item in local.transcript.of("GET", "/users/{user_id}")] == [429, 429, 200]


async def test_a_rate_limit_from_the_edge_and_a_server_error_are_raised(bot: TownBot, local: LocalDiscord):
    assert bot.user is not None
    local.faults.add(Fault(429, retry_after=0.001, via=False))
    with pytest.raises(discord.HTTPException) as caught:
        await bot.fetch_user(bot.user.id)
    assert caught.value.status == 429
    local.faults.add(Fault(503))
    with pytest.raises(discord.DiscordServerError):
        await bot.fetch_user(bot.user.id)
    local.faults.add(Fault(503))
    local.faults.clear()
    await bot.fetch_user(bot.user.id)


async def test_observers_hear_of_every_message(local: LocalDiscord, hand: HandBot, ada: Person, towns: Towns):
    heard: list[Event] = []
    stop = local.state.events.subscribe(heard.append)
    handle = await ada.slash(towns.general, "go")
    await hand.respond(handle, 5, {"flags": 64})
    await hand.edit(handle, {"content": "psst"})
    await hand.original(handle, "DELETE")
    stop()
    await ada.say(towns.general, "unheard")

    assert [event.name for event in heard] == ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"]
    assert all(event.message is not None and event.message.visible_to is towns.ada for event in heard)


@pytest.fixture
def _many_connections() -> Iterator[None]:
    """Both ends of each connection are in this process: a thousand files, which some shells do not allow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("_many_connections")
async def test_five_hundred_people_at_once_are_all_answered(
    bot: TownBot, ada: Person, towns: Towns, clock: TurnableClock
):
    clock.stop()
    handles = [await ada.slash(towns.general, "roll dice", sides=number) for number in range(500)]

    # However slow the machine is; but the first answer that the bot cannot give fails the test, and says why.
    answering = asyncio.gather(*(handle.answer(patience_s=math.inf) for handle in handles))
    failing = asyncio.ensure_future(bot.errors.get())
    try:
        await asyncio.wait((answering, failing), return_when=asyncio.FIRST_COMPLETED)
        assert not failing.done(), failing.result()
        answers = answering.result()
    finally:
        answering.cancel()
        failing.cancel()
        await asyncio.gather(answering, failing, return_exceptions=True)

    assert [answer.content for answer in answers] == [f"d{number}" for number in range(500)]


def test_ids_and_tokens_repeat_with_clock_and_generator(towns: Towns, state: DiscordState):
    one, two = (LocalDiscord(token=TOKEN, state=state, rng=Seeded(1)) for _ in range(2))

    assert one.desk.new_token() == two.desk.new_token()
