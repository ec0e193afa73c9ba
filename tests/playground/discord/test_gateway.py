"""The gateway: signing in, shards, losing and regaining the connection, members, what intents let through."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
import pytest

from bot.playground.discord import LocalDiscord, Person, Towns
from tests.playground.discord.conftest import StartBot
from tests.playground.discord.town_bot import TOKEN, TownBot

GUILDS, MEMBERS, GUILD_MESSAGES, MESSAGE_CONTENT = 1, 1 << 1, 1 << 9, 1 << 15


class HandShard:
    """A gateway connection made by hand."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def receive(self) -> Any:
        return await self.socket.receive_json(timeout=5)

    async def identify(self, **changes: Any) -> Any:
        data = {"token": TOKEN, "intents": GUILDS, "properties": {}, **changes}
        await self.socket.send_json({"op": 2, "d": data})

    async def next_event(self, name: str) -> Any:
        while (frame := await self.receive())["t"] != name:
            pass
        return frame

    async def close_code(self) -> int | None:
        while (await self.socket.receive(timeout=5)).type is not aiohttp.WSMsgType.CLOSE:
            pass
        return self.socket.close_code


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as opened:
        yield opened


async def connect(session: aiohttp.ClientSession, local: LocalDiscord) -> HandShard:
    shard = HandShard(
        await session.ws_connect(f"{local.gateway.url}?v=10&encoding=json&compress=zlib-stream")
    )
    assert (await shard.receive())["d"]["heartbeat_interval"] > 1000
    return shard


async def test_a_wrong_token_is_told_by_discord_py_s_own_error(local: LocalDiscord):
    bot = TownBot()
    with pytest.raises(discord.LoginFailure):
        await bot.login("wrong")
    await bot.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"token": "wrong"}, 4004), ({"shard": [2, 2]}, 4010), ({"intents": GUILDS | MESSAGE_CONTENT}, 4014)],
)
async def test_a_bad_identify_is_closed_with_its_code(
    session: aiohttp.ClientSession, local: LocalDiscord, changes: dict[str, Any], code: int
):
    shard = await connect(session, local)
    await shard.identify(**changes)

    assert await shard.close_code() == code


@pytest.mark.parametrize(
    ("text", "code"), [("{", 4002), ("[]", 4002), ('{"op": 8, "d": {}}', 4003), ('{"op": 6, "d": 1}', 4002)]
)
async def test_what_is_no_protocol_is_closed_with_its_code(
    session: aiohttp.ClientSession, local: LocalDiscord, text: str, code: int
):
    shard = await connect(session, local)
    await shard.socket.send_str(text)

    assert await shard.close_code() == code


async def test_heartbeats_are_acknowledged(session: aiohttp.ClientSession, local: LocalDiscord):
    shard = await connect(session, local)
    await shard.socket.send_json({"op": 1, "d": None})

    assert (await shard.receive())["op"] == 11


async def test_an_acknowledgement_is_not_faster_than_what_is_sent_right_after_the_heartbeat(
    session: aiohttp.ClientSession, local: LocalDiscord, towns: Towns
):
    shard = await connect(session, local)
    await shard.identify()
    await shard.next_event("GUILD_CREATE")
    await shard.next_event("GUILD_CREATE")
    request = {"guild_id": str(towns.arena.id), "query": "", "limit": 1, "nonce": "a"}

    await shard.socket.send_json({"op": 1, "d": None})
    await shard.socket.send_json({"op": 8, "d": request})

    assert (await shard.receive())["t"] == "GUILD_MEMBERS_CHUNK"
    assert (await shard.receive())["op"] == 11


async def test_another_page_cannot_be_the_bot(session: aiohttp.ClientSession, local: LocalDiscord):
    own = {"Authorization": f"Bot {TOKEN}"}
    for foreign in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(local.gateway.url, headers=foreign)
        assert refused.value.status == 403
        async with session.get(f"{local.api_base}/users/@me", headers=own | foreign) as response:
            assert response.status == 403
    async with session.get(f"{local.api_base}/users/@me", headers=own) as response:
        assert response.status == 200


async def test_the_bot_knows_servers_channels_and_itself(bot: TownBot, towns: Towns):
    assert {guild.name for guild in bot.guilds} == {"Arena Regulars", "Big Team Lounge"}
    arena = bot.get_guild(towns.arena.id)
    assert arena is not None
    assert [channel.name for channel in arena.text_channels] == ["general", "matches", "news", "captains"]
    assert arena.me.guild_permissions.manage_roles
    assert not arena.me.guild_permissions.administrator
    assert arena.member_count == 4


@pytest.mark.parametrize("shards", [2])
async def test_every_shard_gets_its_own_servers(bot: TownBot, ada: Person, towns: Towns, shards: int):
    assert bot.shard_count == shards
    assert len(bot.shards) == shards
    assert {guild.id for guild in bot.guilds} == {towns.arena.id, towns.lounge.id}
    for channel in (towns.general, towns.sofa):
        assert (await (await ada.slash(channel, "roll dice", sides=6)).answer()).content == "d6"


async def test_members_are_asked_for_by_id(bot: TownBot, towns: Towns):
    lounge = bot.get_guild(towns.lounge.id)
    assert lounge is not None

    found = await lounge.query_members(user_ids=[towns.ada.id, towns.chiyo.id], cache=False)
    named = await lounge.query_members("bo", cache=False)

    assert [member.id for member in found] == [towns.ada.id]
    assert [member.name for member in named] == ["bolindqvist"]


async def test_a_lost_connection_is_resumed_and_misses_nothing(
    bot: TownBot, local: LocalDiscord, ada: Person, towns: Towns
):
    resumed = asyncio.ensure_future(bot.wait_for("resumed", timeout=5))
    local.gateway.reconnect()
    await local.gateway.wait_connected(connected=False)
    handle = await ada.slash(towns.general, "roll dice", sides=6)

    assert (await handle.answer()).content == "d6"
    await resumed


async def test_an_unknown_session_cannot_be_resumed(session: aiohttp.ClientSession, local: LocalDiscord):
    shard = await connect(session, local)
    await shard.socket.send_json({"op": 6, "d": {"token": TOKEN, "session_id": "gone", "seq": 1}})

    assert await shard.receive() == {"op": 9, "d": False}


async def test_old_buttons_work_after_the_bot_was_restarted(
    start_bot: StartBot, local: LocalDiscord, ada: Person, towns: Towns
):
    async with start_bot():
        answer = await (await ada.slash(towns.general, "lastmatch", player="Ember")).answer()
    await local.gateway.wait_connected(connected=False)
    async with start_bot():
        assert await (await ada.click(answer, "Older")).answer() is answer

    assert answer.content == "page 2"
    assert answer.attachments[0].filename == "medals.png"


async def test_nobody_answers_while_the_bot_is_away(start_bot: StartBot, ada: Person, towns: Towns):
    async with start_bot():
        pass
    handle = await ada.slash(towns.general, "roll dice", sides=6)

    assert handle.ack_ms is None
    assert handle.interaction.original is None


async def test_a_server_s_outage_and_the_bot_s_removal_are_told(
    bot: TownBot, local: LocalDiscord, towns: Towns
):
    arena, lounge = bot.get_guild(towns.arena.id), bot.get_guild(towns.lounge.id)
    assert arena is not None
    for event, act in (
        ("guild_unavailable", lambda: local.state.set_unavailable(towns.arena, True)),
        ("guild_available", lambda: local.state.set_unavailable(towns.arena, False)),
        ("guild_remove", lambda: local.state.leave(towns.lounge, local.state.bot)),
    ):
        told = asyncio.ensure_future(bot.wait_for(event, timeout=5))
        await asyncio.sleep(0)
        act()
        assert (await told).id in {towns.arena.id, towns.lounge.id}

    assert lounge not in bot.guilds


async def test_messages_are_sent_to_whoever_has_the_intent_and_without_what_may_not_be_read(
    session: aiohttp.ClientSession, local: LocalDiscord, ada: Person, towns: Towns
):
    shard = await connect(session, local)
    await shard.identify(intents=GUILDS | GUILD_MESSAGES)
    await shard.next_event("GUILD_CREATE")
    await ada.say(towns.general, "hello")
    await ada.say(towns.general, f"hello <@{local.state.bot.id}>")

    assert (await shard.next_event("MESSAGE_CREATE"))["d"]["content"] == ""
    assert (await shard.next_event("MESSAGE_CREATE"))["d"]["content"].startswith("hello <@")


async def test_without_the_intent_messages_stay_away(bot: TownBot, ada: Person, towns: Towns):
    seen: list[discord.Message] = []

    async def hear(message: discord.Message) -> None:
        seen.append(message)

    bot.add_listener(hear, "on_message")
    await ada.say(towns.general, "hello")
    await (await ada.slash(towns.general, "roll dice", sides=6)).answer()

    assert seen == []
