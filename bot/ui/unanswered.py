"""What a person reads when a question about a player has no answer although nothing is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.stats.participants import SubjectNotInMatchError
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
)
from bot.ui.command_texts import EXAMPLE, LINK, PLAYER, SEASON
from bot.ui.failure import Action, Failure
from bot.ui.leaderboard_failures import WITHOUT_BOARD
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
        phrase("Which account is yours?"),
        phrase(
            "No Xbox account is linked to you yet. Link yours once, and you need not name it any more. "
            "Or name a player with `{option}:`: a gamertag, an XUID or a member, for example `{option}:{example}`.",
            option=PLAYER,
            example=EXAMPLE,
        ),
        (Action.LINK, Action.LOOK_UP),
    )


def _mention(error: MentionNotLinked) -> Failure:
    return Failure(
        phrase("That member has not linked an account"),
        phrase(
            "I do not know which Xbox account belongs to {member} on this server. They can tell me with "
            "`/{link}`; until then, name the gamertag with `{option}:` instead.",
            member=f"<@{error.user_id}>",
            link=LINK,
            option=PLAYER,
        ),
        (Action.LOOK_UP,),
    )


def _held(error: AccountHeld) -> Failure:
    text = (
        phrase(
            "{member} has linked **{player}** on this server and has verified to own it. If it is yours, use "
            "`/{link}` and press **Verify**: the newer proof counts.",
        )
        if error.is_verified
        else phrase(
            "{member} has linked **{player}** on this server. If it is yours, use `/{link}` and press "
            "**Verify**: whoever proves to own an account keeps it.",
        )
    )
    words = text.bind(member=f"<@{error.holder_id}>", player=name(error.gamertag), link=LINK)
    return Failure(phrase("Somebody else has linked this account"), words, (Action.LINK,))


def _unknown(error: PlayerUnknown) -> Failure:
    asked = name(clip(error.asked, LONGEST_ECHO))
    text = phrase("No Xbox account is called **{player}**. Check the spelling.", player=asked)
    if error.suggestions:
        text = phrase(
            "No Xbox account is called **{player}**. Check the spelling.\nDid you mean {suggestions}?",
            player=asked,
            suggestions=AnyOf(tuple(f"**{name(suggestion)}**" for suggestion in error.suggestions)),
        )
    again = Action.LINK if isinstance(error, AccountUnknown) else Action.ASK_PLAYER
    return Failure(phrase("Unknown gamertag"), text, (again,))


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
        (Action.LOOK_UP,),
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


def _no_season(error: SeasonUnknown) -> Failure:
    if error.latest is None:
        return Failure(
            phrase("The seasons are not known right now"),
            phrase(
                "Halo does not tell me its seasons at the moment. Without `{option}:` you get the current one.",
                option=SEASON,
            ),
            (Action.RETRY,),
        )
    return Failure(
        phrase("Unknown season"),
        phrase(
            "I know no season called **{season}**. Choose one from the list that `{option}:` offers, or write "
            "it like this: `{example}`.",
            season=name(clip(error.asked, LONGEST_ECHO)),
            option=SEASON,
            example=error.latest,
        ),
    )


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
    (AccountHeld, _held),
    (PlayerUnknown, _unknown),
    (HistoryHidden, _hidden),
    (NeverPlayed, _never),
    (NoSuchMatches, _none_such),
    (NoMoreMatches, _no_more),
    (SeasonUnknown, _no_season),
    (StatsNotReady, _not_ready),
    (MatchGone, _gone),
    (SubjectNotInMatchError, _gone),
    *WITHOUT_BOARD,
)
