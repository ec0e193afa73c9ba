"""Erasing people's data, so that nothing of it remains in the database's files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.errors import StoreBusyError
from bot.store.forgetting import release_player
from bot.store.players import drop_unused_players
from bot.store.tables import CodeRow, JobRow, LinkRow, MembershipRow, ServerRow, TurnRow

__all__ = ["Erased", "Erasure"]

_SCRUBBED_TABLES: Final = (
    "players", "gamertags", "links", "codes", "memberships", "snapshots", "jobs", "turns",
    "totals", "medal_totals", "lines", "matches",
)  # fmt: skip
_TRIES: Final = 50
_PAUSE_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Erased:
    """Whose data went: what else is kept of them elsewhere (memory, the HTTP cache) has to go too."""

    user_ids: frozenset[int] = frozenset()
    xuids: frozenset[int] = frozenset()


class Erasure:
    """Erases in two steps: `forget_…` at once, `scrub` for the traces that deleting leaves in a file.

    What this process has kept of its reads goes with the first; another process keeps what it has read for
    as long as it uses it more than what it reads later.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget_user(self, user_id: int) -> Erased:
        """Forget a Discord user: link, memberships, codes, jobs, and the player unless somebody else links it."""
        async with self._erasing() as connection:
            xuids = await _forget_user(connection, user_id)
            return Erased(frozenset({user_id}), frozenset(xuids))

    async def forget_server(self, server_id: int) -> Erased:
        """Forget a server that removed the bot, and those of its members who are on no other server's board."""
        async with self._erasing() as connection:
            here = delete(MembershipRow).where(MembershipRow.server_id == server_id)
            members = set((await connection.execute(here.returning(MembershipRow.user_id))).scalars())
            elsewhere = select(MembershipRow.user_id).where(MembershipRow.user_id.in_(members))
            alone = members - set((await connection.execute(elsewhere)).scalars())
            xuids = [xuid for user_id in sorted(alone) for xuid in await _forget_user(connection, user_id)]
            await connection.execute(delete(JobRow).where(JobRow.server_id == server_id))
            await connection.execute(delete(TurnRow).where(TurnRow.server_id == server_id))
            await connection.execute(delete(ServerRow).where(ServerRow.id == server_id))
            return Erased(frozenset(alone), frozenset(xuids))

    @asynccontextmanager
    async def _erasing(self) -> AsyncGenerator[AsyncConnection]:
        try:
            async with self._database.writing() as connection:
                yield connection
        finally:  # also where the caller has given up: it may be done all the same
            self._database.forget_copies()

    async def scrub(self) -> None:
        """Overwrite what deleted rows have left behind in the database's files.

        It writes the whole database anew, seconds for a large one. Writers wait; readers do on PostgreSQL:
        once after some erasures is better than after each.

        Raises:
            StoreBusyError: Somebody kept reading all the time; the traces are still there.
            StoreError: It could not be done, for want of space, say.
        """
        async with self._database.alone() as connection:
            if self._database.is_sqlite:
                await connection.exec_driver_sql("VACUUM")
                await _empty_the_log(connection)
            else:
                await connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(_SCRUBBED_TABLES)}")


async def _forget_user(connection: AsyncConnection, user_id: int) -> Collection[int]:
    players = set(
        (
            await connection.execute(
                delete(CodeRow).where(CodeRow.user_id == user_id).returning(CodeRow.player_id)
            )
        ).scalars()
    )
    await connection.execute(delete(JobRow).where(JobRow.user_id == user_id))
    await connection.execute(delete(MembershipRow).where(MembershipRow.user_id == user_id))
    gone = delete(LinkRow).where(LinkRow.user_id == user_id).returning(LinkRow.player_id)
    player_id = (await connection.execute(gone)).scalar_one_or_none()
    xuids = () if player_id is None else await release_player(connection, player_id)
    await drop_unused_players(connection, players)
    return xuids


async def _empty_the_log(connection: AsyncConnection) -> None:
    """Bring the write-ahead log into the file and cut it to nothing, as soon as no reader needs it."""
    for _ in range(_TRIES):
        busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
        if not busy:
            return
        await asyncio.sleep(_PAUSE_S)
    raise StoreBusyError("The database's log is being read all the time: try again.")
