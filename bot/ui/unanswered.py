"""What a person reads when a question about a player has no answer although nothing is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from bot.ui.command_texts import EXAMPLE, LASTMATCH, PLAYER
from bot.ui.failure import Action, Failure
from bot.ui.limits import clip
from bot.ui.texts import name
from bot.words.phrase import AnyOf, phrase, phrases

__all__ = ["UNANSWERED"]

LONGEST_ECHO = 60

# How many matches of a type somebody has, where more were asked for; and that there is none of it.
ONLY = {
    "all": phrases("**{player}** has only {count} match.", "**{player}** has only {count} matches."),
    "matchmaking": phrases(
        "**{player}** has only {count} matchmaking match.",
        "**{player}** has only {count} matchmaking matches.",
    ),
    "custom": phrases(
        "**{player}** has only {count} custom game.", "**{player}** has only {count} custom games."
    ),
    "local": phrases(
        "**{player}** has only {count} local game.", "**{player}** has only {count} local games."
    ),
}
NONE = {
    "all": phrase("**{player}** has no matches."),
    "matchmaking": phrase("**{player}** has no matchmaking matches."),
    "custom": phrase("**{player}** has no custom games."),
    "local": phrase("**{player}** has no local games."),
}


def _no_account(_: NoAccountLinked) -> Failure:
    return Failure(
        phrase("Whose match?"),
        phrase(
            "No account is linked to you yet. Name a player with the `{option}:` option: "
            "a gamertag or an XUID, for example `/{command} {option}:{example}`.",
            command=LASTMATCH,
            option=PLAYER,
            example=EXAMPLE,
        ),
        (Action.ASK_PLAYER,),
    )


def _mention(error: MentionNotLinked) -> Failure:
    return Failure(
        phrase("That member has not linked an account"),
        phrase(
            "I do not know which Xbox account belongs to {member}. Name the gamertag with `{option}:` instead.",
            member=f"<@{error.user_id}>",
            option=PLAYER,
        ),
        (Action.ASK_PLAYER,),
    )


def _unknown(error: PlayerUnknown) -> Failure:
    asked = name(clip(error.asked, LONGEST_ECHO))
    text = phrase("No Xbox account is called **{player}**. Check the spelling.", player=asked)
    if error.suggestions:
        text = phrase(
            "No Xbox account is called **{player}**. Check the spelling.\nDid you mean {suggestions}?",
            player=asked,
            suggestions=AnyOf(tuple(f"**{name(suggestion)}**" for suggestion in error.suggestions)),
        )
    return Failure(phrase("Unknown gamertag"), text, (Action.ASK_PLAYER,))


def _hidden(error: HistoryHidden) -> Failure:
    return Failure(
        phrase("This match history is private"),
        phrase(
            "**{player}** plays Halo Infinite but hides the match history, so it looks empty from here. "
            "It can be opened in the game under **Settings → Accessibility → Match History Privacy**, "
            "or in the privacy settings on Halo Waypoint.",
            player=name(error.gamertag),
        ),
        (Action.CHECK_AGAIN,),
    )


def _never(error: NeverPlayed) -> Failure:
    return Failure(
        phrase("No matches yet"),
        phrase("**{player}** has never played Halo Infinite.", player=name(error.gamertag)),
        (Action.ASK_PLAYER,),
    )


def _none_such(error: NoSuchMatches) -> Failure:
    player = name(error.gamertag)
    if error.available:
        only = ONLY.get(error.kind, ONLY["all"])
        return Failure(
            phrase("That far back there is nothing"), only.bind(player=player, count=error.available)
        )
    none = NONE.get(error.kind, NONE["all"])
    return Failure(phrase("Nothing of that type"), none.bind(player=player), (Action.CHECK_AGAIN,))


def _no_more(error: NoMoreMatches) -> Failure:
    text = (
        phrase("This is the oldest match I can see of **{player}**.")
        if error.older
        else phrase("This is the newest match of **{player}**.")
    )
    return Failure(phrase("That was all"), text.bind(player=name(error.gamertag)))


def _not_ready(error: StatsNotReady) -> Failure:
    return Failure(
        phrase("The numbers are not in yet"),
        phrase(
            "**{player}** finished a match moments ago, and Halo has not published its statistics yet. "
            "That usually takes less than a minute.",
            player=name(error.gamertag),
        ),
        (Action.RETRY,),
    )


def _gone(_: Exception) -> Failure:
    return Failure(
        phrase("That match cannot be found any more"),
        phrase("Halo no longer lists it for this player. Ask for the last match anew."),
        (Action.RETRY,),
    )


UNANSWERED: tuple[tuple[type[BaseException], Callable[[Any], Failure]], ...] = (
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
)
