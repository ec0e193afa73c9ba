"""Leaderboards' data: what the linked members of a server did in a window."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias
from uuid import UUID

import numpy as np
from sqlalchemy import Connection

from bot.store.board_lines import Members, RankBoard, Table, TotalsBoard
from bot.store.board_reads import BEGINNING, END, BoardReads, moment, past_ranks, played_playlists
from bot.store.columns import whole_seconds
from bot.store.database import Database
from bot.store.packing import NO_PEAKS, longest_since
from bot.store.topics import Topic
from bot.store.totals import SUMS

__all__ = ["Boards", "Counter", "Window"]

_NO_RANK: Final = (None, None)
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


_Rank: TypeAlias = tuple[datetime | None, int | None, int | None, int | None]
_ReadValues: TypeAlias = Callable[[BoardReads, Members], Table]


class Boards:
    """Reads boards. Every member of the server is in the answer, with 0 matches too, in the order of gamertags."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def totals(
        self, server_id: int, counters: Sequence[Counter], window: Window, playlist_id: UUID | None = None
    ) -> TotalsBoard:
        """Return sums over the window, in one playlist or in all matchmade player-versus-player matches."""
        columns = [SUMS.index(counter.value) for counter in counters]

        def values(reads: BoardReads, members: Members) -> Table:
            start, end = reads.totals(reads.place.since), reads.totals(reads.place.until)
            return (end - start)[:, columns]

        return await self._board(server_id, window, playlist_id, tuple(counters), values)

    async def medals(
        self, server_id: int, medal_id: int, window: Window, playlist_id: UUID | None = None
    ) -> TotalsBoard:
        """Return how often members earned one medal."""

        def values(reads: BoardReads, members: Members) -> Table:
            start = reads.medals(reads.place.since, medal_id)
            end = reads.medals(reads.place.until, medal_id)
            return end - start

        return await self._board(server_id, window, playlist_id, medal_id, values)

    async def longest_sprees(
        self, server_id: int, window: Window, playlist_id: UUID | None = None
    ) -> TotalsBoard:
        """Return members' longest killing sprees; 0 for who had none."""

        def values(reads: BoardReads, members: Members) -> Table:
            peaks, since = reads.peaks(reads.place.until), reads.place.since
            players: list[int] = members.players.tolist()
            longest = [longest_since(peaks.get(player, NO_PEAKS), since) for player in players]
            return np.array(longest, np.int64).reshape(-1, 1)

        return await self._board(server_id, window, playlist_id, "longest spree", values)

    async def ranks(self, server_id: int, playlist_id: UUID, season_id: str) -> RankBoard:
        """Return members' CSR in a playlist and season, as last seen; the all-time peak is that of any season."""
        kept = self._database.kept.view()

        def read(connection: Connection) -> RankBoard:
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

    async def playlists(self, server_id: int) -> tuple[UUID, ...]:
        """Return the playlists that members have played, those first met last before the others."""
        kept = self._database.kept.view()

        def read(connection: Connection) -> tuple[UUID, ...]:
            reads = BoardReads.begin(
                connection, kept, server_id=server_id, playlist_id=None, since=BEGINNING, until=END
            )
            key = ("playlists", server_id, reads.place.version(Topic.MEMBERS, Topic.TOTALS))
            return kept.read(key, lambda: played_playlists(connection, server_id))

        return await self._database.read(read)

    async def past_ranks(
        self, xuids: Collection[int], playlist_id: UUID, season_id: str, at: datetime
    ) -> dict[int, int]:
        """Return what was known at a moment to be players' CSR, of those of whom anything was."""

        def read(connection: Connection) -> dict[int, int]:
            return past_ranks(connection, xuids, playlist_id, season_id, at)

        return await self._database.read(read)

    async def _board(
        self, server_id: int, window: Window, playlist_id: UUID | None, what: Hashable, values: _ReadValues
    ) -> TotalsBoard:
        """Return a line for each member."""
        since = BEGINNING if window.since is None else max(BEGINNING, whole_seconds(window.since))
        until = END if window.until is None else max(since, min(END, whole_seconds(window.until)))
        kept = self._database.kept.view()

        def read(connection: Connection) -> TotalsBoard:
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


def _lines(reads: BoardReads, read_values: _ReadValues) -> TotalsBoard:
    members = reads.members()
    values = read_values(reads, members)
    start, end = reads.totals(reads.place.since), reads.totals(reads.place.until)
    return TotalsBoard(members, (end - start)[:, _MATCHES], values)


def _rank_lines(reads: BoardReads, playlist_id: UUID, season_id: str) -> RankBoard:
    members, ranks = reads.members(), reads.ranks(playlist_id, season_id)
    players: list[int] = members.players.tolist()
    seen = [_rank(*ranks.get(player, _NO_RANK)) for player in players]
    checked_at, current, season_max, all_time_max = zip(*seen, strict=True) if seen else ((),) * 4
    return RankBoard(members, checked_at, current, season_max, all_time_max)


def _rank(of_season: list[int | None] | None, of_any: int | None) -> _Rank:
    """Return a rank with peaks that are no lower than what else is known: a match tells none."""
    checked_at, current, season_max, all_time_max = of_season or (None,) * 4
    season = _highest(season_max, current)
    return moment(checked_at), current, season, _highest(all_time_max, of_any, season)


def _highest(*csrs: int | None) -> int | None:
    return max((csr for csr in csrs if csr is not None), default=None)
