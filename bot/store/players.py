"""Halo players: who an XUID is to us, and the gamertags it had."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, insert_into, mark_changed
from bot.store.fingerprints import fingerprints_of
from bot.store.tables import CodeRow, GamertagRow, JobRow, LineRow, LinkRow, PlayerRow, SnapshotRow
from bot.store.topics import Topic

__all__ = [
    "KnownGamertag",
    "Players",
    "TrackedPlayer",
    "drop_unused_players",
    "fold",
    "line_players",
    "named_player",
    "remember_gamertag",
    "storable",
    "tracked_among",
]

LONGEST: Final = 64
_LAST_XUID: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class KnownGamertag:
    """A gamertag and when it was seen."""

    gamertag: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class TrackedPlayer:
    """A player whom somebody links.

    Attributes:
        refreshed_at: As of when all matches are there.
        last_match_at: When the newest match ended that is stored, of whatever kind.
    """

    xuid: int
    gamertag: str | None
    refreshed_at: datetime | None
    last_match_at: datetime | None


class Players:
    """What is known of players beside their matches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def saw(self, xuid: int, gamertag: str, at: datetime) -> None:
        """Remember that a player whom we keep has this gamertag; of anybody else nothing is kept.

        A name that was had before, in between other ones, is a new entry in the history.
        """
        async with self._database.writing(changes=()) as connection:
            known = select(PlayerRow.id).where(PlayerRow.xuid == xuid)
            player_id = (await connection.execute(known)).scalar_one_or_none()
            if player_id is not None:
                await remember_gamertag(connection, player_id, gamertag, at)

    async def history(self, xuid: int) -> tuple[KnownGamertag, ...]:
        """Return the gamertags that a player is known to have had, newest first."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(GamertagRow.gamertag, GamertagRow.first_seen_at, GamertagRow.last_seen_at)
                .join(PlayerRow, PlayerRow.id == GamertagRow.player_id)
                .where(PlayerRow.xuid == xuid)
                .order_by(GamertagRow.first_seen_at.desc())
            )
            return tuple(KnownGamertag(*row) for row in rows)

    async def find(self, gamertag: str) -> int | None:
        """Return the XUID of whom we know by this gamertag now; case and spaces do not matter.

        Gamertags move: whoever was seen with it last is meant, and nobody who has another one since.
        """
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(PlayerRow.xuid, PlayerRow.gamertag)
                .join(GamertagRow, GamertagRow.player_id == PlayerRow.id)
                .where(GamertagRow.folded == fold(gamertag))
                .order_by(GamertagRow.last_seen_at.desc())
            )
            return next((xuid for xuid, now in rows if now is not None and fold(now) == fold(gamertag)), None)

    async def tracked(self) -> tuple[TrackedPlayer, ...]:
        """Return every player whom somebody links: who is to be kept fresh, the longest unrefreshed first."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(PlayerRow.xuid, PlayerRow.gamertag, PlayerRow.refreshed_at, PlayerRow.last_match_at)
                .where(PlayerRow.tracked)
                .order_by(PlayerRow.refreshed_at.nulls_first(), PlayerRow.id)
            )
            return tuple(
                TrackedPlayer(xuid, gamertag, refreshed_at, last_match_at)
                for xuid, gamertag, refreshed_at, last_match_at in rows
                if xuid is not None
            )

    async def refreshed_at(self, xuid: int) -> datetime | None:
        """Return as of when all matches of a player are there; None: they are not."""
        async with self._database.reading() as connection:
            known = select(PlayerRow.refreshed_at).where(PlayerRow.xuid == xuid)
            return (await connection.execute(known)).scalar_one_or_none()

    async def refreshed(self, xuids: Iterable[int], at: datetime) -> None:
        """Note that the matches of these players were looked for and are all there, as of then."""
        async with self._database.writing(changes={Topic.MEMBERS}, background=True) as connection:
            fresh = update(PlayerRow).where(PlayerRow.xuid.in_(tuple(xuids)))
            await connection.execute(fresh.values(refreshed_at=at))


def fold(gamertag: str) -> str:
    """Return a gamertag as it is compared: without case and spaces."""
    return "".join(gamertag.casefold().split())[:LONGEST]


def storable(gamertag: str) -> str:
    """Return a gamertag as both databases can hold it, whatever a service has sent."""
    return gamertag.replace("\0", "").encode(errors="replace").decode()[:LONGEST]


async def named_player(connection: AsyncConnection, xuid: int) -> int:
    """Return the number of a player whom somebody links or proves to be; from now on the XUID is kept.

    What is there under the player's fingerprint becomes the player's own. A caller that comes to keep neither
    link nor code hands the number to `drop_unused_players`, or rolls back.

    Raises:
        ValueError: The XUID is not a positive number of 63 bits.
    """
    if not 0 < xuid <= _LAST_XUID:
        raise ValueError("an XUID is out of range")
    known = (await _numbers(connection, [xuid])).get(xuid)
    if known is not None:
        return known
    mark = (await fingerprints_of(connection, [xuid]))[xuid]
    named = update(PlayerRow).where(PlayerRow.xuid == mark).values(xuid=xuid).returning(PlayerRow.id)
    number = (await connection.execute(named)).scalar_one_or_none()
    if number is not None:
        return number
    new = insert_into(connection, PlayerRow).values(xuid=xuid, tracked=False).returning(PlayerRow.id)
    return (await connection.execute(new)).scalar_one()


async def line_players(connection: AsyncConnection, xuids: Collection[int]) -> dict[int, int]:
    """Return the number of each player of a match by XUID; whoever is not kept by name gets one by fingerprint."""
    found = await _numbers(connection, xuids)
    marks = await fingerprints_of(connection, sorted(set(xuids) - found.keys()))
    if not marks:
        return found
    new = insert_into(connection, PlayerRow).on_conflict_do_nothing(index_elements=["xuid"])
    await connection.execute(new, [{"xuid": mark, "tracked": False} for mark in marks.values()])
    numbers = await _numbers(connection, marks.values())
    return found | {xuid: numbers[mark] for xuid, mark in marks.items()}


async def tracked_among(connection: AsyncConnection, xuids: Collection[int | None]) -> dict[int, int]:
    """Return the number of each of these players whom somebody links, by XUID."""
    asked = {"keys": [xuid for xuid in xuids if xuid is not None]}
    tracked = _BY_KEY.where(PlayerRow.tracked)
    return {key: number for key, number in await connection.execute(tracked, asked) if key is not None}


async def _numbers(connection: AsyncConnection, keys: Collection[int]) -> dict[int, int]:
    """Return the numbers of those who are there, by XUID or fingerprint."""
    found = await connection.execute(_BY_KEY, {"keys": [*keys]})
    return {key: number for key, number in found if key is not None}


async def remember_gamertag(connection: AsyncConnection, player_id: int, gamertag: str, at: datetime) -> None:
    """Put a gamertag into a player's history, as the one it has now."""
    gamertag = storable(gamertag)
    last = (
        select(GamertagRow.first_seen_at, GamertagRow.gamertag, GamertagRow.last_seen_at)
        .where(GamertagRow.player_id == player_id)
        .order_by(GamertagRow.first_seen_at.desc())
        .limit(1)
    )
    found = (await connection.execute(last)).first()
    if found is not None and (found.gamertag == gamertag or found.first_seen_at >= at):
        if found.gamertag == gamertag and found.last_seen_at < at:
            seen = update(GamertagRow).where(
                GamertagRow.player_id == player_id, GamertagRow.first_seen_at == found.first_seen_at
            )
            await connection.execute(seen.values(last_seen_at=at))
        return
    await connection.execute(
        insert_into(connection, GamertagRow).values(
            player_id=player_id, gamertag=gamertag, folded=fold(gamertag), first_seen_at=at, last_seen_at=at
        )
    )
    current = update(PlayerRow).where(PlayerRow.id == player_id)
    await connection.execute(current.values(gamertag=gamertag))
    await mark_changed(connection, {Topic.MEMBERS})


async def drop_unused_players(connection: AsyncConnection, candidates: Collection[int]) -> None:
    """Forget those of these players whom nothing needs: no link, no line, no code, no work.

    Who is needed for lines only, as somebody's opponent, keeps a fingerprint, and neither XUID nor gamertag.
    """
    needed = [
        exists().where(table.player_id == PlayerRow.id)
        for table in (LinkRow, LineRow, CodeRow, JobRow, SnapshotRow)
    ]
    unused = select(PlayerRow.id).where(
        PlayerRow.id.in_(candidates), PlayerRow.tracked.is_(False), *(~need for need in needed)
    )
    gone = (await connection.execute(unused)).scalars().all()
    await connection.execute(delete(GamertagRow).where(GamertagRow.player_id.in_(gone)))
    await connection.execute(delete(PlayerRow).where(PlayerRow.id.in_(gone)))
    await _conceal(connection, candidates)


async def _conceal(connection: AsyncConnection, candidates: Collection[int]) -> None:
    claimed = [exists().where(table.player_id == PlayerRow.id) for table in (LinkRow, CodeRow)]
    nobodys = select(PlayerRow.id, PlayerRow.xuid).where(
        PlayerRow.id.in_(candidates),
        PlayerRow.xuid > 0,
        PlayerRow.tracked.is_(False),
        *(~it for it in claimed),
    )
    named = {number: xuid for number, xuid in await connection.execute(nobodys) if xuid is not None}
    marks = await fingerprints_of(connection, named.values())
    for number, xuid in named.items():
        this = update(PlayerRow).where(PlayerRow.id == number)
        await connection.execute(this.values(xuid=marks[xuid], gamertag=None, refreshed_at=None))
    await connection.execute(delete(GamertagRow).where(GamertagRow.player_id.in_(named)))


# Asked with values that are given anew each time: a statement that holds its own would keep XUIDs in memory.
_BY_KEY: Final = select(PlayerRow.xuid, PlayerRow.id).where(
    PlayerRow.xuid.in_(bindparam("keys", type_=PlayerRow.xuid.type, expanding=True))
)
