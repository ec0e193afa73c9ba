"""The transcript, and the judgement of it by Discord's own API description."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.playground.discord import LocalDiscord, Person, Towns
from bot.playground.discord.transcript import RecordedFile, RecordedRequest
from tests.discord_openapi import assert_valid_requests
from tests.playground.discord.town_bot import PNG, TownBot

GOOD = RecordedRequest(
    "POST",
    "/interactions/{interaction_id}/{interaction_token}/callback",
    "/interactions/1/t/callback",
    {},
    {"type": 4, "data": {"content": "hello"}},
    (),
    200,
    0.0,
    1.0,
)


async def test_everything_discord_py_sends_validates(
    bot: TownBot, local: LocalDiscord, ada: Person, towns: Towns
):
    bot.hold.set()
    answer = await (await ada.slash(towns.general, "lastmatch", player="Ember")).answer()
    await (await ada.click(answer, "Older")).answer()
    menu = await (await ada.slash(towns.general, "menu")).answer()
    modal = await (await ada.click(menu, "Ask")).modal()
    await (await ada.submit(modal, {"gamertag": "Ember"})).answer()
    await (await ada.select(menu, "metric", ["kills"])).answer()
    await (await ada.autocomplete(towns.general, "lastmatch", "player", "E")).choices()
    several = await ada.slash(towns.general, "several", times=2)
    await several.until(lambda it: (it.follow_ups[1:] and it.follow_ups[1].attachments[1:]) or None)
    await bot.create_application_emoji(name="perfect", image=PNG)

    assert_valid_requests(local.transcript.requests)


async def test_the_transcript_tells_what_was_sent_and_how_it_ended(
    bot: TownBot, local: LocalDiscord, ada: Person, towns: Towns
):
    local.transcript.requests.clear()
    await (await ada.slash(towns.general, "lastmatch", player="Ember")).answer()

    callback, edit = local.transcript.requests
    assert (callback.method, callback.template) == ("POST", GOOD.template)
    assert callback.query == {"with_response": "true"} or callback.query == {"with_response": "1"}
    assert (callback.status, callback.body["type"]) == (200, 5)
    assert local.transcript.of("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original") == [edit]
    assert edit.files == (RecordedFile("files[0]", "medals.png", "image/png", len(PNG)),)
    assert edit.body["attachments"][0]["description"] == "Three medals"
    assert edit.at >= callback.at
    assert edit.took_ms >= 0
    assert "town-token" not in repr(local.transcript.requests)


def test_the_transcript_can_be_switched_off(local: LocalDiscord):
    local.transcript.recording = False
    local.transcript.add(GOOD)

    assert local.transcript.requests == []


@pytest.mark.parametrize(
    "change",
    [
        {"template": "/no/such/endpoint"},
        {"method": "DELETE"},
        {"body": None},
        {"body": {"data": {"content": "hello"}}},
        {"body": {"type": 4, "data": {"content": "x" * 2001}}},
        {"body": {"type": 4, "data": {"embeds": [{"title": "x" * 257}]}}},
        {"files": (RecordedFile("files[10]", "a.png", "image/png", 1),)},
    ],
)
def test_a_bad_request_is_found(change: dict[str, Any]):
    assert_valid_requests([GOOD])

    with pytest.raises(AssertionError):
        assert_valid_requests([replace(GOOD, **change)])
