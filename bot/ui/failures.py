"""From an error to what a person reads, which buttons help, and how loud the log is: one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

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
from bot.stats.participants import SubjectNotInMatchError
from bot.stats.unanswerable import (
    HistoryHidden,
    MatchGone,
    MentionNotLinked,
    NeverPlayed,
    NoAccountLinked,
    NoMoreMatches,
    NoSuchMatches,
    PlayerUnknown,
    StatsNotReady,
)
from bot.ui.limits import clip
from bot.ui.texts import count, name

__all__ = ["Action", "Failure", "Severity", "failure_of"]

E = TypeVar("E", bound=BaseException)

LONGEST_ECHO = 60


class Action(Enum):
    """What a button under a failure does. The command that failed builds the buttons it can offer."""

    ASK_PLAYER = "Try again"
    RETRY = "Retry"
    CHECK_AGAIN = "Check again"


class Severity(Enum):
    """How the log sees it: nobody's fault, the service's, the operator's task, our bug."""

    OUTCOME = "info"
    TROUBLE = "warning"
    OPERATOR = "error"
    BUG = "exception"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as a person reads it. The text is ours alone: never an exception's."""

    title: str
    text: str
    actions: tuple[Action, ...] = ()
    severity: Severity = Severity.OUTCOME


KINDS = {
    "all": "matches",
    "matchmaking": "matchmaking matches",
    "custom": "custom games",
    "local": "local games",
}


def _no_account(_: NoAccountLinked) -> Failure:
    return Failure(
        "Whose match?",
        "No account is linked to you yet. Name a player with the `player:` option: "
        "a gamertag or an XUID, for example `/lastmatch player:Ember Fox 7`.",
        (Action.ASK_PLAYER,),
    )


def _mention(error: MentionNotLinked) -> Failure:
    return Failure(
        "That member has not linked an account",
        f"I do not know which Xbox account belongs to <@{error.user_id}>. Name the gamertag with `player:` instead.",
        (Action.ASK_PLAYER,),
    )


def _unknown(error: PlayerUnknown) -> Failure:
    text = f"No Xbox account is called **{name(clip(error.asked, LONGEST_ECHO))}**. Check the spelling."
    if error.suggestions:
        text += "\nDid you mean " + " or ".join(f"**{name(s)}**" for s in error.suggestions) + "?"
    return Failure("Unknown gamertag", text, (Action.ASK_PLAYER,))


def _hidden(error: HistoryHidden) -> Failure:
    return Failure(
        "This match history is private",
        f"**{name(error.gamertag)}** plays Halo Infinite but hides the match history, so it looks empty from here. "
        "It can be opened in the game under **Settings → Accessibility → Match History Privacy**, "
        "or in the privacy settings on Halo Waypoint.",
        (Action.CHECK_AGAIN,),
    )


def _never(error: NeverPlayed) -> Failure:
    return Failure(
        "No matches yet",
        f"**{name(error.gamertag)}** has never played Halo Infinite.",
        (Action.ASK_PLAYER,),
    )


def _none_such(error: NoSuchMatches) -> Failure:
    who, kind = f"**{name(error.gamertag)}**", KINDS.get(error.kind, "matches")
    if error.available:
        return Failure("That far back there is nothing", f"{who} has only {count(error.available)} {kind}.")
    return Failure("Nothing of that type", f"{who} has no {kind}.", (Action.CHECK_AGAIN,))


def _no_more(error: NoMoreMatches) -> Failure:
    side = "oldest match I can see" if error.older else "newest match"
    return Failure("That was all", f"This is the {side} of **{name(error.gamertag)}**.")


def _not_ready(error: StatsNotReady) -> Failure:
    return Failure(
        "The numbers are not in yet",
        f"**{name(error.gamertag)}** finished a match moments ago, and Halo has not published its statistics yet. "
        "That usually takes less than a minute.",
        (Action.RETRY,),
    )


def _gone(_: Exception) -> Failure:
    return Failure(
        "That match cannot be found any more",
        "Halo no longer lists it for this player. Ask for the last match anew.",
        (Action.RETRY,),
    )


def _signed_out(_: HaloError) -> Failure:
    return Failure(
        "The bot is signed out of Halo",
        "The bot's Halo sign-in needs its operator. Nothing is wrong on your side; please try again later.",
        severity=Severity.OPERATOR,
    )


def _rate(_: RateLimitedError) -> Failure:
    return Failure(
        "Halo asks us to slow down",
        "Too many questions at once. It takes a few seconds more: please retry in a moment.",
        (Action.RETRY,),
        Severity.TROUBLE,
    )


def _forbidden(_: ForbiddenError) -> Failure:
    return Failure(
        "Halo does not show this",
        "Only the player can see this, because of privacy settings.",
        (Action.CHECK_AGAIN,),
    )


def _trouble(error: HaloError) -> Failure:
    slow = isinstance(error, DeadlineExceededError)
    return Failure(
        "Halo services are having trouble",
        ("They did not answer in time." if slow else "They do not answer as they should.")
        + " I have no earlier answer to show you. Please try again in a little while.",
        (Action.RETRY,) if error.retryable else (),
        Severity.TROUBLE,
    )


def _not_there(_: NotFoundError) -> Failure:
    return Failure("Halo does not know this", "What you asked for does not exist (any more).")


def _cooldown(error: app_commands.CommandOnCooldown) -> Failure:
    return Failure(
        "One moment", f"That was quick! Please wait {max(1, round(error.retry_after))} s and ask again."
    )


def _old_command(_: app_commands.AppCommandError) -> Failure:
    return Failure(
        "This command has changed",
        "The bot was updated and Discord has not told you yet. Reload Discord (Ctrl+R) and try again.",
    )


def _wrong_option(_: app_commands.AppCommandError) -> Failure:
    return Failure("That option does not fit", "One of the options has a value that the command cannot take.")


def _missing_permission(_: discord.Forbidden) -> Failure:
    return Failure(
        "I may not answer here",
        "I need the permissions **View Channel**, **Send Messages**, **Embed Links** (for the numbers) "
        "and **Attach Files** (for the pictures) in this channel. Ask somebody who manages the server.",
        severity=Severity.TROUBLE,
    )


TOO_LONG = Failure(
    "This took too long",
    "I gave up waiting. Please try again in a moment.",
    (Action.RETRY,),
    Severity.TROUBLE,
)
NOT_FINISHED = Failure(
    "That did not finish",
    "This button or form is from before my last restart, or I was too slow. Please use the command again.",
)
RESTARTING = Failure("I am restarting", "Please try again in a few seconds.", (Action.RETRY,))
NOT_YOURS = Failure(
    "This one is not yours",
    "These buttons belong to whoever asked. Use the command yourself and you get your own.",
)

# First match wins: what is more special stands above what is more general. None is a bug.
TABLE: tuple[tuple[type[BaseException], Callable[[Any], Failure] | None], ...] = (
    (NoAccountLinked, _no_account),
    (MentionNotLinked, _mention),
    (PlayerUnknown, _unknown),
    (HistoryHidden, _hidden),
    (NeverPlayed, _never),
    (NoSuchMatches, _none_such),
    (NoMoreMatches, _no_more),
    (StatsNotReady, _not_ready),
    (MatchGone, _gone),
    (SubjectNotInMatchError, _gone),
    (AuthenticationError, _signed_out),
    (OAuth2Error, _signed_out),
    (RateLimitedError, _rate),
    (ForbiddenError, _forbidden),
    (NotFoundError, _not_there),
    (InvalidXuidError, None),
    (HaloError, _trouble),
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
        "Something went wrong on our side",
        f"It has been noted. If you tell the operator, mention `{reference}`.",
        (Action.RETRY,),
        Severity.BUG,
    )
