"""What somebody sees on entering, and what a reload brings back."""

from __future__ import annotations

import aiohttp
import pytest

from bot.playground.web import PlaygroundSite, WorldPanel
from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient, Refused, open_page

DEFER, MESSAGE, MODAL = 5, 4, 9
EPHEMERAL = 64
FORM = {
    "custom_id": "form",
    "title": "Which player?",
    "components": [
        {
            "type": 1,
            "components": [{"type": 4, "custom_id": "name", "label": "Name", "style": 1, "min_length": 3}],
        }
    ],
}


async def test_a_person_sees_their_servers_channels_and_people(ada: PageClient, rig: Rig) -> None:
    welcome = ada.welcome

    assert welcome["you"]["name"] == "Ada Reyes"
    assert [user["name"] for user in welcome["users"]] == ["Ada Reyes", "Bo Lindqvist", "Chiyo"]
    assert [guild["name"] for guild in welcome["guilds"]] == ["Arena Regulars", "Big Team Lounge"]
    arena = welcome["guilds"][0]
    assert [channel["name"] for channel in arena["channels"]] == ["general", "matches", "news", "captains"]
    assert [channel["private"] for channel in arena["channels"]] == [False, False, False, True]
    assert [role["name"] for role in arena["roles"]] == ["Adjutant", "Captain", "Ranked"]
    bo = next(member for member in arena["members"] if member["name"] == "Bo Lindqvist")
    assert (bo["roles"], bo["color"], bo["nick"]) == (["Captain"], "#f0b132", None)
    assert welcome["channel"] == rig.channel("general")
    assert [dm["user"]["bot"] for dm in welcome["dms"]] == [True]
    assert [command["name"] for command in welcome["commands"]] == ["go"]


async def test_what_a_person_cannot_see_is_not_there(chiyo: PageClient) -> None:
    assert [guild["name"] for guild in chiyo.welcome["guilds"]] == ["Arena Regulars"]
    channels = chiyo.welcome["guilds"][0]["channels"]
    assert [channel["name"] for channel in channels] == ["general", "matches", "news"]
    assert [channel["can_send"] for channel in channels] == [True, True, False]
    assert chiyo.welcome["you"]["locale"] == "ja"


@pytest.mark.parametrize("unknown", ["1", "", "no number", "9" * 400])
async def test_ids_that_nobody_has_lead_to_the_first_person_and_channel(
    ada: PageClient, unknown: str
) -> None:
    await ada.enter(unknown, unknown)

    assert (ada.welcome["you"]["name"], ada.welcome["channel"]) == ("Ada Reyes", ada.channel("general"))


async def test_a_channel_of_others_is_not_entered(chiyo: PageClient, rig: Rig) -> None:
    await chiyo.enter(chiyo.welcome["you"]["id"], rig.channel("captains"))

    assert chiyo.welcome["channel"] == rig.channel("general")


async def test_nothing_is_done_for_somebody_who_has_not_entered(rig: Rig, ada: PageClient) -> None:
    async with ada.session.ws_connect("/ws") as socket:
        await socket.send_json({"n": 7, "do": "say", "channel": rig.channel("general"), "content": "hi"})

        assert await socket.receive_json() == {"n": 7, "error": "Enter first."}


async def test_one_connection_becomes_somebody_else(ada: PageClient, bo: PageClient, rig: Rig) -> None:
    await ada.enter(ada.user("Chiyo"))
    await bo.ask("say", channel=rig.channel("captains"), content="for captains")
    await bo.ask("say", channel=rig.channel("general"), content="for all")

    told = (await ada.event("message"))["message"]

    assert (ada.welcome["you"]["name"], told["content"]) == ("Chiyo", "for all")


async def test_a_reload_loses_no_message_not_even_the_private_ones(ada: PageClient, rig: Rig) -> None:
    general = rig.channel("general")
    await ada.ask("say", channel=general, content="hello")
    sent = await ada.ask("slash", channel=general, command="go")
    await rig.bot.respond(rig.sent[sent["interaction"]], MESSAGE, {"content": "psst", "flags": EPHEMERAL})

    async with open_page(rig.origin, "Ada") as again:
        messages = again.welcome["messages"]
    async with open_page(rig.origin, "Bo") as other:
        seen_by_bo = [message["content"] for message in other.welcome["messages"]]

    assert [(m["content"], m["ephemeral"]) for m in messages] == [("hello", False), ("psst", True)]
    assert messages[1]["interaction"]["name"] == "go"
    assert messages[1]["interaction"]["user"]["name"] == "Ada Reyes"
    assert seen_by_bo == ["hello"]


async def test_a_reload_brings_back_what_waits_and_what_thinks(ada: PageClient, rig: Rig) -> None:
    general = rig.channel("general")
    thinking = await ada.ask("slash", channel=general, command="go")
    await rig.bot.respond(rig.sent[thinking["interaction"]], DEFER)
    waiting = await ada.ask("slash", channel=general, command="go")

    async with open_page(rig.origin, "Ada") as again:
        welcome = again.welcome

    assert [message["thinking"] for message in welcome["messages"]] == [True]
    assert welcome["pending"] == [{**waiting, "channel": general, "command": "go"}]


async def test_a_form_stays_open_over_a_reload_until_what_was_sent_is_acknowledged(
    ada: PageClient, rig: Rig
) -> None:
    opener = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[opener["interaction"]], MODAL, FORM)
    form = await ada.event("modal")
    assert (form["title"], form["interaction"]) == ("Which player?", opener["interaction"])

    async with open_page(rig.origin, "Ada") as again:
        assert again.welcome["modals"] == [form]
        with pytest.raises(Refused, match="name: must be 3 to 4000 characters long"):
            await again.ask("submit", modal=form["interaction"], values={"name": "E"})
        sent = await again.ask("submit", modal=form["interaction"], values={"name": "Ember"})
        assert (await again.enter()).welcome["modals"] == [form]
        await rig.bot.respond(rig.sent[sent["interaction"]], MESSAGE, {"content": "thanks"})
        await again.event("acknowledged", lambda data: data == sent)
        assert (await again.enter()).welcome["modals"] == []

    # The other page of the same person closes its form too.
    assert await ada.event("modal_gone") == opener
    with pytest.raises(Refused, match="not open any more"):
        await ada.ask("submit", modal=form["interaction"], values={"name": "Ember"})


async def test_a_form_can_be_closed(ada: PageClient, rig: Rig) -> None:
    opener = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[opener["interaction"]], MODAL, FORM)

    assert await ada.ask("close_modal", modal=opener["interaction"]) == {}

    assert (await ada.enter()).welcome["modals"] == []


async def test_only_so_many_forms_are_open_at_once(ada: PageClient, rig: Rig) -> None:
    openers = [await ada.ask("slash", channel=rig.channel("general"), command="go") for _ in range(7)]
    for opener in openers:
        await rig.bot.respond(rig.sent[opener["interaction"]], MODAL, FORM)

    await ada.enter()

    assert [form["interaction"] for form in ada.welcome["modals"]] == [
        opener["interaction"] for opener in openers[2:]
    ]


async def test_a_page_that_is_open_too_early_is_told_so_and_waits(rig: Rig) -> None:
    site, panel = PlaygroundSite(), WorldPanel(rig.halo, sign_in=nobody)
    async with site.listening(), aiohttp.ClientSession(site.origin) as session:
        socket = await session.ws_connect("/ws")
        assert await socket.receive_json() == {"event": "starting", "data": {}}
        await socket.send_json({"n": 1, "do": "enter"})
        async with session.get(f"/avatars/{rig.towns.ada.id}.svg") as response:
            assert (response.status, response.headers["Retry-After"]) == (503, "1")

        async with site.showing(rig.discord, panel, rig.halo.origin):
            assert (await socket.receive_json())["ok"]["you"]["name"] == "Ada Reyes"
        await socket.close()


async def test_a_page_that_waits_is_sent_away_when_the_start_is_given_up(rig: Rig) -> None:
    site = PlaygroundSite()
    async with aiohttp.ClientSession() as session:
        async with site.listening():
            socket = await session.ws_connect(f"{site.origin}/ws")
            assert await socket.receive_json() == {"event": "starting", "data": {}}

        assert (await socket.receive()).type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}
        await socket.close()


async def nobody() -> None:
    raise AssertionError


async def test_the_latest_hundred_messages_are_shown(ada: PageClient, rig: Rig) -> None:
    for number in range(120):
        await ada.ask("say", channel=rig.channel("general"), content=str(number))

    shown = (await ada.ask("open", channel=rig.channel("general")))["messages"]

    assert [message["content"] for message in shown] == [str(number) for number in range(20, 120)]


async def test_the_page_is_told_when_roles_or_members_change(
    ada: PageClient, chiyo: PageClient, rig: Rig
) -> None:
    state, towns = rig.discord.state, rig.towns
    await rig.bot.call("PUT", f"guilds/{towns.arena.id}/members/{towns.chiyo.id}/roles/{towns.ranked.id}")
    await rig.bot.call("DELETE", f"guilds/{towns.arena.id}/members/{towns.chiyo.id}/roles/{towns.ranked.id}")
    state.join(towns.lounge, state.add_user("Dag"))

    await ada.event("stale")
    await chiyo.event("stale")
    await ada.settle()
    await chiyo.settle()

    # Once is enough until somebody enters again.
    assert "stale" not in [name for name, _ in ada.events + chiyo.events]
    await ada.enter()
    assert "Dag" in [member["name"] for member in ada.welcome["guilds"][1]["members"]]


async def test_commands_that_change_are_told(ada: PageClient, rig: Rig) -> None:
    await rig.bot.register({"name": "stop", "description": "Stop"})

    changed = await ada.event("commands")

    assert [command["name"] for command in changed["commands"]] == ["stop"]


async def test_the_language_of_the_client_is_chosen(ada: PageClient, rig: Rig) -> None:
    assert (await ada.ask("locale", locale="ja"))["you"]["locale"] == "ja"
    sent = await ada.ask("slash", channel=rig.channel("general"), command="go")

    assert rig.sent[sent["interaction"]].interaction.user.locale == "ja"
    with pytest.raises(Refused, match="does not speak"):
        await ada.ask("locale", locale="tlh")
