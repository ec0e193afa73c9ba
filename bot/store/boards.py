"""Leaderboards' data: what the linked members of a server did in a window, in one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, literal, select

from bot.store.columns import EPOCH, whole_seconds
from bot.store.database import Database
from bot.store.json_rows import as_hex, as_list, as_lists, nested
from bot.store.packing import longest_since
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


_MEMBER: Final = 5  # what is asked about a member beside the numbers


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
        names = ["matches", *(counter.value for counter in counters)]
        rows = await self._read(server_id, *_edges(TotalRow, names, window, playlist_id))
        return tuple(
            _line(member, end[0] - start[0], [a - b for a, b in zip(end[1:], start[1:], strict=True)])
            for *member, end, start in _filled(rows, len(names))
        )

    async def medals(
        self, server_id: int, medal_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return how often members earned one medal."""
        medal = MedalTotalRow.medal_id == medal_id
        rows = await self._read(
            server_id,
            *_edges(MedalTotalRow, ["earned"], window, playlist_id, medal),
            *_edges(TotalRow, ["matches"], window, playlist_id),
        )
        return tuple(
            _line(member, end[0] - start[0], [last[0] - first[0]])
            for *member, last, first, end, start in _filled(rows, 1)
        )

    async def longest_sprees(
        self, server_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return members' longest killing sprees; 0 for who had none."""
        since = 0 if window.since is None else whole_seconds(window.since)
        rows = await self._read(server_id, *_edges(TotalRow, ["matches", "peaks"], window, playlist_id))
        return tuple(
            _line(member, end[0] - start[0], [longest_since(bytes.fromhex(end[1] or ""), since)])
            for *member, end, start in _filled(rows, 2)
        )

    async def ranks(self, server_id: int, playlist_id: UUID, season_id: str) -> tuple[RankLine, ...]:
        """Return members' CSR in a playlist and season, as last seen."""
        seen = (SnapshotRow.checked_at, SnapshotRow.current, SnapshotRow.season_max, SnapshotRow.all_time_max)
        last = (
            select(as_list(*seen))
            .where(
                SnapshotRow.player_id == LinkRow.player_id,
                SnapshotRow.playlist_id == _playlist(playlist_id),
                SnapshotRow.season_id
                == select(SeasonRow.id).where(SeasonRow.path == season_id).scalar_subquery(),
            )
            .order_by(SnapshotRow.taken_at.desc())
            .limit(1)
        )
        rows = await self._read(server_id, last.correlate(LinkRow).scalar_subquery())
        return tuple(
            RankLine(user_id, xuid, gamertag, verified, _moment(checked_at), *rank)
            for user_id, xuid, gamertag, verified, _, (checked_at, *rank) in _filled(rows, len(seen), None)
        )

    async def _read(self, server_id: int, *parts: ColumnElement[Any]) -> list[list[Any]]:
        """Return a list for each member: who it is, then the parts, each a list or None."""
        query = (
            select(
                as_lists(
                    as_list(
                        MembershipRow.user_id,
                        PlayerRow.xuid,
                        PlayerRow.gamertag,
                        LinkRow.verified_at.is_not(None),
                        PlayerRow.refreshed_at,
                        *(nested(part) for part in parts),
                    )
                )
            )
            .select_from(MembershipRow)
            .join(LinkRow, LinkRow.user_id == MembershipRow.user_id)
            .join(PlayerRow, PlayerRow.id == LinkRow.player_id)
            .where(MembershipRow.server_id == server_id)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one() or []


def _edges(
    table: type[TotalRow | MedalTotalRow],
    names: Sequence[str],
    window: Window,
    playlist_id: UUID | None,
    *conditions: ColumnElement[bool],
) -> Iterator[ColumnElement[Any]]:
    """Ask for the columns in the last row before the window's end, and in the last before its beginning."""
    scope = literal(ALL_PVP) if playlist_id is None else _playlist(playlist_id)
    columns = [as_hex(table.peaks) if name == "peaks" else getattr(table, name) for name in names]
    until = LAST_POSITION if window.until is None else position_of(whole_seconds(window.until), 0)
    since = 0 if window.since is None else position_of(whole_seconds(window.since), 0)
    for edge in (until, since):
        last = (
            select(as_list(*columns))
            .where(
                table.player_id == LinkRow.player_id,
                table.scope_id == scope,
                *conditions,
                table.position < edge,
            )
            .order_by(table.position.desc())
            .limit(1)
        )
        yield last.correlate(LinkRow).scalar_subquery()


def _filled(rows: list[list[Any]], width: int, nothing: int | None = 0) -> Iterator[list[Any]]:
    """Put a list of nothings where a member has no row, for all that comes behind the five about the member."""
    blank = [nothing] * width
    return ([*row[:_MEMBER], *(part or blank for part in row[_MEMBER:])] for row in rows)


def _line(member: Sequence[Any], matches: int, values: Sequence[int]) -> BoardLine:
    user_id, xuid, gamertag, verified, refreshed_at = member
    return BoardLine(user_id, xuid, gamertag, bool(verified), _moment(refreshed_at), matches, tuple(values))


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)


def _playlist(asset_id: UUID) -> ColumnElement[int]:
    return select(PlaylistRow.id).where(PlaylistRow.asset_id == asset_id).scalar_subquery()
