"""The reads that boards are made of: who is a member, and each member's running totals as they were at an edge.

A board needs its totals at two edges of time, and boards of a server share them: all windows that end now have
the same end, all metrics the same edges. So what is read at an edge is all counters, and it is kept until the
data has another version. Between two matches nothing changes, therefore an edge is named by the first match that
ended at or after it, anywhere: a window that moves on by a second mostly keeps its edges.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from bot.store.columns import EPOCH
from bot.store.json_rows import as_hex, as_list, as_lists
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

__all__ = ["BEGINNING", "END", "BoardReads", "Members", "Place", "Table", "moment"]

Rows: TypeAlias = list[list[Any]]
Table: TypeAlias = NDArray[np.int64]
"""A row of numbers for each member, in the order of the members' numbers."""

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


class Members(NamedTuple):
    """The members of a server, column by column; ``players`` rises."""

    players: NDArray[np.int64]
    user_ids: tuple[int, ...]
    xuids: tuple[int, ...]
    gamertags: tuple[str | None, ...]
    verified: tuple[bool, ...]
    refreshed_at: tuple[datetime | None, ...]


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
        """Return the members in the order of their players' numbers."""
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
        return {player: rank for player, *rank in rows}

    def _before(self, what: str, edge: int, width: int, medal_id: int | None = None) -> Table:
        members = self.members()
        if not self._has_matches(edge):
            return np.zeros((len(members.players), width), np.int64)

        def read() -> Table:
            table = np.zeros((len(members.players), width), np.int64)
            text = self._text(_BEFORE[what], self._asked(edge, medal_id))
            if text:
                found = _numbers(text, 1 + width)
                table[np.searchsorted(members.players, found[:, 0])] = found[:, 1:]
            return table

        return self._kept.read((what, edge, medal_id, self._key), read)

    def _members(self) -> Members:
        rows = sorted(self._rows(_MEMBERS, {}))
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
    """Ask for the last snapshot of a season, and for the peak in the last one of any season."""
    season = bindparam("season", type_=SeasonRow.path.type)
    mine = (SnapshotRow.player_id == LinkRow.player_id, SnapshotRow.playlist_id == _playlist())
    newest_first = SnapshotRow.taken_at.desc()
    this = SnapshotRow.season_id == select(SeasonRow.id).where(SeasonRow.path == season).scalar_subquery()
    of_season = [
        select(column).where(*mine, this).order_by(newest_first).limit(1).correlate(LinkRow).scalar_subquery()
        for column in (
            SnapshotRow.checked_at,
            SnapshotRow.current,
            SnapshotRow.season_max,
            SnapshotRow.all_time_max,
        )
    ]
    ever = select(SnapshotRow.all_time_max).where(*mine).order_by(newest_first).limit(1).correlate(LinkRow)
    return _of_members(as_list(LinkRow.player_id, *of_season, ever.scalar_subquery()))


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
