"""Whatever is raised wherever: one line in the log, one answer with the same reference."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog
from structlog.typing import EventDict

from bot.halo.errors import (
    AuthenticationError,
    HaloConnectionError,
    HaloError,
    RefreshTokenRefusedError,
    SignInStep,
    TokenStoreError,
    XstsTokenError,
)
from bot.playground.discord import Fault, LocalDiscord, Person, Towns
from bot.playground.discord.clock import SystemClock
from bot.playground.discord.model import Message
from bot.ui.failure import NOT_FINISHED, NOT_YOURS
from bot.words.language import language_for
from tests.discord_openapi import assert_valid_requests
from tests.english import say
from tests.ui.conftest import SECRET, ClumsyBot, connected

EDIT = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"


class Later(SystemClock):
    """The machine's clock, ahead of time."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead_s = ahead.total_seconds()

    def time(self) -> float:
        return super().time() + self._ahead_s


class Log:
    """What our own code logged, and what anything else said at a warning or above."""

    def __init__(self, events: list[EventDict], caplog: pytest.LogCaptureFixture) -> None:
        self.events = events
        self._caplog = caplog

    def only(self) -> EventDict:
        assert [r for r in self._caplog.records if r.levelno >= logging.WARNING] == []
        (event,) = self.events
        return event


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Log]:
    with structlog.testing.capture_logs() as events:
        yield Log(events, caplog)


def assert_bug_is_told(message: Message, log: Log, bot: ClumsyBot) -> None:
    event = log.only()
    assert event["log_level"] == "error"
    assert SECRET in str(event["exc_info"])
    assert message.ephemeral
    assert event["reference"] in message.embeds[0]["description"]
    assert SECRET not in str(message.embeds)
    assert bot.failures == ["RuntimeError"]


async def test_a_command_that_fails_at_once(ada: Person, towns: Towns, bot: ClumsyBot, log: Log) -> None:
    message = await (await ada.slash(towns.general, "boom")).answer()

    assert_bug_is_told(message, log, bot)


@pytest.mark.parametrize("private", [True, False])
async def test_a_command_that_fails_after_its_defer(
    ada: Person, towns: Towns, bot: ClumsyBot, log: Log, local: LocalDiscord, private: bool
) -> None:
    handle = await ada.slash(towns.general, "late", private=private)
    message = await handle.answer()

    assert_bug_is_told(message, log, bot)
    assert handle.interaction.original_deleted is not private
    assert_valid_requests(local.transcript.requests)


def unreachable(step: SignInStep) -> HaloError:
    error = HaloConnectionError("xsts.auth.xboxlive.com/xsts/authorize", "the connection failed")
    error.step = step
    return error


@pytest.mark.parametrize(
    ("error", "level", "details"),
    [
        (
            RefreshTokenRefusedError({"error": "invalid_grant", "error_description": "It has expired."}),
            "error",
            {
                "step": "Microsoft sign-in",
                "advice": "There is no valid sign-in (invalid_grant: It has expired.). Sign in: adjutant login",
                "mend": "adjutant login",
            },
        ),
        (
            XstsTokenError(
                401,
                "xsts.auth.xboxlive.com/xsts/authorize",
                step=SignInStep.HALO_XSTS,
                xerr=2148916233,
                advice="Create one at xbox.com.",
            ),
            "error",
            {"step": "Halo XSTS token", "advice": "Create one at xbox.com.", "mend": "adjutant doctor"},
        ),
        (
            TokenStoreError("The stored sign-in is damaged. Sign in again: adjutant login"),
            "error",
            {
                "step": "token store",
                "advice": "The stored sign-in is damaged. Sign in again: adjutant login",
                "mend": "adjutant login",
            },
        ),
        (
            AuthenticationError(401, "halostats.svc.halowaypoint.com/hi"),
            "error",
            {
                "step": None,
                "advice": "halostats.svc.halowaypoint.com/hi answered 401",
                "mend": "adjutant doctor",
            },
        ),
        (
            unreachable(SignInStep.XBOX_XSTS),
            "warning",
            {"step": "Xbox XSTS token", "advice": None, "mend": None},
        ),
    ],
    ids=["refresh token", "XSTS", "store", "401", "trouble on the way"],
)
async def test_a_sign_in_that_fails_is_the_operator_s_and_the_log_says_what_mends_it(
    ada: Person,
    towns: Towns,
    bot: ClumsyBot,
    log: Log,
    error: HaloError,
    level: str,
    details: dict[str, str | None],
) -> None:
    bot.failure = error

    message = await (await ada.slash(towns.general, "boom")).answer()

    event = log.only()
    assert event["log_level"] == level
    assert {name: event.get(name) for name in details} == details
    assert message.ephemeral
    text = message.embeds[0]["description"]
    assert ("The bot's Halo sign-in needs its operator" in text) is (level == "error")
    assert str(error) not in text


async def test_a_button_that_fails(ada: Person, towns: Towns, bot: ClumsyBot, log: Log) -> None:
    message = await (await ada.slash(towns.general, "buttons")).answer()

    answer = await (await ada.click(message, "fail")).answer()

    assert_bug_is_told(answer, log, bot)
    assert log.only()["guild"] == towns.arena.id


async def test_a_form_that_fails(ada: Person, towns: Towns, bot: ClumsyBot, log: Log) -> None:
    message = await (await ada.slash(towns.general, "buttons")).answer()
    modal = await (await ada.click(message, "form")).modal()

    field = modal.components[0]["component"]["custom_id"]
    answer = await (await ada.submit(modal, {field: "Ember Fox 7"})).answer()

    assert_bug_is_told(answer, log, bot)


async def test_an_answer_that_discord_refuses_ends_in_a_failure_instead(
    ada: Person, towns: Towns, bot: ClumsyBot, log: Log, local: LocalDiscord
) -> None:
    handle = await ada.slash(towns.general, "slow")
    await handle.acknowledged()
    local.faults.add(Fault(400, "PATCH", EDIT))
    bot.hold.set()

    message = await handle.answer()

    assert message.ephemeral
    assert handle.interaction.original_deleted
    assert log.only()["reference"] in message.embeds[0]["description"]


async def test_a_button_is_refused_to_others(ada: Person, bo: Person, towns: Towns, log: Log) -> None:
    message = await (await ada.slash(towns.general, "buttons")).answer()

    refusal = await (await bo.click(message, "fail")).answer()
    assert refusal.ephemeral
    assert refusal.embeds[0]["title"] == language_for("de").say(NOT_YOURS.title)
    assert log.events == []

    pressed = await (await ada.click(message, "work")).answer()
    assert pressed.embeds[0]["title"] == "pressed"
    assert pressed.id == message.id


async def test_a_button_that_nobody_knows(ada: Person, towns: Towns, bot: ClumsyBot) -> None:
    message = await (await ada.slash(towns.general, "buttons")).answer()

    answer = await (await ada.click(message, "orphan")).answer()

    assert answer.ephemeral
    assert answer.embeds[0]["title"] == say(NOT_FINISHED.title)


async def test_a_form_from_before_a_restart(local: LocalDiscord, towns: Towns) -> None:
    person = local.person(towns.ada)
    async with connected():
        message = await (await person.slash(towns.general, "buttons")).answer()
        modal = await (await person.click(message, "form")).modal()

    async with connected():
        field = modal.components[0]["component"]["custom_id"]
        answer = await (await person.submit(modal, {field: "Ember Fox 7"})).answer()

    assert answer.ephemeral
    assert answer.embeds[0]["title"] == say(NOT_FINISHED.title)


@pytest.mark.parametrize("act", ["slash", "autocomplete"])
async def test_a_command_that_is_no_more(
    ada: Person, towns: Towns, bot: ClumsyBot, log: Log, act: str
) -> None:
    bot.tree.remove_command("pick")

    if act == "slash":
        message = await (await ada.slash(towns.general, "pick", player="x")).answer()
        assert message.ephemeral
        assert "has changed" in message.embeds[0]["title"]
    else:
        assert await (await ada.autocomplete(towns.general, "pick", "player", "x")).choices() == []

    assert log.only()["kind"] == "CommandNotFound"


async def test_an_answer_to_an_expired_interaction_is_one_line(
    ada: Person, towns: Towns, bot: ClumsyBot, log: Log, local: LocalDiscord
) -> None:
    handle = await ada.slash(towns.general, "slow")
    await handle.acknowledged()
    local.state.clock = Later(timedelta(minutes=16))
    bot.hold.set()
    async with asyncio.timeout(10):
        await bot.ended.wait()

    assert log.only()["event"] == "interaction expired before its answer"
