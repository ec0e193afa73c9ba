"""Why a question about a player has no answer although nothing is broken.

These are outcomes that a person can be told and mostly do something about; the texts are in
:mod:`bot.ui.failures`. Failures of Halo's services are :mod:`bot.halo.errors`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "AccountHeld",
    "AccountUnknown",
    "HistoryHidden",
    "MatchGone",
    "MentionNotLinked",
    "NeverPlayed",
    "NoAccountLinked",
    "NoMoreMatches",
    "NoSuchMatches",
    "PlayerUnknown",
    "SeasonUnknown",
    "StatsNotReady",
    "Unanswerable",
]


class Unanswerable(Exception):
    """Base of every reason."""


@dataclass(eq=False)
class NoAccountLinked(Unanswerable):
    """The caller named no player and has no linked account."""


@dataclass(eq=False)
class MentionNotLinked(Unanswerable):
    """The caller mentioned a member, by Discord id, who has no linked account on this server's board."""

    user_id: int


@dataclass(eq=False)
class PlayerUnknown(Unanswerable):
    """No Xbox account has this gamertag or XUID; ``suggestions`` are known ones that look alike."""

    asked: str
    suggestions: tuple[str, ...] = field(default=())


@dataclass(eq=False)
class AccountUnknown(PlayerUnknown):
    """No Xbox account is called like the one that the caller wants to link."""


@dataclass(eq=False)
class AccountHeld(Unanswerable):
    """Another member of the server, by Discord id, has linked the account there, and perhaps proved to own it."""

    gamertag: str
    holder_id: int
    is_verified: bool


@dataclass(eq=False)
class HistoryHidden(Unanswerable):
    """The player plays, but hides the match history."""

    gamertag: str


@dataclass(eq=False)
class NeverPlayed(Unanswerable):
    """The Xbox account exists and has never played Halo Infinite."""

    gamertag: str


@dataclass(eq=False)
class NoSuchMatches(Unanswerable):
    """The player has matches, but none of this type, or fewer than asked to go back.

    ``kind`` is the match type asked for; ``available`` how many of it there are, at least.
    """

    gamertag: str
    kind: str
    available: int


@dataclass(eq=False)
class NoMoreMatches(Unanswerable):
    """There is no older (``older`` true) or newer match than the one shown."""

    gamertag: str
    older: bool


@dataclass(eq=False)
class SeasonUnknown(Unanswerable):
    """There is no CSR season like the one asked for; ``latest`` is how one is written, None if none is known."""

    asked: str
    latest: str | None


@dataclass(eq=False)
class StatsNotReady(Unanswerable):
    """The match ended so recently that its statistics are still not there."""

    gamertag: str


@dataclass(eq=False)
class MatchGone(Unanswerable):
    """The match of an old message can no longer be found, or the player is not in it."""
