"""The table from errors to what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import discord
import pytest
from discord import app_commands

from bot.halo.errors import (
    AuthenticationError,
    DeadlineExceededError,
    Fault,
    ForbiddenError,
    HaloConnectionError,
    HaloError,
    HaloResponseError,
    InvalidXuidError,
    NotFoundError,
    OAuth2Error,
    PayloadError,
    RateLimitedError,
    ServiceError,
)
from bot.stats.leaderboard_trouble import MetricUnknown, NoBoardHere, PlaylistUnknown, SeasonNotKnownYet
from bot.stats.unanswerable import (
    AccountHeld,
    AccountUnknown,
    HistoryHidden,
    MatchGone,
    MentionNotLinked,
    NeverPlayed,
    NoAccountLinked,
    NoMoreMatches,
    NoSuchMatches,
    PlayerUnknown,
    SeasonUnknown,
    StatsNotReady,
    Unanswerable,
)
from bot.store import StoreBusyError, StoreDamagedError, StoreError, StoreFullError
from bot.ui.failure import NOT_FINISHED, NOT_YOURS, RESTARTING, TOO_LONG, Action, Severity
from bot.ui.failures import bug, failure_of
from tests.english import say

LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(http[^)\s]*\)")
HOSTILE = "**x** @everyone <@123456789012345678> \u202e[y](https://example.org)"
INTERNAL = "halostats.svc.example/hi/players"

HALO_ERRORS: tuple[HaloError, ...] = (
    HaloError(INTERNAL),
    OAuth2Error({"error": INTERNAL, "error_description": INTERNAL}),
    DeadlineExceededError(INTERNAL, 20),
    HaloConnectionError(INTERNAL, INTERNAL),
    PayloadError(INTERNAL, INTERNAL),
    HaloResponseError(302, INTERNAL),
    AuthenticationError(401, INTERNAL),
    ForbiddenError(403, INTERNAL),
    NotFoundError(404, INTERNAL),
    RateLimitedError(429, INTERNAL),
    ServiceError(503, INTERNAL),
)
OUR_OWN_MISTAKES = (InvalidXuidError,)
REASONS: tuple[Unanswerable, ...] = (
    NoAccountLinked(),
    MentionNotLinked(123456789012345678),
    PlayerUnknown(HOSTILE, (HOSTILE,)),
    AccountUnknown(HOSTILE, (HOSTILE,)),
    AccountHeld(HOSTILE, 123456789012345678, is_verified=False),
    AccountHeld(HOSTILE, 123456789012345678, is_verified=True),
    HistoryHidden(HOSTILE),
    NeverPlayed(HOSTILE),
    NoSuchMatches(HOSTILE, "custom", 0),
    NoSuchMatches(HOSTILE, "all", 1234),
    NoMoreMatches(HOSTILE, older=True),
    NoMoreMatches(HOSTILE, older=False),
    SeasonUnknown(HOSTILE, "13-2"),
    SeasonUnknown(HOSTILE, None),
    StatsNotReady(HOSTILE),
    MatchGone(),
    NoBoardHere(),
    MetricUnknown(HOSTILE, (HOSTILE,)),
    MetricUnknown(HOSTILE, (HOSTILE,), is_shared=True),
    PlaylistUnknown(HOSTILE, (HOSTILE,)),
    SeasonNotKnownYet(),
)


def family(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    for child in kind.__subclasses__():
        yield child
        yield from family(child)


def named(error: BaseException) -> str:
    return type(error).__name__


def test_every_reason_is_tried_here() -> None:
    assert set(family(Unanswerable)) <= {type(reason) for reason in REASONS}


@pytest.mark.parametrize("kind", [HaloError, *family(HaloError)])
def test_who_is_at_fault_decides_what_is_told(kind: type[HaloError]) -> None:
    failure = failure_of(kind.__new__(kind))

    if issubclass(kind, OUR_OWN_MISTAKES):
        assert failure is None
        return
    assert failure is not None
    assert (Action.RETRY in failure.actions) is kind.retryable
    assert (failure.severity is Severity.OPERATOR) is (kind.fault is Fault.OPERATOR)


@pytest.mark.parametrize("error", HALO_ERRORS, ids=named)
def test_an_error_is_told_without_its_own_words(error: HaloError) -> None:
    failure = failure_of(error)

    assert failure is not None
    assert INTERNAL not in say(failure.title) + say(failure.text)


@pytest.mark.parametrize(
    "error", [AuthenticationError(401, INTERNAL), OAuth2Error({"error": "invalid_grant"})], ids=named
)
def test_the_sign_in_is_the_operators_business(error: HaloError) -> None:
    failure = failure_of(error)

    assert failure is not None
    assert failure.severity is Severity.OPERATOR
    assert failure.actions == ()
    assert "operator" in say(failure.text)


@pytest.mark.parametrize("reason", REASONS, ids=named)
def test_every_reason_is_told_and_names_are_harmless(reason: Unanswerable) -> None:
    failure = failure_of(reason)

    assert failure is not None
    assert failure.severity is Severity.OUTCOME
    assert "@everyone" not in say(failure.text)
    assert "**x**" not in say(failure.text)
    assert not LINK.search(say(failure.text))
    assert "\u202e" not in say(failure.text)


@pytest.mark.parametrize(
    ("reason", "actions"),
    [
        (NoAccountLinked(), (Action.LINK, Action.LOOK_UP)),
        (AccountUnknown("x"), (Action.LINK,)),
        (AccountHeld("x", 5, is_verified=False), (Action.LINK,)),
        (PlayerUnknown("x"), (Action.ASK_PLAYER,)),
        (HistoryHidden("x"), (Action.CHECK_AGAIN,)),
        (NoMoreMatches("x", older=True), ()),
        (SeasonUnknown("x", "13-2"), ()),
        (SeasonUnknown("x", None), (Action.RETRY,)),
        (StatsNotReady("x"), (Action.RETRY,)),
    ],
    ids=lambda value: named(value) if isinstance(value, Unanswerable) else "",
)
def test_only_what_helps_is_offered(reason: Unanswerable, actions: tuple[Action, ...]) -> None:
    failure = failure_of(reason)

    assert failure is not None
    assert failure.actions == actions


@pytest.mark.parametrize(
    "error", [StoreBusyError("locked"), StoreFullError("full"), StoreDamagedError("torn")]
)
def test_a_store_that_fails_is_told_and_may_be_asked_again(error: StoreError) -> None:
    failure = failure_of(error)

    assert failure is not None
    assert "memory" in say(failure.title)
    assert failure.actions == (Action.RETRY,)
    assert failure.severity is Severity.TROUBLE


def test_a_long_unknown_name_is_echoed_in_part() -> None:
    failure = failure_of(PlayerUnknown("x" * 6000))

    assert failure is not None
    assert len(say(failure.text)) < 200


def test_how_long_to_wait_is_said() -> None:
    cooldown = app_commands.CommandOnCooldown(app_commands.Cooldown(5, 10), 3.4)

    failure = failure_of(cooldown)

    assert failure is not None
    assert "3 s" in say(failure.text)


def test_an_unexpected_error_is_a_bug_with_a_reference() -> None:
    assert failure_of(RuntimeError("secret")) is None
    assert "`ab12cd34`" in say(bug("ab12cd34").text)


def test_what_nobody_raises_is_told_too() -> None:
    for failure in (TOO_LONG, NOT_FINISHED, RESTARTING, NOT_YOURS):
        assert len(discord.Embed(title=say(failure.title), description=say(failure.text))) < 300
