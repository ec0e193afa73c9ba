"""Nobody at the page sees, or touches, what is not for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient, Refused

MESSAGE, DEFER, MODAL = 4, 5, 9
EPHEMERAL = 64
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Open", "custom_id": "open"}]}
MENU = {
    "type": 1,
    "components": [
        {
            "type": 3,
            "custom_id": "pick",
            "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}],
        }
    ],
}
FORM = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "name", "label": "Name", "style": 1}]}
    ],
}


async def private_answer(page: PageClient, rig: Rig, **more: Any) -> Any:
    sent = await page.ask("slash", channel=rig.channel("general"), command="go")
    body = {"content": "psst", "flags": EPHEMERAL, "components": [BUTTON, MENU], **more}
    await rig.bot.respond(rig.sent[sent["interaction"]], MESSAGE, body)
    return await page.answer(sent["interaction"])


async def test_a_private_answer_its_edits_and_its_end_are_told_to_nobody_else(
    ada: PageClient, bo: PageClient, rig: Rig
) -> None:
    message = await private_answer(ada, rig)
    handle = next(iter(rig.sent.values()))
    await rig.bot.edit(handle, {"content": "changed"})
    await ada.message(message["id"], lambda m: m["content"] == "changed")
    await rig.bot.original(handle, "DELETE")
    assert (await ada.event("message_gone"))["id"] == message["id"]

    await bo.settle()

    assert [name for name, _ in bo.events if name.startswith("message")] == []


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        ("click", {"custom_id": "open"}),
        ("select", {"custom_id": "pick", "values": ["1"]}),
        ("dismiss", {}),
    ],
)
async def test_a_private_answer_is_out_of_reach_for_others(
    ada: PageClient, bo: PageClient, rig: Rig, action: str, arguments: dict[str, Any]
) -> None:
    message = await private_answer(ada, rig)

    with pytest.raises(Refused, match="not there any more"):
        await bo.ask(action, message=message["id"], **arguments)

    assert action == "dismiss" or await ada.ask(action, message=message["id"], **arguments)


async def test_a_form_of_somebody_else_is_out_of_reach(ada: PageClient, bo: PageClient, rig: Rig) -> None:
    opener = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[opener["interaction"]], MODAL, FORM)
    form = await ada.event("modal")

    for action, values in (("submit", {"values": {"name": "x"}}), ("close_modal", {})):
        with pytest.raises(Refused, match="not open any more"):
            await bo.ask(action, modal=form["interaction"], **values)

    assert (await bo.enter(bo.user("Bo"))).welcome["modals"] == []
    assert (await ada.enter()).welcome["modals"] == [form]


async def test_a_private_channel_is_for_whoever_may_see_it(
    ada: PageClient, bo: PageClient, chiyo: PageClient, rig: Rig
) -> None:
    captains = rig.channel("captains")
    said = await ada.ask("say", channel=captains, content="for captains")
    await ada.ask("typing", channel=captains)

    assert (await bo.event("message"))["message"]["content"] == "for captains"
    assert (await bo.event("typing"))["user"]["name"] == "Ada Reyes"
    for action, arguments in (
        ("open", {}),
        ("say", {"content": "hi"}),
        ("typing", {}),
        ("slash", {"command": "go"}),
        ("autocomplete", {"command": "go", "option": "x", "typed": ""}),
    ):
        with pytest.raises(Refused, match="no such channel"):
            await chiyo.ask(action, channel=captains, **arguments)
    with pytest.raises(Refused, match="not there any more"):
        await chiyo.ask("click", message=said["message"], custom_id="x")
    assert {name for name, _ in chiyo.events} <= {"world"}


async def test_a_conversation_with_the_bot_is_between_the_two(ada: PageClient, bo: PageClient) -> None:
    conversation = ada.welcome["dms"][0]["id"]
    await ada.ask("say", channel=conversation, content="only us")

    with pytest.raises(Refused, match="no such channel"):
        await bo.ask("open", channel=conversation)
    await bo.settle()
    assert "message" not in [name for name, _ in bo.events]
    assert (await ada.ask("open", channel=conversation))["messages"][0]["content"] == "only us"


async def test_a_reply_does_not_quote_what_only_another_one_sees(
    ada: PageClient, bo: PageClient, rig: Rig
) -> None:
    message = await private_answer(ada, rig)
    clicked = await ada.ask("click", message=message["id"], custom_id="open")
    await rig.bot.respond(rig.sent[clicked["interaction"]], MESSAGE, {"content": "for all"})

    mine = await ada.answer(clicked["interaction"])
    theirs = await bo.answer(clicked["interaction"])

    assert (mine["reply"]["text"], mine["reply"]["author"]["name"]) == ("psst", "Adjutant")
    assert theirs["reply"] == {"id": message["id"], "author": None, "text": None}
    assert theirs["interaction"] is None


async def test_a_private_answer_is_put_away_and_stays_away_though_the_bot_edits_it(
    ada: PageClient, rig: Rig
) -> None:
    message = await private_answer(ada, rig)

    await ada.ask("dismiss", message=message["id"])

    assert (await ada.event("message_gone"))["id"] == message["id"]
    assert (await rig.bot.edit(next(iter(rig.sent.values())), {"content": "unseen"}))[0] == 200
    await ada.settle()
    assert "message" not in [name for name, _ in ada.events]
    assert (await ada.enter()).welcome["messages"] == []


async def test_what_all_see_cannot_be_put_away(ada: PageClient, rig: Rig) -> None:
    said = await ada.ask("say", channel=rig.channel("general"), content="hello")

    with pytest.raises(Refused, match="Only messages that only you can see"):
        await ada.ask("dismiss", message=said["message"])


async def test_notices_are_for_whoever_acted(ada: PageClient, bo: PageClient, rig: Rig) -> None:
    sent = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[sent["interaction"]], DEFER)

    assert await ada.event("acknowledged") == sent
    await bo.settle()
    assert "acknowledged" not in [name for name, _ in bo.events]


@pytest.mark.parametrize("permission", [11, 31], ids=["send messages", "use commands"])
async def test_without_permission_discord_says_so(bo: PageClient, rig: Rig, permission: int) -> None:
    rig.towns.arena.roles[rig.towns.arena.id].permissions &= ~(1 << permission)

    with pytest.raises(Refused, match="You do not have permission to"):
        await bo.ask("slash", channel=rig.channel("general"), command="go")

    assert rig.sent == {}


async def test_in_a_channel_to_read_nothing_can_be_written(chiyo: PageClient, rig: Rig) -> None:
    with pytest.raises(Refused, match="You do not have permission to send messages in this channel"):
        await chiyo.ask("say", channel=rig.channel("news"), content="hi")
