"""How a player is forgotten: what others need of their matches keeps its numbers and nobody's name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.store.players import drop_unused_players
from bot.store.tables import (
    CodeRow,
    GamertagRow,
    JobRow,
    LineRow,
    LinkRow,
    MatchRow,
    PlayerRow,
    SnapshotRow,
)
from bot.store.totals import untrack

__all__ = ["release_player"]

_CHUNK: Final = 500


async def release_player(connection: AsyncConnection, player_id: int) -> tuple[int, ...]:
    """Forget a player whom nobody links any more; nothing happens while somebody does.

    Totals, snapshots, gamertags, codes and work go. A match that another tracked player was in stays, with this
    player's line under a random key that is another one in every match; other matches go with all their lines.

    Returns:
        The player's XUID if it was forgotten.
    """
    linked = select(LinkRow.user_id).where(LinkRow.player_id == player_id)
    if (await connection.execute(linked.limit(1))).first() is not None:
        return ()
    xuid = (await connection.execute(select(PlayerRow.xuid).where(PlayerRow.id == player_id))).scalar_one()
    await untrack(connection, player_id)
    await _drop_matches(connection, await _matches_of(connection, player_id, needed=False))
    await _unname_lines(connection, player_id, await _matches_of(connection, player_id, needed=True))
    for table in (SnapshotRow, GamertagRow, CodeRow, JobRow):
        await connection.execute(delete(table).where(table.player_id == player_id))
    await connection.execute(delete(PlayerRow).where(PlayerRow.id == player_id))
    return () if xuid is None else (xuid,)


async def _matches_of(connection: AsyncConnection, player_id: int, *, needed: bool) -> Sequence[int]:
    """Return the matches that the player was in and another tracked player was too, or was not."""
    other = aliased(LineRow)
    with_others = exists().where(
        other.match_id == LineRow.match_id, PlayerRow.id == other.player_id, PlayerRow.tracked
    )
    matches = select(LineRow.match_id).where(
        LineRow.player_id == player_id, with_others if needed else ~with_others
    )
    return (await connection.execute(matches)).scalars().all()


async def _drop_matches(connection: AsyncConnection, match_ids: Sequence[int]) -> None:
    for some in _chunks(match_ids):
        gone = delete(LineRow).where(LineRow.match_id.in_(some)).returning(LineRow.player_id)
        players = (await connection.execute(gone)).scalars().all()
        await connection.execute(delete(MatchRow).where(MatchRow.id.in_(some)))
        for candidates in _chunks(sorted(set(players))):
            await drop_unused_players(connection, candidates)


async def _unname_lines(connection: AsyncConnection, player_id: int, match_ids: Sequence[int]) -> None:
    for match_id in match_ids:
        # Numbers below 0 are nobody's: a real player's are counted up from 1.
        nobody = -1 - secrets.randbits(62)
        await connection.execute(insert(PlayerRow).values(id=nobody, tracked=False))
        line = update(LineRow).where(LineRow.match_id == match_id, LineRow.player_id == player_id)
        await connection.execute(line.values(player_id=nobody))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
