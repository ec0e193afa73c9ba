"""Why a leaderboard cannot be shown although nothing is broken; the texts are in :mod:`bot.ui.leaderboard_failures`."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.stats.unanswerable import Unanswerable

__all__ = ["MetricUnknown", "NoBoardHere", "PlaylistUnknown", "SeasonNotKnownYet"]


@dataclass(eq=False)
class NoBoardHere(Unanswerable):
    """There is no board outside of servers, and none where the bot is only somebody's user install."""


@dataclass(eq=False)
class MetricUnknown(Unanswerable):
    """Nothing to rank by is called like that; ``suggestions`` look alike.

    ``is_shared``: more than one medal is called like that, and these are the ``suggestions``.
    """

    asked: str
    suggestions: tuple[str, ...] = field(default=())
    is_shared: bool = False


@dataclass(eq=False)
class PlaylistUnknown(Unanswerable):
    """No known playlist is called like that; ``suggestions`` look alike."""

    asked: str
    suggestions: tuple[str, ...] = field(default=())


@dataclass(eq=False)
class SeasonNotKnownYet(Unanswerable):
    """The board is about the season, and Halo's calendar has not come in since the start."""
