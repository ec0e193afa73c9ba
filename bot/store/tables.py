"""The tables. They are declared as classes for their types' sake; statements use them without any session.

Who is who: a person on Discord is a ``user_id``, a server a ``server_id`` (both snowflakes), a Halo player a
``player_id`` of our own. The XUID stands in ``players`` and nowhere else, so that a player's lines can outlive it,
and there only of players whom somebody links or is about to prove to be (see `bot.store.fingerprints`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.columns import Guid, Moment

__all__ = [
    "COMPACT",
    "Base",
    "CodeRow",
    "GamertagRow",
    "JobRow",
    "LineRow",
    "LinkRow",
    "MatchRow",
    "MedalTotalRow",
    "MembershipRow",
    "PlayerRow",
    "PlaylistRow",
    "SeasonRow",
    "SecretRow",
    "ServerRow",
    "SnapshotRow",
    "TotalRow",
    "TurnRow",
    "VersionRow",
]

_Id: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only an INTEGER by itself
COMPACT: Final[dict[str, Any]] = {"sqlite_with_rowid": False}


class Base(DeclarativeBase):
    """All tables; every constraint has a name, so that migrations can speak of it."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger,
        datetime: Moment,
        UUID: Guid,
        bytes: LargeBinary,
        dict[str, Any]: JSON,
    }


class PlayerRow(Base):
    """A Halo player.

    ``xuid`` is below 0 for whom nobody links: a fingerprint. None is somebody whose data was erased, in one match.
    """

    __tablename__ = "players"

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    xuid: Mapped[int | None] = mapped_column(unique=True)
    gamertag: Mapped[str | None] = mapped_column(String(64))
    tracked: Mapped[bool] = mapped_column(default=False)
    refreshed_at: Mapped[datetime | None]
    last_match_at: Mapped[datetime | None]


class GamertagRow(Base):
    """A gamertag that a player has or had; ``folded`` is how it is looked up."""

    __tablename__ = "gamertags"
    __table_args__ = (Index(None, "folded"), COMPACT)

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    first_seen_at: Mapped[datetime] = mapped_column(primary_key=True)
    gamertag: Mapped[str] = mapped_column(String(64))
    folded: Mapped[str] = mapped_column(String(64))
    last_seen_at: Mapped[datetime]


class LinkRow(Base):
    """Whom a Discord user says to be in Halo."""

    __tablename__ = "links"
    __table_args__ = (Index(None, "player_id"), COMPACT)

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"))
    linked_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]


class CodeRow(Base):
    """An open verification: the service tag that a user has to set on an account."""

    __tablename__ = "codes"
    __table_args__ = (Index(None, "player_id"), Index(None, "expires_at"))

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(4))
    expires_at: Mapped[datetime]
    checks_left: Mapped[int] = mapped_column(SmallInteger)


class ServerRow(Base):
    """A Discord server that the bot is in."""

    __tablename__ = "servers"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    added_at: Mapped[datetime]


class MembershipRow(Base):
    """A linked user's place on a server's board, and when the user was last known to be in the server."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "user_id"), Index(None, "seen_at"), COMPACT)

    server_id: Mapped[int] = mapped_column(ForeignKey("servers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("links.user_id"), primary_key=True)
    joined_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class PlaylistRow(Base):
    """A playlist, by a short number. Number 0 stands for all matchmade player-versus-player matches."""

    __tablename__ = "playlists"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    asset_id: Mapped[UUID] = mapped_column(unique=True)


class SeasonRow(Base):
    """A season's path, by a short number."""

    __tablename__ = "seasons"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    path: Mapped[str] = mapped_column(String(128), unique=True)


class MatchRow(Base):
    """A match. ``ended_at`` is in whole seconds since the Unix epoch."""

    __tablename__ = "matches"
    __table_args__ = (Index(None, "ended_at"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    match_id: Mapped[UUID] = mapped_column(unique=True)
    ended_at: Mapped[int]
    mode_category: Mapped[int] = mapped_column(SmallInteger)
    playlist_id: Mapped[int | None] = mapped_column(ForeignKey("playlists.id"))
    season_id: Mapped[int | None] = mapped_column(ForeignKey("seasons.id"))
    matchmade: Mapped[bool]
    pvp: Mapped[bool]
    ranked: Mapped[bool]


class LineRow(Base):
    """A human player's numbers in a match; medals are packed (see `bot.store.packing`)."""

    __tablename__ = "lines"
    __table_args__ = (Index(None, "player_id"), COMPACT)

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    outcome: Mapped[int] = mapped_column(SmallInteger)
    kills: Mapped[int] = mapped_column(Integer)
    deaths: Mapped[int] = mapped_column(Integer)
    assists: Mapped[int] = mapped_column(Integer)
    headshots: Mapped[int] = mapped_column(Integer)
    perfects: Mapped[int] = mapped_column(Integer)
    shots: Mapped[int] = mapped_column(Integer)
    hits: Mapped[int] = mapped_column(Integer)
    damage: Mapped[int] = mapped_column(Integer)
    played_ms: Mapped[int]
    objective_ms: Mapped[int]
    longest_spree: Mapped[int] = mapped_column(Integer)
    medals: Mapped[bytes]


class TotalRow(Base):
    """A tracked player's totals up to and including one match, within one scope (see `bot.store.totals`)."""

    __tablename__ = "totals"
    __table_args__ = (COMPACT,)

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    matches: Mapped[int] = mapped_column(Integer)
    wins: Mapped[int] = mapped_column(Integer)
    kills: Mapped[int]
    deaths: Mapped[int]
    assists: Mapped[int]
    headshots: Mapped[int]
    perfects: Mapped[int]
    shots: Mapped[int]
    hits: Mapped[int]
    damage: Mapped[int]
    played_ms: Mapped[int]
    objective_ms: Mapped[int]
    longest_spree: Mapped[int] = mapped_column(Integer)
    peaks: Mapped[bytes]


class MedalTotalRow(Base):
    """How often a tracked player earned one medal up to and including one match, within one scope."""

    __tablename__ = "medal_totals"
    __table_args__ = (COMPACT,)

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    medal_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    earned: Mapped[int]


class SnapshotRow(Base):
    """A player's rank in a playlist and season, from ``taken_at`` until at least ``checked_at``."""

    __tablename__ = "snapshots"
    __table_args__ = (Index(None, "player_id", "playlist_id", "taken_at"), COMPACT)

    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    playlist_id: Mapped[int] = mapped_column(ForeignKey("playlists.id"), primary_key=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("seasons.id"), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]
    current: Mapped[int | None] = mapped_column(Integer)
    season_max: Mapped[int | None] = mapped_column(Integer)
    all_time_max: Mapped[int | None] = mapped_column(Integer)
    placement_left: Mapped[int] = mapped_column(SmallInteger)
    placement_matches: Mapped[int] = mapped_column(SmallInteger)


class JobRow(Base):
    """A piece of background work; ``kind`` and ``key`` say which, so that it is there once."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index(None, "due_at"),
        Index(None, "player_id"),
        Index(None, "user_id"),
        Index(None, "server_id"),
        ForeignKeyConstraint(["player_id"], ["players.id"]),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(128))
    priority: Mapped[int] = mapped_column(SmallInteger)
    server_id: Mapped[int | None]
    user_id: Mapped[int | None]
    player_id: Mapped[int | None]
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    lease_id: Mapped[UUID | None]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)


class TurnRow(Base):
    """When a server's job was taken last, as a running number; 0 stands for work of no server."""

    __tablename__ = "turns"

    server_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    turn: Mapped[int]


class SecretRow(Base):
    """A secret of this database's own, as `bot.store.fingerprints` needs one."""

    __tablename__ = "secrets"
    __table_args__ = (COMPACT,)

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[bytes]


class VersionRow(Base):
    """What a topic's data is called as it is now: a number that no other state of it has (see `bot.store.topics`)."""

    __tablename__ = "versions"
    __table_args__ = (COMPACT,)

    topic: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[int]
