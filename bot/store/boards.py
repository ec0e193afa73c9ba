"""Leaderboards' data: what the linked members of a server did in a window, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import aliased

from bot.store.columns import whole_seconds
from bot.store.database import Database
from bot.store.packing import NO_PEAKS, longest_since
from bot.store.running import LAST_POSITION, position_of
from bot.store.tables import (
    LinkRow,
    MedalTotalRow,
    MembershipRow,
    PlayerRow,
    PlaylistRow,
    SeasonRow,
    SnapshotRow,
    TotalRow,
)
from bot.store.totals import ALL_PVP

__all__ = ["BoardLine", "Boards", "Counter", "RankLine", "Window"]


_MEMBER: Final = 6  # columns about the member, the matches among them, before the values


class Counter(StrEnum):
    """What is summed up over a window."""

    WINS = "wins"
    KILLS = "kills"
    DEATHS = "deaths"
    ASSISTS = "assists"
    HEADSHOTS = "headshots"
    PERFECTS = "perfects"
    SHOTS = "shots"
    HITS = "hits"
    DAMAGE = "damage"
    PLAYED_MS = "played_ms"
    OBJECTIVE_MS = "objective_ms"


@dataclass(frozen=True, slots=True)
class Window:
    """The matches that ended in or after the second ``since`` and before the second ``until``; None: no edge."""

    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def rolling(cls, length: timedelta, now: datetime) -> Window:
        """Return the window of that length that ends now."""
        return cls(now - length, now)


class BoardLine(NamedTuple):
    """A member's numbers. ``values`` come in the order they were asked for; ``matches`` is over the same window."""

    user_id: int
    xuid: int
    gamertag: str | None
    verified: bool
    refreshed_at: datetime | None
    matches: int
    values: tuple[int, ...]


class RankLine(NamedTuple):
    """A member's CSR as last seen; all None where none was seen that season."""

    user_id: int
    xuid: int
    gamertag: str | None
    verified: bool
    checked_at: datetime | None
    current: int | None
    season_max: int | None
    all_time_max: int | None


class Boards:
    """Reads boards. Every member of the server is in the answer, with 0 matches too, in no order."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def totals(
        self, server_id: int, counters: Sequence[Counter], window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return sums over the window, in one playlist or in all matchmade player-versus-player matches."""
        board = _Board(window, playlist_id)
        values = [board.difference(counter) for counter in counters]
        return await self._read(board.query(server_id, values))

    async def medals(
        self, server_id: int, medal_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return how often members earned one medal."""
        board = _Board(window, playlist_id)
        return await self._read(board.query(server_id, [board.medal(medal_id)]))

    async def longest_sprees(
        self, server_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return members' longest killing sprees; 0 for who had none."""
        board = _Board(window, playlist_id)
        since = 0 if window.since is None else whole_seconds(window.since)
        async with self._database.reading() as connection:
            rows = await connection.execute(board.query(server_id, [board.peaks()]))
            return tuple(
                _line(*member, values=(longest_since(peaks or NO_PEAKS, since),)) for *member, peaks in rows
            )

    async def ranks(self, server_id: int, playlist_id: UUID, season_id: str) -> tuple[RankLine, ...]:
        """Return members' CSR in a playlist and season, as last seen."""
        taken_at = select(func.max(SnapshotRow.taken_at)).where(
            SnapshotRow.player_id == LinkRow.player_id,
            SnapshotRow.playlist_id == _playlist(playlist_id),
            SnapshotRow.season_id
            == select(SeasonRow.id).where(SeasonRow.path == season_id).scalar_subquery(),
        )
        query = _members(
            server_id,
            SnapshotRow.checked_at,
            SnapshotRow.current,
            SnapshotRow.season_max,
            SnapshotRow.all_time_max,
        ).outerjoin(
            SnapshotRow,
            and_(
                SnapshotRow.player_id == LinkRow.player_id,
                SnapshotRow.playlist_id == _playlist(playlist_id),
                SnapshotRow.season_id
                == select(SeasonRow.id).where(SeasonRow.path == season_id).scalar_subquery(),
                SnapshotRow.taken_at == taken_at.correlate(LinkRow).scalar_subquery(),
            ),
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return tuple(
                RankLine(user_id, xuid, gamertag, verified_at is not None, *rank)
                for user_id, xuid, gamertag, verified_at, _, *rank in rows
            )

    async def _read(self, query: Select[*tuple[Any, ...]]) -> tuple[BoardLine, ...]:
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return tuple(
                BoardLine(
                    user_id, xuid, gamertag, verified_at is not None, refreshed_at, matches, tuple(values)
                )
                for user_id, xuid, gamertag, verified_at, refreshed_at, matches, *values in rows
            )


class _Board:
    """One query: for each member two rows of running totals, the last before either edge, and their difference."""

    def __init__(self, window: Window, playlist_id: UUID | None) -> None:
        self._scope = literal(ALL_PVP) if playlist_id is None else _playlist(playlist_id)
        self._since = None if window.since is None else position_of(whole_seconds(window.since), 0)
        self._until = None if window.until is None else position_of(whole_seconds(window.until), 0)
        self._end, self._start = aliased(TotalRow), aliased(TotalRow)
        self._matches = self._difference(self._end.matches, self._start.matches)

    def query(self, server_id: int, values: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
        """Ask for the members of a server with their matches and these values."""
        query = _members(server_id, self._matches, *values)
        query = query.outerjoin(self._end, self._last_before(self._end, self._until))
        if self._since is not None:
            query = query.outerjoin(self._start, self._last_before(self._start, self._since))
        return query

    def difference(self, counter: Counter) -> ColumnElement[int]:
        """Return a counter's sum over the window."""
        return self._difference(getattr(self._end, counter.value), getattr(self._start, counter.value))

    def peaks(self) -> ColumnElement[Any]:
        """Return the peaks as seen from the window's end."""
        return cast("ColumnElement[Any]", self._end.peaks)

    def medal(self, medal_id: int) -> ColumnElement[int]:
        """Return how often a medal was earned in the window."""
        edges = [self._medals_before(medal_id, edge) for edge in (self._until, self._since)]
        return self._difference(*edges)

    def _difference(self, end: Any, start: Any) -> ColumnElement[int]:
        total = func.coalesce(end, 0)
        return total if self._since is None else total - func.coalesce(start, 0)

    def _last_before(self, row: type[TotalRow], edge: int | None) -> ColumnElement[bool]:
        other = aliased(TotalRow)
        last = select(func.max(other.position)).where(
            other.player_id == LinkRow.player_id,
            other.scope_id == self._scope,
            other.position < (LAST_POSITION if edge is None else edge),
        )
        return and_(
            row.player_id == LinkRow.player_id,
            row.scope_id == self._scope,
            row.position == last.correlate(LinkRow).scalar_subquery(),
        )

    def _medals_before(self, medal_id: int, edge: int | None) -> ColumnElement[int]:
        last = (
            select(MedalTotalRow.earned)
            .where(
                MedalTotalRow.player_id == LinkRow.player_id,
                MedalTotalRow.scope_id == self._scope,
                MedalTotalRow.medal_id == medal_id,
                MedalTotalRow.position < (LAST_POSITION if edge is None else edge),
            )
            .order_by(MedalTotalRow.position.desc())
            .limit(1)
        )
        return last.correlate(LinkRow).scalar_subquery()


def _line(*member: Any, values: tuple[int, ...]) -> BoardLine:
    user_id, xuid, gamertag, verified_at, refreshed_at, matches = member
    return BoardLine(user_id, xuid, gamertag, verified_at is not None, refreshed_at, matches, values)


def _members(server_id: int, *columns: ColumnElement[Any] | Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            MembershipRow.user_id,
            PlayerRow.xuid,
            PlayerRow.gamertag,
            LinkRow.verified_at,
            PlayerRow.refreshed_at,
            *columns,
        )
        .select_from(MembershipRow)
        .join(LinkRow, LinkRow.user_id == MembershipRow.user_id)
        .join(PlayerRow, PlayerRow.id == LinkRow.player_id)
        .where(MembershipRow.server_id == server_id)
    )


def _playlist(asset_id: UUID) -> ColumnElement[int]:
    return select(PlaylistRow.id).where(PlaylistRow.asset_id == asset_id).scalar_subquery()
