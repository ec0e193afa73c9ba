"""Short numbers for what stands in many rows: playlists and seasons."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import insert_into
from bot.store.tables import PlaylistRow, SeasonRow

__all__ = ["playlist_number", "season_number"]


async def playlist_number(connection: AsyncConnection, asset_id: UUID) -> int:
    """Return a playlist's number, from 1 on; it gets one if it has none."""
    known = select(PlaylistRow.id).where(PlaylistRow.asset_id == asset_id)
    found = (await connection.execute(known)).scalar_one_or_none()
    if found is not None:
        return found
    new = insert_into(connection, PlaylistRow).values(asset_id=asset_id).returning(PlaylistRow.id)
    return (await connection.execute(new)).scalar_one()


async def season_number(connection: AsyncConnection, path: str) -> int:
    """Return a season's number, from 1 on; it gets one if it has none."""
    known = select(SeasonRow.id).where(SeasonRow.path == path)
    found = (await connection.execute(known)).scalar_one_or_none()
    if found is not None:
        return found
    new = insert_into(connection, SeasonRow).values(path=path).returning(SeasonRow.id)
    return (await connection.execute(new)).scalar_one()
