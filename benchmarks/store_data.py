"""A database as large as a big community's, written past the store, as a copy of what it would have written."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.dialects import sqlite

from bot.store.packing import NO_PEAKS, climb, pack_medals
from bot.store.running import position_of
from bot.store.tables import (
    Base,
    LineRow,
    LinkRow,
    MatchRow,
    MedalTotalRow,
    MembershipRow,
    PlayerRow,
    PlaylistRow,
    SeasonRow,
    ServerRow,
    SnapshotRow,
    TotalRow,
)

__all__ = ["LAST", "LINES", "MEDALS", "MEMBERS", "PLAYLIST", "SEASON", "SERVER", "fill"]

MEMBERS, LINES, TEAM = 1_000, 1_000_000, 8
SERVER = 333_333_333_333_333_333
LAST = 1_795_000_000  # the second in which the last match ended
DAYS = 300
MEDALS = tuple(622_331_684 + n for n in range(40))
EARNED = 2  # different medals a line
SUMS = 12
PLAYLIST = UUID(int=0)
SEASON = "Csr/Seasons/CsrSeason10-1.json"
CHANGES = 100  # of a member's rank in a season


def fill(file: Path) -> None:
    """Write 1,000 linked members of one server with 1,000 lines each; all eight of a match are members."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -200000")
        _people(database)
        _put(
            database,
            MatchRow,
            ((n, n.to_bytes(16, "big"), _ended_at(n), 6, 1, 1, 1, 1, 1) for n in range(1, LINES // TEAM + 1)),
        )
        for player in range(1, MEMBERS + 1):
            _history(database, player)
    database.close()


def _put(database: sqlite3.Connection, table: type[Base], rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows with a value for every column, in the table's order."""
    statement = insert(table).compile(dialect=sqlite.dialect())  # pyright: ignore[reportUnknownMemberType]
    database.executemany(str(statement), rows)


def _people(database: sqlite3.Connection) -> None:
    people = range(1, MEMBERS + 1)
    _put(database, ServerRow, [(SERVER, 0)])
    _put(database, PlaylistRow, [(1, PLAYLIST.bytes)])
    _put(database, SeasonRow, [(1, SEASON)])
    _put(
        database,
        PlayerRow,
        ((n, 2_533_274_800_000_000 + n, f"Spartan {n}", 1, 0, LAST * 1_000_000) for n in people),
    )
    _put(database, LinkRow, ((10**17 + n, n, 0, None) for n in people))
    _put(database, MembershipRow, ((SERVER, 10**17 + n, 0, 0) for n in people))
    _put(
        database,
        SnapshotRow,
        (
            (n, 1, 1, change, change, 1000 + (n + change) % 500, 1500, 1600, 0, 5)
            for n in people
            for change in range(CHANGES)
        ),
    )


def _ended_at(match: int) -> int:
    return LAST - DAYS * 86_400 + match * (DAYS * 86_400 // (LINES // TEAM))


def _history(database: sqlite3.Connection, player: int) -> None:
    rng = random.Random(player)  # noqa: S311 - the same data every time
    sums, peaks = [0] * SUMS, NO_PEAKS
    lines: list[tuple[object, ...]] = []
    totals: list[tuple[object, ...]] = []
    earned: dict[int, int] = {}
    medal_rows: list[tuple[int, int, int]] = []
    for match in _matches_of(player):
        counters = [rng.randrange(25) for _ in range(SUMS - 2)]
        spree = min(rng.randrange(12), rng.randrange(12))
        medals = {rng.choice(MEDALS): rng.randrange(1, 4) for _ in range(EARNED)}
        outcome = rng.choice((2, 3))
        position = position_of(_ended_at(match), match)
        lines.append((match, player, outcome, *counters, spree, pack_medals(medals)))
        sums = [a + b for a, b in zip(sums, (1, outcome == 2, *counters), strict=True)]
        peaks = climb(peaks, _ended_at(match), spree)
        totals.append((position, *sums, spree, peaks))
        for medal, count in medals.items():
            earned[medal] = earned.get(medal, 0) + count
            medal_rows.append((medal, position, earned[medal]))
    _put(database, LineRow, lines)
    medal_rows.sort()
    for scope in (0, 1):
        _put(database, TotalRow, ((player, scope, *total) for total in totals))
        _put(database, MedalTotalRow, ((player, scope, *row) for row in medal_rows))


def _matches_of(player: int) -> Iterator[int]:
    """Eight neighbours meet in every 125th match."""
    first = (player - 1) // TEAM + 1
    return iter(range(first, LINES // TEAM + 1, MEMBERS // TEAM))
