"""``/leaderboard``: reads what has been stored of a server's members and ranks it. It never asks Halo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from bot.stats.csr_seasons import CsrSeason, current_season
from bot.stats.leaderboard import BoardPage, BoardWindow, Freshness, Question, Row, turn_to_page
from bot.stats.leaderboard_metrics import CSR, Source
from bot.stats.leaderboard_standings import Field, rank_all
from bot.stats.leaderboard_trouble import SeasonNotKnownYet
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Counter, Store, TotalsBoard, Window

__all__ = ["LeaderboardReport"]


class LeaderboardReport:
    """Answers with pages of boards.

    Args:
        store: Where the members' numbers are.
        seasons: Gives the CSR calendar as it is remembered; it must return at once.
        now: The clock.
    """

    def __init__(
        self, store: Store, seasons: Callable[[], Iterable[CsrSeason]], *, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._seasons = seasons
        self._now = now

    async def page(
        self, asked: Question, *, server_id: int, user_id: int, number: int | None = 1
    ) -> BoardPage:
        """Return a page of a server's board.

        Args:
            asked: What to rank, and over which matches.
            server_id: Whose members.
            user_id: Who asks; their own line is always there, if they are on the board.
            number: Which page; None for the one on which the caller stands.

        Raises:
            SeasonNotKnownYet: It takes the season, and the calendar is not there yet.
            StoreError: The database cannot be read.
        """
        now = self._now()
        season = self._season(now) if asked.metric.is_rank or asked.window is BoardWindow.SEASON else None
        field, fresh = (
            await self._of_ranks(asked, server_id, season)
            if season and asked.metric.is_rank
            else await self._of_matches(asked, server_id, _window(asked, season, now))
        )
        page = turn_to_page(
            rank_all(field, asked.needed),
            asked,
            user_id=user_id,
            number=number,
            season=season.number if season else None,
            fresh=fresh,
        )
        if season is None or asked.metric is not CSR or asked.counted_playlist is None:
            return page
        return await self._with_changes(page, asked.counted_playlist, season, now)

    def _season(self, now: datetime) -> CsrSeason:
        season = current_season(self._seasons(), now)
        if season is None:
            raise SeasonNotKnownYet
        return season

    async def _of_matches(self, asked: Question, server_id: int, window: Window) -> tuple[Field, Freshness]:
        board = await self._totals(asked, server_id, window)
        numerators, denominators = asked.metric.quotient(board.matches, [*board.values.T])
        field = Field(
            members=board,
            user_ids=board.members.user_ids,
            matches=board.matches,
            numerators=numerators,
            denominators=np.broadcast_to(denominators, board.matches.shape),
        )
        return field, Freshness.of(board.members.refreshed_at)

    async def _totals(self, asked: Question, server_id: int, window: Window) -> TotalsBoard:
        boards, metric = self._store.boards, asked.metric
        if metric.source is Source.MEDAL:
            return await boards.medals(server_id, asked.medal_id or 0, window, asked.counted_playlist)
        if metric.source is Source.SPREE:
            return await boards.longest_sprees(server_id, window, asked.counted_playlist)
        counters = [Counter(number) for number in metric.numbers]
        return await boards.totals(server_id, counters, window, asked.counted_playlist)

    async def _of_ranks(self, asked: Question, server_id: int, season: CsrSeason) -> tuple[Field, Freshness]:
        playlist, (number,) = asked.counted_playlist or RANKED_PLAYLISTS[0], asked.metric.numbers
        board = await self._store.boards.ranks(server_id, playlist, season.path)
        user_ids, played = board.members.user_ids, dict[int, int]()
        if asked.needed:
            window = Window(season.starts_at, season.ends_at)
            totals = await self._store.boards.totals(server_id, (), window, playlist)
            played = dict(zip(totals.members.user_ids, totals.matches.tolist(), strict=True))
        csrs: Sequence[int | None] = getattr(board, number)
        field = Field(
            members=board,
            user_ids=user_ids,
            matches=np.array([played.get(user_id, 0) for user_id in user_ids], np.int64),
            numerators=np.array([csr or 0 for csr in csrs], np.int64),
            denominators=np.array([csr is not None for csr in csrs], np.int64),
        )
        return field, Freshness.of(board.checked_at, board.members.refreshed_at)

    async def _with_changes(
        self, page: BoardPage, playlist_id: UUID, season: CsrSeason, now: datetime
    ) -> BoardPage:
        """Add how the CSR of those who are shown has moved."""
        length = page.question.change_window.length or timedelta()
        shown = [row for row in (*page.rows, page.pinned) if row is not None and row.value is not None]
        past = await self._store.boards.past_ranks(
            [row.xuid for row in shown], playlist_id, season.path, now - length
        )

        def changed(row: Row) -> Row:
            before = past.get(row.xuid)
            return (
                row if before is None or row.value is None else replace(row, change=int(row.value) - before)
            )

        pinned = page.pinned and changed(page.pinned)
        return replace(page, rows=tuple(map(changed, page.rows)), pinned=pinned)


def _window(asked: Question, season: CsrSeason | None, now: datetime) -> Window:
    if asked.window.length is not None:
        return Window.rolling(asked.window.length, now)
    return Window(season.starts_at, season.ends_at) if season else Window()
