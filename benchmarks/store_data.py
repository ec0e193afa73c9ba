"""A database as large as a big community's, written past the store, as a copy of what it would have written."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.store.packing import NO_PEAKS, climb, pack_medals
from bot.store.running import position_of

__all__ = ["LAST", "LINES", "MEDALS", "MEMBERS", "SERVER", "fill"]

MEMBERS, LINES, TEAM = 1_000, 1_000_000, 8
SERVER = 333_333_333_333_333_333
LAST = 1_795_000_000  # the second in which the last match ended
DAYS = 300
MEDALS = tuple(622_331_684 + n for n in range(40))
EARNED = 2  # different medals a line
SUMS = 12


def fill(file: Path) -> None:
    """Write 1,000 linked members of one server with 1,000 lines each; all eight of a match are members."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -200000")
        _people(database)
        database.execute("INSERT INTO playlists VALUES (1, ?)", (bytes(16),))
        database.executemany(
            "INSERT INTO matches VALUES (?, ?, ?, 6, 1, NULL, 1, 1, 1)",
            ((n, random.Random(n).randbytes(16), _ended_at(n)) for n in range(1, LINES // TEAM + 1)),
        )
        for player in range(1, MEMBERS + 1):
            _history(database, player)
    database.close()


def _people(database: sqlite3.Connection) -> None:
    people = range(1, MEMBERS + 1)
    database.execute("INSERT INTO servers VALUES (?, 0)", (SERVER,))
    database.executemany(
        "INSERT INTO players VALUES (?, ?, ?, 1, 0)",
        ((n, 2_533_274_800_000_000 + n, f"Spartan {n}") for n in people),
    )
    database.executemany("INSERT INTO links VALUES (?, ?, 0, NULL)", ((10**17 + n, n) for n in people))
    database.executemany(
        "INSERT INTO memberships VALUES (?, ?, 0, 0)", ((SERVER, 10**17 + n) for n in people)
    )


def _ended_at(match: int) -> int:
    return LAST - DAYS * 86_400 + match * (DAYS * 86_400 // (LINES // TEAM))


def _history(database: sqlite3.Connection, player: int) -> None:
    rng = random.Random(player)
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
        totals.append((player, position, *sums, spree, peaks))
        for medal, count in medals.items():
            earned[medal] = earned.get(medal, 0) + count
            medal_rows.append((medal, position, earned[medal]))
    database.executemany(f"INSERT INTO lines VALUES ({_marks(5 + SUMS - 2)})", lines)
    medal_rows.sort()
    for scope in (0, 1):
        database.executemany(f"INSERT INTO totals VALUES (?, {scope}, {_marks(SUMS + 3)})", totals)
        database.executemany(f"INSERT INTO medal_totals VALUES ({player}, {scope}, ?, ?, ?)", medal_rows)


def _matches_of(player: int) -> Iterator[int]:
    """Eight neighbours meet in every 125th match."""
    first = (player - 1) // TEAM + 1
    return iter(range(first, LINES // TEAM + 1, MEMBERS // TEAM))


def _marks(count: int) -> str:
    return ", ".join("?" * count)
