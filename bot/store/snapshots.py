"""Players' ranks over time, one row for each change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.store.database import Database, insert_into, mark_changed
from bot.store.players import tracked_among
from bot.store.references import playlist_number, season_number
from bot.store.tables import PlayerRow, PlaylistRow, SeasonRow, SnapshotRow
from bot.store.topics import Topic

__all__ = ["Rank", "Snapshot", "Snapshots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A player's standing in a playlist and season; a CSR is None where there is none.

    Attributes:
        placement_left: Placement matches still to play; 0 for who is ranked.
        placement_matches: How many of them there are in all.
    """

    current: int | None
    season_max: int | None
    all_time_max: int | None
    placement_left: int = 0
    placement_matches: int = 0

    def __post_init__(self) -> None:
        """Refuse what no rank is; services are not trusted to count.

        Raises:
            ValueError: A CSR is negative or over 31 bits, or a number of matches over 15 bits.
        """
        csrs = (self.current, self.season_max, self.all_time_max)
        matches = (self.placement_left, self.placement_matches)
        if not all(csr is None or 0 <= csr < 2**31 for csr in csrs) or not all(
            0 <= n < 2**15 for n in matches
        ):
            raise ValueError("a rank's number is out of range")


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

    async def add(self, playlist_id: UUID, season_id: str, ranks: dict[int, Rank], at: datetime) -> None:
        """Store what was seen of players, by XUID; a rank that is what it was only gets its time moved on.

        Of players whom nobody links nothing is kept. What is older than what is known is ignored.
        """
        async with self._database.writing(changes=()) as connection:
            place = (
                await playlist_number(connection, playlist_id),
                await season_number(connection, season_id),
            )
            players = await tracked_among(connection, ranks)
            known = await _latest(connection, players.values(), place)
            later = {
                xuid: player_id
                for xuid, player_id in players.items()
                if player_id not in known or known[player_id].checked_at < at
            }
            for xuid, player_id in later.items():
                await _store(connection, (player_id, *place), ranks[xuid], at, known.get(player_id))
            if later:
                await mark_changed(connection, {Topic.RANKS})

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

_SNAPSHOTS: Final = (
    select(
        PlayerRow.xuid,
        PlaylistRow.asset_id,
        SeasonRow.path,
        SnapshotRow.taken_at,
        SnapshotRow.checked_at,
        SnapshotRow.current,
        SnapshotRow.season_max,
        SnapshotRow.all_time_max,
        SnapshotRow.placement_left,
        SnapshotRow.placement_matches,
    )
    .join(SnapshotRow, SnapshotRow.player_id == PlayerRow.id)
    .join(PlaylistRow, PlaylistRow.id == SnapshotRow.playlist_id)
    .join(SeasonRow, SeasonRow.id == SnapshotRow.season_id)
    .order_by(PlaylistRow.id, SnapshotRow.season_id, SnapshotRow.taken_at)
)


@dataclass(frozen=True, slots=True)
class _Known:
    taken_at: datetime
    checked_at: datetime
    rank: Rank


async def _latest(
    connection: AsyncConnection, players: Iterable[int], place: tuple[int, int]
) -> dict[int, _Known]:
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
    columns = [getattr(SnapshotRow, name) for name in _RANK]
    rows = await connection.execute(
        select(SnapshotRow.player_id, SnapshotRow.taken_at, SnapshotRow.checked_at, *columns)
        .join(
            last,
            and_(SnapshotRow.player_id == last.c.player_id, SnapshotRow.taken_at == last.c.taken_at),
        )
        .where(SnapshotRow.playlist_id == playlist_id, SnapshotRow.season_id == season_id)
    )
    return {
        player: _Known(taken_at, checked_at, Rank(**dict[str, Any](zip(_RANK, rank, strict=True))))
        for player, taken_at, checked_at, *rank in rows
    }


async def _store(
    connection: AsyncConnection, key: tuple[int, int, int], rank: Rank, at: datetime, known: _Known | None
) -> None:
    player_id, playlist_id, season_id = key
    if known is not None and rank == known.rank:
        same = update(SnapshotRow).where(
            SnapshotRow.player_id == player_id,
            SnapshotRow.playlist_id == playlist_id,
            SnapshotRow.season_id == season_id,
            SnapshotRow.taken_at == known.taken_at,
        )
        await connection.execute(same.values(checked_at=at))
        return
    await connection.execute(
        insert_into(connection, SnapshotRow).values(
            player_id=player_id,
            playlist_id=playlist_id,
            season_id=season_id,
            taken_at=at,
            checked_at=at,
            **{name: getattr(rank, name) for name in _RANK},
        )
    )
