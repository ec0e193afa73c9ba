"""Commands in the menus of users and messages: registered, offered, and what they send."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.discord import ClientRefused, LocalDiscord, Person, Towns
from tests.playground.discord.hand_bot import HandBot

USER, MESSAGE = 2, 3
RANK: dict[str, Any] = {
    "name": "Halo: CSR",
    "type": USER,
    "name_localizations": {"ja": "Halo: CSR を見る"},
    "integration_types": [0, 1],
    "contexts": [0, 1, 2],
}
WORDS: dict[str, Any] = {"name": "Count words", "type": MESSAGE}


@pytest.fixture(autouse=True)
async def _registered(hand: HandBot) -> None:
    assert (await hand.register(RANK, WORDS))[0] == 200


async def test_a_user_menu_sends_whose_it_was(hand: HandBot, ada: Person, local: LocalDiscord, towns: Towns):
    handle = await ada.use_on_user(towns.general, "Halo: CSR", towns.chiyo)

    data, chiyo = handle.interaction.data, str(towns.chiyo.id)
    assert (data["type"], data["name"], data["target_id"]) == (USER, "Halo: CSR", chiyo)
    assert data["resolved"]["users"][chiyo]["username"] == "chiyo"
    assert data["resolved"]["members"][chiyo]["nick"] == "千代"
    assert "options" not in data
    await hand.respond(handle, 4, {"content": "Diamond 4"})
    sent = local.board.json(await handle.answer())
    assert sent["interaction_metadata"]["target_user"]["id"] == chiyo
    assert sent["interaction_metadata"]["name"] == "Halo: CSR"


async def test_a_message_menu_sends_the_message(hand: HandBot, bo: Person, local: LocalDiscord, towns: Towns):
    said = await bo.say(towns.general, "three little words")

    handle = await bo.use_on_message(said, "Count words")

    data = handle.interaction.data
    assert (data["type"], data["target_id"]) == (MESSAGE, str(said.id))
    assert data["resolved"]["messages"][str(said.id)]["content"] == "three little words"
    await hand.respond(handle, 4, {"content": "3"})
    sent = local.board.json(await handle.answer())
    assert sent["interaction_metadata"]["target_message_id"] == str(said.id)


async def test_who_left_is_a_user_without_a_member(ada: Person, local: LocalDiscord, towns: Towns):
    local.state.leave(towns.arena, towns.chiyo)

    handle = await ada.use_on_user(towns.general, "Halo: CSR", towns.chiyo)

    assert handle.interaction.data["resolved"]["members"] == {}


async def test_menus_are_used_where_one_may_not_write_and_in_conversations(
    bo: Person, local: LocalDiscord, towns: Towns
):
    assert await bo.use_on_user(towns.news, "Halo: CSR", towns.ada)

    handle = await bo.use_on_user(local.state.dm(towns.bo), "Halo: CSR", towns.bo)
    assert "members" not in handle.interaction.data["resolved"]


async def test_a_menu_opens_a_form(hand: HandBot, ada: Person, towns: Towns):
    handle = await ada.use_on_user(towns.general, "Halo: CSR", towns.bo)
    text = {"type": 4, "custom_id": "gamertag", "style": 1}
    form = {
        "custom_id": "f",
        "title": "Link",
        "components": [{"type": 18, "label": "Gamertag", "component": text}],
    }

    assert (await hand.respond(handle, 9, form))[0] == 200
    submitted = await ada.submit(await handle.modal(), {"gamertag": "Ember Fox 7"})

    assert submitted.interaction.data["components"][0]["component"]["value"] == "Ember Fox 7"


async def test_a_menu_is_no_slash_command_and_none_of_the_other_kind(ada: Person, towns: Towns):
    said = await ada.say(towns.general, "hello")

    with pytest.raises(ClientRefused):
        await ada.slash(towns.general, "Halo: CSR")
    with pytest.raises(ClientRefused):
        await ada.use_on_message(said, "Halo: CSR")
    with pytest.raises(ClientRefused):
        await ada.use_on_user(towns.general, "Count words", towns.bo)


async def test_one_name_may_be_used_once_for_each_kind(hand: HandBot, ada: Person, towns: Towns):
    status, answer = await hand.register(
        {"name": "rank", "description": "Rank"},
        {"name": "rank", "type": USER},
        {"name": "rank", "type": MESSAGE},
    )

    assert status == 200
    assert len({item["id"] for item in answer}) == 3
    assert [command.type for command in ada.commands(towns.general)] == [1, USER, MESSAGE]


async def test_a_form_s_chosen_people_are_resolved(hand: HandBot, ada: Person, towns: Towns):
    handle = await ada.use_on_user(towns.general, "Halo: CSR", towns.bo)
    menu = {"type": 5, "custom_id": "who", "max_values": 2}
    await hand.respond(
        handle,
        9,
        {"custom_id": "f", "title": "F", "components": [{"type": 18, "label": "Who", "component": menu}]},
    )
    bo, chiyo = str(towns.bo.id), str(towns.chiyo.id)

    submitted = await ada.submit(await handle.modal(), {"who": [bo, chiyo]})

    data = submitted.interaction.data
    assert data["components"][0]["component"]["values"] == [bo, chiyo]
    assert set(data["resolved"]["users"]) == set(data["resolved"]["members"]) == {bo, chiyo}


async def test_a_mention_in_a_text_arrives_as_it_was_typed(hand: HandBot, ada: Person, towns: Towns):
    option = {"type": 3, "name": "player", "description": "Who"}
    await hand.register({"name": "lastmatch", "description": "Match", "options": [option]})

    for given in (towns.bo, towns.bo.mention):
        handle = await ada.slash(towns.general, "lastmatch", player=given)
        assert handle.interaction.data["options"][0]["value"] == f"<@{towns.bo.id}>"


async def test_a_bot_pings_only_whom_it_says(hand: HandBot, ada: Person, towns: Towns):
    text = f"{towns.ada.mention} {towns.bo.mention} {towns.bo.mention}"
    wanted: list[tuple[Any, list[Any]]] = [
        ({"parse": []}, []),
        ({"parse": [], "users": [str(towns.bo.id)]}, [towns.bo]),
        ({"parse": ["users"]}, [towns.ada, towns.bo]),
        (None, [towns.ada, towns.bo]),
    ]
    for allowed, pinged in wanted:
        handle = await ada.use_on_user(towns.general, "Halo: CSR", towns.bo)
        await hand.respond(handle, 4, {"content": text, "allowed_mentions": allowed})
        assert (await handle.answer()).mentions == pinged
