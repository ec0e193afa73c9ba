"""Leaderboards' data: what the linked members of a server did in a window."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Connection

from bot.store.board_reads import BEGINNING, END, BoardReads, Members, moment
from bot.store.columns import whole_seconds
from bot.store.database import Database
from bot.store.packing import NO_PEAKS, longest_since
from bot.store.topics import Topic
from bot.store.totals import SUMS

__all__ = ["BoardLine", "Boards", "Counter", "RankLine", "Window"]

_NO_RANK: Final = (None,) * 5
_MATCHES: Final = SUMS.index("matches")


class Counter(StrEnum):
    """What is summed up over a window."""

    WINS = "wins"
    KILLS = "kills"
    DEATHS = "deaths"
    ASSISTS = "assists"
    HEADSHOTS = "headshots"
    PERFECTS = "perfects"
    SHOTS = "shots"
    HITS = "hits"
    DAMAGE = "damage"
    PLAYED_MS = "played_ms"
    OBJECTIVE_MS = "objective_ms"


@dataclass(frozen=True, slots=True)
class Window:
    """The matches that ended in or after the second ``since`` and before the second ``until``; None: no edge."""

    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def rolling(cls, length: timedelta, now: datetime) -> Window:
        """Return the window of that length that ends now."""
        return cls(now - length, now)


class BoardLine(NamedTuple):
    """A member's numbers. ``values`` come in the order they were asked for; ``matches`` is over the same window."""

    user_id: int
    xuid: int
    gamertag: str | None
    verified: bool
    refreshed_at: datetime | None
    matches: int
    values: tuple[int, ...]


class RankLine(NamedTuple):
    """A member's CSR as last seen; all None where none was seen that season."""

    user_id: int
    xuid: int
    gamertag: str | None
    verified: bool
    checked_at: datetime | None
    current: int | None
    season_max: int | None
    all_time_max: int | None


_Lines: TypeAlias = tuple[BoardLine, ...]
Values: TypeAlias = list[list[int]]
_ReadValues: TypeAlias = Callable[[BoardReads, Members], Values]


class Boards:
    """Reads boards. Every member of the server is in the answer, with 0 matches too, in no order."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def totals(
        self, server_id: int, counters: Sequence[Counter], window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return sums over the window, in one playlist or in all matchmade player-versus-player matches."""
        columns = [SUMS.index(counter.value) for counter in counters]

        def values(reads: BoardReads, members: Members) -> Values:
            start, end = reads.totals(reads.place.since), reads.totals(reads.place.until)
            return (end - start)[:, columns].tolist()

        return await self._board(server_id, window, playlist_id, tuple(counters), values)

    async def medals(
        self, server_id: int, medal_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return how often members earned one medal."""

        def values(reads: BoardReads, members: Members) -> Values:
            start = reads.medals(reads.place.since, medal_id)
            end = reads.medals(reads.place.until, medal_id)
            return (end - start).tolist()

        return await self._board(server_id, window, playlist_id, medal_id, values)

    async def longest_sprees(
        self, server_id: int, window: Window, playlist_id: UUID | None = None
    ) -> tuple[BoardLine, ...]:
        """Return members' longest killing sprees; 0 for who had none."""

        def values(reads: BoardReads, members: Members) -> Values:
            peaks, since = reads.peaks(reads.place.until), reads.place.since
            players: list[int] = members.players.tolist()
            return [[longest_since(peaks.get(player, NO_PEAKS), since)] for player in players]

        return await self._board(server_id, window, playlist_id, "longest spree", values)

    async def ranks(self, server_id: int, playlist_id: UUID, season_id: str) -> tuple[RankLine, ...]:
        """Return members' CSR in a playlist and season, as last seen; the all-time peak is that of any season."""
        kept = self._database.kept.view()

        def read(connection: Connection) -> tuple[RankLine, ...]:
            reads = BoardReads.begin(
                connection,
                kept,
                server_id=server_id,
                playlist_id=playlist_id,
                since=BEGINNING,
                until=END,
            )
            versions = reads.place.version(Topic.MEMBERS, Topic.RANKS)
            key = (Topic.RANKS, versions, server_id, playlist_id, season_id)
            return kept.read(key, lambda: _rank_lines(reads, playlist_id, season_id))

        return await self._database.read(read)

    async def _board(
        self, server_id: int, window: Window, playlist_id: UUID | None, what: Hashable, values: _ReadValues
    ) -> _Lines:
        """Return a line for each member."""
        since = BEGINNING if window.since is None else max(BEGINNING, whole_seconds(window.since))
        until = END if window.until is None else max(since, min(END, whole_seconds(window.until)))
        kept = self._database.kept.view()

        def read(connection: Connection) -> _Lines:
            reads = BoardReads.begin(
                connection,
                kept,
                server_id=server_id,
                playlist_id=playlist_id,
                since=since,
                until=until,
            )
            return kept.read(("board", reads.place.key, what), lambda: _lines(reads, values))

        return await self._database.read(read)


def _lines(reads: BoardReads, read_values: _ReadValues) -> _Lines:
    members = reads.members()
    values = read_values(reads, members)
    start, end = reads.totals(reads.place.since), reads.totals(reads.place.until)
    matches: list[int] = (end - start)[:, _MATCHES].tolist()
    return tuple(map(BoardLine, *members[1:], matches, map(tuple, values)))


def _rank_lines(reads: BoardReads, playlist_id: UUID, season_id: str) -> tuple[RankLine, ...]:
    members, ranks = reads.members(), reads.ranks(playlist_id, season_id)
    players: list[int] = members.players.tolist()
    seen = [_rank(*ranks.get(player, _NO_RANK)) for player in players]
    checked_at, current, season_max, all_time_max = zip(*seen, strict=True) if seen else ((),) * 4
    who = (members.user_ids, members.xuids, members.gamertags, members.verified)
    return tuple(map(RankLine, *who, checked_at, current, season_max, all_time_max))


def _rank(
    checked_at: int | None,
    current: int | None,
    season_max: int | None,
    of_season: int | None,
    of_any: int | None,
) -> tuple[datetime | None, int | None, int | None, int | None]:
    ever = max((csr for csr in (of_season, of_any) if csr is not None), default=None)
    return moment(checked_at), current, season_max, ever
