"""Servers that the bot is in, and who is still a member there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.store.database import Database, insert_into, mark_changed
from bot.store.tables import MembershipRow, ServerRow
from bot.store.topics import Topic

__all__ = ["Servers"]


class Servers:
    """The servers, and the members on their boards. Joining a board is `Links.enter`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, server_id: int, at: datetime) -> None:
        """Note that the bot is in a server; to say so again is no harm."""
        async with self._database.writing(changes=()) as connection:
            new = insert_into(connection, ServerRow).values(id=server_id, added_at=at)
            await connection.execute(new.on_conflict_do_nothing(index_elements=["id"]))

    async def known(self) -> frozenset[int]:
        """Return the servers that there is anything about: those that the bot has left are to be erased."""
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(select(ServerRow.id))).scalars())

    async def unseen_since(self, server_id: int, before: datetime, *, limit: int = 100) -> tuple[int, ...]:
        """Return members who were last known to be there before then, the longest unseen first."""
        async with self._database.reading() as connection:
            unseen = (
                select(MembershipRow.user_id)
                .where(MembershipRow.server_id == server_id, MembershipRow.seen_at < before)
                .order_by(MembershipRow.seen_at, MembershipRow.user_id)
                .limit(limit)
            )
            return tuple((await connection.execute(unseen)).scalars())

    async def seen(self, server_id: int, user_ids: Collection[int], at: datetime) -> None:
        """Note that these members are there."""
        async with self._database.writing(changes=(), background=True) as connection:
            await connection.execute(
                update(MembershipRow)
                .where(MembershipRow.server_id == server_id, MembershipRow.user_id.in_(user_ids))
                .values(seen_at=at)
            )

    async def remove_members(self, server_id: int, user_ids: Collection[int]) -> None:
        """Take members who left the server off its board; their links stay, for they are everywhere."""
        async with self._database.writing(changes=(), background=True) as connection:
            gone = delete(MembershipRow).where(
                MembershipRow.server_id == server_id, MembershipRow.user_id.in_(user_ids)
            )
            if (await connection.execute(gone)).rowcount:
                await mark_changed(connection, {Topic.MEMBERS})
