"""When and how an interaction may be answered, with Discord's own error codes."""

from __future__ import annotations

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.discord import ApplicationDidNotRespond, InteractionHandle, LocalDiscord, Person, Towns
from tests.playground.discord.conftest import TurnableClock
from tests.playground.discord.hand_bot import HandBot
from tests.playground.discord.town_bot import TownBot

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
FORM = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "name", "label": "Name", "style": 1}]}
    ],
}


@pytest.fixture
async def go(hand: HandBot, ada: Person, towns: Towns) -> InteractionHandle:
    return await ada.slash(towns.general, "go")


async def test_after_three_seconds_the_interaction_is_unknown(
    go: InteractionHandle, hand: HandBot, clock: TurnableClock
):
    clock.ahead += 3.1

    assert await hand.respond(go, MESSAGE, {"content": "late"}) == (
        404,
        {"message": "Unknown interaction", "code": 10062},
    )


async def test_discord_py_sees_a_late_answer_as_not_found(
    bot: TownBot, ada: Person, towns: Towns, clock: TurnableClock
):
    handle = await ada.slash(towns.general, "late")
    clock.ahead += 3.1
    bot.hold.set()

    error = await bot.errors.get()
    assert isinstance(error, discord.NotFound)
    assert error.code == 10062
    with pytest.raises(ApplicationDidNotRespond):
        await handle.acknowledged(patience_s=0)


async def test_an_interaction_is_acknowledged_once(go: InteractionHandle, hand: HandBot):
    await hand.respond(go, DEFER)

    status, body = await hand.respond(go, MESSAGE, {"content": "again"})

    assert (status, body["code"]) == (400, 40060)


async def test_a_rejected_answer_does_not_acknowledge(go: InteractionHandle, hand: HandBot):
    assert (await hand.respond(go, MESSAGE, {"content": ""}))[1]["code"] == 50006
    assert (await hand.respond(go, MESSAGE, {"content": "now"}))[0] == 200


async def test_nothing_can_follow_before_the_first_answer(go: InteractionHandle, hand: HandBot):
    assert (await hand.follow_up(go, {"content": "early"}))[1]["code"] == 10015
    assert (await hand.edit(go, {"content": "early"}))[1]["code"] == 10015


async def test_the_token_lives_for_fifteen_minutes(
    go: InteractionHandle, hand: HandBot, clock: TurnableClock
):
    await hand.respond(go, DEFER)
    clock.ahead += 14 * 60
    assert (await hand.edit(go, {"content": "in time"}))[0] == 200

    clock.ahead += 61

    assert await hand.edit(go, {"content": "late"}) == (
        401,
        {"message": "Invalid Webhook Token", "code": 50027},
    )
    assert (await hand.follow_up(go, {"content": "late"}))[1]["code"] == 50027


async def test_a_deleted_answer_is_an_unknown_message(go: InteractionHandle, hand: HandBot):
    await hand.respond(go, MESSAGE, {"content": "soon gone"})
    assert (await hand.original(go))[1]["content"] == "soon gone"
    assert (await hand.original(go, "DELETE"))[0] == 204

    assert (await hand.original(go))[1]["code"] == 10008


async def test_the_first_follow_up_after_a_defer_fills_the_thinking_answer(
    go: InteractionHandle, hand: HandBot
):
    await hand.respond(go, DEFER)
    _, message = await hand.follow_up(go, {"content": "the answer", "flags": 64})

    assert str((await go.answer()).id) == message["id"]
    assert message["flags"] == 0


async def test_where_only_the_user_installed_the_app_five_follow_ups_are_all(
    local: LocalDiscord, hand: HandBot, ada: Person, towns: Towns
):
    local.state.user_installs.add(towns.ada.id)
    towns.arena.has_bot = False
    handle = await ada.slash(towns.general, "go")
    assert handle.interaction.owners == {"1": str(towns.ada.id)}
    await hand.respond(handle, MESSAGE, {"content": "first"})

    answers = [await hand.follow_up(handle, {"content": str(number)}) for number in range(6)]

    assert [status for status, _ in answers] == [200] * 5 + [400]
    assert answers[-1][1]["code"] == 40094


async def test_in_a_server_the_app_is_not_in_answers_stay_private_without_permission_for_more(
    local: LocalDiscord, hand: HandBot, bo: Person, towns: Towns
):
    local.state.user_installs.add(towns.bo.id)
    towns.arena.has_bot = False
    towns.arena.roles[towns.arena.id].permissions &= ~(1 << 50)
    handle = await bo.slash(towns.general, "go")
    await hand.respond(handle, MESSAGE, {"content": "psst"})

    assert (await handle.answer()).visible_to is towns.bo


@pytest.mark.parametrize("kind", [DEFER_UPDATE, UPDATE, CHOICES, 1, 99, None])
async def test_a_command_takes_only_answers_meant_for_commands(
    go: InteractionHandle, hand: HandBot, kind: int
):
    status, body = await hand.respond(go, kind, {"content": "x", "choices": []})

    assert (status, body["code"]) == (400, 50035)
    assert body["errors"]["type"]["_errors"][0]["code"] == "BASE_TYPE_CHOICES"


async def test_no_form_after_a_defer_nor_after_a_form(
    go: InteractionHandle, hand: HandBot, ada: Person, towns: Towns
):
    await hand.respond(go, DEFER)
    assert (await hand.respond(go, MODAL, FORM))[1]["code"] == 40060

    opened = await ada.slash(towns.general, "go")
    await hand.respond(opened, MODAL, FORM)
    submitted = await ada.submit(await opened.modal(), {"name": "Ember"})

    assert (await hand.respond(submitted, MODAL, FORM))[1]["code"] == 50035
    assert submitted.interaction.data["components"][0]["components"][0]["value"] == "Ember"


async def test_a_form_opened_from_a_message_may_update_that_message(
    go: InteractionHandle, hand: HandBot, ada: Person
):
    button = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Open", "custom_id": "open"}]}
    await hand.respond(go, MESSAGE, {"content": "before", "components": [button]})
    message = await go.answer()
    clicked = await ada.click(message, "Open")
    await hand.respond(clicked, MODAL, FORM)
    submitted = await ada.submit(await clicked.modal(), {"name": "Ember"})

    status, body = await hand.respond(submitted, UPDATE, {"content": "after"})

    assert status == 200
    assert body["interaction"]["response_message_id"] == str(message.id)
    assert (message.content, message.edited_at is not None) == ("after", True)


async def test_the_callback_tells_which_message_it_made(go: InteractionHandle, hand: HandBot):
    _, body = await hand.respond(go, DEFER, {"flags": 64})

    message = go.interaction.original
    assert message is not None
    assert body["interaction"] == {
        "id": str(go.interaction.id),
        "type": 2,
        "response_message_id": str(message.id),
        "response_message_loading": True,
        "response_message_ephemeral": True,
    }
    assert body["resource"]["message"]["flags"] == 64 | 128


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(token=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=40))
async def test_a_guessed_token_opens_nothing(go: InteractionHandle, hand: HandBot, token: str):
    application = hand.application.partition("/")[2]

    status, body = await hand.call("POST", f"interactions/{go.interaction.id}/{token}/callback", {"type": 5})
    assert (status, body["code"]) == (404, 10062)
    status, body = await hand.call(
        "PATCH", f"webhooks/{application}/{token}/messages/@original", {"content": "x"}
    )
    assert (status, body["code"]) == (404, 10015)
