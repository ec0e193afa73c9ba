"""What a person reads when there is no leaderboard to show although nothing is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.stats.leaderboard_trouble import MetricUnknown, NoBoardHere, PlaylistUnknown, SeasonNotKnownYet
from bot.ui.failure import Action, Failure
from bot.ui.limits import clip
from bot.ui.texts import name
from bot.words.phrase import AnyOf, phrase

__all__ = ["WITHOUT_BOARD"]

_LONGEST_ECHO = 60


def _no_board(_: NoBoardHere) -> Failure:
    return Failure(
        phrase("There is no leaderboard here"),
        phrase(
            "A leaderboard belongs to a server that has added me. Here I am only part of somebody's own apps: I "
            "do not see who is a member, and so keep no board. Somebody who manages the server can add me to it."
        ),
    )


def _no_metric(error: MetricUnknown) -> Failure:
    asked = name(clip(error.asked, _LONGEST_ECHO))
    text = phrase("I cannot rank by **{asked}**. Choose one of the suggestions while you type.", asked=asked)
    if error.is_shared:
        text = phrase(
            "More than one medal is called **{asked}**.\nDid you mean {suggestions}?",
            asked=asked,
            suggestions=_bold(error.suggestions),
        )
    elif error.suggestions:
        text = phrase(
            "I cannot rank by **{asked}**.\nDid you mean {suggestions}?",
            asked=asked,
            suggestions=_bold(error.suggestions),
        )
    return Failure(phrase("No such metric"), text)


def _no_playlist(error: PlaylistUnknown) -> Failure:
    asked = name(clip(error.asked, _LONGEST_ECHO))
    text = phrase(
        "I know of no playlist **{asked}**. Choose one of the suggestions while you type.", asked=asked
    )
    if error.suggestions:
        text = phrase(
            "I know of no playlist **{asked}**.\nDid you mean {suggestions}?",
            asked=asked,
            suggestions=_bold(error.suggestions),
        )
    return Failure(phrase("No such playlist"), text)


def _bold(suggestions: tuple[str, ...]) -> AnyOf:
    return AnyOf(tuple(f"**{name(suggestion)}**" for suggestion in suggestions))


def _no_season(_: SeasonNotKnownYet) -> Failure:
    return Failure(
        phrase("I do not know the season yet"),
        phrase(
            "Halo's calendar of seasons has not reached me since I started. I am asking for it: please retry in a "
            "moment. Boards over 7 days, 30 days or all time work without it."
        ),
        (Action.RETRY,),
    )


WITHOUT_BOARD: tuple[tuple[type[BaseException], Callable[[Any], Failure]], ...] = (
    (NoBoardHere, _no_board),
    (MetricUnknown, _no_metric),
    (PlaylistUnknown, _no_playlist),
    (SeasonNotKnownYet, _no_season),
)
