"""Leaderboards' data: what the linked members of a server did in a window, in one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from operator import sub
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select

from bot.store.columns import EPOCH, whole_seconds
from bot.store.database import Database
from bot.store.json_rows import as_hex, as_list, as_lists, nested
from bot.store.packing import longest_since
from bot.store.running import LAST_POSITION, position_of
from bot.store.shared_reads import SharedReads
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


_MEMBER: Final = 5  # what is asked about a member beside the numbers
_RANK: Final = ("checked_at", "current", "season_max", "all_time_max")
_Rows: TypeAlias = list[list[Any]]


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
        self._shared: SharedReads[_Rows] = SharedReads()

    async def totals(
        self, server_id: int, counters: Sequence[Counter], window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return sums over the window, in one playlist or in all matchmade player-versus-player matches."""
        names = ("matches", *(counter.value for counter in counters))
        rows = await self._read(server_id, (_Part(TotalRow, names),), window, playlist_id)
        return tuple(
            _line(member, end[0] - start[0], tuple(map(sub, end[1:], start[1:])))
            for *member, end, start in rows
        )

    async def medals(
        self, server_id: int, medal_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return how often members earned one medal."""
        medal = _Part(MedalTotalRow, ("earned",), medal_id)
        rows = await self._read(server_id, (medal, _Part(TotalRow, ("matches",))), window, playlist_id)
        return tuple(
            _line(member, end[0] - start[0], (last[0] - first[0],))
            for *member, last, first, end, start in rows
        )

    async def longest_sprees(
        self, server_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return members' longest killing sprees; 0 for who had none."""
        since = 0 if window.since is None else whole_seconds(window.since)
        peaks = _Part(TotalRow, ("matches", "peaks"))
        rows = await self._read(server_id, (peaks,), window, playlist_id)
        return tuple(
            _line(member, end[0] - start[0], (longest_since(bytes.fromhex(end[1] or ""), since),))
            for *member, end, start in rows
        )

    async def ranks(self, server_id: int, playlist_id: UUID, season_id: str) -> tuple[RankLine, ...]:
        """Return members' CSR in a playlist and season, as last seen."""
        this = (
            SnapshotRow.playlist_id == _playlist(playlist_id),
            SnapshotRow.season_id
            == select(SeasonRow.id).where(SeasonRow.path == season_id).scalar_subquery(),
        )
        last = (
            select(as_list(*(getattr(SnapshotRow, name) for name in _RANK)))
            .where(SnapshotRow.player_id == LinkRow.player_id, *this)
            .order_by(SnapshotRow.taken_at.desc())
            .limit(1)
        )
        query = _members(server_id, [last.correlate(LinkRow).scalar_subquery()])
        async with self._database.reading() as connection:
            rows: _Rows = (await connection.execute(query)).scalar_one() or []
        return tuple(
            RankLine(user_id, xuid, gamertag, bool(verified), _moment(checked_at), *rank)
            for user_id, xuid, gamertag, verified, _, (checked_at, *rank) in _filled(rows, [len(_RANK)], None)
        )

    async def _read(
        self, server_id: int, parts: tuple[_Part, ...], window: Window, playlist_id: UUID | None
    ) -> _Rows:
        """Return a list for each member: who it is, then each part at the window's end and its beginning.

        Who asks for the same at the same time gets the same.
        """
        edges = [edge for part in parts for edge in part.edges(window, playlist_id)]
        widths = [len(part.names) for part in parts for _ in range(2)]

        async def read() -> _Rows:
            async with self._database.reading() as connection:
                rows = (await connection.execute(_members(server_id, edges))).scalar_one()
                return _filled(rows or [], widths, 0)

        return await self._shared.read((self._database.writes, server_id, parts, window, playlist_id), read)


@dataclass(frozen=True, slots=True)
class _Part:
    """Columns of running totals."""

    table: type[TotalRow | MedalTotalRow]
    names: tuple[str, ...]
    medal_id: int | None = None

    def edges(self, window: Window, playlist_id: UUID | None) -> Iterator[ColumnElement[Any]]:
        """Ask for them in the last row before the window's end, and in the last before its beginning."""
        table = self.table
        until = LAST_POSITION if window.until is None else position_of(whole_seconds(window.until), 0)
        since = 0 if window.since is None else position_of(whole_seconds(window.since), 0)
        scope = literal(ALL_PVP) if playlist_id is None else _playlist(playlist_id)
        columns = [getattr(table, name) for name in self.names]
        here = [table.player_id == LinkRow.player_id, table.scope_id == scope]
        if self.medal_id is not None:
            here.append(MedalTotalRow.medal_id == self.medal_id)
        for edge in (until, since):
            last = (
                select(as_list(*(as_hex(c) if c.key == "peaks" else c for c in columns)))
                .where(*here, table.position < edge)
                .order_by(table.position.desc())
                .limit(1)
            )
            yield last.correlate(LinkRow).scalar_subquery()


def _members(server_id: int, parts: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Ask for all members of a server as one value: a list of lists."""
    member = (
        MembershipRow.user_id,
        PlayerRow.xuid,
        PlayerRow.gamertag,
        LinkRow.verified_at.is_not(None),
        PlayerRow.refreshed_at,
    )
    return (
        select(as_lists(as_list(*member, *map(nested, parts))))
        .select_from(MembershipRow)
        .join(LinkRow, LinkRow.user_id == MembershipRow.user_id)
        .join(PlayerRow, PlayerRow.id == LinkRow.player_id)
        .where(MembershipRow.server_id == server_id)
    )


def _filled(rows: _Rows, widths: Sequence[int], nothing: int | None) -> _Rows:
    """Put a list of nothings where a member has no row, for all that comes behind what is about the member."""
    blanks = [(at, [nothing] * width) for at, width in enumerate(widths, _MEMBER)]
    for row in rows:
        for at, blank in blanks:
            if row[at] is None:
                row[at] = blank
    return rows


def _line(member: Sequence[Any], matches: int, values: tuple[int, ...]) -> BoardLine:
    user_id, xuid, gamertag, verified, refreshed_at = member
    return BoardLine(user_id, xuid, gamertag, bool(verified), _moment(refreshed_at), matches, values)


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)


def _playlist(asset_id: UUID) -> ColumnElement[int]:
    return select(PlaylistRow.id).where(PlaylistRow.asset_id == asset_id).scalar_subquery()
