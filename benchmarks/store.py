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
from benchmarks.store_data import LAST, MEDALS, MEMBERS, PLAYLIST, SEASON, SERVER, fill
from bot.store import Address, Counter, Line, Match, Store, Window, open_store

__all__ = ["measure", "measure_boards"]

AT_ONCE, ROUNDS = 20, 10
BOUND_MS, AGAIN_MS = 150.0, 50.0
MATCHES = 1_000
GROWTH_BOUND = 2_500.0

Question = Callable[[], Awaitable[Sequence[object]]]


async def measure() -> list[Result]:
    """Fill a database and ask it; the first answers of a process, then after each write, then again."""
    with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as folder:
        large, small = (Address.of_file(Path(folder) / name) for name in ("large", "small"))
        async with open_store(large):
            pass
        await asyncio.to_thread(fill, Path(folder) / "large")
        results = await measure_boards(large)
        async with open_store(small) as store:
            growth = await _growth(store, Path(folder) / "small")
    return [
        *results,
        Result("growth of the database for a match of eight, one of them linked", growth, GROWTH_BOUND, "B"),
    ]


async def measure_boards(address: Address) -> list[Result]:
    async with open_store(address) as store:
        first = await _timed(_questions(store, 0))
        written: list[float] = []
        cpu: list[float] = []
        again: list[float] = []
        same: list[float] = []
        alone: list[float] = []
        for n in range(1, ROUNDS + 1):
            await _change_everything(store)
            cpu_before = time.process_time()
            written += await _timed(_questions(store, n))
            cpu.append((time.process_time() - cpu_before) * 1000)
            again += await _timed(_questions(store, n + 1))  # a second later
            same += await _timed(_questions(store, n)[:1] * AT_ONCE)
            alone += [(await _timed([question]))[0] for question in _questions(store, n)]
    crowd = f"board of {MEMBERS:,} members and 1,000,000 lines"
    return [
        Result(f"{crowd}, the first {AT_ONCE} at once of a process, p95", _p95(first), BOUND_MS),
        Result(f"{crowd}, {AT_ONCE} different ones at once after a write, p95", _p95(written), BOUND_MS),
        # On a machine that has other things to do: with less than the bound one free core is enough.
        Result(
            f"{crowd}, processor time of these {AT_ONCE} together, median", statistics.median(cpu), BOUND_MS
        ),
        Result(f"{crowd}, the {AT_ONCE} again a second later, p95", _p95(again), AGAIN_MS),
        Result(f"{crowd}, {AT_ONCE} times the same at once, again, p95", _p95(same), AGAIN_MS),
        Result(f"{crowd}, one, again, p95", _p95(alone), AGAIN_MS),
    ]


async def _change_everything(store: Store) -> None:
    """Let nothing that was read before be of use."""
    async with store.database.writing():
        pass


def _questions(store: Store, seconds: int) -> list[Question]:
    """Twenty pages, each of another metric, window or playlist, as asked at one moment."""
    now = datetime.fromtimestamp(LAST, UTC) + timedelta(hours=1, seconds=seconds)
    windows = [Window.rolling(timedelta(days=days), now) for days in (7, 30)]
    windows += [Window(datetime.fromtimestamp(LAST, UTC) - timedelta(days=90), now), Window(None, now)]
    boards = store.boards
    metrics: list[Callable[[Window, UUID | None], Awaitable[Sequence[object]]]] = [
        lambda window, playlist: boards.totals(SERVER, [Counter.KILLS], window, playlist),
        lambda window, playlist: boards.totals(
            SERVER, [Counter.KILLS, Counter.DEATHS, Counter.ASSISTS], window, playlist
        ),
        lambda window, playlist: boards.medals(SERVER, MEDALS[0], window, playlist),
        lambda window, playlist: boards.longest_sprees(SERVER, window, playlist),
        lambda _window, playlist: boards.ranks(SERVER, playlist or PLAYLIST, SEASON),
    ]
    questions: list[Question] = []
    for n, (window, metric) in enumerate((window, metric) for window in windows for metric in metrics):
        playlist = PLAYLIST if n % 2 else None
        questions.append(lambda ask=metric, window=window, playlist=playlist: ask(window, playlist))
    return questions


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
