"""Links: who a Discord user is in Halo, and who may say so where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.claims import Holder, claim_everywhere, contest, enter_server
from bot.store.database import Database, insert_into
from bot.store.forgetting import release_player
from bot.store.jobs import NewJob, add_jobs
from bot.store.players import named_player, remember_gamertag
from bot.store.tables import LinkRow, MembershipRow, PlayerRow
from bot.store.totals import track

__all__ = ["Claim", "Duties", "Link", "Links", "add_duties", "link_of", "set_link"]

SEEN_FOR: Final = timedelta(minutes=10)  # a member who was seen so lately need not be noted again


@dataclass(frozen=True, slots=True)
class Link:
    """A Discord user and the Halo player that the user says to be."""

    user_id: int
    xuid: int
    gamertag: str | None
    linked_at: datetime
    verified_at: datetime | None

    @property
    def verified(self) -> bool:
        """Whether the user has proved it."""
        return self.verified_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What has to happen with a link, and so is queued in the same transaction.

    Attributes:
        first: The work that a new link to an account needs.
        after: The work that is due when the link has let another player go.
    """

    first: tuple[NewJob, ...] = ()
    after: tuple[NewJob, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What became of a claim.

    Attributes:
        held_by: Who holds the account in this server; then nothing was changed. None: the link is made.
        left: Servers whose board the user has left, because somebody else holds the new account there.
        forgotten: XUIDs that nobody links any more: whatever else is kept of them has to go too.
    """

    held_by: Holder | None = None
    left: tuple[int, ...] = ()
    forgotten: tuple[int, ...] = ()


class Links:
    """One link per Discord user, everywhere; who holds an account is decided per server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self,
        user_id: int,
        xuid: int,
        gamertag: str,
        *,
        server_id: int | None,
        at: datetime,
        duties: Duties | None = None,
    ) -> Claim:
        """Link a user to an account, and put the user on the board of the server where it was said.

        In a server an account is held by one member. Another one who claims it is refused, unless that one has
        proved to own it and the holder has not, or has longer ago: then the holder leaves that board.
        A link to another account is replaced, and is no longer verified. The ``duties`` that it brings are
        queued with it: both are stored, or neither.
        """
        async with self._database.writing() as connection:
            player_id = await named_player(connection, xuid)
            old = (await connection.execute(link_of(user_id))).first()
            verified_at = old.verified_at if old is not None and old.player_id == player_id else None
            if server_id is not None:
                holder = await contest(connection, server_id, user_id, player_id, verified_at)
                if holder is not None:
                    await connection.rollback()
                    return Claim(held_by=holder)
            forgotten = await set_link(connection, user_id, player_id, at=at, verified_at=verified_at)
            await remember_gamertag(connection, player_id, gamertag, at)
            left = await claim_everywhere(connection, user_id, player_id, verified_at)
            if server_id is not None:
                await enter_server(connection, server_id, user_id, at)
            is_new = old is None or old.player_id != player_id
            await add_duties(connection, duties, is_new=is_new, released=forgotten)
        if forgotten:
            self._database.forget_copies()
        return Claim(left=left, forgotten=forgotten)

    async def enter(self, user_id: int, server_id: int, at: datetime) -> Holder | None:
        """Put a linked user who uses the bot in a server on its board, or note that the user was seen there.

        Returns:
            Who holds the account there, if it is somebody else; the user is then not on the board. Nothing
            happens for somebody without a link. It is called at every command, and mostly only reads.
        """
        if await self._needs_no_entry(user_id, server_id, at):
            return None
        async with self._database.writing(changes=()) as connection:
            link = (await connection.execute(link_of(user_id))).first()
            if link is None:
                return None
            holder = await contest(connection, server_id, user_id, link.player_id, link.verified_at)
            if holder is None:
                await enter_server(connection, server_id, user_id, at)
            return holder

    async def _needs_no_entry(self, user_id: int, server_id: int, at: datetime) -> bool:
        seen = (
            select(LinkRow.user_id, MembershipRow.seen_at)
            .outerjoin(
                MembershipRow,
                and_(MembershipRow.user_id == LinkRow.user_id, MembershipRow.server_id == server_id),
            )
            .where(LinkRow.user_id == user_id)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(seen)).first()
        return found is None or (found.seen_at is not None and at - found.seen_at < SEEN_FOR)

    async def of_user(self, user_id: int) -> Link | None:
        """Return a user's link."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_LINKS.where(LinkRow.user_id == user_id))).first()
            return None if row is None else Link(*row)

    async def of_player(self, xuid: int) -> tuple[Link, ...]:
        """Return the links to a player; several where different servers' members claim the account."""
        async with self._database.reading() as connection:
            rows = await connection.execute(_LINKS.where(PlayerRow.xuid == xuid).order_by(LinkRow.user_id))
            return tuple(Link(*row) for row in rows)

    async def of_server(self, server_id: int) -> tuple[Link, ...]:
        """Return the links of the members on a server's board."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                _LINKS.join(MembershipRow, MembershipRow.user_id == LinkRow.user_id)
                .where(MembershipRow.server_id == server_id)
                .order_by(LinkRow.user_id)
            )
            return tuple(Link(*row) for row in rows)

    async def linked_xuids(self) -> tuple[int, ...]:
        """Return every player whom somebody links: who is to be kept fresh."""
        async with self._database.reading() as connection:
            tracked = select(PlayerRow.xuid).where(PlayerRow.tracked).order_by(PlayerRow.id)
            return tuple(xuid for xuid in (await connection.execute(tracked)).scalars() if xuid is not None)


_LINKS = select(
    LinkRow.user_id, PlayerRow.xuid, PlayerRow.gamertag, LinkRow.linked_at, LinkRow.verified_at
).join(PlayerRow, PlayerRow.id == LinkRow.player_id)


def link_of(user_id: int) -> Select[int, datetime | None]:
    """Select the number of the player that a user links, and when that was proved."""
    return select(LinkRow.player_id, LinkRow.verified_at).where(LinkRow.user_id == user_id)


async def add_duties(
    connection: AsyncConnection, duties: Duties | None, *, is_new: bool, released: Collection[int]
) -> None:
    """Queue what a link brings, when it and the board's entry are there."""
    if duties is not None:
        first = duties.first if is_new else ()
        await add_jobs(connection, [*first, *(duties.after if released else ())])


async def set_link(
    connection: AsyncConnection, user_id: int, player_id: int, *, at: datetime, verified_at: datetime | None
) -> tuple[int, ...]:
    """Make a user's link, or replace it; return the XUIDs that nobody links any more."""
    old = (await connection.execute(link_of(user_id))).first()
    link = insert_into(connection, LinkRow).values(
        user_id=user_id, player_id=player_id, linked_at=at, verified_at=verified_at
    )
    if old is not None and old.player_id == player_id:
        link = link.on_conflict_do_update(index_elements=["user_id"], set_={"verified_at": verified_at})
    else:
        link = link.on_conflict_do_update(
            index_elements=["user_id"],
            set_={"player_id": player_id, "linked_at": at, "verified_at": verified_at},
        )
    await connection.execute(link)
    await track(connection, player_id)
    return (
        () if old is None or old.player_id == player_id else await release_player(connection, old.player_id)
    )
