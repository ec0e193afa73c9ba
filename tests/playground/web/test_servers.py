"""Menus of people, and who is in which server, as the page asks for them."""

from __future__ import annotations

import pytest

from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient, Refused


async def test_a_menu_is_used_on_somebody(rig: Rig, ada: PageClient) -> None:
    await rig.bot.register({"name": "Halo: CSR", "type": 2})
    channel, bo = rig.channel("general"), str(rig.towns.bo.id)

    sent = await ada.ask("use_on_user", channel=channel, command="Halo: CSR", target=bo)

    handle = rig.sent[sent["interaction"]]
    assert handle.interaction.data["target_id"] == bo
    await rig.bot.respond(handle, 4, {"content": "Diamond 4"})
    answer = (await ada.event("message", lambda data: data["message"]["content"] == "Diamond 4"))["message"]
    assert (answer["interaction"]["name"], answer["interaction"]["is_menu"]) == ("Halo: CSR", True)
    with pytest.raises(Refused, match="no such user"):
        await ada.ask("use_on_user", channel=channel, command="Halo: CSR", target="1")


async def test_everybody_is_told_who_comes_and_goes(rig: Rig, ada: PageClient, bo: PageClient) -> None:
    arena = str(rig.towns.arena.id)

    await bo.ask("server", guild=arena, what="leave")
    await ada.event("stale")
    await bo.event("stale")
    assert [guild["name"] for guild in (await bo.enter(user=bo.welcome["you"]["id"])).welcome["guilds"]] == [
        "Big Team Lounge"
    ]
    assert bo.welcome["elsewhere"] == [{"id": arena, "name": "Arena Regulars"}]
    with pytest.raises(Refused, match="no such server"):
        await bo.ask("server", guild=arena, what="remove_bot")

    await bo.ask("server", guild=arena, what="join")
    assert rig.towns.bo.id in rig.towns.arena.members


async def test_an_owner_does_not_leave(rig: Rig, ada: PageClient) -> None:
    with pytest.raises(Refused, match="own this server"):
        await ada.ask("server", guild=str(rig.towns.arena.id), what="leave")


async def test_the_bot_goes_and_comes_back(rig: Rig, ada: PageClient) -> None:
    arena = str(rig.towns.arena.id)
    for what, is_there in (("remove_bot", False), ("add_bot", True)):
        await ada.ask("server", guild=arena, what=what)
        await ada.event("stale")
        await ada.enter()

        (guild,) = (item for item in ada.welcome["guilds"] if item["id"] == arena)
        assert guild["has_bot"] is is_there
        assert [command["name"] for command in ada.welcome["commands"]] == (["go"] if is_there else [])
