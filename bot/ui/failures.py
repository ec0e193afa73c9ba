"""From an error to what a person reads, which buttons help, and how loud the log is: one table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands

from bot.halo.errors import (
    AuthenticationError,
    DeadlineExceededError,
    ForbiddenError,
    HaloError,
    InvalidXuidError,
    NotFoundError,
    OAuth2Error,
    RateLimitedError,
)
from bot.store.errors import StoreError
from bot.ui.failure import Action, Failure, Severity
from bot.ui.unanswered import UNANSWERED
from bot.words.phrase import phrase

__all__ = ["Action", "Failure", "Severity", "bug", "failure_of"]


def _signed_out(_: HaloError) -> Failure:
    return Failure(
        phrase("The bot is signed out of Halo"),
        phrase(
            "The bot's Halo sign-in needs its operator. Nothing is wrong on your side; please try again later."
        ),
        severity=Severity.OPERATOR,
    )


def _rate(_: RateLimitedError) -> Failure:
    return Failure(
        phrase("Halo asks us to slow down"),
        phrase("Too many questions at once. It takes a few seconds more: please retry in a moment."),
        (Action.RETRY,),
        Severity.TROUBLE,
    )


def _forbidden(_: ForbiddenError) -> Failure:
    return Failure(
        phrase("Halo does not show this"),
        phrase("Only the player can see this, because of privacy settings."),
        (Action.CHECK_AGAIN,),
    )


def _trouble(error: HaloError) -> Failure:
    text = (
        phrase(
            "They did not answer in time. I have no earlier answer to show you. "
            "Please try again in a little while."
        )
        if isinstance(error, DeadlineExceededError)
        else phrase(
            "They do not answer as they should. I have no earlier answer to show you. "
            "Please try again in a little while."
        )
    )
    return Failure(
        phrase("Halo services are having trouble"),
        text,
        (Action.RETRY,) if error.retryable else (),
        Severity.TROUBLE,
    )


def _not_there(_: NotFoundError) -> Failure:
    return Failure(phrase("Halo does not know this"), phrase("What you asked for does not exist (any more)."))


def _no_memory(_: StoreError) -> Failure:
    return Failure(
        phrase("I cannot reach my memory"),
        phrase(
            "What I remember of linked accounts cannot be read or written right now; nothing was changed. "
            "Please try again in a moment. Players that you name by gamertag can be looked up all the same."
        ),
        (Action.RETRY,),
        Severity.TROUBLE,
    )


def _cooldown(error: app_commands.CommandOnCooldown) -> Failure:
    return Failure(
        phrase("One moment"),
        phrase(
            "That was quick! Please wait {wait} and ask again.",
            wait=timedelta(seconds=max(1, round(error.retry_after))),
        ),
    )


def _old_command(_: app_commands.AppCommandError) -> Failure:
    return Failure(
        phrase("This command has changed"),
        phrase(
            "The bot was updated and Discord has not told you yet. Reload Discord (Ctrl+R) and try again."
        ),
    )


def _wrong_option(_: app_commands.AppCommandError) -> Failure:
    return Failure(
        phrase("That option does not fit"),
        phrase("One of the options has a value that the command cannot take."),
    )


def _missing_permission(_: discord.Forbidden) -> Failure:
    return Failure(
        phrase("I may not answer here"),
        phrase(
            "I need the permissions **View Channel**, **Send Messages**, **Embed Links** (for the numbers) "
            "and **Attach Files** (for the pictures) in this channel. Ask somebody who manages the server."
        ),
        severity=Severity.TROUBLE,
    )


# First match wins: what is more special stands above what is more general. None is a bug.
TABLE: tuple[tuple[type[BaseException], Callable[[Any], Failure] | None], ...] = (
    *UNANSWERED,
    (AuthenticationError, _signed_out),
    (OAuth2Error, _signed_out),
    (RateLimitedError, _rate),
    (ForbiddenError, _forbidden),
    (NotFoundError, _not_there),
    (InvalidXuidError, None),
    (HaloError, _trouble),
    (StoreError, _no_memory),
    (app_commands.CommandOnCooldown, _cooldown),
    (app_commands.CommandNotFound, _old_command),
    (app_commands.CommandSignatureMismatch, _old_command),
    (app_commands.TransformerError, _wrong_option),
    (discord.Forbidden, _missing_permission),
)


def failure_of(error: BaseException) -> Failure | None:
    """What a person reads about an error; None for a bug, which needs a reference of its own.

    A Halo error that says our own request was wrong is a bug.
    """
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    for kind, tell in TABLE:
        if isinstance(error, kind):
            return tell(error) if tell else None
    return None


def bug(reference: str) -> Failure:
    """What a person reads about an error that nobody expected."""
    return Failure(
        phrase("Something went wrong on our side"),
        phrase("It has been noted. If you tell the operator, mention `{reference}`.", reference=reference),
        (Action.RETRY,),
        Severity.BUG,
    )
