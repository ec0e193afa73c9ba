"""Whoever used a command gets an answer, whatever became of it."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.discord import LocalDiscord, Person, Towns
from bot.ui.failure import NOT_FINISHED, RESTARTING, TOO_LONG
from bot.ui.watchdog import WAITING
from bot.words.language import language_for
from tests.discord_openapi import assert_valid_requests
from tests.english import say
from tests.ui.conftest import ClumsyBot


async def test_what_is_never_acknowledged_is_answered(ada: Person, towns: Towns) -> None:
    message = await (await ada.slash(towns.general, "silent")).answer()

    assert message.ephemeral
    assert message.embeds[0]["title"] == say(NOT_FINISHED.title)


async def test_a_long_wait_is_said_and_the_answer_takes_its_place(
    ada: Person, towns: Towns, bot: ClumsyBot
) -> None:
    handle = await ada.slash(towns.general, "slow")
    notice = await handle.edited(1)
    assert notice.embeds[0]["description"] == say(WAITING)

    bot.hold.set()
    answer = await handle.edited(2)

    assert answer.embeds[0]["title"] == "at last"
    assert answer.id == notice.id


@pytest.mark.parametrize("private", [True, False])
async def test_waiting_ends_with_an_answer_that_nothing_replaces(
    ada: Person, towns: Towns, bot: ClumsyBot, local: LocalDiscord, private: bool
) -> None:
    handle = await ada.slash(towns.general, "slow", private=private)
    ending = await (handle.edited(2) if private else handle.follow_up())
    assert ending.ephemeral
    assert ending.embeds[0]["title"] == say(TOO_LONG.title)

    bot.hold.set()
    async with asyncio.timeout(10):
        await bot.ended.wait()

    assert ending.embeds[0]["title"] == say(TOO_LONG.title)
    assert handle.interaction.original_deleted is not private
    assert_valid_requests(local.transcript.requests)


async def test_a_hanging_autocomplete_ends_without_choices(ada: Person, towns: Towns) -> None:
    assert await (await ada.autocomplete(towns.general, "pick", "player", "hang")).choices() == []


async def test_a_failing_autocomplete_ends_without_choices(
    ada: Person, towns: Towns, caplog: pytest.LogCaptureFixture
) -> None:
    assert await (await ada.autocomplete(towns.general, "pick", "player", "fail")).choices() == []
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_an_answer_in_time_is_left_alone(ada: Person, towns: Towns, local: LocalDiscord) -> None:
    handle = await ada.slash(towns.general, "direct")
    await handle.answer()
    slow = await ada.slash(towns.general, "silent")
    await slow.answer()

    assert handle.interaction.follow_ups == []
    assert handle.interaction.edits == 0
    assert handle.interaction.original is not None
    assert handle.interaction.original.content == "here"


async def test_closing_tells_everyone_who_waits(
    ada: Person, bo: Person, towns: Towns, bot: ClumsyBot
) -> None:
    private = await ada.slash(towns.general, "slow", private=True)
    public = await bo.slash(towns.general, "slow")
    unheard = await ada.slash(towns.general, "silent")
    await asyncio.gather(private.acknowledged(), public.acknowledged())

    await bot.watchdog.close(0.01)

    answers = [await private.edited(1), await public.follow_up(), await unheard.answer()]
    assert [answer.embeds[0]["title"] for answer in answers] == [
        say(RESTARTING.title),
        language_for("de").say(RESTARTING.title),
        say(RESTARTING.title),
    ]
    assert all(answer.ephemeral for answer in answers)


async def test_closing_lets_what_is_under_way_finish(ada: Person, towns: Towns, bot: ClumsyBot) -> None:
    handle = await ada.slash(towns.general, "slow")
    await handle.acknowledged()
    closing = asyncio.create_task(bot.watchdog.close(30.0))
    bot.hold.set()

    answer = await handle.answer()
    await closing

    assert answer.embeds[0]["title"] == "at last"
    assert not answer.deleted
