"""Who holds an account in a server: the rule for two members who claim the same one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import insert_into, mark_changed
from bot.store.tables import LinkRow, MembershipRow, ServerRow
from bot.store.topics import Topic

__all__ = ["Holder", "claim_everywhere", "contest", "enter_server"]


@dataclass(frozen=True, slots=True)
class Holder:
    """The member who holds an account in a server."""

    user_id: int
    verified: bool


async def contest(
    connection: AsyncConnection, server_id: int, user_id: int, player_id: int, verified_at: datetime | None
) -> Holder | None:
    """Decide whether a user may hold an account in a server; whoever held it and loses leaves the board.

    Proof wins over none, and the newer proof over the older one. Without proof, who was first stays.

    Returns:
        The member who keeps holding it; None if the user may.
    """
    others = (
        select(LinkRow.user_id, LinkRow.verified_at)
        .join(MembershipRow, MembershipRow.user_id == LinkRow.user_id)
        .where(
            MembershipRow.server_id == server_id, LinkRow.player_id == player_id, LinkRow.user_id != user_id
        )
    )
    found = (await connection.execute(others)).first()
    if found is None:
        return None
    if verified_at is None or (found.verified_at is not None and found.verified_at >= verified_at):
        return Holder(found.user_id, found.verified_at is not None)
    await _leave(connection, server_id, found.user_id)
    return None


async def claim_everywhere(
    connection: AsyncConnection, user_id: int, player_id: int, verified_at: datetime | None
) -> tuple[int, ...]:
    """Decide it in every server whose board the user is on; return those that the user has to leave."""
    boards = select(MembershipRow.server_id).where(MembershipRow.user_id == user_id)
    left: list[int] = []
    for server_id in (await connection.execute(boards)).scalars().all():
        if await contest(connection, server_id, user_id, player_id, verified_at) is not None:
            await _leave(connection, server_id, user_id)
            left.append(server_id)
    return tuple(left)


async def enter_server(connection: AsyncConnection, server_id: int, user_id: int, at: datetime) -> None:
    """Put a user on a server's board, or note that the user was seen there."""
    here = (MembershipRow.server_id == server_id, MembershipRow.user_id == user_id)
    seen = update(MembershipRow).where(*here).values(seen_at=at).returning(MembershipRow.user_id)
    if (await connection.execute(seen)).first() is not None:
        return  # boards do not show it
    server = insert_into(connection, ServerRow).values(id=server_id, added_at=at)
    await connection.execute(server.on_conflict_do_nothing(index_elements=["id"]))
    member = insert_into(connection, MembershipRow).values(
        server_id=server_id, user_id=user_id, joined_at=at, seen_at=at
    )
    await connection.execute(member)
    await mark_changed(connection, {Topic.MEMBERS})


async def _leave(connection: AsyncConnection, server_id: int, user_id: int) -> None:
    await connection.execute(
        delete(MembershipRow).where(MembershipRow.server_id == server_id, MembershipRow.user_id == user_id)
    )
    await mark_changed(connection, {Topic.MEMBERS})
