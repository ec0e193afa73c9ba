"""Players' ranks over time, one row for each change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.store.database import Database, insert_into, mark_changed
from bot.store.players import tracked_among
from bot.store.rank_history import Rank, RankRow, placed
from bot.store.references import playlist_number, season_number
from bot.store.tables import PlayerRow, PlaylistRow, SeasonRow, SnapshotRow
from bot.store.topics import Topic

__all__ = ["Rank", "Snapshot", "Snapshots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A rank that was the same from ``taken_at`` to at least ``checked_at``."""

    xuid: int
    playlist_id: UUID
    season_id: str
    taken_at: datetime
    checked_at: datetime
    rank: Rank


class Snapshots:
    """Ranks as they were seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        playlist_id: UUID,
        season_id: str,
        ranks: Mapping[int, Rank],
        at: datetime,
        *,
        has_peaks: bool = True,
    ) -> None:
        """Store what was seen of players, by XUID; a rank that is what it was only gets its time moved on.

        What is older than what is known takes its place among it, as :func:`~bot.store.rank_history.placed` says.
        Of players whom nobody links nothing is kept.

        Args:
            playlist_id: Where they have these ranks.
            season_id: The path of the season in which they do.
            ranks: What was seen.
            at: When that was.
            has_peaks: Whether peaks were seen too; a match tells none, so those known then are carried on.
        """
        async with self._database.writing(changes=()) as connection:
            place = (
                await playlist_number(connection, playlist_id),
                await season_number(connection, season_id),
            )
            players = await tracked_among(connection, ranks)
            known = await _latest(connection, players.values(), place)
            has_changed = False
            for xuid, player_id in players.items():
                key, last = (player_id, *place), known.get(player_id)
                rows = [] if last is None else [last]
                if last is not None and at < last.taken_at:
                    rows = await _all(connection, key)
                after = placed(rows, ranks[xuid], at, has_peaks=has_peaks)
                await _rewrite(connection, key, rows, after)
                has_changed = has_changed or last is None or _shown(after[-1]) != _shown(last)
            if has_changed:
                await mark_changed(connection, {Topic.RANKS})

    async def playlists(self) -> tuple[UUID, ...]:
        """Return every playlist in which somebody has a rank, in the order in which they were met."""
        held = exists().where(SnapshotRow.playlist_id == PlaylistRow.id)
        async with self._database.reading() as connection:
            found = await connection.execute(
                select(PlaylistRow.asset_id).where(held).order_by(PlaylistRow.id)
            )
            return tuple(found.scalars())

    async def of_player(self, xuid: int, *, at: datetime | None = None) -> tuple[Snapshot, ...]:
        """Return the rank in every playlist and season, as it was known at that time; default: by now."""
        newest = aliased(SnapshotRow)
        taken_at = select(func.max(newest.taken_at)).where(
            newest.player_id == SnapshotRow.player_id,
            newest.playlist_id == SnapshotRow.playlist_id,
            newest.season_id == SnapshotRow.season_id,
        )
        if at is not None:
            taken_at = taken_at.where(newest.taken_at <= at)
        query = _SNAPSHOTS.where(
            PlayerRow.xuid == xuid, SnapshotRow.taken_at == taken_at.correlate(SnapshotRow).scalar_subquery()
        )
        return await self._read(query)

    async def history(
        self, xuid: int, playlist_id: UUID, season_id: str, *, since: datetime | None = None
    ) -> tuple[Snapshot, ...]:
        """Return the changes in a playlist and season, oldest first."""
        query = _SNAPSHOTS.where(
            PlayerRow.xuid == xuid, PlaylistRow.asset_id == playlist_id, SeasonRow.path == season_id
        )
        return await self._read(query if since is None else query.where(SnapshotRow.taken_at >= since))

    async def _read(
        self,
        query: Select[
            int | None, UUID, str, datetime, datetime, int | None, int | None, int | None, int, int
        ],
    ) -> tuple[Snapshot, ...]:
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return tuple(
                Snapshot(
                    xuid=xuid or 0,
                    playlist_id=playlist,
                    season_id=season,
                    taken_at=taken_at,
                    checked_at=checked_at,
                    rank=Rank(**dict[str, Any](zip(_RANK, rank, strict=True))),
                )
                for xuid, playlist, season, taken_at, checked_at, *rank in rows
            )


_RANK: Final = ("current", "season_max", "all_time_max", "placement_left", "placement_matches")

_ROW: Final = (
    SnapshotRow.taken_at,
    SnapshotRow.checked_at,
    SnapshotRow.current,
    SnapshotRow.season_max,
    SnapshotRow.all_time_max,
    SnapshotRow.placement_left,
    SnapshotRow.placement_matches,
)

_SNAPSHOTS: Final = (
    select(
        PlayerRow.xuid,
        PlaylistRow.asset_id,
        SeasonRow.path,
        *_ROW,
    )
    .join(SnapshotRow, SnapshotRow.player_id == PlayerRow.id)
    .join(PlaylistRow, PlaylistRow.id == SnapshotRow.playlist_id)
    .join(SeasonRow, SeasonRow.id == SnapshotRow.season_id)
    .order_by(PlaylistRow.id, SnapshotRow.season_id, SnapshotRow.taken_at)
)


def _shown(row: RankRow) -> tuple[datetime, Rank]:
    """What a board shows of a player's last row."""
    return row.checked_at, row.rank


async def _latest(
    connection: AsyncConnection, players: Iterable[int], place: tuple[int, int]
) -> dict[int, RankRow]:
    """Return what was stored last of each player, by number."""
    playlist_id, season_id = place
    ids: Sequence[int] = tuple(players)
    last = (
        select(SnapshotRow.player_id, func.max(SnapshotRow.taken_at).label("taken_at"))
        .where(
            SnapshotRow.player_id.in_(ids),
            SnapshotRow.playlist_id == playlist_id,
            SnapshotRow.season_id == season_id,
        )
        .group_by(SnapshotRow.player_id)
        .subquery("last")
    )
    rows = await connection.execute(
        select(SnapshotRow.player_id, *_ROW)
        .join(
            last,
            and_(SnapshotRow.player_id == last.c.player_id, SnapshotRow.taken_at == last.c.taken_at),
        )
        .where(SnapshotRow.playlist_id == playlist_id, SnapshotRow.season_id == season_id)
    )
    return {player: _row(row) for player, *row in rows}


async def _all(connection: AsyncConnection, key: tuple[int, int, int]) -> list[RankRow]:
    """Return all that is stored of a player, oldest first."""
    rows = await connection.execute(select(*_ROW).where(*_of(key)).order_by(SnapshotRow.taken_at))
    return [_row(row) for row in rows]


async def _rewrite(
    connection: AsyncConnection, key: tuple[int, int, int], old: Sequence[RankRow], new: Sequence[RankRow]
) -> None:
    """Turn rows into others, and touch none that stays."""
    there, kept = {row.taken_at: row for row in old}, {row.taken_at for row in new}
    if gone := there.keys() - kept:
        await connection.execute(delete(SnapshotRow).where(*_of(key), SnapshotRow.taken_at.in_(gone)))
    for row in new:
        values = {"checked_at": row.checked_at, **{name: getattr(row.rank, name) for name in _RANK}}
        if (was := there.get(row.taken_at)) is None:
            places = dict(zip(("player_id", "playlist_id", "season_id"), key, strict=True))
            fresh = insert_into(connection, SnapshotRow).values(taken_at=row.taken_at, **places, **values)
            await connection.execute(fresh)
        elif was != row:
            this = update(SnapshotRow).where(*_of(key), SnapshotRow.taken_at == row.taken_at)
            await connection.execute(this.values(**values))


def _of(key: tuple[int, int, int]) -> tuple[ColumnElement[bool], ...]:
    player_id, playlist_id, season_id = key
    return (
        SnapshotRow.player_id == player_id,
        SnapshotRow.playlist_id == playlist_id,
        SnapshotRow.season_id == season_id,
    )


def _row(values: Sequence[Any]) -> RankRow:
    taken_at, checked_at, *rank = values
    return RankRow(taken_at, checked_at, Rank(**dict[str, Any](zip(_RANK, rank, strict=True))))
