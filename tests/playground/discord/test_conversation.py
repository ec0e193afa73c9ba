"""What people and an unmodified discord.py bot do with each other through the local Discord."""

from __future__ import annotations

import aiohttp
import pytest

from bot.playground.discord import ClientRefused, LocalDiscord, Person, Towns, render_text
from bot.playground.discord.model import Channel
from tests.playground.discord.town_bot import PNG, TownBot

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_deferred_command_is_answered_by_an_edit_with_a_picture(
    local: LocalDiscord, ada: Person, towns: Towns
):
    handle = await ada.slash(towns.general, "lastmatch", player="Ember Fox 7", ago=2, kind="Custom")
    await handle.acknowledged()
    answer = await handle.answer()

    assert answer.embeds[0]["description"] == "Ember Fox 7 2 custom"
    assert answer.attachments[0].content == PNG
    assert answer.attachments[0].description == "Three medals"
    assert not answer.thinking
    assert handle.ack_ms is not None
    assert handle.answer_ms is not None
    assert 0 < handle.ack_ms < handle.answer_ms < 3000
    sent = local.board.json(answer)
    assert sent["attachments"] == []
    async with aiohttp.ClientSession() as session, session.get(sent["embeds"][0]["image"]["url"]) as file:
        assert (file.content_type, await file.read()) == ("image/png", PNG)


async def test_a_message_reads_well_in_a_terminal(ada: Person, towns: Towns):
    answer = await (await ada.slash(towns.general, "lastmatch", player="Ember Fox 7")).answer()

    text = render_text(answer)

    assert text.splitlines()[0].startswith("Town Bot [APP]")
    for expected in (
        "Victory",
        "K / D / A: 10 / 5 / 3",
        "[image: medals.png]",
        "medals.png",
        "Three medals",
        "[Older]",
    ):
        assert expected in text


async def test_an_ephemeral_answer_is_for_the_caller_only(ada: Person, bo: Person, towns: Towns):
    answer = await (await ada.slash(towns.general, "private")).answer()

    assert answer in ada.messages(towns.general)
    assert answer not in bo.messages(towns.general)
    assert render_text(answer).endswith("Only you can see this")
    with pytest.raises(ClientRefused):
        await bo.click(answer, "anything")


async def test_the_caller_s_language_and_place_arrive(local: LocalDiscord, bo: Person, towns: Towns):
    in_server = await (await bo.slash(towns.general, "private")).answer()
    conversation = local.state.dm(towns.bo)
    local.state.user_installs.add(towns.bo.id)
    in_conversation = await (await bo.slash(conversation, "private")).answer()

    assert in_server.content == "de True False guild"
    assert in_conversation.content == "de False True user"


async def test_follow_ups_come_after_the_answer_and_files_can_be_kept_or_replaced(ada: Person, towns: Towns):
    handle = await ada.slash(towns.general, "several", times=2)
    assert (await handle.answer()).content == "first"
    second = await handle.follow_up(1)
    await handle.until(
        lambda _: (second.attachments[1:] and second.attachments[1].filename == "c.png") or None
    )

    assert second.content == "edited"
    assert [attachment.filename for attachment in second.attachments] == ["a.png", "c.png"]


async def test_a_thinking_answer_says_so_until_it_is_edited(bot: TownBot, ada: Person, towns: Towns):
    handle = await ada.slash(towns.general, "slow", ephemeral=True)
    await handle.acknowledged()
    original = handle.interaction.original
    assert original is not None
    assert "Town Bot is thinking…" in render_text(original)

    bot.hold.set()

    assert await handle.answer() is original
    assert (original.content, original.ephemeral, original.edited_at) == ("at last", True, None)


async def test_a_public_thinking_answer_can_be_replaced_by_a_private_one(
    ada: Person, bo: Person, towns: Towns
):
    answer = await (await ada.slash(towns.general, "vanish")).answer()

    assert answer.content == "only you"
    assert answer.visible_to is towns.ada
    assert bo.messages(towns.general) == []


async def test_a_button_with_its_state_in_its_id_edits_its_message(ada: Person, towns: Towns):
    answer = await (await ada.slash(towns.general, "lastmatch", player="Ember")).answer()

    for page in (2, 3):
        assert await (await ada.click(answer, "Older")).answer() is answer
        assert answer.content == f"page {page}"

    assert answer.components[0]["components"][0]["custom_id"] == "page:3"


async def test_a_select_menu_edits_its_message_after_a_deferred_update(ada: Person, towns: Towns):
    menu = await (await ada.slash(towns.general, "menu")).answer()

    answer = await (await ada.select(menu, "metric", ["Csr"])).answer()

    assert answer is menu
    assert menu.content == "by csr"


async def test_a_user_select_resolves_the_member(ada: Person, towns: Towns):
    menu = await (await ada.slash(towns.general, "menu")).answer()

    answer = await (await ada.select(menu, "who", [str(towns.chiyo.id)])).answer()

    assert answer.content == "picked 千代"


@pytest.mark.parametrize("opened_by", ["command", "button"])
async def test_a_form_is_shown_and_submitted(ada: Person, towns: Towns, opened_by: str):
    if opened_by == "command":
        handle = await ada.slash(towns.general, "form")
    else:
        handle = await ada.click(await (await ada.slash(towns.general, "menu")).answer(), "Ask")
    modal = await handle.modal()
    assert modal.title == "Which player?"

    answer = await (await ada.submit(modal, {"gamertag": "Ember Fox 7"})).answer()

    assert answer.content == "asked for Ember Fox 7"
    assert answer.ephemeral


async def test_a_form_refuses_what_does_not_fit(ada: Person, towns: Towns):
    modal = await (await ada.slash(towns.general, "form")).modal()

    for values in ({"gamertag": "x" * 16}, {"gamertag": ""}, {"unknown": "x"}):
        with pytest.raises(ClientRefused):
            await ada.submit(modal, values)


async def test_suggestions_come_while_typing(ada: Person, towns: Towns):
    handle = await ada.autocomplete(towns.general, "lastmatch", "player", "Em")

    assert [choice["value"] for choice in await handle.choices()] == ["Em0", "Em1", "Em2"]


async def test_nothing_is_suggested_for_an_option_that_suggests_nothing(ada: Person, towns: Towns):
    with pytest.raises(ClientRefused, match="nothing to suggest"):
        await ada.autocomplete(towns.general, "lastmatch", "ago", "1")


async def test_context_menus_work_on_users_and_messages(ada: Person, bo: Person, towns: Towns):
    said = await bo.say(towns.general, "three little words")

    on_user = await (await ada.use_on_user(towns.general, "Show rank", towns.chiyo)).answer()
    on_message = await (await ada.use_on_message(said, "Count words")).answer()

    assert on_user.content == "rank of 千代"
    assert on_message.content == "3 words"


async def test_a_user_option_brings_the_member_with_roles(local: LocalDiscord, ada: Person, towns: Towns):
    towns.arena.members[towns.chiyo.id].role_ids.append(towns.ranked.id)

    answer = await (await ada.slash(towns.general, "whoami", member=towns.chiyo)).answer()

    assert answer.content == "千代: @everyone, Ranked"


async def test_a_subcommand_is_reached_by_its_path(ada: Person, towns: Towns):
    assert (await (await ada.slash(towns.general, "roll dice", sides=20)).answer()).content == "d20"


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("nothing", {}),
        ("lastmatch", {}),
        ("lastmatch", {"player": "x" * 16}),
        ("lastmatch", {"player": "Ember", "ago": 25}),
        ("lastmatch", {"player": "Ember", "ago": "many"}),
        ("lastmatch", {"player": "Ember", "kind": "ranked"}),
        ("lastmatch", {"player": "Ember", "season": 3}),
        ("whoami", {"member": 12}),
        ("slow", {"ephemeral": "maybe"}),
        ("roll", {}),
        ("roll coin", {}),
    ],
)
async def test_the_client_does_not_send_what_discord_s_would_not(
    ada: Person, towns: Towns, command: str, options: dict[str, object]
):
    with pytest.raises(ClientRefused):
        await ada.slash(towns.general, command, **options)


async def test_commands_are_offered_by_permission_and_place(
    local: LocalDiscord, ada: Person, bo: Person, towns: Towns
):
    def names(person: Person, channel: Channel) -> set[str]:
        return {command.name for command in person.commands(channel)}

    assert "vanish" in names(ada, towns.general)
    assert "vanish" not in names(bo, towns.general)
    between_people = local.state.dm(towns.ada, towns.bo)
    assert names(bo, between_people) == set()
    local.state.user_installs.add(towns.bo.id)
    assert names(bo, between_people) == {"private", "several"}
    with pytest.raises(ClientRefused):
        local.person(towns.chiyo).commands(towns.sofa)


@pytest.mark.parametrize("command", ["", " ", "\t"])
async def test_a_command_has_a_name(ada: Person, towns: Towns, command: str):
    with pytest.raises(ClientRefused):
        await ada.slash(towns.general, command)


@pytest.mark.parametrize("number", ["--5", "5-", "1.0", "٣", "9" * 5000, "", True])
async def test_a_whole_number_is_one(ada: Person, towns: Towns, number: object):
    with pytest.raises(ClientRefused, match="whole number"):
        await ada.slash(towns.general, "roll dice", sides=number)


@pytest.mark.parametrize("who", ["", "x", "--5", "<@1>", "9" * 5000, "1"])
async def test_nobody_is_picked_who_is_not_there(ada: Person, towns: Towns, who: str):
    menu = await (await ada.slash(towns.general, "menu")).answer()

    with pytest.raises(ClientRefused):
        await ada.select(menu, "who", [who])


@pytest.mark.parametrize("value", [["Ember"], {"a": 1}, None, 3])
async def test_a_text_field_takes_text(ada: Person, towns: Towns, value: object):
    modal = await (await ada.slash(towns.general, "form")).modal()

    with pytest.raises(ClientRefused):
        await ada.submit(modal, {"gamertag": value})
