"""The totals that leaderboards are read from: of tracked players, kept with every match that comes in.

A scope is a playlist's number, or 0 for all matchmade player-versus-player matches. A tracked player is one whom
somebody has linked; when that happens, the totals are made from the lines that are there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from sqlalchemy import Row, Table, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import Moment, from_seconds
from bot.store.packing import NO_PEAKS, climb, unpack_medals
from bot.store.running import MATCH_BITS, Addition, RunningTotals, position_of
from bot.store.tables import LineRow, MatchRow, MedalTotalRow, PlayerRow, TotalRow

__all__ = ["ALL_PVP", "SUMS", "add_lines_to_totals", "add_to_totals", "track", "untrack"]

ALL_PVP: Final = 0
WON: Final = 2  # Halo's number for the outcome
SUMS: Final = (
    "matches", "wins", "kills", "deaths", "assists", "headshots", "perfects", "shots", "hits", "damage",
    "played_ms", "objective_ms",
)  # fmt: skip
_CHUNK: Final = 200

_LINES = select(LineRow, MatchRow.ended_at, MatchRow.playlist_id, MatchRow.matchmade, MatchRow.pvp).join(
    MatchRow, MatchRow.id == LineRow.match_id
)


async def track(connection: AsyncConnection, player_id: int) -> None:
    """Keep totals for this player from now on, and make those of the lines that are there."""
    begun = update(PlayerRow).where(PlayerRow.id == player_id, PlayerRow.tracked.is_(False))
    if (await connection.execute(begun.values(tracked=True))).rowcount:
        lines = await connection.execute(_LINES.where(LineRow.player_id == player_id))
        await _add(connection, lines.all())


async def untrack(connection: AsyncConnection, player_id: int) -> None:
    """Keep no totals for this player any more."""
    nothing = {"tracked": False, "last_match_at": None}
    await connection.execute(update(PlayerRow).where(PlayerRow.id == player_id).values(nothing))
    for table in (TotalRow, MedalTotalRow):
        await connection.execute(delete(table).where(table.player_id == player_id))


async def add_to_totals(connection: AsyncConnection, match_ids: Sequence[int]) -> None:
    """Add the lines of matches that have just been stored to the totals of their tracked players."""
    tracked = _LINES.join(PlayerRow, PlayerRow.id == LineRow.player_id).where(PlayerRow.tracked)
    lines = await connection.execute(tracked.where(LineRow.match_id.in_(match_ids)))
    await _add(connection, lines.all())


async def add_lines_to_totals(connection: AsyncConnection, lines: Iterable[tuple[int, int]]) -> None:
    """Add single lines, by the numbers of match and tracked player, that were not their players' until now."""
    found: list[Row[*tuple[Any, ...]]] = []
    for match_id, player_id in lines:
        line = _LINES.where(LineRow.match_id == match_id, LineRow.player_id == player_id)
        found += await connection.execute(line)
    await _add(connection, found)


async def _add(connection: AsyncConnection, lines: Iterable[Row[*tuple[Any, ...]]]) -> None:
    totals: dict[tuple[int, ...], list[Addition]] = defaultdict(list)
    medals: dict[tuple[int, ...], list[Addition]] = defaultdict(list)
    newest: dict[int, int] = {}
    for line in lines:
        newest[line.player_id] = max(line.ended_at, newest.get(line.player_id, 0))
        position = position_of(line.ended_at, line.match_id)
        counters = (1, int(line.outcome == WON), *(getattr(line, name) for name in SUMS[2:]))
        earned = unpack_medals(line.medals)
        for scope_id in _scopes(line):
            key = (line.player_id, scope_id)
            totals[key].append(Addition(position, counters, (line.longest_spree, NO_PEAKS)))
            for medal_id, count in earned.items():
                medals[*key, medal_id].append(Addition(position, (count,)))
    await _TOTALS.add(connection, totals)
    await _MEDALS.add(connection, medals)
    for key, additions in totals.items():
        positions = [addition.position for addition in additions]
        await _mend_peaks(connection, key, min(positions), max(positions))
    if newest:
        ends = [{"player": player, "ended_at": from_seconds(end)} for player, end in newest.items()]
        await connection.execute(_SET_LAST_MATCH, ends)


def _scopes(line: Row[*tuple[Any, ...]]) -> list[int]:
    scopes = [ALL_PVP] if line.matchmade and line.pvp else []
    return scopes if line.playlist_id is None else [*scopes, line.playlist_id]


async def _mend_peaks(connection: AsyncConnection, key: tuple[int, ...], first: int, last: int) -> None:
    """Write the peaks of the rows from the first new one on, until a row's are what they were."""
    player_id, scope_id = key
    rows = select(TotalRow.position, TotalRow.longest_spree, TotalRow.peaks).where(
        TotalRow.player_id == player_id, TotalRow.scope_id == scope_id
    )
    before = rows.where(TotalRow.position < first).order_by(TotalRow.position.desc()).limit(1)
    found = (await connection.execute(before)).first()
    peaks = NO_PEAKS if found is None else found.peaks
    while True:
        later = rows.where(TotalRow.position >= first).order_by(TotalRow.position).limit(_CHUNK)
        chunk = (await connection.execute(later)).all()
        changed: list[dict[str, Any]] = []
        settled = len(chunk) < _CHUNK
        for position, spree, stored in chunk:
            peaks = climb(peaks, position >> MATCH_BITS, spree)
            if peaks != stored:
                changed.append({"at": position, "player": player_id, "scope": scope_id, "new": peaks})
            elif position > last:
                settled = True
                break
        if changed:
            await connection.execute(_SET_PEAKS, changed)
        if settled:
            return
        first = chunk[-1].position + 1


_TOTALS: Final = RunningTotals(
    cast("Table", TotalRow.__table__),
    key=("player_id", "scope_id"),
    sums=SUMS,
    own=("longest_spree", "peaks"),
)
_MEDALS: Final = RunningTotals(
    cast("Table", MedalTotalRow.__table__), key=("player_id", "scope_id", "medal_id"), sums=("earned",)
)
_ENDED_AT: Final = bindparam("ended_at", type_=Moment())
_SET_LAST_MATCH: Final = (
    update(cast("Table", PlayerRow.__table__))
    .where(
        PlayerRow.id == bindparam("player"),
        or_(PlayerRow.last_match_at.is_(None), PlayerRow.last_match_at < _ENDED_AT),
    )
    .values(last_match_at=_ENDED_AT)
)
_SET_PEAKS: Final = (
    update(cast("Table", TotalRow.__table__))
    .where(
        TotalRow.player_id == bindparam("player"),
        TotalRow.scope_id == bindparam("scope"),
        TotalRow.position == bindparam("at"),
    )
    .values(peaks=bindparam("new"))
)
