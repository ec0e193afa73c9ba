"""The reads that boards are made of: who is a member, and each member's running totals as they were at an edge.

A board needs its totals at two edges of time, and boards of a server share them: all windows that end now have
the same end, all metrics the same edges. So what is read at an edge is all counters, and it is kept until the
data has another version. Between two matches nothing changes, therefore an edge is named by the first match that
ended at or after it, anywhere: a window that moves on by a second mostly keeps its edges.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from bot.store.board_lines import Members, Table
from bot.store.columns import EPOCH
from bot.store.json_rows import as_hex, as_list, as_lists, nested
from bot.store.kept_reads import KeptView
from bot.store.running import LAST_POSITION, position_of
from bot.store.tables import (
    LinkRow,
    MatchRow,
    MedalTotalRow,
    MembershipRow,
    PlayerRow,
    PlaylistRow,
    SeasonRow,
    SnapshotRow,
    TotalRow,
    VersionRow,
)
from bot.store.topics import Topic
from bot.store.totals import ALL_PVP, SUMS

__all__ = ["BEGINNING", "END", "BoardReads", "Place", "moment", "past_ranks", "played_playlists"]

Rows: TypeAlias = list[list[Any]]

BEGINNING: Final = -1
"""The edge before the first match."""
END: Final = 2**33
"""The edge behind the last one; a match ends before it."""
_NO_SCOPE: Final = -1
_NO_BRACKETS: Final = str.maketrans("", "", "[]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a board is read: versions by topic, the scope, and the two edges in seconds."""

    server_id: int
    scope_id: int
    since: int
    until: int
    versions: tuple[int | None, ...]

    def version(self, *topics: Topic) -> tuple[int | None, ...]:
        """Return what the topics' data is called now."""
        return tuple(self.versions[_TOPICS.index(topic)] for topic in topics)

    @property
    def key(self) -> Hashable:
        """What is the same for boards of which everything is the same."""
        versions = self.version(Topic.MEMBERS, Topic.TOTALS)
        return (self.server_id, self.scope_id, self.since, self.until, versions)


class BoardReads:
    """Reads in one transaction, which sees one state of the data; takes what was kept of that state."""

    def __init__(self, connection: Connection, kept: KeptView, place: Place) -> None:
        self._connection, self._kept, self.place = connection, kept, place

    @classmethod
    def begin(
        cls,
        connection: Connection,
        kept: KeptView,
        *,
        server_id: int,
        playlist_id: UUID | None,
        since: int,
        until: int,
    ) -> BoardReads:
        """Find out where a board is to be read."""
        asked = {"playlist": playlist_id, "since": since, "until": until}
        found = connection.execute(_PLACE, asked).one()
        scope = ALL_PVP if playlist_id is None else (_NO_SCOPE if found.scope is None else found.scope)
        first = BEGINNING if since == BEGINNING else END if found.since is None else found.since
        last = END if found.until is None else found.until
        return cls(connection, kept, Place(server_id, scope, first, last, tuple(found)[3:]))

    def members(self) -> Members:
        """Return the members."""
        key = (Topic.MEMBERS, self.place.version(Topic.MEMBERS), self.place.server_id)
        return self._kept.read(key, self._members)

    def totals(self, edge: int) -> Table:
        """Return all sums up to an edge."""
        return self._before("totals", edge, len(SUMS))

    def medals(self, edge: int, medal_id: int) -> Table:
        """Return how often a medal was earned up to an edge: one column."""
        return self._before("medals", edge, 1, medal_id)

    def peaks(self, edge: int) -> dict[int, bytes]:
        """Return the peaks behind longest sprees as seen from an edge, by player, of those who have any."""
        if not self._has_matches(edge):
            return {}

        def read() -> dict[int, bytes]:
            rows = self._rows(_BEFORE["peaks"], self._asked(edge))
            return {player: bytes.fromhex(peaks) for player, peaks in rows}

        return self._kept.read(("peaks", edge, self._key), read)

    def ranks(self, playlist_id: UUID, season_id: str) -> dict[int, list[Any]]:
        """Return ranks as last seen, by player."""
        rows = self._rows(_RANKS, {"playlist": playlist_id, "season": season_id})
        return {player: rank for player, rank in rows}  # noqa: C416 - dict() would lose the types

    def _before(self, what: str, edge: int, width: int, medal_id: int | None = None) -> Table:
        members = self.members()
        if not self._has_matches(edge):
            return np.zeros((len(members), width), np.int64)

        def read() -> Table:
            table = np.zeros((len(members), width), np.int64)
            text = self._text(_BEFORE[what], self._asked(edge, medal_id))
            if text:
                found = _numbers(text, 1 + width)
                table[members.places_of(found[:, 0])] = found[:, 1:]
            return table

        return self._kept.read((what, edge, medal_id, self._key), read)

    def _members(self) -> Members:
        rows = sorted(self._rows(_MEMBERS, {}), key=_by_name)
        players, users, xuids, gamertags, verified, refreshed = zip(*rows, strict=True) if rows else ((),) * 6
        return Members(
            np.array(players, np.int64),
            users,
            xuids,
            gamertags,
            tuple(map(bool, verified)),
            tuple(map(moment, refreshed)),
        )

    def _has_matches(self, edge: int) -> bool:
        return edge != BEGINNING and self.place.scope_id != _NO_SCOPE

    def _asked(self, edge: int, medal_id: int | None = None) -> dict[str, Any]:
        position = LAST_POSITION if edge >= END else position_of(edge, 0)
        asked = {"scope": self.place.scope_id, "edge": position}
        return asked if medal_id is None else asked | {"medal": medal_id}

    @property
    def _key(self) -> Hashable:
        place = self.place
        return (place.server_id, place.scope_id, place.version(Topic.MEMBERS, Topic.TOTALS))

    def _rows(self, statement: Select[Any], asked: dict[str, Any]) -> Rows:
        return json.loads(f"[{self._text(statement, asked)}]")

    def _text(self, statement: Select[Any], asked: dict[str, Any]) -> str:
        answer = self._connection.execute(statement, {"server": self.place.server_id, **asked})
        return answer.scalar_one() or ""


def past_ranks(
    connection: Connection, xuids: Collection[int], playlist_id: UUID, season_id: str, at: datetime
) -> dict[int, int]:
    """Return the CSR that each player had at a moment, of those of whom one was known."""
    asked = {"xuids": [*xuids], "playlist": playlist_id, "season": season_id, "at": at}
    found = connection.execute(_PAST_RANKS, asked)
    return {xuid: current for xuid, current in found if current is not None}


def played_playlists(connection: Connection, server_id: int) -> tuple[UUID, ...]:
    """Return the playlists in which a member of a server has a match."""
    return tuple(connection.execute(_PLAYED_PLAYLISTS, {"server": server_id}).scalars())


def _by_name(row: list[Any]) -> tuple[str, int]:
    _, user_id, _, gamertag, *_ = row
    return (gamertag or "").casefold(), user_id


def _numbers(text: str, width: int) -> Table:
    """Read lists of numbers without making an object of each."""
    return np.fromstring(text.translate(_NO_BRACKETS), np.int64, sep=",").reshape(-1, width)


def moment(microseconds: int | None) -> datetime | None:
    """Return a moment that came as a number."""
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)


_TOPICS: Final = tuple(Topic)


def _first_match_from(edge: str) -> ColumnElement[int]:
    at = bindparam(edge, type_=MatchRow.ended_at.type)
    return select(func.min(MatchRow.ended_at)).where(MatchRow.ended_at >= at).scalar_subquery()


def _playlist() -> ColumnElement[int]:
    asset_id = bindparam("playlist", type_=PlaylistRow.asset_id.type)
    return select(PlaylistRow.id).where(PlaylistRow.asset_id == asset_id).scalar_subquery()


def _season() -> ColumnElement[int]:
    path = bindparam("season", type_=SeasonRow.path.type)
    return select(SeasonRow.id).where(SeasonRow.path == path).scalar_subquery()


def _of_members(row: ColumnElement[Any]) -> Select[Any]:
    """Ask for something about all members of a server as one value: a list of lists."""
    return (
        select(as_lists(row))
        .select_from(MembershipRow)
        .join(LinkRow, LinkRow.user_id == MembershipRow.user_id)
        .where(MembershipRow.server_id == bindparam("server", type_=MembershipRow.server_id.type))
    )


def _last_before(table: type[TotalRow | MedalTotalRow], *columns: Any, where: Any = ()) -> Select[Any]:
    """Ask for each member's last row before an edge, found by one look into the key's index."""
    scope = bindparam("scope", type_=table.scope_id.type)
    edge = bindparam("edge", type_=table.position.type)
    last = (
        select(as_list(table.player_id, *columns))
        .where(table.player_id == LinkRow.player_id, table.scope_id == scope, *where, table.position < edge)
        .order_by(table.position.desc())
        .limit(1)
    )
    return _of_members(last.correlate(LinkRow).scalar_subquery())


def _ranks() -> Select[Any]:
    """Ask for the last snapshot of a season, and for the peak in the last one of any season that tells one."""
    mine = (SnapshotRow.player_id == LinkRow.player_id, SnapshotRow.playlist_id == _playlist())
    newest_first = SnapshotRow.taken_at.desc()
    this = SnapshotRow.season_id == _season()
    rank = as_list(
        SnapshotRow.checked_at, SnapshotRow.current, SnapshotRow.season_max, SnapshotRow.all_time_max
    )
    of_season = select(rank).where(*mine, this).order_by(newest_first).limit(1).correlate(LinkRow)
    told = SnapshotRow.all_time_max.is_not(None)
    ever = select(SnapshotRow.all_time_max).where(*mine, told).order_by(newest_first).limit(1)
    found = as_list(nested(of_season.scalar_subquery()), ever.correlate(LinkRow).scalar_subquery())
    return _of_members(as_list(LinkRow.player_id, nested(found)))


def _past_ranks() -> Select[Any, Any]:
    """Ask for the last snapshot until a moment."""
    at = bindparam("at", type_=SnapshotRow.taken_at.type)
    of_season = (SnapshotRow.playlist_id == _playlist(), SnapshotRow.season_id == _season())
    last = (
        select(SnapshotRow.current)
        .where(SnapshotRow.player_id == PlayerRow.id, *of_season, SnapshotRow.taken_at <= at)
        .order_by(SnapshotRow.taken_at.desc())
        .limit(1)
        .correlate(PlayerRow)
    )
    asked = bindparam("xuids", type_=PlayerRow.xuid.type, expanding=True)
    return select(PlayerRow.xuid, last.scalar_subquery()).where(PlayerRow.xuid.in_(asked))


def _played_playlists() -> Select[Any]:
    """Ask of each playlist whether any member has totals in it: one look into the key's index for each."""
    one = (
        select(TotalRow.player_id)
        .where(TotalRow.player_id == LinkRow.player_id, TotalRow.scope_id == PlaylistRow.id)
        .correlate(LinkRow, PlaylistRow)
    )
    member = (
        select(LinkRow.user_id)
        .join(MembershipRow, MembershipRow.user_id == LinkRow.user_id)
        .where(MembershipRow.server_id == bindparam("server", type_=MembershipRow.server_id.type))
        .where(one.exists())
    )
    return select(PlaylistRow.asset_id).where(member.exists()).order_by(PlaylistRow.id.desc())


_PLACE: Final = select(
    _playlist().label("scope"),
    _first_match_from("since").label("since"),
    _first_match_from("until").label("until"),
    *(select(VersionRow.value).where(VersionRow.topic == topic.value).scalar_subquery() for topic in _TOPICS),
)
_MEMBERS: Final = _of_members(
    as_list(
        LinkRow.player_id,
        MembershipRow.user_id,
        PlayerRow.xuid,
        PlayerRow.gamertag,
        LinkRow.verified_at.is_not(None),
        PlayerRow.refreshed_at,
    )
).join(PlayerRow, PlayerRow.id == LinkRow.player_id)
_BEFORE: Final = {
    "totals": _last_before(TotalRow, *(getattr(TotalRow, name) for name in SUMS)),
    "peaks": _last_before(TotalRow, as_hex(TotalRow.peaks)),
    "medals": _last_before(
        MedalTotalRow,
        MedalTotalRow.earned,
        where=[MedalTotalRow.medal_id == bindparam("medal", type_=MedalTotalRow.medal_id.type)],
    ),
}
_RANKS: Final = _ranks()
_PAST_RANKS: Final = _past_ranks()
_PLAYED_PLAYLISTS: Final = _played_playlists()
