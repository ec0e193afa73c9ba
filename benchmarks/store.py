"""How fast leaderboards are read from a large database, and how a database grows."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks.result import Result
from benchmarks.store_data import LAST, MEDALS, MEMBERS, SERVER, fill
from bot.store import Address, Counter, Line, Match, Store, Window, open_store

__all__ = ["measure"]

AT_ONCE, ROUNDS = 20, 10
BOUND_MS, AGAIN_MS = 150.0, 50.0
MATCHES = 1_000
GROWTH_BOUND = 2_500.0

Question = Callable[[], Awaitable[Sequence[object]]]


async def measure() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as folder:
        large, small = (Address.of_file(Path(folder) / name) for name in ("large", "small"))
        async with open_store(large):
            pass
        await asyncio.to_thread(fill, Path(folder) / "large")
        async with open_store(large) as store:
            questions = _questions(store)
            first = await _timed(questions)
            again = [took for _ in range(ROUNDS) for took in await _timed(questions)]
            alone = [(await _timed([question]))[0] for question in questions]
        async with open_store(small) as store:
            growth = await _growth(store, Path(folder) / "small")
    crowd = f"board of {MEMBERS:,} members and 1,000,000 lines"
    return [
        Result(f"{crowd}, {AT_ONCE} different ones at once, p95", _p95(first), BOUND_MS),
        Result(f"{crowd}, {AT_ONCE} different ones at once, again, p95", _p95(again), BOUND_MS),
        Result(f"{crowd}, one, again, p95", _p95(alone), AGAIN_MS),
        Result("growth of the database for a match of eight, one of them linked", growth, GROWTH_BOUND, "B"),
    ]


def _questions(store: Store) -> list[Question]:
    """Twenty pages, each of another metric, window or playlist."""
    now = datetime.fromtimestamp(LAST, UTC) + timedelta(hours=1)
    windows = [Window.rolling(timedelta(days=days), now) for days in (7, 30, 90)] + [Window(None, now)]
    metrics: list[Callable[[Window, UUID | None], Awaitable[Sequence[object]]]] = [
        lambda window, playlist: store.boards.totals(SERVER, [Counter.KILLS], window, playlist),
        lambda window, playlist: store.boards.totals(
            SERVER, [Counter.KILLS, Counter.DEATHS, Counter.ASSISTS], window, playlist
        ),
        lambda window, playlist: store.boards.totals(SERVER, [Counter.HITS, Counter.SHOTS], window, playlist),
        lambda window, playlist: store.boards.medals(SERVER, MEDALS[0], window, playlist),
        lambda window, playlist: store.boards.longest_sprees(SERVER, window, playlist),
    ]
    questions: list[Question] = []
    for n, (window, metric) in enumerate((window, metric) for window in windows for metric in metrics):
        playlist = UUID(int=0) if n % 2 else None
        questions.append(lambda ask=metric, window=window, playlist=playlist: ask(window, playlist))
    return questions[:AT_ONCE]


async def _timed(questions: Sequence[Question]) -> list[float]:
    async def one(question: Question) -> float:
        board = await question()
        assert len(board) == MEMBERS
        return (time.perf_counter() - start) * 1000

    start = time.perf_counter()
    return await asyncio.gather(*map(one, questions))


def _p95(took: Sequence[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


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
    return file.stat().st_size


def _match(n: int, now: datetime) -> Match:
    return Match(
        match_id=uuid4(),
        ended_at=now + timedelta(minutes=12 * n),
        mode_category=6,
        playlist_id=UUID(int=0),
        season_id="Csr/Seasons/CsrSeason10-1.json",
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
