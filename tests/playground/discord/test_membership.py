"""Members who come and go, and the bot removed from a server and added again, also while it is offline."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest

from bot.playground.discord import ClientRefused, LocalDiscord, Person, Towns
from bot.playground.discord.permissions import Permission
from tests.playground.discord.conftest import StartBot
from tests.playground.discord.hand_bot import HandBot
from tests.playground.discord.town_bot import TownBot


async def members_of(bot: TownBot, guild_id: int, *user_ids: int) -> list[int]:
    guild = bot.get_guild(guild_id)
    assert guild is not None
    return [member.id for member in await guild.query_members(user_ids=list(user_ids), cache=False)]


async def test_who_left_is_no_member_until_they_join_again(bot: TownBot, local: LocalDiscord, towns: Towns):
    arena, ids = towns.arena, (towns.ada.id, towns.bo.id, towns.chiyo.id)
    assert await members_of(bot, arena.id, *ids) == list(ids)

    local.state.leave(arena, towns.bo)
    assert await members_of(bot, arena.id, *ids) == [towns.ada.id, towns.chiyo.id]
    guild = bot.get_guild(arena.id)
    assert guild is not None
    with pytest.raises(discord.NotFound) as refused:
        await guild.fetch_member(towns.bo.id)
    assert refused.value.code == 10007

    local.state.join(arena, towns.bo)
    assert await members_of(bot, arena.id, *ids) == list(ids)


async def test_a_hundred_members_are_asked_for_at_a_time(bot: TownBot, local: LocalDiscord, towns: Towns):
    people = [local.state.add_user(f"Member {number}") for number in range(120)]
    for person in people[:110]:
        local.state.join(towns.lounge, person)

    assert len(await members_of(bot, towns.lounge.id, *(person.id for person in people[:100]))) == 100
    assert len(await members_of(bot, towns.lounge.id, *(person.id for person in people[100:]))) == 10


async def test_who_left_sees_the_server_no_more(local: LocalDiscord, bo: Person, towns: Towns):
    local.state.leave(towns.arena, towns.bo)

    with pytest.raises(ClientRefused):
        bo.messages(towns.general)


def test_an_owner_cannot_leave_and_nobody_leaves_twice(local: LocalDiscord, towns: Towns):
    with pytest.raises(ValueError, match="owner"):
        local.state.leave(towns.arena, towns.ada)
    local.state.leave(towns.arena, towns.bo)
    local.state.leave(towns.arena, towns.bo)

    assert set(towns.arena.members) == {towns.ada.id, towns.chiyo.id, local.state.bot.id}


async def test_the_bot_is_told_of_its_removal_and_its_return(bot: TownBot, local: LocalDiscord, towns: Towns):
    removed = asyncio.ensure_future(bot.wait_for("guild_remove", timeout=5))
    await asyncio.sleep(0)
    local.state.remove_bot(towns.lounge)
    assert (await removed).id == towns.lounge.id
    assert bot.get_guild(towns.lounge.id) is None
    with pytest.raises(discord.NotFound):
        await bot.fetch_guild(towns.lounge.id)

    joined = asyncio.ensure_future(bot.wait_for("guild_join", timeout=5))
    await asyncio.sleep(0)
    local.state.add_bot(towns.lounge)
    again = await joined
    assert (again.id, again.me.guild_permissions.manage_roles) == (towns.lounge.id, True)
    assert await members_of(bot, towns.lounge.id, towns.ada.id, towns.bo.id) == [towns.ada.id, towns.bo.id]


async def test_a_connected_bot_is_told_of_a_removal_that_it_missed(
    bot: TownBot, local: LocalDiscord, towns: Towns
):
    removed = asyncio.ensure_future(bot.wait_for("guild_remove", timeout=5))
    local.gateway.reconnect()
    await local.gateway.wait_connected(connected=False)

    local.state.remove_bot(towns.lounge)

    assert (await removed).id == towns.lounge.id


async def test_nothing_tells_of_a_removal_while_the_bot_was_offline(
    start_bot: StartBot, local: LocalDiscord, towns: Towns
):
    async with start_bot() as bot:
        assert {guild.id for guild in bot.guilds} == {towns.arena.id, towns.lounge.id}
    local.state.remove_bot(towns.lounge)
    told: list[discord.Guild] = []

    async with start_bot() as bot:

        async def hear(guild: discord.Guild) -> None:
            told.append(guild)

        bot.add_listener(hear, "on_guild_remove")
        assert [guild.id for guild in bot.guilds] == [towns.arena.id]
        assert await members_of(bot, towns.arena.id, towns.ada.id) == [towns.ada.id]

    assert told == []


async def test_after_an_outage_the_same_bot_gets_a_fresh_list_of_servers(
    bot: TownBot, local: LocalDiscord, towns: Towns
):
    ready = asyncio.ensure_future(bot.wait_for("shard_ready", timeout=20))
    async with local.gateway.outage():
        assert not local.gateway.connected()
        local.state.remove_bot(towns.lounge)

    await ready
    # discord.py itself keeps a server that a later READY does not list: only REST tells.
    assert [guild.id async for guild in bot.fetch_guilds()] == [towns.arena.id]
    assert await members_of(bot, towns.arena.id, towns.ada.id) == [towns.ada.id]


async def test_what_the_bot_left_behind_works_no_more(
    hand: HandBot, local: LocalDiscord, ada: Person, towns: Towns
):
    await hand.call(
        "PUT",
        f"{hand.application}/guilds/{towns.arena.id}/commands",
        [{"name": "here", "description": "Here"}],
    )
    handle = await ada.slash(towns.general, "go")
    button = {"type": 2, "style": 1, "label": "Older", "custom_id": "older"}
    await hand.respond(handle, 4, {"content": "c", "components": [{"type": 1, "components": [button]}]})
    answer = await handle.answer()

    local.state.remove_bot(towns.arena)

    with pytest.raises(ClientRefused, match="not in this server"):
        await ada.click(answer, "Older")
    assert ada.commands(towns.general) == []
    assert local.state.permissions(local.state.bot, towns.captains) == 0
    assert (await hand.call("GET", f"guilds/{towns.arena.id}"))[1]["code"] == 10004
    assert (await hand.call("GET", f"{hand.application}/guilds/{towns.arena.id}/commands"))[1][
        "code"
    ] == 10004

    local.state.add_bot(towns.arena)
    assert [command.name for command in ada.commands(towns.general)] == ["go"]
    # A new role knows nothing of what the old one was allowed.
    assert not local.state.permissions(local.state.bot, towns.captains) & Permission.VIEW_CHANNEL
    assert await ada.click(answer, "Older")


async def test_whoever_installed_the_bot_for_themselves_has_it_where_it_was_removed(
    hand: HandBot, local: LocalDiscord, ada: Person, bo: Person, towns: Towns
):
    local.state.user_installs.add(towns.ada.id)
    local.state.remove_bot(towns.arena)

    handle = await ada.slash(towns.general, "go")
    assert handle.interaction.owners == {"1": str(towns.ada.id)}
    assert (await hand.respond(handle, 4, {"content": "still here"}))[0] == 200
    with pytest.raises(ClientRefused):
        await bo.slash(towns.general, "go")


async def test_an_outage_of_a_server_without_the_bot_is_nothing_to_it(
    bot: TownBot, local: LocalDiscord, towns: Towns
):
    local.state.remove_bot(towns.lounge)
    heard: list[str] = []
    local.state.events.subscribe(lambda event: heard.append(event.name))

    local.state.set_unavailable(towns.lounge, True)
    local.state.set_unavailable(towns.lounge, False)
    local.state.remove_bot(towns.lounge)
    local.state.add_bot(towns.arena)

    assert heard == []


async def test_the_bot_s_servers_are_listed_in_pages(hand: HandBot, towns: Towns):
    ids = sorted(str(guild.id) for guild in (towns.arena, towns.lounge))

    async def listed(**query: Any) -> list[str]:
        return [guild["id"] for guild in (await hand.call("GET", "users/@me/guilds", params=query))[1]]

    assert await listed() == ids
    assert await listed(limit=1) == ids[:1]
    assert await listed(limit=1, after=ids[0]) == ids[1:]
    assert await listed(after=ids[1]) == []
