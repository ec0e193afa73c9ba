"""How a database grows with the matches in it."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from benchmarks.store_data import LAST, MEDALS, PLAYLIST, SEASON, SERVER
from benchmarks.table import AGAINST_BOUND, Part, Row
from bot.store import Address, Line, Match, Store, open_store

__all__ = ["measure"]

MATCHES = 1_000
BOUND_BYTES = 2_500


async def measure() -> list[Part]:
    """Store matches of eight players, of whom one is linked, and weigh the file."""
    with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as folder:
        file = Path(folder) / "adjutant.sqlite"
        async with open_store(Address.of_file(file)) as store:
            grown = await _growth(store, file)
    ratio = grown / BOUND_BYTES
    row = Row(
        "a match of eight, one of them linked",
        f"{grown:,.0f} B",
        f"{BOUND_BYTES:,} B",
        f"{ratio:.2f}",
        ratio > 1,
    )
    return [Part("growth of the database", AGAINST_BOUND, [row])]


async def _growth(store: Store, file: Path) -> float:
    """Bytes a match costs, through the store, when one of its eight is linked; eight medals each."""
    now = datetime.fromtimestamp(LAST, UTC)
    await store.links.claim(1, 1, "Spartan", server_id=SERVER, at=now)
    before = await _size(store, file)
    for start in range(0, MATCHES, 25):
        await store.matches.add(*(_match(n, now) for n in range(start, start + 25)))
    return (await _size(store, file) - before) / MATCHES


async def _size(store: Store, file: Path) -> int:
    async with store.database.alone() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return (await asyncio.to_thread(file.stat)).st_size


def _match(n: int, now: datetime) -> Match:
    return Match(
        match_id=uuid4(),
        ended_at=now + timedelta(minutes=12 * n),
        mode_category=6,
        playlist_id=PLAYLIST,
        season_id=SEASON,
        matchmade=True,
        pvp=True,
        ranked=True,
        lines=tuple(_line(1 if k == 0 else 2_533_274_800_000_000 + 7 * n + k, n + k) for k in range(8)),
    )


def _line(xuid: int, n: int) -> Line:
    return Line(
        xuid=xuid,
        outcome=2 + n % 2,
        kills=5 + n % 20,
        deaths=n % 15,
        assists=n % 10,
        headshots=n % 9,
        perfects=n % 3,
        shots=200 + n % 100,
        hits=90 + n % 50,
        damage=3000 + n % 2000,
        played_ms=600_000 + n,
        objective_ms=n % 90_000,
        longest_spree=n % 8,
        medals={MEDALS[(n * 3 + k) % len(MEDALS)]: 1 + k % 3 for k in range(8)},
    )
