"""``/leaderboard``: reads what has been stored of a server's members and ranks it. It never asks Halo."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.stats.csr_seasons import CsrSeason, current_season
from bot.stats.leaderboard import BoardPage, BoardWindow, Freshness, Question, Row, turn_to_page
from bot.stats.leaderboard_metrics import CSR, Source
from bot.stats.leaderboard_standings import Field, rank_all
from bot.stats.leaderboard_trouble import SeasonNotKnownYet
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import BoardLine, Counter, Store, Window

__all__ = ["LeaderboardReport"]

REMEMBERED: Final = 5_000


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
        # What was a CSR before: a past that does not change, looked at from full hours.
        self._past: OrderedDict[tuple[object, ...], int | None] = OrderedDict()

    def forget(self) -> None:
        """Remember nothing of anybody's past; it is read anew."""
        self._past.clear()

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
        return await self._with_changes(page, season, now) if season and asked.metric is CSR else page

    def _season(self, now: datetime) -> CsrSeason:
        season = current_season(self._seasons(), now)
        if season is None:
            raise SeasonNotKnownYet
        return season

    async def _of_matches(self, asked: Question, server_id: int, window: Window) -> tuple[Field, Freshness]:
        lines, quotient = await self._lines(asked, server_id, window), asked.metric.quotient
        field = Field(
            members=lines,
            matches=[line.matches for line in lines],
            quotients=[quotient(line.matches, line.values) for line in lines],
        )
        return field, Freshness.of(line.refreshed_at for line in lines)

    async def _lines(self, asked: Question, server_id: int, window: Window) -> Sequence[BoardLine]:
        boards, metric = self._store.boards, asked.metric
        if metric.source is Source.MEDAL:
            return await boards.medals(server_id, asked.medal_id or 0, window, asked.counted_playlist)
        if metric.source is Source.SPREE:
            return await boards.longest_sprees(server_id, window, asked.counted_playlist)
        counters = [Counter(number) for number in metric.numbers]
        return await boards.totals(server_id, counters, window, asked.counted_playlist)

    async def _of_ranks(self, asked: Question, server_id: int, season: CsrSeason) -> tuple[Field, Freshness]:
        playlist, (number,) = asked.counted_playlist or RANKED_PLAYLISTS[0], asked.metric.numbers
        lines = await self._store.boards.ranks(server_id, playlist, season.path)
        played: dict[int, int] = {}
        if asked.needed:
            window = Window(season.starts_at, season.ends_at)
            totals = await self._store.boards.totals(server_id, (), window, playlist)
            played = {line.user_id: line.matches for line in totals}
        csrs: list[int | None] = [getattr(line, number) for line in lines]
        field = Field(
            members=lines,
            matches=[played.get(line.user_id, 0) for line in lines],
            quotients=[(0, 0) if csr is None else (csr, 1) for csr in csrs],
        )
        return field, Freshness.of(line.checked_at for line in lines)

    async def _with_changes(self, page: BoardPage, season: CsrSeason, now: datetime) -> BoardPage:
        """Add how the CSR of those who are shown has moved."""
        length = page.question.change_window.length or timedelta()
        then = (now - length).replace(minute=0, second=0, microsecond=0)
        changed = [self._changed(row, page.question, season, then) for row in (*page.rows, page.pinned)]
        *rows, pinned = await asyncio.gather(*changed)
        return replace(page, rows=tuple(row for row in rows if row is not None), pinned=pinned)

    async def _changed(
        self, row: Row | None, asked: Question, season: CsrSeason, then: datetime
    ) -> Row | None:
        playlist_id = asked.counted_playlist
        if row is None or row.value is None or playlist_id is None:
            return row
        key = (row.xuid, playlist_id, season.path, then)
        if key not in self._past:
            history = await self._store.snapshots.history(row.xuid, playlist_id, season.path)
            known = [snapshot.rank.current for snapshot in history if snapshot.taken_at <= then]
            self._past[key] = known[-1] if known else None
            while len(self._past) > REMEMBERED:
                self._past.popitem(last=False)
        before = self._past[key]
        return row if before is None else replace(row, change=int(row.value) - before)


def _window(asked: Question, season: CsrSeason | None, now: datetime) -> Window:
    if asked.window.length is not None:
        return Window.rolling(asked.window.length, now)
    return Window(season.starts_at, season.ends_at) if season else Window()
