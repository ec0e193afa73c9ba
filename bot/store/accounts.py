"""What is stored of one Discord user: for `/account`, to look at and to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import from_seconds
from bot.store.database import Database
from bot.store.links import Link
from bot.store.packing import unpack_medals
from bot.store.players import KnownGamertag
from bot.store.tables import (
    CodeRow,
    GamertagRow,
    JobRow,
    LineRow,
    LinkRow,
    MatchRow,
    MembershipRow,
    PlayerRow,
    PlaylistRow,
    SeasonRow,
    SnapshotRow,
)

__all__ = ["Account", "Accounts", "Board"]

_NUMBERS: Final = tuple(
    column.key
    for column in LineRow.__table__.columns
    if column.key not in {"match_id", "player_id", "medals"}
)


@dataclass(frozen=True, slots=True)
class Board:
    """A server whose board a user is on."""

    server_id: int
    joined_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What there is of a user, in short.

    Attributes:
        gamertags: What the linked account is known to have been called.
        snapshots: How many changes of the account's ranks are stored.
        jobs: Background work for the user or the account.
        codes: Open verifications; there may be one without a link.
        refreshed_at: When the account's matches were last looked for.
    """

    link: Link | None
    boards: tuple[Board, ...]
    gamertags: tuple[KnownGamertag, ...]
    matches: int
    snapshots: int
    jobs: int
    codes: int
    refreshed_at: datetime | None


class Accounts:
    """Reads; `bot.store.erasure.Erasure` deletes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_user(self, user_id: int) -> Account | None:
        """Return what is stored of a user in short; None if there is nothing."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_LINK.where(LinkRow.user_id == user_id))).first()
            player_id = None if row is None else row.player_id
            boards = await connection.execute(_BOARDS.where(MembershipRow.user_id == user_id))
            gamertags = await connection.execute(_GAMERTAGS.where(GamertagRow.player_id == player_id))
            account = Account(
                link=None
                if row is None or row.xuid is None
                else Link(user_id, row.xuid, row.gamertag, row.linked_at, row.verified_at),
                boards=tuple(Board(*board) for board in boards),
                gamertags=tuple(KnownGamertag(*gamertag) for gamertag in gamertags),
                matches=await _count(connection, LineRow.player_id == player_id),
                snapshots=await _count(connection, SnapshotRow.player_id == player_id),
                jobs=await _count(connection, _jobs_of(user_id, player_id)),
                codes=await _count(connection, CodeRow.user_id == user_id),
                refreshed_at=None if row is None else row.refreshed_at,
            )
            return account if account.link or account.jobs or account.codes else None

    async def export(self, user_id: int) -> dict[str, Any]:
        """Return everything that is stored of a user, as JSON's values; numbers of people and servers as text.

        It is some 400 bytes a match as text. Running totals are left out: they follow from the matches.
        """
        async with self._database.reading() as connection:
            link = (await connection.execute(_LINK.where(LinkRow.user_id == user_id))).mappings().first()
            player_id = None if link is None else link["player_id"]
            jobs = select(JobRow.kind, JobRow.key, JobRow.due_at, JobRow.server_id, JobRow.payload)
            return {
                "user_id": str(user_id),
                "link": None if link is None else _plain(link, leave_out={"player_id"}),
                "boards": await _all(connection, _BOARDS.where(MembershipRow.user_id == user_id)),
                "verifications": await _all(connection, _CODES.where(CodeRow.user_id == user_id)),
                "jobs": await _all(connection, jobs.where(_jobs_of(user_id, player_id))),
                "gamertags": await _all(connection, _GAMERTAGS.where(GamertagRow.player_id == player_id)),
                "ranks": await _all(connection, _RANKS.where(SnapshotRow.player_id == player_id)),
                "matches": await _all(connection, _MATCHES.where(LineRow.player_id == player_id)),
            }


_LINK: Final = select(
    LinkRow.player_id,
    PlayerRow.xuid,
    PlayerRow.gamertag,
    LinkRow.linked_at,
    LinkRow.verified_at,
    PlayerRow.refreshed_at,
    PlayerRow.last_match_at,
).join(PlayerRow, PlayerRow.id == LinkRow.player_id)
_BOARDS: Final = select(MembershipRow.server_id, MembershipRow.joined_at, MembershipRow.seen_at).order_by(
    MembershipRow.joined_at
)
_CODES: Final = select(PlayerRow.xuid, CodeRow.code, CodeRow.expires_at, CodeRow.checks_left).join(
    CodeRow, CodeRow.player_id == PlayerRow.id
)
_GAMERTAGS: Final = select(
    GamertagRow.gamertag, GamertagRow.first_seen_at, GamertagRow.last_seen_at
).order_by(GamertagRow.first_seen_at)
_RANKS: Final = (
    select(
        PlaylistRow.asset_id.label("playlist_id"),
        SeasonRow.path.label("season_id"),
        SnapshotRow.taken_at,
        SnapshotRow.checked_at,
        SnapshotRow.current,
        SnapshotRow.season_max,
        SnapshotRow.all_time_max,
        SnapshotRow.placement_left,
        SnapshotRow.placement_matches,
    )
    .select_from(SnapshotRow)
    .join(PlaylistRow, PlaylistRow.id == SnapshotRow.playlist_id)
    .join(SeasonRow, SeasonRow.id == SnapshotRow.season_id)
    .order_by(SnapshotRow.taken_at)
)
_MATCHES: Final = (
    select(
        MatchRow.match_id,
        MatchRow.ended_at,
        MatchRow.mode_category,
        PlaylistRow.asset_id.label("playlist_id"),
        SeasonRow.path.label("season_id"),
        MatchRow.matchmade,
        MatchRow.pvp,
        MatchRow.ranked,
        LineRow.medals,
        *(getattr(LineRow, name) for name in _NUMBERS),
    )
    .join(LineRow, LineRow.match_id == MatchRow.id)
    .outerjoin(PlaylistRow, PlaylistRow.id == MatchRow.playlist_id)
    .outerjoin(SeasonRow, SeasonRow.id == MatchRow.season_id)
    .order_by(MatchRow.ended_at, MatchRow.id)
)
_TEXTS: Final = frozenset({"xuid", "server_id", "playlist_id", "match_id"})


def _jobs_of(user_id: int, player_id: int | None) -> ColumnElement[bool]:
    mine = JobRow.user_id == user_id
    return mine if player_id is None else or_(mine, JobRow.player_id == player_id)


async def _count(connection: AsyncConnection, where: ColumnElement[bool]) -> int:
    return (await connection.execute(select(func.count()).where(where))).scalar_one()


async def _all(connection: AsyncConnection, query: Any) -> list[dict[str, Any]]:
    return [_plain(row) for row in (await connection.execute(query)).mappings()]


def _plain(row: Any, leave_out: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in row.items() if name not in leave_out}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return {str(medal): count for medal, count in unpack_medals(value).items()}
    if name == "ended_at":
        return from_seconds(value).isoformat()
    return str(value) if name in _TEXTS and value is not None else value
