"""A leaderboard: what was asked, and the page of it that somebody looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import Final
from uuid import UUID

from bot.stats.leaderboard_metrics import Metric
from bot.stats.leaderboard_standings import Standings
from bot.stats.playlists import RANKED_PLAYLISTS

__all__ = [
    "PAGE",
    "BoardPage",
    "BoardWindow",
    "Freshness",
    "Question",
    "Row",
    "turn_to_page",
]

PAGE: Final = 10


class BoardWindow(Enum):
    """Which matches count, by when they ended; a value never changes, buttons carry it."""

    WEEK = "w"
    MONTH = "m"
    SEASON = "s"
    ALL = "a"

    @property
    def length(self) -> timedelta | None:
        """The length of a rolling window; None for the others."""
        return _LENGTHS.get(self)


_LENGTHS: Final = {BoardWindow.WEEK: timedelta(days=7), BoardWindow.MONTH: timedelta(days=30)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a board shows.

    Attributes:
        metric: What it ranks by.
        medal_id: Which medal; it is kept while another metric is shown, so that one can go back to it.
        playlist_id: The playlist that was asked for, if any.
        window: Which matches count. A CSR is that of the season; there it says over which time its change is told.
        min_matches: How many matches a place takes; None: what is usual for the metric.
    """

    metric: Metric
    medal_id: int | None = None
    playlist_id: UUID | None = None
    window: BoardWindow = BoardWindow.SEASON
    min_matches: int | None = None

    @property
    def counted_playlist(self) -> UUID | None:
        """The playlist that counts; None: all matchmade player-versus-player matches. A CSR is of Ranked Arena."""
        is_open = self.playlist_id is None and self.metric.is_rank
        return RANKED_PLAYLISTS[0] if is_open else self.playlist_id

    @property
    def needed(self) -> int:
        """How many matches a place takes; 0 where they are not counted."""
        return self.metric.least_matches if self.min_matches is None else self.min_matches

    @property
    def change_window(self) -> BoardWindow:
        """Over which time the change of a CSR is told: 30 days if they were asked for, else 7."""
        return BoardWindow.MONTH if self.window is BoardWindow.MONTH else BoardWindow.WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A member's line of the page.

    Attributes:
        rank: The place; None without one.
        is_tied: Somebody else has the same place.
        value: What the metric says; None without a place.
        share: The value as a part of the best one, 0 to 1; 0 for what is not above 0.
        change: How a CSR has moved over the window; None where that is unknown, and for other metrics.
        is_caller: It is whoever asked.
    """

    rank: int | None
    is_tied: bool
    user_id: int
    xuid: int
    gamertag: str | None
    is_verified: bool
    matches: int
    value: Fraction | None
    share: float
    change: int | None
    is_caller: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old the data is.

    Attributes:
        oldest: When the member whose data is oldest was looked at.
        newest: When the one whose data is newest was.
        awaited: How many have not been read in at all yet.
    """

    oldest: datetime | None
    newest: datetime | None
    awaited: int

    @classmethod
    def of(
        cls, seen: Iterable[datetime | None], read_in: Iterable[datetime | None] | None = None
    ) -> Freshness:
        """Sum up when each member's data was looked at, and when they were read in; default: the same."""
        moments = list(seen)
        known = [moment for moment in moments if moment is not None]
        return cls(
            oldest=min(known, default=None),
            newest=max(known, default=None),
            awaited=[*(moments if read_in is None else read_in)].count(None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """A page of a board.

    Attributes:
        question: What was asked.
        season: What players call the season that counts, such as ``13-2``; None where none does.
        members: How many are on the board, with a place or without.
        ranked: How many have a place.
        rows: The members of this page.
        pinned: The caller's line where it is on another page.
        number: This page, from 1.
        pages: How many there are, at least 1.
        callers_page: Where the caller stands; None for who is not on the board.
        fresh: How old all of it is.
    """

    question: Question
    season: str | None
    members: int
    ranked: int
    rows: tuple[Row, ...]
    pinned: Row | None
    number: int
    pages: int
    callers_page: int | None
    fresh: Freshness


def turn_to_page(
    standings: Standings,
    question: Question,
    *,
    user_id: int,
    number: int | None,
    season: str | None,
    fresh: Freshness,
) -> BoardPage:
    """Cut a page out of a board.

    Args:
        standings: The whole board.
        question: What was asked.
        user_id: Who looks at it.
        number: Which page; one that is not there is the nearest; None: the one with the caller, else the first.
        season: What the season is called.
        fresh: How old the data is.
    """
    order, user_ids = standings.order, standings.field.user_ids
    pages = max(1, -(-len(order) // PAGE))
    own = order.index(user_ids.index(user_id)) if user_id in user_ids else None
    callers_page = None if own is None else own // PAGE + 1
    shown = min(max(1, (callers_page or 1) if number is None else number), pages)
    places = range((shown - 1) * PAGE, min(shown * PAGE, len(order)))
    return BoardPage(
        question=question,
        season=season,
        members=len(order),
        ranked=len(standings.ranks),
        rows=tuple(_row(standings, place, user_id) for place in places),
        pinned=None if own is None or own in places else _row(standings, own, user_id),
        number=shown,
        pages=pages,
        callers_page=callers_page,
        fresh=fresh,
    )


def _row(standings: Standings, place: int, user_id: int) -> Row:
    ranks, field = standings.ranks, standings.field
    at = standings.order[place]
    member = field.members[at]
    rank = ranks[place] if place < len(ranks) else None
    value = None if rank is None else field.value(at)
    best = field.value(standings.order[0]) if ranks else Fraction()
    beside = (place - 1, place + 1)
    return Row(
        rank=rank,
        is_tied=rank is not None and any(0 <= it < len(ranks) and ranks[it] == rank for it in beside),
        user_id=member.user_id,
        xuid=member.xuid,
        gamertag=member.gamertag,
        is_verified=member.verified,
        matches=int(field.matches[at]),
        value=value,
        share=float(value / best) if value is not None and value > 0 else 0.0,
        change=None,
        is_caller=member.user_id == user_id,
    )
